// What the exceptions on record hide of the findings, and which of these come back as blind checks.
import { hourOfWeekIn } from '#shared/time/hour-of-week.ts';
import { suppressor, type Suppressible } from '../analytics/suppress.ts';
import { drawBlindChecks } from '../analytics/suppress-blind-checks.ts';
import { dispositionInForce, type ShownFinding } from './disposition-in-force.ts';
import type { LedgerState } from './projection.ts';

/** By finding: the exception that covers it, and whether it comes back to be looked at all the same. */
export type Suppression = ReadonlyMap<string, { readonly by: string; readonly isBlindCheck: boolean }>;

/** @param findings all there are: which one a week shows again depends on the others of that week */
export function suppressionOf(
  findings: readonly (Suppressible & ShownFinding)[],
  state: LedgerState,
): Suppression {
  if (state.exceptions.length === 0) return new Map();
  const suppress = suppressor(state.exceptions, hourOfWeekOf(state));
  const hidden = findings.flatMap((finding) => {
    const by = suppress(finding);
    return by === null ? [] : [{ finding, by }];
  });
  const drawn = drawBlindChecks(
    hidden.map(({ finding }) => finding).filter((finding) => isBlind(finding, state)),
  );
  return new Map(hidden.map(({ finding: { id }, by }) => [id, { by, isBlindCheck: drawn.has(id) }]));
}

/** What somebody has judged knowingly, or granted the exception for, can be checked no more. */
function isBlind(finding: ShownFinding, state: LedgerState): boolean {
  if (state.exceptions.some(({ grantedFor }) => grantedFor === finding.id)) return false;
  const current = dispositionInForce(finding, state);
  return current === null || current.blindCheckOf !== null;
}

/** Local hours of the week as everything else in the workspace counts them. */
export function hourOfWeekOf({ connection }: LedgerState): (slot: number) => number {
  return hourOfWeekIn(connection?.zone ?? 'UTC');
}
