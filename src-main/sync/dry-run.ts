// What the next sync would send, row by row, and what it would not and why; from the ledger and the last pull alone.
import type { Review, SyncState } from '#shared/model/review.ts';
import type { SyncPreview } from '#shared/model/sync.ts';
import { capNotes, haveRoom } from '../source/notes.ts';
import { notesOf } from '../review/decision-notes.ts';
import { isOwnAction } from '../review/independence.ts';
import { decisionInForce, sourceOf, type DecisionRecord, type LedgerState } from '../review/projection.ts';
import { longestNotes, unfitSentences } from '../review/reviewer-column.ts';
import { openIntents, syncStateOf } from './outbox.ts';
import { fellDueUnseen } from './stale-pull.ts';

const onServer: readonly SyncState[] = ['applied', 'already-mine'];

/**
 * @param queue The review queue as of the last pull.
 * @param pulledAt Time of that pull in microseconds since the epoch; null when there was none.
 * @param held Sentences that say why nothing at all would leave.
 * @param now In microseconds since the epoch.
 */
export function previewSync(
  state: LedgerState,
  queue: readonly Review[],
  pulledAt: number | null,
  held: readonly string[],
  now: number,
): SyncPreview {
  const intents = openIntents(state);
  const leaving = new Set(intents.map(({ id }) => id));
  const shown = new Map(queue.map((review) => [review.id, review]));
  const unfit = new Map<DecisionRecord, string>();
  for (const decision of intents) {
    const why = whyUnfit(state, decision);
    if (why !== null) unfit.set(decision, why);
  }
  const longest = longestNotes(state);
  return {
    held: [...held],
    wouldSend: intents
      .filter((decision) => !unfit.has(decision))
      .map((decision) => ({
        ...described(decision),
        notes: capNotes(notesOf(decision), longest),
        again: decision.inFlight,
        expected: isOwnAction(state, decision.payload.actor, decision.reviewer)
          ? 'The reviewer is known to be the actor of this item, so it will be rejected.'
          : expectation(decision, shown.get(decision.payload.review) ?? null, pulledAt, now),
      })),
    wouldNotSend: [
      ...[...unfit].map(([decision, why]) => ({
        ...described(decision),
        sync: syncStateOf(state, decision),
        why,
      })),
      ...[...state.decisions.keys()].flatMap((review) =>
        staying(state, review, leaving, shown.get(review) ?? null),
      ),
    ],
  };
}

/** Why an intent cannot leave for the database this workspace is connected to; null where it can, as far as is known here. */
function whyUnfit(state: LedgerState, decision: DecisionRecord): string | null {
  if (isForeign(state, decision))
    return 'It was made for another database than the one this workspace is connected to now.';
  const [unfit] = unfitSentences(state.connection?.fingerprint, decision.reviewer, ['reviews']);
  if (unfit !== undefined) return `${unfit} Let a reviewer with an id that fits decide again.`;
  const longest = longestNotes(state);
  if (haveRoom(notesOf(decision), longest)) return null;
  return `The column notes, of ${longest} characters, has no room for the decision. Ask the DBA to widen it.`;
}

function staying(
  state: LedgerState,
  review: string,
  leaving: ReadonlySet<string>,
  shown: Review | null,
): SyncPreview['wouldNotSend'] {
  const decision = decisionInForce(state, review);
  if (decision === null || leaving.has(decision.id)) return [];
  const sync = syncStateOf(state, decision);
  const isOpenAgain = shown?.reopened === true;
  if ((onServer.includes(sync) && !isOpenAgain) || decision.source !== sourceOf(state)) return [];
  const earlier = (state.decisions.get(review) ?? []).find(({ id }) => leaving.has(id));
  // Nobody can concur with what the database no longer shows.
  if (isGone(shown) && (sync === 'awaiting-second' || sync === 'disagreed'))
    return [
      {
        ...described(decision),
        sync: 'not-visible',
        why: 'A rule asks for a second person, but the database no longer shows the row, so nobody can concur. The decision is kept.',
      },
    ];
  const why = earlier
    ? 'An earlier decision about this item left and its answer was lost; that one is settled first.'
    : whyStaying(decision, sync, isOpenAgain);
  return [{ ...described(decision), sync, why, ...(wasRefusedHere(decision) && { refusedHere: true }) }];
}

/** Settled without ever having left. */
function wasRefusedHere({ outcome, announced }: DecisionRecord): boolean {
  return outcome?.outcome === 'rejected' && !announced;
}

function whyStaying(decision: DecisionRecord, sync: SyncState, isOpenAgain: boolean): string {
  const { payload, outcome } = decision;
  if (wasRefusedHere(decision))
    return `It did not leave this computer: ${outcome?.detail ?? 'it could not be sent.'}`;
  switch (sync) {
    case 'awaiting-second':
      return 'A rule asks for a second person, who has not concurred yet.';
    case 'disagreed':
      return 'The second person did not concur, so it is not final.';
    case 'applied':
    case 'already-mine':
      return `It was written, and is gone from the row since. ${decideAgain}`;
    case 'superseded':
      if (isOpenAgain)
        return `Somebody else was first, and theirs is gone from the row since. ${decideAgain}`;
      return notTaken(outcome);
    case 'changed':
    case 'not-visible':
    case 'rejected':
      return notTaken(outcome);
    default:
      return whyLocal(payload, isOpenAgain);
  }
}

const decideAgain = 'The row is open: if ours still holds, decide again, and that is sent.';

const notTaken = (outcome: DecisionRecord['outcome']): string =>
  `It was sent and not taken: ${outcome?.detail ?? 'the database gave no reason.'}`;

function whyLocal({ origin, decision }: DecisionRecord['payload'], isOpenAgain: boolean): string {
  if (origin === 'derived')
    return 'No review row of the database is known to be of this item as it was decided, so the decision stays here.';
  if (decision === 'abstain' || decision === 'escalate')
    return `To ${decision} leaves the row open for somebody else.`;
  if (isOpenAgain) return `It was decided before this computer saw the row open again. ${decideAgain}`;
  return 'The row was decided before this; a correction is kept here and in the evidence pack, and the row stays as it is.';
}

function expectation(
  decision: DecisionRecord,
  review: Review | null,
  pulledAt: number | null,
  now: number,
): string | null {
  if (review === null || isGone(review)) return 'As of the last pull the database does not show this row.';
  if (review.server !== null) return 'As of the last pull somebody has decided this row in the database.';
  if (review.digest !== decision.payload.digest)
    return 'As of the last pull the row is not as it was shown, so the database will not take it.';
  if (fellDueUnseen(decision, pulledAt, now))
    return 'It fell due after the last pull; refresh to see what became of it meanwhile.';
  return null;
}

const isGone = (shown: Review | null): boolean => shown?.status === 'gone';

function isForeign(state: LedgerState, { source }: DecisionRecord): boolean {
  return source !== null && source !== sourceOf(state);
}

function described({ id, reviewer, decidedAt, payload }: DecisionRecord) {
  const { review, decision, action, actor, reviewerName } = payload;
  return { review, decisionId: id, decision, action, actor, reviewer, reviewerName, decidedAt };
}
