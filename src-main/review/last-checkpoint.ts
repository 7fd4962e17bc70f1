// How far the newest checkpoint of a ledger reaches, and when another one is due.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { checkpointPayload } from '../evidence/checkpoint.ts';

export type LastCheckpoint = {
  /** When the newest checkpoint was recorded; null while there is none. */
  readonly at: string | null;
  readonly isSigned: boolean;
  /** When the first entry after it was recorded; null when there is none. */
  readonly uncoveredSince: string | null;
};

export const noCheckpoint: LastCheckpoint = { at: null, isSigned: false, uncoveredSince: null };

export function applyCheckpoint(last: LastCheckpoint, entry: LedgerEntry): LastCheckpoint {
  if (entry.type !== 'checkpoint')
    return last.uncoveredSince === null ? { ...last, uncoveredSince: entry.wall_time } : last;
  const { signature } = checkpointPayload.parse(entry.payload);
  return { at: entry.wall_time, isSigned: signature !== null, uncoveredSince: null };
}

const dayOf = (instant: string): string => instant.slice(0, 10);

/** Entries of an earlier UTC day that no checkpoint covers yet have waited long enough. */
export function isDailyCheckpointDue({ uncoveredSince }: LastCheckpoint, now: string): boolean {
  return uncoveredSince !== null && dayOf(uncoveredSince) !== dayOf(now);
}

/** At the end of a session: one that can be signed always, an unsigned one only when the day has none yet. */
export function isClosingCheckpointDue(last: LastCheckpoint, now: string, canSign: boolean): boolean {
  if (last.uncoveredSince === null) return false;
  return canSign || last.at === null || dayOf(last.at) !== dayOf(now);
}
