// Nobody reviews their own action.
import type { Reviewer } from '#shared/model/reviewer.ts';

/** True when the actor is the reviewer, by id or by e-mail address, whatever the letter case. */
export function isSelfReview(actor: string | null, reviewer: Reviewer): boolean {
  if (actor === null) return false;
  const same = (other: string | null) => other !== null && fold(other) === fold(actor);
  return same(reviewer.id) || same(reviewer.email);
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
