// Counts again what the opening of a campaign says of its population: rows, first and last key, flags, meanings, and the difference.
import { itemFlags, type CampaignItem } from '#shared/model/campaign.ts';
import { meaningTally } from '../../review/campaigns/meanings.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';

export type FrozenFacts = {
  readonly add: (item: CampaignItem) => void;
  /** What the opening says otherwise, as the end of “Campaign …: it says another …”; null where all is as counted. */
  readonly fault: () => string | null;
};

/**
 * @param previous the keys of the campaign it was compared with; null where there is none, or it is not in the pack
 */
export function frozenFacts(
  { definition, opened }: OpenedCampaign,
  previous: ReadonlySet<string> | null,
): FrozenFacts {
  const flags = new Map(itemFlags.map((flag) => [flag, { yes: 0, unknown: 0 }]));
  const privileged = { yes: 0, unknown: 0 };
  const meanings = meaningTally(definition);
  const seen = { items: 0, rows: 0, unchanged: 0, misjudged: 0 };
  const keys: { min: string | null; max: string | null } = { min: null, max: null };
  const add = (item: CampaignItem): void => {
    for (const { flag, is } of item.flags) flags.get(flag)![is === 'yes' ? 'yes' : 'unknown'] += 1;
    if (item.privileged !== 'no') privileged[item.privileged] += 1;
    meanings.take(item.entitlement);
    keys.min ??= item.key;
    keys.max = item.key;
    seen.items += 1;
    seen.rows += item.rows;
    if (previous === null) return;
    const isOld = previous.has(item.key);
    if (isOld) seen.unchanged += 1;
    if (item.flags.some(({ flag, is }) => flag === 'new' && is === 'yes') === isOld) seen.misjudged += 1;
  };
  const isAs = (said: unknown, counted: unknown): boolean => canonicalJson(said) === canonicalJson(counted);
  const differenceFault = (): boolean => {
    if (previous === null) return opened.previous === null && opened.difference !== null;
    const { items, unchanged, misjudged } = seen;
    const counted = { added: items - unchanged, removed: previous.size - unchanged, unchanged };
    return misjudged > 0 || !isAs(opened.difference, counted);
  };
  const fault = (): string | null => {
    const { ipe } = opened;
    const counted = [...flags].map(([flag, counts]) => ({ flag, ...counts }));
    if (seen.rows !== ipe.rows) return 'number of rows than its items stand for';
    if (!isAs([ipe.minKey, ipe.maxKey], [keys.min, keys.max])) return 'first or last key than its items have';
    if (!isAs(opened.flags, counted)) return 'number of flagged items';
    if (!isAs(opened.privileged, privileged)) return 'number of privileged rights';
    if (opened.withoutMeaning !== meanings.items()) return 'number of items without a meaning';
    return differenceFault() ? 'difference to the campaign before' : null;
  };
  return { add, fault };
}
