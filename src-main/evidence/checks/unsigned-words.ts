// Decisions that a workspace recorded in the name of somebody who signed another one on the same item in a file they handed back.
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';

/**
 * How many there are. Nothing but the word of whoever signed the pack shows that the reviewer changed their mind there, while their
 * signature shows that they decided otherwise.
 * @param identities of the campaign
 */
export function unsignedWords({ decisions, imports }: OpenedCampaign, identities: Identities): number {
  if (imports.length === 0) return 0;
  let count = 0;
  for (const about of decisions.values()) {
    const signed = about.filter(({ importedFrom }) => importedFrom !== null);
    if (signed.length === 0) continue;
    const isOtherwise = (here: DecidedItem) =>
      signed.some(
        (theirs) =>
          theirs.stage === here.stage &&
          theirs.decision !== here.decision &&
          isSamePerson(identities, theirs.reviewer, here.reviewer),
      );
    count += about.filter((one) => one.importedFrom === null && isOtherwise(one)).length;
  }
  return count;
}
