// Sends open decisions about review items: which of them may leave, and what the ledger says of each.
import type { SyncItem, SyncReport } from '#shared/model/workspace.ts';
import { identitiesOf } from '../review/aliases.ts';
import { notesOf } from '../review/decision-notes.ts';
import { isOwnAction } from '../review/independence.ts';
import type { Ledger } from '../review/ledger.ts';
import { sourceOf, type DecisionRecord, type LedgerState } from '../review/projection.ts';
import type { AppliedAsSent } from '../review/sent-decisions.ts';
import type { SourceClient } from '../source/client.ts';
import { result } from '../source/decision-outcomes.ts';
import { haveRoom } from '../source/notes.ts';
import { requireDecidableTable } from '../source/require-decidable-table.ts';
import type { ReviewTable } from '../source/review-table.ts';
import { canBeReviewer } from '../source/sendable.ts';
import { decisionDelivery, type DecisionIntent, type WriteResult } from '../source/write-back.ts';
import { toIntent } from './intents.ts';
import { isOpenIntent, openIntents } from './outbox.ts';
import { countOutcomes } from './outcome-counts.ts';
import { sendOpen, type Outgoing, type SendOpenOptions } from './send-open.ts';

export interface PushOptions extends Omit<SendOpenOptions<SyncItem>, 'settled'> {
  /** What earlier attempts of the same sync settled, by decision; this one adds to it. */
  readonly settled?: Map<string, SyncItem>;
  /** Where the decisions go, as found on this session; looked up when absent. */
  readonly reviewTable?: ReviewTable | undefined;
}

/**
 * Writes every open intent by compare-and-set, as {@link sendOpen} does.
 * @throws Problem when the review table cannot be written to; nothing is announced then, so everything can still be undone.
 */
export async function pushDecisions(
  ledger: Ledger,
  client: SourceClient,
  { settled = new Map<string, SyncItem>(), reviewTable, ...options }: PushOptions,
): Promise<SyncReport> {
  const open = openIntents(ledger.state());
  if (open.length > 0) {
    const outgoing = outgoingDecisions(client, reviewTable ?? (await requireDecidableTable(client)));
    await sendOpen(ledger, outgoing, open, { ...options, settled });
  }
  const items = [...settled.values()].toSorted((a, b) => (a.decisionId < b.decisionId ? -1 : 1));
  const state = ledger.state();
  const stayed = items.filter(({ decisionId }) => state.decisionsById.get(decisionId)?.announced === false);
  const counts = countOutcomes(items);
  return {
    ...counts,
    sent: counts.sent - stayed.length,
    ...(stayed.length > 0 && { refusedHere: stayed.length }),
    items,
  };
}

function outgoingDecisions(
  client: SourceClient,
  reviewTable: ReviewTable,
): Outgoing<DecisionRecord, DecisionIntent, WriteResult, SyncItem> {
  return {
    delivery: decisionDelivery(client, reviewTable),
    stillOpen: (state, id) => {
      const decision = state.decisionsById.get(id);
      return decision && isOpenIntent(state, decision) ? decision : null;
    },
    whyUnfit: (state, decision) => whyUnfit(state, decision, reviewTable.columns),
    reject: ({ id, payload }, why) =>
      result({ decisionId: id, reviewId: payload.review }, 'rejected', null, why),
    prepareAnnouncement: () =>
      Promise.resolve((leaving) => {
        const fresh = leaving.filter((decision) => !decision.inFlight);
        return fresh.length === 0 ? null : { decisions: fresh.map(({ id }) => id) };
      }),
    toIntent: ({ independence }, decision) =>
      toIntent(decision, identitiesOf(independence.identities, decision.reviewer)),
    idOf: ({ decisionId }) => decisionId,
    isSettled: (state, id) => (state.decisionsById.get(id)?.outcome ?? null) !== null,
    toItem,
    outcomes: outcomesOf,
  };
}

function whyUnfit(
  state: LedgerState,
  decision: DecisionRecord,
  { reviewer_id: column, notes }: ReviewTable['columns'],
): string | null {
  // Whom an id belongs to may have been learned after the decision; one that left is sent again, to learn what came of it.
  if (!decision.inFlight && isOwnAction(state, decision.payload.actor, decision.reviewer))
    return 'The reviewer is known to be the actor of this item, under another id; nobody reviews their own action. Leave it to another reviewer.';
  if (decision.source !== null && decision.source !== sourceOf(state))
    return 'This decision was made for another database than the one this workspace is connected to now. Decide again here if it holds here, too.';
  if (decision.payload.notes !== undefined && !haveRoom(notesOf(decision), notes.maximumLength))
    return `The row already holds a note of somebody else, and the column notes, of ${notes.maximumLength} characters, has no room for the decision beside it. The note is not cut, so nothing was sent. Ask the DBA to widen the column.`;
  if (canBeReviewer(decision.reviewer, column)) return null;
  return `The reviewer id of this decision cannot be stored in the review table, whose column has the type ${column.type}. Decide again as a reviewer with the id under which the audited system knows you.`;
}

/** Those written to the letter of their own entries need no more words than when that was. */
function outcomesOf(results: readonly WriteResult[]): Record<string, unknown> {
  const asSent: AppliedAsSent = { decisions: [], notes: 'rv1', reviewedAtMicroseconds: [] };
  const items = [];
  for (const result of results) {
    if (result.isAsSent === true && result.reviewedAtMicroseconds !== null) {
      asSent.decisions.push(result.decisionId);
      asSent.reviewedAtMicroseconds.push(result.reviewedAtMicroseconds);
    } else items.push({ ...toItem(result), server: result.server });
  }
  return asSent.decisions.length === 0 ? { items } : { asSent, items };
}

function toItem({ reviewId, decisionId, outcome, detail }: WriteResult): SyncItem {
  // In the order of the ledger's canonical form, which spares putting thousands of them into it.
  return { decisionId, detail, outcome, review: reviewId };
}
