// Whether decisions are made under the account the reviewer's profile is bound to.
import type { OsUser } from '#shared/model/independence.ts';
import type { IndependenceState } from './independence-state.ts';

/** The present account when it is another than the profile's; null when it is the same, or either is unknown. */
export function strangeOsUser(
  { reviewerOsUser: bound }: Pick<IndependenceState, 'reviewerOsUser'>,
  present: OsUser | null | undefined,
): OsUser | null {
  if (!present || bound === null) return null;
  return bound.name === present.name && bound.uid === present.uid ? null : present;
}
