// Grants and ends exceptions: scoped to one entity, for a while, and never over what somebody confirmed.
import type {
  ExceptionPreview,
  ExceptionRequest,
  ExceptionScope,
  ListedException,
} from '#shared/contract/detection.ts';
import { entity } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';
import { z } from 'zod';
import { covers, deterministicDetectors, suppressor, type Suppressible } from '../analytics/suppress.ts';
import { readFindings } from '../store/cache/findings.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { requireReviewer } from './decide.ts';
import { hourOfWeekOf } from './exceptions-in-force.ts';
import { confirmedFindings } from './feedback.ts';
import { listFindings } from './findings.ts';
import { isOwnAction } from './independence.ts';
import type { Ledger } from './ledger.ts';
import { nameFindings } from './name-findings.ts';
import type { GrantedException } from './detection-state.ts';
import type { DispositionRecord, LedgerState } from './projection.ts';

export const longestExceptionDays = 90;

/**
 * What an exception would hide, of any age. Confirmed findings are looked for in the ledger as well, because the mirror they
 * were found in may have been deleted since.
 */
export function previewException(
  cache: DatabaseHandle,
  state: LedgerState,
  scope: ExceptionScope,
): ExceptionPreview {
  const hourOfWeek = hourOfWeekOf(state);
  const alreadyHidden = suppressor(state.exceptions, hourOfWeek);
  const covered = readFindings(cache).filter((finding) => covers(scope, finding, hourOfWeek));
  const confirmed = confirmedFindings(state);
  const remembered = [...confirmed].filter((id) => {
    const shown = shownIn(state.dispositions.get(id)!);
    return shown !== null && covers(scope, shown, hourOfWeek);
  });
  const found = covered.map(({ id }) => id).filter((id) => confirmed.has(id));
  return {
    wouldHide: covered.filter((finding) => alreadyHidden(finding) === null).map(({ id }) => id),
    confirmed: [...new Set([...found, ...remembered])].toSorted(),
  };
}

const shownFinding = z.object({
  detector: z.string(),
  actor: z.string(),
  /** Absent in entries older than findings about anything but actors. */
  entity: entity.optional(),
  action: z.string(),
  start: z.string(),
  count: z.number(),
  score: z.number(),
});

function shownIn({ shown, sourceAccount }: DispositionRecord): Suppressible | null {
  const found = shownFinding.safeParse(shown).data;
  if (!found || sourceAccount === null) return null;
  const about = found.entity ?? { kind: 'actor', value: found.actor };
  return { ...found, entity: about, sourceAccount, startMicroseconds: parseInstant(found.start) };
}

/**
 * Grants an exception.
 * @throws Problem `invalid-input` when it is too wide or too long, `refused` when it would hide a confirmed finding or is
 * about the reviewer; nothing is recorded then.
 */
export function grantException(
  ledger: Ledger,
  cache: DatabaseHandle,
  request: ExceptionRequest,
  nowMicroseconds: number,
): ListedException {
  const { finding, acknowledgeDeterministic, ...scope } = request;
  const id = ledger.newId();
  ledger.append((state) => {
    const reviewer = requireReviewer(state);
    assertLimited(request, nowMicroseconds);
    if (scope.entityKind === 'actor' && isOwnAction(state, scope.entity, reviewer.id))
      throw new Problem(
        'refused',
        'This exception is about your own actions, so somebody else has to grant it. Nothing was recorded.',
        { next: 'Leave it to another reviewer.' },
      );
    refuseConfirmed(previewException(cache, state, scope).confirmed);
    const granted: GrantedException = {
      ...scope,
      id,
      owner: scope.owner.toWellFormed().trim(),
      reason: scope.reason.toWellFormed().trim(),
      grantedAt: formatInstant(nowMicroseconds),
      endedAt: null,
      grantedFor: finding ?? null,
      acknowledgesDeterministic: acknowledgeDeterministic === true,
    };
    return [
      {
        type: 'exception-granted',
        tenant: scope.sourceAccount,
        subject: id,
        actor: reviewer.id,
        payload: granted,
      },
    ];
  });
  return requireListed(cache, ledger.state(), id);
}

