// A report's figures: how many opinions came to which end.
import type { SyncItem, SyncReport } from '#shared/model/workspace.ts';

/** Counts by outcome; `sent` is all of them, those settled without leaving included. */
export function countOutcomes(
  items: readonly Pick<SyncItem, 'outcome'>[],
): Omit<SyncReport, 'items' | 'anomalies' | 'warnings'> {
  const count = (outcome: SyncItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return {
    sent: items.length,
    applied: count('applied'),
    alreadyMine: count('already-mine'),
    superseded: count('superseded'),
    changed: count('changed'),
    notVisible: count('not-visible'),
    rejected: count('rejected'),
  };
}
