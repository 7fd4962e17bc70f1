// What the ledger says of decisions on their way: that they are about to leave, and what the audit database answered.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { serverDecision, type ServerDecision } from '#shared/model/review.ts';
import { syncItem, type SyncItem } from '#shared/model/workspace.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { notesOf, type NotedDecision } from './decision-notes.ts';

/**
 * Decisions that were applied, and whose rows hold the reviewer and the notes exactly as their own entries have them; spelling
 * these out again would be nine tenths of the entry.
 */
export const appliedAsSent = z
  .object({
    decisions: z.array(z.string()),
    /** In which form the notes were written. */
    notes: z.literal('rv1'),
    /** The server's stamp of each, in microseconds since the epoch. */
    reviewedAtMicroseconds: z.array(z.number().int()),
  })
  .refine(({ decisions, reviewedAtMicroseconds: stamps }) => decisions.length === stamps.length, {
    message: 'Each decision has one time.',
  });
export type AppliedAsSent = z.infer<typeof appliedAsSent>;

export const syncOutcomePayload = z.object({
  items: z.array(syncItem.extend({ server: serverDecision.nullable() })),
  /** Absent in older entries, and where there is none. */
  asSent: appliedAsSent.optional(),
});

const syncSentPayload = z.object({ decisions: z.array(z.string()) });

/** As far as sending goes. */
export type SentDecision = NotedDecision & {
  readonly reviewer: string;
  readonly payload: { readonly review: string };
  inFlight: boolean;
  announced: boolean;
  outcome: (SyncItem & { server: ServerDecision | null }) | null;
  /** When that was put on record, by the server's clock, in microseconds; null where the clocks were never compared. */
  settledAtMicroseconds: number | null;
};

type Decisions = ReadonlyMap<string, SentDecision>;

/** Applies an entry of type sync-sent; decisions it does not find are no business of this ledger's state. */
export function applySent(decisions: Decisions, payload: LedgerEntry['payload']): void {
  for (const id of syncSentPayload.parse(payload).decisions) {
    const decision = decisions.get(id);
    if (!decision) continue;
    decision.inFlight = true;
    decision.announced = true;
  }
}

/** Applies an entry of type sync-outcome. */
export function applyOutcome(
  decisions: Decisions,
  { payload, wall_time: at, offset_ms: offsetMs }: Pick<LedgerEntry, 'payload' | 'wall_time' | 'offset_ms'>,
): void {
  const { items, asSent } = syncOutcomePayload.parse(payload);
  const settledAt = offsetMs === null ? null : parseInstant(at) + Math.round(offsetMs * 1000);
  for (const item of items) {
    const decision = decisions.get(item.decisionId);
    if (decision) settle(decision, item, settledAt);
  }
  asSent?.decisions.forEach((id, index) => {
    const decision = decisions.get(id);
    if (decision)
      settle(decision, appliedOutcome(decision, asSent.reviewedAtMicroseconds[index]!), settledAt);
  });
}

function settle(decision: SentDecision, outcome: SentDecision['outcome'], settledAt: number | null): void {
  decision.inFlight = false;
  decision.outcome = outcome;
  decision.settledAtMicroseconds = settledAt;
}

function appliedOutcome(decision: SentDecision, stampMicroseconds: number): SentDecision['outcome'] {
  let server: ServerDecision | null = null;
  return {
    review: decision.payload.review,
    decisionId: decision.id,
    outcome: 'applied',
    detail: null,
    // Made out when somebody looks: thousands are settled at once, and opening a ledger settles all there ever were.
    get server() {
      return (server ??= {
        reviewer: decision.reviewer,
        reviewedAt: formatInstant(stampMicroseconds),
        notes: notesOf(decision),
      });
    },
  };
}