function assertLimited(request: ExceptionRequest, nowMicroseconds: number): void {
  const invalid = (message: string, next: string) => new Problem('invalid-input', message, { next });
  const lastsMicroseconds = parseInstant(request.expiresAt) - nowMicroseconds;
  if (lastsMicroseconds <= 0 || lastsMicroseconds > longestExceptionDays * microsecondsPerDay)
    throw invalid(
      `An exception ends in the future, and at most ${longestExceptionDays} days from now. Nothing was recorded.`,
      'Choose an earlier or later end; it can be granted again when it has run out.',
    );
  const texts = [request.owner, request.reason, request.entity];
  if (texts.some((text) => text.toWellFormed().trim() === ''))
    throw invalid(
      'An exception needs somebody who answers for it, a reason, and the one entity it is about. Nothing was recorded.',
      'Fill in all three.',
    );
  if ([request.entity, request.sourceAccount, request.action ?? ''].some((text) => !text.isWellFormed()))
    throw invalid(
      'The entity, account or action of this exception is cut in the middle of a character, so it would match nothing. Nothing was recorded.',
      'Take it from the finding as it is.',
    );
  if (deterministicDetectors.has(request.detector) && request.acknowledgeDeterministic !== true)
    throw new Problem(
      'refused',
      `The detector “${request.detector}” states facts rather than odds, so its findings are hidden only when that is explicitly wanted. Nothing was recorded.`,
      { next: 'Confirm that what it finds about this entity may be hidden.' },
    );
}

function refuseConfirmed(confirmed: readonly string[]): void {
  if (confirmed.length === 0) return;
  throw new Problem(
    'refused',
    `This exception would hide ${nameFindings(confirmed)}, which somebody escalated, so it was not granted.`,
    {
      next: 'Narrow it by action, hour or count, or dispose of the finding anew if it was escalated by mistake.',
    },
  );
}

/**
 * Ends an exception before it expires: what it hid shows again.
 * @throws Problem `not-found`, or `conflict` when it was ended before
 */
export function endException(
  ledger: Ledger,
  cache: DatabaseHandle,
  { id, reason }: { readonly id: string; readonly reason: string },
): ListedException {
  ledger.append((state) => {
    const granted = state.exceptions.find((known) => known.id === id);
    if (!granted)
      throw new Problem('not-found', 'There is no such exception in this workspace. Nothing was recorded.', {
        next: 'Look for it in the list of exceptions.',
      });
    if (granted.endedAt !== null)
      throw new Problem('conflict', 'This exception was already ended. Nothing was recorded.');
    return [
      {
        type: 'exception-ended',
        tenant: granted.sourceAccount,
        subject: id,
        actor: requireReviewer(state).id,
        payload: { id, reason: reason.toWellFormed().trim() },
      },
    ];
  });
  return requireListed(cache, ledger.state(), id);
}

/** Every exception ever granted, newest first, with what it hides and what its blind checks found. */
export function listExceptions(cache: DatabaseHandle, state: LedgerState): ListedException[] {
  if (state.exceptions.length === 0) return [];
  const hidden = listFindings(cache, state).flatMap(({ suppressedBy, blindCheck }) =>
    blindCheck ? [] : [suppressedBy],
  );
  const checks = [...state.dispositions.values()];
  return state.exceptions.toReversed().map((granted) => {
    const { grantedFor: _grantedFor, acknowledgesDeterministic: _acknowledges, ...listed } = granted;
    const own = checks.filter(({ blindCheckOf }) => blindCheckOf === granted.id);
    return {
      ...listed,
      hides: granted.endedAt === null ? hidden.filter((by) => by === granted.id).length : 0,
      checked: own.length,
      missed: own.filter(({ disposition }) => disposition === 'escalated').length,
    };
  });
}

function requireListed(cache: DatabaseHandle, state: LedgerState, id: string): ListedException {
  return listExceptions(cache, state).find((listed) => listed.id === id)!;
}
