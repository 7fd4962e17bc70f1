// Checks the populations of campaigns as their items go by: the one that was frozen, and every decision on what was shown of it.
import { isSamePerson, type Identities } from '../../review/aliases.ts';
import type { DecidedItem } from '../../review/campaigns/campaign-state.ts';
import { itemDigest, itemKey } from '../../review/campaigns/item-digest.ts';
import { isOwnItem } from '../../review/campaigns/own-names.ts';
import { campaignIdentities } from '../../review/campaigns/reviewer-of-record.ts';
import { standingOf } from '../../review/campaigns/standing.ts';
import { planFaultSteps } from '../../review/sampling/plan.ts';
import { contentDigester } from '../digest.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { CampaignItemLine, OpenedCampaign } from '../parts/campaign-lines.ts';
import type { KnownAt } from './known-people.ts';
import { frozenFacts } from './campaign-frozen-facts.ts';
import { isTooLight, lawfulReviewer } from './campaign-rule-checks.ts';
import { numberOf } from '../report/visible-text.ts';
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
): readonly DecidedItem[] {
  const { state, outcome, decisions, own } = standingOf(record, item, identities);
  const ids = decisions.map((one) => one?.id ?? null);
  if (canonicalJson(line) !== canonicalJson({ campaign: record.id, state, outcome, decisions: ids }))
    tampered(record, `what stands of item ${item.key} does not follow from the ledger`);
  const about = record.decisions.get(item.key) ?? [];
  const digest = about.length === 0 ? '' : itemDigest(record, item);
  if (!about.every((one) => one.digest === digest && isAbout(one, item)))
    tampered(record, `a decision on item ${item.key} was made on another`);
  return own;
}

/** Of the samples that hold an item, how many have its latest test from somebody with a part in it: who may have got that afterwards. */
function testedByInvolved(
  record: OpenedCampaign,
  identities: Identities,
  { key, subject }: CampaignItemLine['item'],
): number {
  const deciders = (record.decisions.get(key) ?? []).map(({ reviewer }) => reviewer);
  return record.samples.filter(({ tests }) => {
    const by = tests.get(key)?.at(-1)?.by;
    if (by === undefined) return false;
    const isDecider = deciders.some((one) => isSamePerson(identities, one, by));
    return isDecider || isOwnItem(record, identities, by, subject);
  }).length;
}

/** What is said of a population without the pack being wrong. */
function doubts(
  { definition }: OpenedCampaign,
  { own, unlawful, light, involved }: { own: number; unlawful: number; light: number; involved: number },
): string[] {
  const { name } = definition;
  return [
    ...(own === 0
      ? []
      : [
          `${numberOf(own, 'decision', 'decisions')} of the campaign “${name}” ${own === 1 ? 'was' : 'were'} made by the subject of the item, as is known by the end of the ledger; ${own === 1 ? 'it does' : 'they do'} not count.`,
        ]),
    ...(unlawful === 0
      ? []
      : [
          `${numberOf(unlawful, 'decision', 'decisions')} of the campaign “${name}” ${unlawful === 1 ? 'was not for whoever made it to make, or names' : 'were not for whoever made them to make, or name'} another reviewer of record, by its rules and delegations and by who was known to be whom then.`,
        ]),
    ...(light === 0
      ? []
      : [
          `${numberOf(light, 'decision', 'decisions')} of the campaign “${name}” ${light === 1 ? 'lacks the reason it needs, or was' : 'lack the reason they need, or were'} made together with others although the item is to be decided by itself.`,
        ]),
    ...(involved === 0
      ? []
      : [
          `${numberOf(involved, 'item', 'items')} of the samples of the campaign “${name}” ${involved === 1 ? 'was' : 'were'} tested by somebody who decided it or holds the right, as is known by the end of the ledger.`,
        ]),
  ];
}

/** The keys of campaigns that others in the pack were compared with. */
type KeysOf = ReadonlyMap<string, Set<string>>;

function keysCompared(packed: readonly OpenedCampaign[]): KeysOf {
  const compared = new Set(packed.map(({ opened }) => opened.previous?.campaign));
  return new Map(packed.flatMap(({ id }) => (compared.has(id) ? [[id, new Set<string>()]] : [])));
}

/** Of the campaign before, where its items went by already; null where they did not, or it is not in the pack. */
function keysBefore(packed: readonly OpenedCampaign[], place: number, keysOf: KeysOf): Set<string> | null {
  const before = packed[place]?.opened.previous?.campaign;
  const isPast = packed.slice(0, place).some(({ id }) => id === before);
  return (isPast && keysOf.get(before ?? '')) || null;
}

