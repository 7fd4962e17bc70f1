// Checks the populations of campaigns as their items go by: the one that was frozen, and every decision on what was shown of it.
import type { Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { itemDigest, itemKey } from '../../review/campaigns/item-digest.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { standingOf } from '../../review/campaigns/standing.ts';
import { faultInPlan } from '../../review/sampling/plan.ts';
import { contentDigester } from '../digest.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { CampaignItemLine, OpenedCampaign } from '../parts/campaign-lines.ts';
import { failCheck } from './check.ts';

type Reserve = (sentence: string) => void;

export function tampered({ definition }: OpenedCampaign, what: string): never {
  return failCheck('tampered', `Campaign “${definition.name}”: ${what}.`);
}

const isAbout = (one: DecidedItem, item: CampaignItemLine['item']): boolean =>
  one.subject === item.subject && one.entitlement === item.entitlement && one.resource === item.resource;

function checkStanding(
  record: OpenedCampaign,
  identities: Identities,
  { item, ...line }: CampaignItemLine,
): number {
  const { state, outcome, decisions, own } = standingOf(record, item, identities);
  const ids = decisions.map((one) => one?.id ?? null);
  if (canonicalJson(line) !== canonicalJson({ campaign: record.id, state, outcome, decisions: ids }))
    tampered(record, `what stands of item ${item.key} does not follow from the ledger`);
  const about = record.decisions.get(item.key) ?? [];
  const digest = about.length === 0 ? '' : itemDigest(record, item);
  if (!about.every((one) => one.digest === digest && isAbout(one, item)))
    tampered(record, `a decision on item ${item.key} was made on another`);
  return own.length;
}

/** One population; keeps the keys of its items where samples were drawn from it. */
function populationCheck(record: OpenedCampaign, known: Identities, reserve: Reserve) {
  const { definition, opened, samples, decisions } = record;
  const identities = campaignIdentities(known, definition);
  const [lines, keys] = [contentDigester(), contentDigester()];
  const keptKeys: string[] = [];
  const seen = { items: 0, decided: 0, own: 0, lastKey: '' };
  const add = (line: CampaignItemLine): void => {
    const { key, subject, entitlement, resource } = line.item;
    if (key <= seen.lastKey || key !== itemKey(subject, entitlement, resource))
      tampered(record, `item ${seen.items + 1} is out of order, there twice, or has the key of another`);
    seen.lastKey = key;
    seen.items += 1;
    lines.add(Buffer.from(`${canonicalJson(line.item)}\n`, 'utf8'));
    keys.add(Buffer.from(`${key}\n`, 'utf8'));
    if (samples.length > 0) keptKeys.push(key);
    if (decisions.has(key)) seen.decided += 1;
    seen.own += checkStanding(record, identities, line);
  };
  const end = (): number => {
    const { items, sha256, keysSha256 } = opened.ipe;
    if (seen.items !== items || lines.end().sha256 !== sha256 || keys.end().sha256 !== keysSha256)
      tampered(record, 'its population is not the one that was frozen');
    if (seen.decided !== decisions.size)
      tampered(record, 'a decision is about an item that is not in its population');
    const faults = samples.map(({ plan }) => faultInPlan(plan, keptKeys)).filter((fault) => fault !== null);
    if (faults[0] !== undefined) tampered(record, faults[0]);
    if (seen.own > 0)
      reserve(
        `${seen.own} decisions of the campaign “${definition.name}” were made by the subject of the item, as is known by the end of the ledger; they do not count.`,
      );
    return seen.items;
  };
  return { id: record.id, add, end };
}

/** All populations, one after the other in the order of the campaigns. @param opened the campaigns, asked for after the ledger */
export function populationsCheck(
  opened: () => readonly OpenedCampaign[],
  identities: () => Identities,
  reserve: Reserve,
) {
  let items = 0;
  let place = -1;
  let present: ReturnType<typeof populationCheck> | null = null;
  const next = () => {
    items += present?.end() ?? 0;
    place += 1;
    const record = opened()[place];
    present = record === undefined ? null : populationCheck(record, identities(), reserve);
    return present;
  };
  return {
    add: (line: CampaignItemLine): void => {
      let at = present ?? next();
      while (at !== null && at.id !== line.campaign) at = next();
      if (at === null)
        return failCheck('tampered', 'campaign-items.jsonl holds items of no campaign, or out of order.');
      at.add(line);
    },
    /** How many items there were. */
    end: (): number => {
      let left = next();
      while (left !== null) left = next();
      return items;
    },
  };
}
