// Who has to decide an item at a stage: by the stage's rule, by the fallback where that names nobody fit, by a delegate meanwhile.
import type {
  CampaignDefinition,
  CampaignItem,
  CampaignPerson,
  CampaignStage,
  Delegation,
} from '#shared/model/campaign.ts';
import { assertNever } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isOwnItem, type StatedNames } from './own-names.ts';
import type { KeyRing } from '../key-ring.ts';
import { mayActAs } from './act-as.ts';
import { foldIdentity, isSamePerson, linkIdentities, type Identities } from '../aliases.ts';

export type ReviewerOfRecord = {
  /** Null where everybody of the campaign is the item's subject, so that nobody may review it. */
  readonly person: CampaignPerson | null;
  /** Who decides meanwhile: the delegate in force, else the reviewer of record. */
  readonly acting: CampaignPerson | null;
  /** By which rule, in words. */
  readonly because: string;
};

/** What the rules look at of an item. */
export type AssignedItem = Pick<CampaignItem, 'key' | 'subject' | 'manager' | 'owner'>;

/** Who is whom for one campaign: what the ledger knows, and the e-mail address of each of its people. */
export function campaignIdentities(known: Identities, { people }: CampaignDefinition): Identities {
  const identities: Identities = new Map(known);
  for (const { id, email } of people) linkIdentities(identities, [id, email ?? '']);
  return identities;
}

type WhoIsWhom = { readonly independence: { readonly identities: Identities }; readonly keys: KeyRing };

/** Whether somebody may act as the owner of a campaign, under whatever id. */
export const isOwner = (
  { independence: { identities }, keys }: WhoIsWhom,
  { definition }: { readonly definition: CampaignDefinition },
  reviewer: string,
): boolean =>
  mayActAs(keys, campaignIdentities(identities, definition), { person: definition.owner, reviewer });

export type ReviewerQuestion = {
  readonly definition: CampaignDefinition;
  readonly identities: Identities;
  readonly delegations: readonly Delegation[];
  /** Of the campaign: nobody reviews what is about them by their own word. */
  readonly statedNames: StatedNames;
  /** At which moment the delegations are looked at, in microseconds since the epoch. */
  readonly atMicroseconds: number;
};

/**
 * Answers who is the reviewer of record of an item at a stage. Whoever is the item's subject, under whatever id, is passed over:
 * first for the stage's fallback, then for the first of the campaign's people who is somebody else.
 */
export function reviewersOf(
  question: ReviewerQuestion,
): (item: AssignedItem, stage: number) => ReviewerOfRecord {
  const { definition, identities, delegations, atMicroseconds } = question;
  const personNamed = personIndex(definition, identities);
  const inForce = delegations.filter(
    ({ validFrom, validTo }) =>
      parseInstant(validFrom) <= atMicroseconds && atMicroseconds < parseInstant(validTo),
  );
  return (item, stageNumber) => {
    const stage = definition.stages[stageNumber]!;
    const isSubject = (person: CampaignPerson) => isOwnItem(question, identities, person.id, item.subject);
    const { person, because } = ofRecord(definition, stage, item, personNamed, isSubject);
    if (person === null) return { person, acting: null, because };
    // The latest word counts, where several people stand in for one.
    const delegated = inForce.findLast(({ from }) => isSamePerson(identities, from, person.id));
    const delegate = delegated && personNamed(delegated.to);
    if (!delegate || isSubject(delegate)) return { person, acting: person, because };
    return { person, acting: delegate, because };
  };
}

type Named = (id: string | null) => CampaignPerson | null;

function ofRecord(
  definition: CampaignDefinition,
  stage: CampaignStage,
  item: AssignedItem,
  personNamed: Named,
  isSubject: (person: CampaignPerson) => boolean,
): Pick<ReviewerOfRecord, 'person' | 'because'> {
  const { person: byRule, because } = byRuleOf(stage, item, personNamed, isSubject);
  if (byRule && !isSubject(byRule)) return { person: byRule, because };
  const why = byRule ? `${because}, who is the subject of the item` : because;
  const fallback = personNamed(stage.fallback);
  if (fallback && !isSubject(fallback)) return { person: fallback, because: `fallback: ${why}` };
  const next = definition.people.find((person) => !isSubject(person)) ?? null;
  return next === null
    ? { person: null, because: `nobody: ${why}, and so is everybody else of the campaign` }
    : { person: next, because: `first of the people who may: ${why}, and the fallback is the subject` };
}

function byRuleOf(
  { reviewer: rule }: CampaignStage,
  item: AssignedItem,
  personNamed: Named,
  isSubject: (person: CampaignPerson) => boolean,
): Pick<ReviewerOfRecord, 'person' | 'because'> {
  switch (rule.by) {
    case 'person':
      return { person: personNamed(rule.person), because: 'one person reviews everything' };
    case 'manager':
    case 'owner': {
      const named = item[rule.by];
      const person = personNamed(named);
      if (person !== null) return { person, because: `${rule.by} in the source` };
      const lack =
        named === null ? 'the source names none' : 'the source names somebody else than the people';
      return { person, because: `by ${rule.by}: ${lack}` };
    }
    case 'round-robin': {
      const turns = rule.people.map(personNamed).filter((person) => person !== null);
      // By the item's own key, so that nobody can tell beforehand, and everybody afterwards, whose turn it is.
      const first = Number.parseInt(item.key.slice(0, 8), 16) % Math.max(turns.length, 1);
      const inTurn = [...turns.slice(first), ...turns.slice(0, first)];
      const person = inTurn.find((one) => !isSubject(one)) ?? inTurn[0] ?? null;
      return { person, because: 'in turn, by the key of the item' };
    }
    default:
      return assertNever(rule);
  }
}

/** One of the people by id, e-mail address or alias. */
function personIndex({ people }: CampaignDefinition, identities: Identities): Named {
  const byId = new Map<string, CampaignPerson>();
  for (const person of people.toReversed()) {
    for (const id of identities.get(foldIdentity(person.id)) ?? []) byId.set(id, person);
    byId.set(foldIdentity(person.id), person);
  }
  return (id) => (id === null || id === '' ? null : (byId.get(foldIdentity(id)) ?? null));
}
