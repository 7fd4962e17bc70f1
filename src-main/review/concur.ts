// A second person's word on a decision or disposition that needs one; the first person's stays as it is.
import type { OsUser } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Review } from '#shared/model/review.ts';
import { isUnprovenAct, proofOf } from '../evidence/key-proofs.ts';
import { isSamePerson } from './aliases.ts';
import { recordSelfReview, requireReviewer } from './decide.ts';
import { isOwnAction } from './independence.ts';
import type { ConcurrencePayload } from './independence-state.ts';
import type { Act, Ledger } from './ledger.ts';
import { strangeOsUser } from './os-user.ts';
import { decisionInForce, type DecisionRecord, type LedgerState } from './projection.ts';

export type ConcurrenceRequest = {
  readonly id: string;
  readonly agree: boolean;
  readonly reason: string;
  /** Digest of the item as shown; an item that changed since is refused. */
  readonly shown?: string | undefined;
  /** The account this runs under, as the door knows it. */
  readonly osUser?: OsUser | null | undefined;
};

/** What the second person judges, and whether that is their own doing. */
type Judged = {
  readonly decision: string;
  readonly about: ConcurrencePayload['about'];
  readonly digest: string;
  readonly reviewer: string;
  readonly actor: string | null;
  readonly tenant: string | null;
};

class OwnAction extends Error {
  readonly decision: string;
  constructor(decision: string) {
    super('self-review');
    this.decision = decision;
  }
}

/**
 * Records whether a second person concurs with the decision in force on an item.
 * @param readQueue reads the queue for a given ledger state
 * @throws Problem when there is nothing to concur with, the second person is the first, or the item is the second person's
 *   own action; only the latter attempt is put on record then.
 */
export function concurWithDecision(
  ledger: Ledger,
  readQueue: (state: LedgerState) => Review[],
  request: ConcurrenceRequest,
): void {
  let review: Review | undefined;
  recordOrRefuse(
    ledger,
    request,
    () => review,
    (state) => {
      review = readQueue(state).find(({ id }) => id === request.id);
      const decision = decisionInForce(state, request.id);
      if (!review || !decision) throw nothingToSecond();
      assertStillOpen(review, decision, request.shown);
      const { reviewer, payload } = decision;
      return draftConcurrence(state, request, {
        decision: decision.id,
        about: 'decision',
        digest: payload.digest,
        reviewer,
        actor: payload.actor,
        tenant: payload.tenant,
      });
    },
  );
}

/** Appends, or puts the attempt on record when somebody judges what they did themselves. */
export function recordOrRefuse(
  ledger: Ledger,
  { osUser }: Pick<ConcurrenceRequest, 'osUser'>,
  about: () => Pick<Review, 'id' | 'tenant' | 'action'> | undefined,
  draft: (state: LedgerState) => Act[],
  kind: 'review' | 'anomaly' = 'review',
): void {
  try {
    ledger.append(draft);
  } catch (error) {
    const refused = about();
    if (!(error instanceof OwnAction) || !refused) throw error;
    const { id, tenant, action } = refused;
    recordSelfReview(ledger, { id, tenant, action, kind, concurrenceWith: error.decision }, osUser);
    throw new Problem(
      'refused',
      'You took this action yourself, so you cannot be the second person for it. The attempt was put on record, no concurrence was.',
      { next: 'Leave it to another reviewer.' },
    );
  }
}

/** @throws Problem, or {@link OwnAction} for {@link recordOrRefuse} */
export function draftConcurrence(state: LedgerState, request: ConcurrenceRequest, judged: Judged): Act[] {
  const second = requireReviewer(state);
  if (isOwnAction(state, judged.actor, second.id)) throw new OwnAction(judged.decision);
  if (isSamePerson(state.independence.identities, judged.reviewer, second.id))
    throw new Problem(
      'refused',
      'The first reviewer cannot be the second one as well, under whatever id. Nothing was recorded.',
      { next: 'Leave it to another reviewer, who sets up a profile of their own first.' },
    );
  assertProvenKeys(state, judged.decision, second.id);
  const reason = request.reason.toWellFormed().trim();
  if (reason === '')
    throw new Problem('invalid-input', 'A concurrence needs a reason. Nothing was recorded.', {
      next: 'Say in a sentence what you looked at.',
    });
  const osUser = strangeOsUser(state.independence, request.osUser);
  return [
    {
      type: 'concurrence',
      tenant: judged.tenant,
      subject: request.id,
      actor: second.id,
      payload: {
        about: judged.about,
        decision: judged.decision,
        digest: judged.digest,
        agree: request.agree,
        reason,
        reviewerName: second.name,
        ...(osUser === null ? {} : { osUser }),
      } satisfies ConcurrencePayload,
    },
  ];
}

/** Two persons are two only where both showed that they are who they say. */
function assertProvenKeys({ keys: { proofs, newest } }: LedgerState, decision: string, second: string): void {
  const next =
    'Become the reviewer again with the earlier key, or have the organisation list the new one and put that on record under the signing keys.';
  if (newest !== null && proofOf(proofs, newest, second) === 'none')
    throw new Problem(
      'refused',
      'Your signing key took the place of an earlier one, and nothing shows that it is of the same person. So you cannot be the second person yet. Nothing was recorded.',
      { next },
    );
  if (isUnprovenAct(proofs, decision))
    throw new Problem(
      'refused',
      'The first reviewer’s signing key took the place of an earlier one, and nothing shows that it is of the same person. So nobody can be the second person for this yet. Nothing was recorded.',
      { next: `Let another reviewer record a decision of their own. Or the first one: ${next}` },
    );
}

export function nothingToSecond(): Problem {
  return new Problem(
    'not-found',
    'There is nothing here for a second person to concur with. Nothing was recorded.',
    { next: 'See which items await a second person in the queue.' },
  );
}

export function needsNoSecond(): Problem {
  return new Problem(
    'refused',
    'No rule asked for a second person when this was decided. Nothing was recorded.',
    { next: 'Record a decision of your own where you see it differently.' },
  );
}

function assertStillOpen(review: Review, decision: DecisionRecord, shown: string | undefined): void {
  if ((decision.payload.fourEyes ?? []).length === 0) throw needsNoSecond();
  if (decision.inFlight || decision.outcome)
    throw new Problem(
      'conflict',
      'This decision has already been sent to the audit database. Nothing was recorded.',
      { next: 'Record a decision of your own where you see it differently.' },
    );
  if (review.status === 'gone')
    throw new Problem('conflict', 'The database no longer shows this item. Nothing was recorded.', {
      next: 'Ask whoever runs the audit database why the row is gone.',
    });
  if (review.server !== null)
    throw new Problem('conflict', 'Somebody else has already reviewed this item. Nothing was recorded.', {
      next: 'See their decision in the item’s detail.',
    });
  if (shown !== undefined && shown !== review.digest)
    throw new Problem('conflict', 'This item changed after it was shown to you. Nothing was recorded.', {
      next: 'Look at it again.',
    });
  if (review.digest !== decision.payload.digest)
    throw new Problem(
      'conflict',
      'This item changed after the first reviewer decided on it, so there is nothing to concur with. Nothing was recorded.',
      { next: 'Ask the first reviewer to decide anew on the item as it is now.' },
    );
}
