// Stands before the workstation: no token, no answer yet, or everything ready.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { KeyboardProvider } from '../components/keyboard.tsx';
import type { Api } from '../domain/api.ts';
import { ApiContext } from '../domain/api.ts';
import { ProblemNotice } from '../domain/problem-notice.tsx';
import { describeProblem } from '../domain/problem-text.ts';
import { StatusContext, useStatusQuery } from '../domain/workspace-status.ts';
import { announce, dismissNotice } from '../state/dialogs.ts';
import styles from './gate.module.css';
import { Shell } from './shell.tsx';

/** Loopback works without a network, so the browser's idea of being offline must not pause a call. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, staleTime: 1000 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

export function Gate({ api }: { api: Api }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <ApiContext value={api}>
        <KeyboardProvider>
          <Ready />
        </KeyboardProvider>
      </ApiContext>
    </QueryClientProvider>
  );
}

function Ready() {
  const status = useStatusQuery();
  useUnreachableNotice(status.data === undefined ? null : status.error);
  if (status.data !== undefined) {
    return (
      <StatusContext value={status.data}>
        <Shell />
      </StatusContext>
    );
  }
  return (
    <main className={styles.page} aria-busy={status.isPending}>
      <div className={styles.card}>
        <h1>Countersign</h1>
        {status.isError ? <ProblemNotice error={status.error} /> : <p>Opening the workspace…</p>}
      </div>
    </main>
  );
}

/** While the workstation does not answer, the last known state stays on screen and a notice says so. */
function useUnreachableNotice(error: unknown): void {
  useEffect(() => {
    if (error === null) dismissNotice('unreachable');
    else announce({ id: 'unreachable', tone: 'danger', ...describeProblem(error) });
  }, [error]);
}

/** Shown instead of anything else when this window may not speak to the workstation. */
export function Refused() {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1>This window is not signed in</h1>
        <p>
          Countersign runs on this computer only, and opens for windows that bring the token it printed when
          it started. This window has none, or one from an earlier start.
        </p>
        <p>
          <strong>Open the URL printed in the terminal</strong> where Countersign runs; it ends in{' '}
          <code>#token=…</code>. Nothing has been lost.
        </p>
      </div>
    </main>
  );
}
