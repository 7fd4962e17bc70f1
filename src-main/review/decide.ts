// Records decisions: all rules are checked under the ledger's lock, and all items are recorded or none.
import type { OsUser } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { rulesForDecision } from './four-eyes.ts';
import { isOwnAction } from './independence.ts';
import { isPrivilegedItem } from './privileged-actions.ts';
import type { Act, Ledger } from './ledger.ts';
import { strangeOsUser } from './os-user.ts';
import {
  decisionInForce,
  type DecisionPayload,
  type DecisionRecord,
  type LedgerState,
} from './projection.ts';
import { assertShown } from './shown-reviewer.ts';

export type DecisionRequest = {
  readonly reviews: readonly {
    readonly id: string;
    readonly shown?: string | undefined;
    /** Id of the decision in force when the item was shown, null when there was none; another one by now is refused. */
    readonly standing?: string | null | undefined;
    readonly dwellMs?: number | undefined;
  }[];
  readonly decision: DecisionKind;
  readonly reason?: string | undefined;
  /** The account this runs under, as the door knows it. */
  readonly osUser?: OsUser | null | undefined;
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
    if (error instanceof SelfReview) refuseSelfReview(ledger, error.review, request.osUser);
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
    review: requireStanding(
      requireDecidable(byId.get(wanted.id), wanted.shown, (actor) => isOwnAction(state, actor, reviewer.id)),
      wanted.standing,
    ),
    dwellMs: wanted.dwellMs ?? null,
  }));
  if (reason === null && reviews.some(({ review }) => isPrivilegedItem(review, state.privilegedActions)))
    throw new Problem(
      'invalid-input',
      'To certify a privileged action needs a reason. Nothing was recorded.',
      {
        next: 'Say in a sentence why the action was right; it is kept with the decision.',
      },
    );
  assertHomogeneous(reviews.map(({ review }) => review));
  const batch = isBulk ? newId() : null;
  const osUser = strangeOsUser(state.independence, request.osUser);
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
      ...(review.notes === undefined ? {} : { notes: review.notes }),
      supersedes: decisionInForce(state, review.id)?.id ?? null,
      ...(review.reopened === undefined ? {} : { reopened: review.reopened }),
      batch,
      dwellMs,
      reviewerName: reviewer.name,
      severity: review.severity,
      fourEyes: rulesForDecision(state.independence.fourEyes, {
        decision: request.decision,
        severity: review.severity,
        action: review.action,
      }),
      ...(osUser === null ? {} : { osUser }),
    } satisfies DecisionPayload,
  }));
}

function requireDecidable(
  review: Review | undefined,
  shown: string | undefined,
  isOwn: (actor: string | null) => boolean,
): Review {
  if (!review) {
    throw new Problem('not-found', 'There is no such review item in this workspace. Nothing was recorded.', {
      next: 'Refresh, then look for it in the queue.',
    });
  }
  if (isOwn(review.actor)) throw new SelfReview(review);
  if (shown !== undefined && shown !== review.digest) {
    throw new Problem('conflict', 'This item changed after it was shown to you. Nothing was recorded.', {
      next: 'Look at it again, then decide.',
    });
  }
  if (review.undecidable !== undefined) {
    throw new Problem('refused', `${review.undecidable} Nothing was recorded.`, {
      next: 'Ask whoever runs the audit database to give every row of the review table an id of its own.',
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
  if (review.status === 'reviewed' && review.decision === null) {
    throw new Problem('conflict', 'Somebody else has already reviewed this item. Nothing was recorded.', {
      next: 'See their decision in the item’s detail.',
    });
  }
  return review;
}

function requireStanding(review: Review, standing: string | null | undefined): Review {
  if (standing === undefined || standing === review.decisionId) return review;
  throw new Problem(
    'conflict',
    review.decisionId === null
      ? 'The decision on this item was taken back after it was shown to you. Nothing was recorded.'
      : 'A decision on this item was recorded after it was shown to you. Nothing was recorded now; that one stands.',
    {
      next: 'See what stands now, then decide again if you still want to.',
    },
  );
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

/**
 * Whose act this is. Ask for it inside `ledger.append`, so that nobody else becomes the reviewer in between.
 * @throws Problem `no-reviewer`, or `conflict` when the door showed another reviewer
 */
export function requireReviewer(state: Pick<LedgerState, 'reviewer'>): Reviewer {
  if (state.reviewer) {
    assertShown(state.reviewer);
    return state.reviewer;
  }
  throw new Problem(
    'no-reviewer',
    'This workspace does not know yet who decides here. Nothing was recorded.',
    {
      next: 'Say first who reviews here (on the command line: countersign reviewer --name … --id …).',
    },
  );
}

function refuseSelfReview(ledger: Ledger, review: Review, present: OsUser | null | undefined): never {
  recordSelfReview(ledger, review, present);
  throw new Problem(
    'refused',
    'You took this action yourself, so somebody else has to review it. The attempt was put on record, no decision was.',
    {
      next: 'Leave it to another reviewer.',
    },
  );
}

/** Puts on record that somebody tried to judge what they did themselves. */
export function recordSelfReview(
  ledger: Ledger,
  refused: Pick<Review, 'id' | 'tenant' | 'action'> & {
    readonly kind?: 'review' | 'anomaly';
    readonly concurrenceWith?: string;
  },
  present: OsUser | null | undefined,
): void {
  ledger.append((state) => {
    const { id, kind = 'review', tenant, action, concurrenceWith } = refused;
    const osUser = strangeOsUser(state.independence, present);
    return [
      {
        type: 'self-review-refused',
        tenant,
        subject: id,
        actor: requireReviewer(state).id,
        payload: {
          [kind]: id,
          action,
          ...(concurrenceWith === undefined ? {} : { concurrenceWith }),
          ...(osUser === null ? {} : { osUser }),
        },
      },
    ];
  });
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
