// Failed and successful logins of a stretch of history, by actor and by address.
import type { History } from '../../history/history.ts';
import { actionClass } from './class-bits.ts';
import { eventsOfClasses, numberTexts, type ClassEvents, type NumberedTexts } from './class-events.ts';
import { canonicalAddress } from './network.ts';
import type { OutcomeVerdict } from './outcome.ts';

/** Kinds of attempts. */
export const loginKind = { success: 1, failure: 2, unknownAccount: 3 } as const;

export interface LoginAttempts {
  readonly events: ClassEvents;
  /** Canonical addresses; −1 where unknown or not mirrored. */
  readonly addresses: NumberedTexts;
  /** Actor number of each attempt. */
  readonly actors: Uint32Array;
}

/**
 * What became of a sign-in: the name of the action says so (“auth.login_failed”), else the outcome does; a name that
 * tells of a login (“auth.login”) is a success unless the outcome is a failure. 0 is neither.
 */
export function loginKindOf(classes: number, outcome: OutcomeVerdict): number {
  if ((classes & actionClass.signIn) === 0) return 0;
  if ((classes & actionClass.failed) === 0 && outcome !== 'failure')
    return outcome === 'success' || (classes & actionClass.needsOutcome) === 0 ? loginKind.success : 0;
  return (classes & actionClass.unknownAccount) === 0 ? loginKind.failure : loginKind.unknownAccount;
}

export function isFailure(kind: number): boolean {
  return kind >= loginKind.failure;
}

/** Times are microseconds, half-open. */
export function loginAttempts(history: History, from: number, until: number): LoginAttempts {
  const events = eventsOfClasses(history, { wanted: actionClass.signIn, from, until }, loginKindOf);
  const actors = new Uint32Array(events.length);
  for (let at = 0; at < events.length; at += 1) actors[at] = history.series[events.series[at]!]!.actor;
  return { events, actors, addresses: numberTexts(history, events, 'ip', canonicalAddress) };
}
