// Nobody reviews their own action, whatever id they took it under.
import type { Reviewer } from '#shared/model/reviewer.ts';
import { foldIdentity, isSamePerson } from './aliases.ts';
import type { LedgerState } from './projection.ts';

/** True when the actor is the reviewer, by id or by e-mail address, whatever the letter case. */
export function isSelfReview(actor: string | null, reviewer: Pick<Reviewer, 'id' | 'email'>): boolean {
  if (actor === null) return false;
  const same = (other: string | null) => other !== null && foldIdentity(other) === foldIdentity(actor);
  return same(reviewer.id) || same(reviewer.email);
}

/** True when the actor is known to be the person with this reviewer id: by id, e-mail address or alias. */
export function isOwnAction(
  { independence }: Pick<LedgerState, 'independence'>,
  actor: string | null,
  reviewerId: string,
): boolean {
  return actor !== null && isSamePerson(independence.identities, reviewerId, actor);
}
