// Records what a person makes of a finding; it changes nothing about the finding itself.
import type { Disposition, Finding } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { requireReviewer } from './decide.ts';
import { digestOfFinding } from './disposition-in-force.ts';
import { blindCheckOfNow, getFinding } from './findings.ts';
import { rulesForDisposition } from './four-eyes.ts';
import { isOwnAction } from './independence.ts';
import type { Act, Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type DispositionRequest = {
  readonly id: string;
  readonly disposition: Disposition;
  readonly note: string;
};

class OwnFinding extends Error {
  constructor() {
    super('self-review');
  }
}

/** Everybody a finding is about, by id. */
export function actorsOf({ actor, entity }: Pick<Finding, 'actor' | 'entity'>): string[] {
  return [actor, entity.kind === 'actor' ? entity.value : ''].filter((id) => id !== '');
}

/**
 * Records a disposition; a further one corrects it.
 * @throws Problem when it may not be made so; then nothing is recorded but the refusal of a self-review.
 */
export function disposeFinding(cache: DatabaseHandle, ledger: Ledger, request: DispositionRequest): Finding {
  const note = request.note.toWellFormed().trim();
  if (note === '')
    throw new Problem('invalid-input', 'A disposition needs a note. Nothing was recorded.', {
      next: 'Say in a sentence why.',
    });
  const { finding } = getFinding(cache, ledger.state(), request.id);
  const blindCheckOf = blindCheckOfNow(cache, ledger.state(), finding);
  try {
    ledger.append((state) => [draft(state, finding, { ...request, note }, blindCheckOf)]);
  } catch (error) {
    if (error instanceof OwnFinding) refuseOwn(ledger, finding);
    throw error;
  }
  return getFinding(cache, ledger.state(), request.id).finding;
}

function draft(
  state: LedgerState,
  finding: Finding,
  request: DispositionRequest,
  blindCheckOf: string | null,
): Act {
  const reviewer = requireReviewer(state);
  if (actorsOf(finding).some((actor) => isOwnAction(state, actor, reviewer.id))) throw new OwnFinding();
  const { detector, actor, entity, action, start, end, count, score, threshold, severity } = finding;
  return {
    type: 'disposition',
    tenant: finding.sourceAccount,
    subject: finding.id,
    actor: reviewer.id,
    payload: {
      finding: finding.id,
      disposition: request.disposition,
      note: request.note,
      digest: digestOfFinding(finding),
      shown: { detector, actor, entity, action, start, end, count, score, threshold, severity },
      reviewerName: reviewer.name,
      blindCheckOf,
      fourEyes: rulesForDisposition(state.independence.fourEyes, {
        disposition: request.disposition,
        severity,
      }),
    },
  };
}

function refuseOwn(ledger: Ledger, { id, sourceAccount, action }: Finding): never {
  ledger.append((state) => [
    {
      type: 'self-review-refused',
      tenant: sourceAccount,
      subject: id,
      actor: requireReviewer(state).id,
      payload: { finding: id, action },
    },
  ]);
  throw new Problem(
    'refused',
    'This finding is about yourself, so somebody else has to judge it. The attempt was put on record, no disposition was.',
    { next: 'Leave it to another reviewer.' },
  );
}
