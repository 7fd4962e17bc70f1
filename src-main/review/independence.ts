// Nobody reviews their own action, whatever id they took it under.
import type { OwnPart } from '#shared/model/independence.ts';
import { isSamePerson } from './aliases.ts';
import type { LedgerState } from './projection.ts';

/** True when the actor is known to be the person with this reviewer id: by id, e-mail address or alias. */
export function isOwnAction(
  { independence }: Pick<LedgerState, 'independence'>,
  actor: string | null,
  reviewerId: string,
): boolean {
  return actor !== null && isSamePerson(independence.identities, reviewerId, actor);
}

/**
 * Where the present reviewer stands to a finding or anomaly; nobody set up yet is nobody's own.
 * @param actors whom it is about
 * @param first reviewer of what awaits a second person; null when nothing does
 */
export function ownPartOf(
  state: Pick<LedgerState, 'independence' | 'reviewer'>,
  actors: readonly (string | null)[],
  first: string | null,
): OwnPart {
  const { reviewer, independence } = state;
  if (reviewer === null) return { isOwnAction: false, canConcur: false };
  const isOwn = actors.some((actor) => isOwnAction(state, actor, reviewer.id));
  const isFirst = first !== null && isSamePerson(independence.identities, first, reviewer.id);
  return { isOwnAction: isOwn, canConcur: first !== null && !isOwn && !isFirst };
}
