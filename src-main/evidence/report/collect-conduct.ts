// How decisions were made, as far as the ledger tells: how long items were in view, how many at once, how many alike in a row.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { decisionKind } from '#shared/model/review.ts';

/** A decision after less time than this can hardly rest on what was shown. */
export const quickMs = 5000;

const payload = z.object({
  decision: decisionKind,
  batch: z.string().nullable(),
  dwellMs: z.number().nullable().optional(),
});

/** Counts over all decisions ever recorded, those corrected or taken back later included. */
export type Conduct = {
  readonly recorded: number;
  /** Of these, with a known time in view. */
  readonly timed: number;
  readonly quick: number;
  readonly bulk: number;
  /** Most decisions of one kind by one reviewer, recorded one after another. */
  readonly longestStreak: number;
};

export type ConductCollector = {
  readonly addEntry: (entry: LedgerEntry) => void;
  readonly conduct: () => Conduct;
};

export function collectConduct(): ConductCollector {
  const counts = { recorded: 0, timed: 0, quick: 0, bulk: 0, longestStreak: 0 };
  let streak = { of: '', length: 0 };
  return {
    addEntry: (entry) => {
      const found = entry.type === 'decision' ? payload.safeParse(entry.payload).data : undefined;
      if (found === undefined) return;
      const { decision, batch, dwellMs } = found;
      counts.recorded += 1;
      if (batch !== null) counts.bulk += 1;
      if (typeof dwellMs === 'number') {
        counts.timed += 1;
        if (dwellMs < quickMs) counts.quick += 1;
      }
      const of = `${decision} ${entry.actor}`;
      streak = { of, length: streak.of === of ? streak.length + 1 : 1 };
      counts.longestStreak = Math.max(counts.longestStreak, streak.length);
    },
    conduct: () => ({ ...counts }),
  };
}
