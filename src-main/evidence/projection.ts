// Derives the decisions in force from the ledger: per item the latest decision that was not taken back.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { decisionKind } from '#shared/model/review.ts';
import {
  applyIndependence,
  emptyIndependence,
  type IndependenceState,
} from '../review/independence-state.ts';
import type { LedgerLine } from './pack-input.ts';

const decisionPayload = z.object({
  review: z.string(),
  decision: decisionKind,
  reason: z.string().nullable(),
  digest: z.string(),
  actor: z.string().nullable(),
  supersedes: z.string().nullable(),
  batch: z.string().nullable(),
  dwellMs: z.number().nullable().optional(),
  reviewerName: z.string(),
  /** Absent in entries older than rules about second persons. */
  fourEyes: z.array(z.string()).optional(),
});
const withdrawalPayload = z.object({ decision: z.string() });

/** A decision exactly as the ledger records it. */
export type RecordedDecision = {
  readonly id: string;
  readonly hash: string;
  readonly reviewer: string;
  readonly decidedAt: string;
} & Omit<z.infer<typeof decisionPayload>, 'dwellMs' | 'fourEyes'> & {
    readonly dwellMs: number | null;
    readonly fourEyes: readonly string[];
  };

export type Projection = {
  /** Review id to the decision in force. */
  readonly inForce: ReadonlyMap<string, RecordedDecision>;
  /** Every decision ever recorded, by id. */
  readonly recorded: ReadonlyMap<string, RecordedDecision>;
  readonly withdrawn: ReadonlySet<string>;
  /** Who is whom, and what second persons said, by the end of the ledger. */
  readonly independence: IndependenceState;
};

const contradiction = (seq: number, what: string) =>
  new Problem('store-damaged', `Ledger entry ${seq} ${what}.`);

function readDecision({ entry, hash }: LedgerLine): RecordedDecision {
  const payload = decisionPayload.safeParse(entry.payload);
  if (!payload.success || payload.data.review !== entry.subject) {
    throw contradiction(entry.seq, 'is a decision without the particulars of one');
  }
  const dwellMs = payload.data.dwellMs ?? null;
  const fourEyes = payload.data.fourEyes ?? [];
  return {
    ...payload.data,
    fourEyes,
    dwellMs,
    id: entry.id,
    hash,
    reviewer: entry.actor,
    decidedAt: entry.wall_time,
  };
}

function assertNew(decision: RecordedDecision, recorded: ReadonlyMap<string, RecordedDecision>, seq: number) {
  if (recorded.has(decision.id)) throw contradiction(seq, 'uses the id of an earlier decision');
  if (decision.reviewer === '' || decision.reviewer === decision.actor) {
    throw contradiction(seq, 'is a decision by nobody or by the person it is about');
  }
  const { supersedes } = decision;
  if (supersedes !== null && recorded.get(supersedes)?.review !== decision.review) {
    throw contradiction(seq, 'corrects a decision that was not made on this item before');
  }
}

function readWithdrawal({ entry }: LedgerLine, recorded: ReadonlyMap<string, RecordedDecision>): string {
  const payload = withdrawalPayload.safeParse(entry.payload);
  const decision = payload.success ? recorded.get(payload.data.decision) : undefined;
  if (decision?.review !== entry.subject || decision === undefined) {
    throw contradiction(entry.seq, 'takes back a decision that was not made on this item before');
  }
  return decision.id;
}

function readIndependence(independence: IndependenceState, { entry }: LedgerLine): void {
  try {
    applyIndependence(independence, entry);
  } catch (cause) {
    if (!(cause instanceof z.ZodError)) throw cause;
    throw contradiction(entry.seq, `is of the type ${entry.type} without the particulars of one`);
  }
}

/**
 * Replays the decisions of a ledger, first entry first.
 * @throws Problem `store-damaged` naming the entry that contradicts the ones before it.
 */
export function projectDecisions(ledger: readonly LedgerLine[]): Projection {
  const recorded = new Map<string, RecordedDecision>();
  const withdrawn = new Set<string>();
  const independence = emptyIndependence();
  for (const line of ledger) {
    readIndependence(independence, line);
    if (line.entry.type === 'decision') {
      const decision = readDecision(line);
      assertNew(decision, recorded, line.entry.seq);
      recorded.set(decision.id, decision);
    } else if (line.entry.type === 'decision-withdrawn') withdrawn.add(readWithdrawal(line, recorded));
  }
  const inForce = new Map<string, RecordedDecision>();
  for (const decision of recorded.values()) {
    if (!withdrawn.has(decision.id)) inForce.set(decision.review, decision);
  }
  return { inForce, recorded, withdrawn, independence };
}
