// Counts decisions that stand in the audit database although whoever concurred turned out to be the first reviewer, or the actor.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { PackedDecision } from '../pack-input.ts';

const needing = z.object({ fourEyes: z.array(z.string()).min(1) });
const outcomes = z.object({
  items: z.array(z.object({ decisionId: z.string(), outcome: z.string() })),
  /** Applied without a difference; absent in older entries. */
  asSent: z.object({ decisions: z.array(z.string()) }).optional(),
});

export function lostSeconds() {
  const seconded = new Set<string>();
  const written = new Set<string>();
  let lost = 0;
  return {
    /** Entries come in order, before any decision is added. */
    addEntry: ({ id, type, payload }: LedgerEntry): void => {
      if (type === 'decision' && needing.safeParse(payload).success) seconded.add(id);
      if (type !== 'sync-outcome' || seconded.size === 0) return;
      const { items = [], asSent } = outcomes.safeParse(payload).data ?? {};
      for (const id of asSent?.decisions ?? []) if (seconded.has(id)) written.add(id);
      for (const { decisionId, outcome } of items)
        if (seconded.has(decisionId) && (outcome === 'applied' || outcome === 'already-mine'))
          written.add(decisionId);
    },
    addDecision: ({ id, second }: PackedDecision): void => {
      lost += Number(written.has(id) && second?.state !== 'agreed');
    },
    /** Empty where there are none. */
    sentence: (): string =>
      lost === 0
        ? ''
        : ` ${lost} of the decisions needed a second person and stand in the audit database without one who counts.`,
  };
}