type ComparedKeys = {
  /** Of the campaign this one was compared with. */
  readonly before: ReadonlySet<string> | null;
  /** To be filled with this one's. */
  readonly own: Set<string> | undefined;
};

type WhoIsWhom = {
  /** At the end of the ledger. */
  readonly identities: Identities;
  readonly knownAt: KnownAt;
};

/** One population; keeps the keys of its items where samples were drawn from it. */
function populationCheck(
  record: OpenedCampaign,
  { identities: known, knownAt }: WhoIsWhom,
  compared: ComparedKeys,
  reserve: Reserve,
) {
  const { definition, opened, samples, decisions } = record;
  const facts = frozenFacts(record, compared.before);
  const identities = campaignIdentities(known, definition);
  const [lines, keys] = [contentDigester(), contentDigester()];
  const keptKeys: string[] = [];
  const isLawful = lawfulReviewer(record, (decision) => knownAt(record, decision));
  const seen = { items: 0, decided: 0, own: 0, unlawful: 0, light: 0, involved: 0, lastKey: '' };
  const add = (line: CampaignItemLine): void => {
    const { key, subject, entitlement, resource } = line.item;
    if (key <= seen.lastKey || key !== itemKey(subject, entitlement, resource))
      tampered(record, `item ${seen.items + 1} is out of order, there twice, or has the key of another`);
    seen.lastKey = key;
    seen.items += 1;
    lines.add(Buffer.from(`${canonicalJson(line.item)}\n`, 'utf8'));
    keys.add(Buffer.from(`${key}\n`, 'utf8'));
    if (samples.length > 0) keptKeys.push(key);
    compared.own?.add(key);
    facts.add(line.item);
    const about = decisions.get(key);
    if (about !== undefined) seen.decided += 1;
    const own = checkStanding(record, identities, line);
    seen.own += own.length;
    seen.involved += testedByInvolved(record, identities, line.item);
    seen.light += (about ?? []).filter((one) => isTooLight(line.item, one)).length;
    seen.unlawful += (about ?? []).filter((one) => !own.includes(one) && !isLawful(line.item, one)).length;
  };
  const end = function* (): Generator<undefined, number> {
    const { items, sha256, keysSha256 } = opened.ipe;
    if (seen.items !== items || lines.end().sha256 !== sha256 || keys.end().sha256 !== keysSha256)
      tampered(record, 'its population is not the one that was frozen');
    if (seen.decided !== decisions.size)
      tampered(record, 'a decision is about an item that is not in its population');
    for (const { plan } of samples) {
      const faultInSample = yield* planFaultSteps(plan, keptKeys);
      if (faultInSample !== null)
        failCheck('tampered', `Campaign “${record.definition.name}”: ${faultInSample}`);
    }
    const fault = facts.fault();
    if (fault !== null) tampered(record, `its opening says another ${fault}`);
    doubts(record, seen).forEach(reserve);
    return seen.items;
  };
  return { id: record.id, add, end };
}

/** All populations, one after the other in the order of the campaigns. @param opened the campaigns, asked for after the ledger */
export function populationsCheck(
  opened: () => readonly OpenedCampaign[],
  whoIsWhom: () => WhoIsWhom,
  reserve: Reserve,
) {
  let keysOf: KeysOf = new Map();
  let items = 0;
  let place = -1;
  let present: ReturnType<typeof populationCheck> | null = null;
  const next = function* () {
    items += present === null ? 0 : yield* present.end();
    place += 1;
    const packed = opened();
    const record = packed[place];
    if (place === 0) keysOf = keysCompared(packed);
    const compared = { before: keysBefore(packed, place, keysOf), own: keysOf.get(record?.id ?? '') };
    present = record === undefined ? null : populationCheck(record, whoIsWhom(), compared, reserve);
    return present;
  };
  return {
    add: function* (line: CampaignItemLine): Generator<undefined, void> {
      let at = present ?? (yield* next());
      while (at !== null && at.id !== line.campaign) at = yield* next();
      if (at === null)
        failCheck('tampered', 'campaign-items.jsonl holds items of no campaign, or out of order.');
      at.add(line);
    },
    /** How many items there were. */
    end: function* (): Generator<undefined, number> {
      let left = yield* next();
      while (left !== null) left = yield* next();
      return items;
    },
  };
}
