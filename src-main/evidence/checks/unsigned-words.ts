// Decisions that a workspace recorded in the name of somebody who signed another one on the same item in a file they handed back.
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';

/** What a reviewer signed last; what they corrected themself is their word no more. A clock may have been set back meanwhile. */
function lastSigned(signed: readonly DecidedItem[]): DecidedItem | undefined {
  const corrected = new Set(signed.map(({ supersedes }) => supersedes));
  return signed
    .filter(({ id }) => !corrected.has(id))
    .reduce<DecidedItem | undefined>(
      (last, one) => (last === undefined || last.decidedAt <= one.decidedAt ? one : last),
      undefined,
    );
}

/** So many items are looked at in one step. */
const itemsAtOnce = 1_000;

/**
 * How many there are, in steps. Nothing but the word of whoever signed the pack shows that the reviewer changed their mind there, while their
 * signature shows that they decided otherwise.
 * @param identities of the campaign
 */
export function* unsignedWords(
  { decisions, imports }: OpenedCampaign,
  identities: Identities,
): Generator<undefined, number> {
  if (imports.length === 0) return 0;
  let [count, seen] = [0, 0];
  for (const about of decisions.values()) {
    seen += 1;
    if (seen % itemsAtOnce === 0) yield undefined;
    if (about.length < 2) continue;
    const signed = about.filter(({ importedFrom }) => importedFrom !== null);
    if (signed.length === 0) continue;
    const isOtherwise = (here: DecidedItem) => {
      const theirs = signed.filter(
        ({ stage, reviewer }) => stage === here.stage && isSamePerson(identities, reviewer, here.reviewer),
      );
      const last = lastSigned(theirs);
      return last !== undefined && last.decision !== here.decision && last.supersedes !== here.id;
    };
    count += about.filter((one) => one.importedFrom === null && isOtherwise(one)).length;
  }
  return count;
}
