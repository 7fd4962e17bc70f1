// What to know of delegations that overlap or follow each other, in sentences. Pure.
import type { CampaignDefinition, Delegation } from '#shared/model/campaign.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../aliases.ts';

type Campaign = { readonly definition: CampaignDefinition; readonly delegations: readonly Delegation[] };

/** About those that are not over. @param identities of the campaign */
export function delegationRemarks(
  { definition, delegations }: Campaign,
  identities: Identities,
  nowMs: number,
): string[] {
  const is = (one: string, other: string) => isSamePerson(identities, one, other);
  const named = (id: string) => nameOf(definition, id);
  const alive = delegations.filter(({ validFrom, validTo }) => {
    const ends = parseInstant(validTo);
    return ends > nowMs * 1000 && parseInstant(validFrom) < ends;
  });
  return alive.flatMap((later, place) => {
    const others = alive.filter((one) => one !== later && overlap(one, later));
    const replaced = alive.slice(0, place).filter((one) => others.includes(one) && is(one.from, later.from));
    const handedOn = others.filter((one) => is(one.from, later.to));
    return [
      ...replaced.map(
        (one) =>
          `Both ${named(one.to)} and ${named(later.to)} are to stand in for ${named(later.from)}: while both delegations are in force only ${named(later.to)} does, by the latest word. Tell both.`,
      ),
      ...handedOn.map(
        (one) =>
          `${named(later.to)} stands in for ${named(later.from)} and is stood in for by ${named(one.to)}: that hands nothing on, so the items of ${named(later.from)} stay with ${named(later.to)}.`,
      ),
    ];
  });
}

const overlap = (one: Delegation, other: Delegation): boolean =>
  parseInstant(one.validFrom) < parseInstant(other.validTo) &&
  parseInstant(other.validFrom) < parseInstant(one.validTo);
