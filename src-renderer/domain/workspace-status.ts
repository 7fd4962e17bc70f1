// The workspace at a glance, refetched every few seconds, and whether the audit database answers.
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { useApi } from './api.ts';
import { pollAfterMs } from './poll-after.ts';

const statusEveryMs = 3000;
const probeEveryMs = 10_000;

export const StatusContext = createContext<WorkspaceStatus | null>(null);

export function useStatusQuery() {
  const { orpc } = useApi();
  return useQuery(
    orpc.workspace.status.queryOptions({
      refetchInterval: ({ state }) => pollAfterMs(state, statusEveryMs),
    }),
  );
}

/** The newest status; screens are drawn only once there is one. */
export function useStatus(): WorkspaceStatus {
  const status = useContext(StatusContext);
  if (status === null) throw new Error('A screen was drawn before the workspace answered.');
  return status;
}

/** The zone where no connection names one: a campaign that came as a file brings its own. */
export const ZoneWithoutConnection = createContext('UTC');

/** The zone every time is shown in; UTC until a connection, or what is shown, names one. */
export function useZone(): string {
  const without = useContext(ZoneWithoutConnection);
  return useContext(StatusContext)?.connection?.zone ?? without;
}

export type Presence = {
  /** unreachable: the workstation itself does not answer this window, so nothing is known about the database. */
  state: 'none' | 'checking' | 'online' | 'offline' | 'unreachable';
  message: string | null;
  checkedAt: string | null;
};

/** Online or offline, as the workstation's own probe of the database says. */
export function usePresence(): Presence {
  const { orpc } = useApi();
  const status = useStatus();
  const probe = useQuery(
    orpc.source.probe.queryOptions({
      refetchInterval: ({ state }) => pollAfterMs(state, probeEveryMs),
      enabled: status.connection !== null,
    }),
  );
  // The status is asked for by the gate; here it is only looked at.
  const { isError } = useQuery(orpc.workspace.status.queryOptions({ enabled: false }));
  if (isError) return { state: 'unreachable', message: null, checkedAt: null };
  if (status.connection === null) return { state: 'none', message: null, checkedAt: null };
  if (probe.data === undefined) return { state: 'checking', message: null, checkedAt: null };
  const { online, message, checkedAt } = probe.data;
  return { state: online ? 'online' : 'offline', message, checkedAt };
}
