// Sends open decisions and records each answer: before anything leaves, the ledger says it is about to; after, what came of it.
import { Problem } from '#shared/model/problem.ts';
import type { ServerDecision } from '#shared/model/review.ts';
import type { SyncItem, SyncReport } from '#shared/model/workspace.ts';
import { identitiesOf } from '../review/aliases.ts';
import { isOwnAction } from '../review/independence.ts';
import type { Ledger } from '../review/ledger.ts';
import { sourceOf, type DecisionRecord, type LedgerState } from '../review/projection.ts';
import type { SourceClient } from '../source/client.ts';
import type { DecisionIntent, WriteResult } from '../source/decision-outcomes.ts';
import { cancelledProblem } from '../source/problems.ts';
import { requireDecidableTable } from '../source/require-decidable-table.ts';
import type { ReviewTable } from '../source/review-table.ts';
import { sendBatches } from '../source/send-batches.ts';
import { canBeReviewer } from '../source/sendable.ts';
import { toIntent } from './intents.ts';
import { openIntents, syncStateOf } from './outbox.ts';

/** Small enough that one locked row holds up few others, large enough that the statements cost little beside the rows. */
const longestBatch = 1_000;
const shortestBatch = 100;
/** Several, so that the server is at work on one while the next is made ready and the last is put on record. */
const batchesWanted = 4;
/** Enough to keep the server busy over a slow network. */
const batchesAhead = 4;
/** Announced by one entry, and sent to the last once announced: a kill leaves no more than some of these to be asked about again. */
const longestAnnouncement = 2_000;

export interface PushOptions {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** What earlier attempts of the same sync settled, by decision; this one adds to it. */
  readonly settled?: Map<string, SyncItem>;
}

/**
 * Writes every open intent by compare-and-set. Safe to kill anywhere: an intent without an outcome is sent again, and the
 * database recognises its own decision id.
 * @throws Problem when the review table cannot be written to; nothing is announced then, so everything can still be undone.
 *   Problem `cancelled` when stopped: the outcomes of all that left are on record, and the next sync goes on from there.
 */
export async function pushDecisions(
  ledger: Ledger,
  client: SourceClient,
  options: PushOptions,
): Promise<SyncReport> {
  const settled = options.settled ?? new Map<string, SyncItem>();
  const intents = openIntents(ledger.state());
  if (intents.length === 0) return summarise(settled);
  const reviewTable = await requireDecidableTable(client);
  const total = settled.size + intents.length;
  const note = (items: readonly SyncItem[]) => {
    for (const item of items) settled.set(item.decisionId, item);
    options.onProgress(settled.size, total);
  };
  options.onProgress(settled.size, total);
  try {
    const batches = leavingBatches(ledger, reviewTable, intents, { note, signal: options.signal });
    await sendBatches(client, reviewTable, batches, {
      ahead: batchesAhead,
      settle: (results) => {
        recordOutcomes(ledger, results);
        note(results.map(toItem));
      },
    });
  } catch (error) {
    throw options.signal.aborted && isCancellation(error) ? stopped(settled.size, total) : error;
  }
  return summarise(settled);
}

interface Leaving {
  readonly note: (items: readonly SyncItem[]) => void;
  readonly signal: AbortSignal;
}

/** Decisions are put on record as about to leave only when they are asked for; what is on record so does leave. */
function* leavingBatches(
  ledger: Ledger,
  { columns }: ReviewTable,
  intents: readonly DecisionRecord[],
  { note, signal }: Leaving,
): Generator<DecisionIntent[]> {
  const batchSize = Math.min(
    longestBatch,
    Math.max(shortestBatch, Math.ceil(intents.length / batchesWanted)),
  );
  for (let start = 0; start < intents.length; start += longestAnnouncement) {
    if (signal.aborted) throw cancelledProblem(signal.reason);
    const batch = intents.slice(start, start + longestAnnouncement);
    const state = ledger.state();
    const source = sourceOf(state);
    const unfit = batch.flatMap((decision) => {
      const why = whyOwn(state, decision) ?? whyUnfit(decision, columns.reviewer_id, source);
      return why === null ? [] : [{ decision, why }];
    });
    if (unfit.length > 0) note(rejectUnfit(ledger, unfit));
    const { identities } = ledger.state().independence;
    const leaving = announce(ledger, batch);
    for (let first = 0; first < leaving.length; first += batchSize)
      yield leaving
        .slice(first, first + batchSize)
        .map((decision) => toIntent(decision, identitiesOf(identities, decision.reviewer)));
  }
}

