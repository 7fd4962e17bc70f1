// Entitlements nobody explained: counted while a population is frozen, and a reason not to open the campaign.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import {
  mostUnexplainedCounted,
  mostUnexplainedNamed,
  type CampaignOpenedPayload,
  type Unexplained,
} from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import { meaningOf } from './item-digest.ts';

/** A meaning of nothing but blanks explains nothing. */
const isExplained = (definition: CampaignDefinition, entitlement: string): boolean =>
  (meaningOf(definition, entitlement)?.trim() ?? '') !== '';

export type MeaningTally = {
  /** Told of every item, by its entitlement. */
  readonly take: (entitlement: string) => void;
  /** Items whose entitlement nobody explained. */
  readonly items: () => number;
  /** Null where every entitlement has a meaning. */
  readonly unexplained: () => Unexplained | null;
};

export function meaningTally(definition: CampaignDefinition): MeaningTally {
  const explained = new Map<string, boolean>();
  const itemsOf = new Map<string, number>();
  let items = 0;
  const know = (entitlement: string): boolean => {
    const known = explained.get(entitlement);
    if (known !== undefined) return known;
    const isKnown = isExplained(definition, entitlement);
    if (explained.size < mostUnexplainedCounted) explained.set(entitlement, isKnown);
    return isKnown;
  };
  return {
    take: (entitlement) => {
      if (know(entitlement)) return;
      items += 1;
      const before = itemsOf.get(entitlement);
      // A column of free texts must not fill the memory; that there are so many says enough.
      if (before !== undefined || itemsOf.size < mostUnexplainedCounted)
        itemsOf.set(entitlement, (before ?? 0) + 1);
    },
    items: () => items,
    unexplained: () => {
      if (itemsOf.size === 0) return null;
      const byItems = [...itemsOf].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
      return {
        entitlements: itemsOf.size,
        named: byItems.slice(0, mostUnexplainedNamed).map(([entitlement]) => entitlement),
      };
    },
  };
}

/**
 * What goes on record about entitlements without a meaning: nothing where there are none.
 * @param reason why the campaign opens all the same
 * @throws Problem `refused` where there are some and no reason
 */
export function requireMeanings(
  unexplained: Unexplained | null,
  reason: string | undefined,
): Pick<CampaignOpenedPayload, 'withoutMeanings'> {
  if (unexplained === null) return {};
  const given = reason?.trim().toWellFormed() ?? '';
  if (given !== '') return { withoutMeanings: { ...unexplained, reason: given } };
  throw new Problem(
    'refused',
    `${inWords(unexplained)} in plain words, and whoever does not understand a right cannot decide about it. The campaign was not opened.`,
    {
      next: 'Say in the definition what each of them lets somebody do (“meanings”), or open the campaign with a reason why that is not needed.',
    },
  );
}

function inWords({ entitlements, named }: Unexplained): string {
  const list = named.map((entitlement) => `“${entitlement}”`).join(', ');
  const more = entitlements - named.length;
  const rest = more > 0 ? ` and ${numberOf(more, entitlements)} more` : '';
  return `${entitlements === 1 ? 'One entitlement' : `${numberOf(entitlements, entitlements)} entitlements`} of the population (${list}${rest}) ${entitlements === 1 ? 'has' : 'have'} no meaning`;
}

const numberOf = (shown: number, all: number): string =>
  all >= mostUnexplainedCounted ? `at least ${shown}` : String(shown);
