// The text a decision leaves in the notes column of its row: told from its ledger entry alone, today as on any later day.
import type { DecisionKind } from '#shared/model/review.ts';
import { aboveEarlierNotes, formatNotes } from '../source/notes.ts';

/** A decision as its entry has it. */
export type NotedDecision = {
  readonly id: string;
  /** By the local clock, ISO 8601 UTC. */
  readonly decidedAt: string;
  /** Server clock minus local clock; null when it was never measured. */
  readonly offsetMs: number | null;
  /** Of the ledger entry, hex. */
  readonly hash: string;
  readonly payload: {
    readonly decision: DecisionKind;
    readonly reason: string | null;
    /** What the row held before; absent where it held nothing. */
    readonly notes?: string | undefined;
  };
};

/**
 * What goes into the notes column, before our reason is cut to that column's length: our line, and below it what was there.
 * Of most that was written, ledgers say no more than that it was this: whatever else is ever written, this stays as it is.
 */
export function notesOf({ id, decidedAt, offsetMs, hash, payload }: NotedDecision): string {
  const line = formatNotes({
    decision: payload.decision,
    decisionId: id,
    entryHash: hash,
    decidedAt,
    offsetSeconds: offsetSecondsOf(offsetMs),
    reason: payload.reason,
  });
  return aboveEarlierNotes(line, payload.notes);
}

/** A clock that is decades off (a dead battery) tells nothing, and would not fit the notes. */
function offsetSecondsOf(offsetMs: number | null): number | null {
  if (offsetMs === null) return null;
  const seconds = Math.round(offsetMs / 1000);
  return Math.abs(seconds) < 1_000_000_000 ? seconds : null;
}
