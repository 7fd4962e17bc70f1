// Drafts of campaigns: checked against everything a definition says about itself, recorded, and changed until they are opened.
import { campaignDefinition, type CampaignDefinition, type ReviewerRule } from '#shared/model/campaign.ts';
import type { campaignDefinedPayload } from '#shared/model/campaign-entries.ts';
import { Problem } from '#shared/model/problem.ts';
import { assertZone } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { isSamePerson, type Identities } from '../aliases.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { campaignIdentities } from './reviewer-of-record.ts';

/** What is wrong with a definition, each in a sentence; empty where nothing is. */
export function faultsIn(definition: CampaignDefinition, known: Identities): string[] {
  const identities = campaignIdentities(known, definition);
  return [
    ...timeFaults(definition),
    ...peopleFaults(definition, identities),
    ...scopeFaults(definition),
    ...stageFaults(definition),
  ];
}

function timeFaults({ period, zone, recurrence }: CampaignDefinition): string[] {
  const faults: string[] = [];
  const dates = [period.from, period.to, ...(recurrence ? [recurrence.first] : [])];
  for (const date of dates) if (!isDate(date)) faults.push(`“${date}” is not a day of the calendar.`);
  if (period.from > period.to) faults.push('The period ends before it begins.');
  if (!isZone(zone))
    faults.push('The zone is none this computer knows; use an IANA name such as Europe/Berlin.');
  return faults;
}

const isDate = (date: string): boolean => doesNotThrow(() => parseInstant(date));
/** An offset knows no summer time, and is none of the names. */
const isZone = (zone: string): boolean => !/^[+-]/.test(zone) && doesNotThrow(() => assertZone(zone));

function doesNotThrow(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function peopleFaults({ people, owner, approver }: CampaignDefinition, identities: Identities): string[] {
  const faults: string[] = [];
  for (const [index, { id, name }] of people.entries()) {
    const other = people.slice(0, index).find((earlier) => isSamePerson(identities, earlier.id, id));
    if (other) faults.push(`“${other.name}” and “${name}” are the same person; name everybody once.`);
  }
  const isKnown = (id: string) => people.some((person) => person.id === id);
  if (!isKnown(owner)) faults.push('The owner is none of the people.');
  if (!isKnown(approver)) faults.push('The approver is none of the people.');
  if (isSamePerson(identities, owner, approver))
    faults.push('Owner and approver are one person; what one attests, another has to approve.');
  return faults;
}

function scopeFaults({ scope }: CampaignDefinition): string[] {
  if (scope.from === 'activity') return [];
  return scope.filters.flatMap(({ column, is, values }) => {
    if (is === 'one-of' && values.length === 0)
      return [`The filter on “${column}” names no value, so nothing would be left.`];
    if ((is === 'equal' || is === 'not-equal') && values.length !== 1)
      return [`The filter on “${column}” needs exactly one value.`];
    if ((is === 'empty' || is === 'not-empty') && values.length > 0)
      return [`The filter on “${column}” takes no values.`];
    return [];
  });
}

function stageFaults({ people, stages, scope }: CampaignDefinition): string[] {
  const isKnown = (id: string) => people.some((person) => person.id === id);
  return stages.flatMap(({ name, reviewer, fallback }) => {
    const faults: string[] = [];
    if (!isKnown(fallback)) faults.push(`The fallback of stage “${name}” is none of the people.`);
    if (!peopleIn(reviewer).every(isKnown))
      faults.push(`Stage “${name}” is reviewed by somebody who is none of the people.`);
    if ((reviewer.by === 'manager' || reviewer.by === 'owner') && !namesColumn(scope, reviewer.by))
      faults.push(`Stage “${name}” is reviewed by ${reviewer.by}, but the scope names no column for that.`);
    return faults;
  });
}

const peopleIn = (rule: ReviewerRule): readonly string[] =>
  rule.by === 'person' ? [rule.person] : rule.by === 'round-robin' ? rule.people : [];

const namesColumn = (scope: CampaignDefinition['scope'], column: 'manager' | 'owner'): boolean =>
  scope.from !== 'activity' && scope.columns[column] !== undefined;

/** @throws Problem `invalid-input` with every fault in a sentence */
export function assertSoundDefinition(definition: CampaignDefinition, known: Identities): void {
  const faults = faultsIn(definition, known);
  if (faults.length === 0) return;
  throw new Problem('invalid-input', `This campaign cannot be run as it is defined: ${faults.join(' ')}`, {
    next: 'Correct the definition. Nothing was recorded.',
  });
}

export type DefineRequest = {
  /** A draft to change; absent for a new campaign. */
  readonly campaign?: string | undefined;
  readonly definition: CampaignDefinition;
  /** The entry of the definition that was shown when the change was begun; absent where nobody looked. */
  readonly basedOn?: string | undefined;
};

/**
 * Records a draft, or changes one.
 * @throws Problem `invalid-input`; `refused` once it was opened; `conflict` where somebody else changed the draft meanwhile
 */
export function defineCampaign(
  ledger: Ledger,
  { campaign, definition, basedOn }: DefineRequest,
): CampaignRecord {
  // Texts may hold half a character, which has no canonical form; the schema gives the defaults a hash needs.
  const wellFormed = campaignDefinition.parse(toWellFormed(definition));
  const stored = ledger.append((state) => {
    const reviewer = requireReviewer(state);
    assertSoundDefinition(wellFormed, state.independence.identities);
    if (campaign !== undefined) assertUnchanged(requireDraft(campaignOf(state, campaign)), basedOn);
    const payload: z.input<typeof campaignDefinedPayload> = {
      campaign: campaign ?? null,
      definition: wellFormed,
      byName: reviewer.name,
    };
    return [{ type: 'campaign-defined', subject: campaign ?? null, actor: reviewer.id, payload }];
  });
  return campaignOf(ledger.state(), campaign ?? stored[0]!.entry.id);
}

/** @throws Problem `conflict` with whose word stands */
function assertUnchanged(record: CampaignRecord, basedOn: string | undefined): void {
  const { definition, definitionEntry, definitionByName, definedAt } = record;
  if (basedOn === undefined || basedOn === definitionEntry) return;
  throw new Problem(
    'conflict',
    `The draft is not as it was when you began: ${definitionByName} recorded it as “${definition.name}” at ${definedAt}. Nothing was recorded.`,
    {
      next: 'Look at what is different now, then take theirs or record yours over it.',
    },
  );
}

/** @throws Problem `refused` */
export function requireDraft(record: CampaignRecord): CampaignRecord {
  if (record.state === 'draft') return record;
  if (record.discarded)
    throw new Problem('refused', `This draft was discarded by ${record.discarded.byName}; it stays so.`, {
      next: 'Define another campaign; its definition can start from this one.',
    });
  throw new Problem(
    'refused',
    'This campaign was opened already; its definition and population stay as they are.',
    {
      next: 'Define another campaign for what is to be different.',
    },
  );
}

function toWellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(toWellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name.toWellFormed(), toWellFormed(part)]),
  );
}
