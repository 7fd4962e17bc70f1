// How long to wait before asking the workstation again: as usual while it answers, ever longer while it does not.

const longestMs = 30_000;

/** What the query cache knows of a query: when it was last answered and when it last failed, in milliseconds since the epoch. */
export type PollState = {
  readonly status: 'pending' | 'error' | 'success';
  readonly dataUpdatedAt: number;
  readonly errorUpdatedAt: number;
};

/** Milliseconds: half as long as it has been silent, from the usual interval up to half a minute. */
export function pollAfterMs({ status, dataUpdatedAt, errorUpdatedAt }: PollState, usualMs: number): number {
  if (status !== 'error') return usualMs;
  const silentMs = dataUpdatedAt === 0 ? 0 : errorUpdatedAt - dataUpdatedAt;
  return Math.min(Math.max(usualMs, silentMs / 2), Math.max(usualMs, longestMs));
}
