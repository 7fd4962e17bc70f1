// How long work in this room reports back, and how it is stopped.
import { Problem } from '#shared/model/problem.ts';

/** `step` is a sentence fragment such as “Loading events”; `total` is null while unknown. */
export type OnProgress = (step: string, done: number, total: number | null) => void;

/** @throws Problem `cancelled` once the signal is aborted */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new Problem('cancelled', 'Making the sample database was cancelled; nothing of it was kept.', {
    next: 'Start it again whenever you like.',
    cause: signal.reason,
  });
}
