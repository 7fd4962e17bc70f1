// Which four-eyes rules a person can choose from: those in force, and those a new workspace has.
import type { FourEyesRule } from '#shared/model/independence.ts';

/** Rules in force first, in their order; a default whose id is taken is not offered beside the one in force. */
export function offeredRules(
  inForce: readonly FourEyesRule[],
  defaults: readonly FourEyesRule[],
): FourEyesRule[] {
  const taken = new Set(inForce.map(({ id }) => id));
  return [...inForce, ...defaults.filter(({ id }) => !taken.has(id))];
}
