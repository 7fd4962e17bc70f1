// What became of a sign-in, by the name of the action and the outcome beside it.
import { actionClass } from './class-bits.ts';
import type { OutcomeVerdict } from './outcome.ts';

/** Kinds of attempts. */
export const loginKind = { success: 1, failure: 2, unknownAccount: 3 } as const;

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
