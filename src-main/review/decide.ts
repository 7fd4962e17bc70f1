// Records decisions: all rules are checked under the ledger's lock, and all items are recorded or none.
import { Problem } from '#shared/model/problem.ts';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { isSelfReview } from './independence.ts';
import type { Act, Ledger } from './ledger.ts';
import {
  decisionInForce,
  type DecisionPayload,
  type DecisionRecord,
  type LedgerState,
} from './projection.ts';

export type DecisionRequest = {
  readonly reviews: readonly {
    readonly id: string;
    readonly shown?: string | undefined;
    readonly dwellMs?: number | undefined;
  }[];
  readonly decision: DecisionKind;
  readonly reason?: string | undefined;
};

/** Carries the refused item, so that the refusal itself can be put on record. */
class SelfReview extends Error {
  readonly review: Review;
  constructor(review: Review) {
    super('self-review');
    this.review = review;
  }
}

/**
 * Decides one item, or several with one decision and reason. Corrections supersede the decision before.
 * @param readQueue reads the queue for a given ledger state.
 * @throws Problem when any item may not be decided so; then nothing is recorded but the refusal of a self-review.
 */
export function decide(
  ledger: Ledger,
  readQueue: (state: LedgerState) => Review[],
  request: DecisionRequest,
): DecisionRecord[] {
  try {
    const stored = ledger.append((state) => draftDecisions(state, readQueue(state), request, ledger.newId));
    const state = ledger.state();
    return stored.map(({ entry }) => state.decisionsById.get(entry.id)!);
  } catch (error) {
    if (error instanceof SelfReview) refuseSelfReview(ledger, error.review);
    throw error;
  }
}

function draftDecisions(
  state: LedgerState,
  queue: readonly Review[],
  request: DecisionRequest,
  newId: () => string,
): Act[] {
  const reviewer = requireReviewer(state);
  // Half a character, as cutting a text can leave it, has no canonical form and could not be hashed.
  const reason = request.reason?.toWellFormed().trim() || null;
  const isBulk = request.reviews.length > 1;
  if (reason === null && (request.decision !== 'certify' || isBulk)) {
    throw new Problem(
      'invalid-input',
      isBulk
        ? 'A decision on several items needs a reason.'
        : `A decision to ${request.decision} needs a reason.`,
      {
        next: 'Say in a sentence why; it is kept with the decision.',
      },
    );
  }
  const byId = new Map(queue.map((review) => [review.id, review]));
  const reviews = request.reviews.map((wanted) => ({
    review: requireDecidable(byId.get(wanted.id), wanted.shown, reviewer),
    dwellMs: wanted.dwellMs ?? null,
  }));
  assertHomogeneous(reviews.map(({ review }) => review));
  const batch = isBulk ? newId() : null;
  return reviews.map(({ review, dwellMs }) => ({
    type: 'decision',
    tenant: review.tenant,
    subject: review.id,
    actor: reviewer.id,
    payload: {
      review: review.id,
      origin: review.origin,
      tenant: review.tenant,
      decision: request.decision,
      reason,
      digest: review.digest,
      auditLogId: review.auditLogId,
      action: review.action,
      actor: review.actor,
      createdAt: review.createdAt,
      dueAt: review.dueAt,
      supersedes: decisionInForce(state, review.id)?.id ?? null,
      batch,
      dwellMs,
      reviewerName: reviewer.name,
    } satisfies DecisionPayload,
  }));
}

function requireDecidable(review: Review | undefined, shown: string | undefined, reviewer: Reviewer): Review {
  if (!review) {
    throw new Problem('not-found', 'There is no such review item in this workspace. Nothing was recorded.', {
      next: 'Refresh, then look for it in the queue.',
    });
  }
  if (isSelfReview(review.actor, reviewer)) throw new SelfReview(review);
  if (shown !== undefined && shown !== review.digest) {
    throw new Problem('conflict', 'This item changed after it was shown to you. Nothing was recorded.', {
      next: 'Look at it again, then decide.',
    });
  }
  if (review.status === 'gone') {
    throw new Problem(
      'conflict',
      'The database no longer shows this item, so it cannot be decided. Earlier decisions are kept.',
      {
        next: 'Ask whoever runs the audit database why the row is gone.',
      },
    );
  }
  if (review.status === 'reviewed') {
    throw new Problem('conflict', 'Somebody else has already reviewed this item. Nothing was recorded.', {
      next: 'See their decision in the item’s detail.',
    });
  }
  return review;
}

function assertHomogeneous(reviews: readonly Review[]): void {
  if (new Set(reviews.map((review) => review.id)).size < reviews.length) {
    throw new Problem('invalid-input', 'The same item was given twice. Nothing was recorded.');
  }
  if (new Set(reviews.map((review) => review.action)).size > 1) {
    throw new Problem(
      'refused',
      'Several items can be decided together only when they are the same action. Nothing was recorded.',
      {
        next: 'Select items of one action at a time.',
      },
    );
  }
}

export function requireReviewer(state: LedgerState): Reviewer {
  if (state.reviewer) return state.reviewer;
  throw new Problem(
    'no-reviewer',
    'This workspace does not know yet who decides here. Nothing was recorded.',
    {
      next: 'Set the reviewer first (countersign reviewer --name … --id …).',
    },
  );
}

function refuseSelfReview(ledger: Ledger, review: Review): never {
  ledger.append((state) => [
    {
      type: 'self-review-refused',
      tenant: review.tenant,
      subject: review.id,
      actor: requireReviewer(state).id,
      payload: { review: review.id, action: review.action },
    },
  ]);
  throw new Problem(
    'refused',
    'You took this action yourself, so somebody else has to review it. The attempt was put on record, no decision was.',
    {
      next: 'Leave it to another reviewer.',
    },
  );
}

/** Withdraws the decision in force while nothing of it has left this computer. */
export function undoDecision(ledger: Ledger, reviewId: string): void {
  ledger.append((state) => {
    const decision = decisionInForce(state, reviewId);
    if (!decision) throw new Problem('not-found', 'There is no decision on this item to take back.');
    if (decision.inFlight || decision.outcome) {
      throw new Problem(
        'refused',
        'This decision has already been sent to the audit database, so it cannot be taken back. It is kept.',
        {
          next: 'Record a correction instead: decide again with a reason.',
        },
      );
    }
    const reviewer = requireReviewer(state);
    if (decision.reviewer !== reviewer.id) {
      throw new Problem(
        'refused',
        'This decision is another reviewer’s, so only they can take it back. It is kept.',
        { next: 'Record your own decision instead; it supersedes theirs.' },
      );
    }
    return [
      {
        type: 'decision-withdrawn',
        tenant: decision.payload.tenant,
        subject: reviewId,
        actor: reviewer.id,
        payload: { decision: decision.id },
      },
    ];
  });
}
