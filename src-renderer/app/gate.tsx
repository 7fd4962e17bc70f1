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
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
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
        <h1>{text('app:name')}</h1>
        {status.isError ? <ProblemNotice error={status.error} /> : <p>{text('app:opening')}</p>}
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
        <h1>{text('app:refused.title')}</h1>
        <p>{text('app:refused.why')}</p>
        <p>
          <Rich
            of="app:refused.next"
            parts={{
              strong: <strong>{text('app:refused.open')}</strong>,
              code: <code>{text('app:refused.fragment')}</code>,
            }}
          />
        </p>
      </div>
    </main>
  );
}