/** Whom an id belongs to may have been learned after the decision. One that left before is sent again all the same, to learn what came of it. */
function whyOwn(state: LedgerState, decision: DecisionRecord): string | null {
  if (decision.inFlight || !isOwnAction(state, decision.payload.actor, decision.reviewer)) return null;
  return 'The reviewer is known to be the actor of this item, under another id; nobody reviews their own action. Leave it to another reviewer.';
}

type Unfit = { readonly decision: DecisionRecord; readonly why: string };

function whyUnfit(
  decision: DecisionRecord,
  column: ReviewTable['columns']['reviewer_id'],
  source: string | null,
): string | null {
  if (decision.source !== null && decision.source !== source)
    return 'This decision was made for another database than the one this workspace is connected to now. Decide again here if it holds here, too.';
  if (canBeReviewer(decision.reviewer, column)) return null;
  return `The reviewer id of this decision cannot be stored in the review table, whose column has the type ${column.type}. Decide again as a reviewer with the id under which the audited system knows you.`;
}

/** Settles decisions this database must not or cannot hold, so that they hold up nobody else's. They never left. */
function rejectUnfit(ledger: Ledger, unfit: readonly Unfit[]): SyncItem[] {
  const items = unfit.map(({ decision, why }) => ({
    review: decision.payload.review,
    decisionId: decision.id,
    outcome: 'rejected' as const,
    detail: why,
  }));
  settle(
    ledger,
    items.map((item) => ({ ...item, server: null })),
  );
  return items;
}

/** Puts on record that these decisions are about to leave; ones withdrawn or settled meanwhile stay. */
function announce(ledger: Ledger, batch: readonly DecisionRecord[]): DecisionRecord[] {
  let leaving: DecisionRecord[] = [];
  ledger.append((state) => {
    leaving = batch.flatMap(({ id }) => {
      const now = state.decisionsById.get(id);
      return now && isOpen(state, now) && whyOwn(state, now) === null ? [now] : [];
    });
    const fresh = leaving.filter((decision) => !decision.inFlight);
    if (fresh.length === 0) return [];
    return [
      {
        type: 'sync-sent',
        subject: null,
        actor: state.reviewer?.id ?? '',
        payload: { decisions: fresh.map((decision) => decision.id) },
      },
    ];
  });
  return leaving;
}

function isOpen(state: LedgerState, decision: DecisionRecord): boolean {
  const sync = syncStateOf(state, decision);
  return sync === 'unsent' || sync === 'unknown';
}

/** A passing obstacle settles nothing: such a decision stays under way and is sent again by the next sync. */
function recordOutcomes(ledger: Ledger, results: readonly WriteResult[]): void {
  const certain = results.filter((result) => !result.isTransient);
  settle(
    ledger,
    certain.map((certainly) => ({ ...toItem(certainly), server: certainly.server })),
  );
}

type Outcome = SyncItem & { readonly server: ServerDecision | null };

/** One outcome a decision: another process may have sent the same ones at the same moment and been answered first. */
function settle(ledger: Ledger, outcomes: readonly Outcome[]): void {
  ledger.append((state) => {
    const items = outcomes.filter(({ decisionId }) => !state.decisionsById.get(decisionId)?.outcome);
    if (items.length === 0) return [];
    return [{ type: 'sync-outcome', subject: null, actor: state.reviewer?.id ?? '', payload: { items } }];
  });
}

function toItem(result: WriteResult): SyncItem {
  const { reviewId, decisionId, outcome, detail } = result;
  // In the order of the ledger's canonical form, which spares putting thousands of them into it.
  return { decisionId, detail, outcome, review: reviewId };
}

function isCancellation(error: unknown): boolean {
  return error instanceof Problem && error.code === 'cancelled';
}

function stopped(done: number, total: number): Problem {
  return new Problem(
    'cancelled',
    `Stopped as you asked: ${done} of ${total} decisions were sent and what came of each is on record; the others stay in the queue.`,
    { next: 'Send again to go on from there.' },
  );
}

function summarise(settled: ReadonlyMap<string, SyncItem>): SyncReport {
  const items = [...settled.values()].toSorted((a, b) => (a.decisionId < b.decisionId ? -1 : 1));
  const count = (outcome: SyncItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return {
    sent: items.length,
    applied: count('applied'),
    alreadyMine: count('already-mine'),
    superseded: count('superseded'),
    changed: count('changed'),
    notVisible: count('not-visible'),
    rejected: count('rejected'),
    items,
  };
}
