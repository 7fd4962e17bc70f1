// The definition of a campaign while somebody fills it in: text as typed, and how it becomes a definition.
import { z } from 'zod';
import {
  campaignDefinition,
  type CampaignDefinition,
  type EntitlementColumns,
} from '#shared/model/campaign.ts';
import { entitlementScope, type EntitlementScope } from '#shared/model/campaign-entitlements.ts';

export const columnFields = [
  'subject',
  'entitlement',
  'resource',
  'subjectName',
  'subjectType',
  'manager',
  'owner',
  'privileged',
  'active',
  'grantedAt',
  'lastUsedAt',
] as const satisfies readonly (keyof EntitlementColumns)[];
export type ColumnField = (typeof columnFields)[number];
export const requiredColumns: readonly ColumnField[] = ['subject', 'entitlement'];

export const filterKinds = ['equal', 'not-equal', 'one-of', 'empty', 'not-empty'] as const;
export const stageRules = ['manager', 'owner', 'person', 'round-robin'] as const;
export const scopeKinds = ['table', 'file', 'activity'] as const;

const text = z.string().default('');

const draftFilter = z.object({ column: text, is: z.enum(filterKinds), values: text, reason: text });
const draftPerson = z.object({ id: text, name: text, email: text });
const draftStage = z.object({
  name: text,
  /** Empty until somebody chose. */
  by: z.union([z.enum(stageRules), z.literal('')]).default(''),
  person: text,
  people: z.array(z.string()).default([]),
  fallback: text,
});

/** As it is kept on this computer while it is typed. */
export const definitionDraft = z.object({
  name: text,
  objective: text,
  /** One a line. */
  controls: text,
  from: z.enum(scopeKinds).default('table'),
  schema: text,
  table: text,
  file: z.object({ name: z.string(), sha256: z.string() }).nullable().default(null),
  columns: z.partialRecord(z.enum(columnFields), z.string()).default({}),
  filters: z.array(draftFilter).default([]),
  /** One a line. */
  actorTypes: text,
  periodFrom: text,
  periodTo: text,
  zone: text,
  dueDays: z.string().default('14'),
  every: z.enum(['', 'month', 'quarter', 'half-year', 'year']).default(''),
  first: text,
  people: z.array(draftPerson).default([]),
  stages: z.array(draftStage).default([]),
  policy: z.enum(['', 'first-final', 'all-agree']).default(''),
  owner: text,
  approver: text,
  /** Empty for none. */
  deviations: text,
  setBy: text,
  setBecause: text,
  dormantDays: z.string().default('90'),
  meanings: z.array(z.object({ entitlement: text, meaning: text })).default([]),
});
export type DefinitionDraft = z.infer<typeof definitionDraft>;
export type DraftPerson = DefinitionDraft['people'][number];
export type DraftStage = DefinitionDraft['stages'][number];
export type DraftFilter = DefinitionDraft['filters'][number];

export const emptyStage: DraftStage = { name: '', by: '', person: '', people: [], fallback: '' };

export function emptyDefinition(zone: string): DefinitionDraft {
  return definitionDraft.parse({ zone, stages: [emptyStage] });
}

/** What was kept, or null for what is none: an older form of it, or nothing. */
export function readDefinitionDraft(written: string): DefinitionDraft | null {
  if (written === '') return null;
  try {
    return definitionDraft.safeParse(JSON.parse(written)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export const linesOf = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What has to be said before it is a definition; each names its place in the form. */
export const missingParts = [
  'name',
  'table',
  'file',
  'subject',
  'entitlement',
  'filter',
  'period',
  'zone',
  'dueDays',
  'first',
  'people',
  'stages',
  'stage',
  'policy',
  'owner',
  'approver',
  'materiality',
  'dormantDays',
  'meaning',
] as const;
export type MissingPart = (typeof missingParts)[number];

/** In the order of the form; empty where a definition can be made. */
export function missingIn(draft: DefinitionDraft): MissingPart[] {
  const isMissing: Record<MissingPart, boolean> = {
    ...missingInScope(draft),
    name: draft.name.trim() === '',
    period: draft.periodFrom === '' || draft.periodTo === '',
    zone: draft.zone === '',
    dueDays: !isWhole(draft.dueDays, 1, 365),
    first: draft.every !== '' && draft.first === '',
    people: draft.people.length === 0 || draft.people.some(({ id, name }) => !id.trim() || !name.trim()),
    stages: draft.stages.length === 0,
    stage: draft.stages.some((stage) => !isWholeStage(stage)),
    policy: draft.policy === '',
    owner: draft.owner === '',
    approver: draft.approver === '',
    materiality: draft.deviations !== '' && !isWholeMateriality(draft),
    dormantDays: !isWhole(draft.dormantDays, 1, 3650),
    meaning: draft.meanings.some(({ entitlement, meaning }) => meaning.trim() !== '' && entitlement === ''),
  };
  return missingParts.filter((part) => isMissing[part]);
}

function missingInScope({ from, table, schema, file, columns, filters }: DefinitionDraft) {
  const hasRows = from !== 'activity';
  return {
    table: from === 'table' && (table.trim() === '' || schema.trim() === ''),
    file: from === 'file' && file === null,
    subject: hasRows && !columns.subject,
    entitlement: hasRows && !columns.entitlement,
    filter: hasRows && filters.some(({ column, reason }) => column === '' || reason.trim() === ''),
  };
}

function isWholeStage({ name, by, person, people, fallback }: DraftStage): boolean {
  if (name.trim() === '' || by === '' || fallback === '') return false;
  return by === 'person' ? person !== '' : by !== 'round-robin' || people.length > 0;
}

const isWholeMateriality = ({ deviations, setBy, setBecause }: DefinitionDraft): boolean =>
  isWhole(deviations, 0, 1_000_000) && setBy.trim() !== '' && setBecause.trim() !== '';

function isWhole(written: string, least: number, most: number): boolean {
  const value = Number(written);
  return /^\d+$/.test(written.trim()) && value >= least && value <= most;
}

/** What it takes to look at the rights there are, or null while that is missing. */
export function entitlementScopeOf(draft: DefinitionDraft): EntitlementScope | null {
  const { periodFrom, periodTo, zone } = draft;
  const isMissing = missingIn(draft).some((part) => neededToLook.includes(part));
  if (isMissing) return null;
  const asked = { scope: scopeOf(draft), period: { from: periodFrom, to: periodTo }, zone };
  return entitlementScope.safeParse(asked).data ?? null;
}

const neededToLook: readonly MissingPart[] = [
  'table',
  'file',
  'subject',
  'entitlement',
  'filter',
  'period',
  'zone',
];

/** The definition, or null while something is missing. */
export function definitionOf(draft: DefinitionDraft): CampaignDefinition | null {
  if (missingIn(draft).length > 0) return null;
  const { every, first, deviations, setBy, setBecause, meanings } = draft;
  const { data } = campaignDefinition.safeParse({
    name: draft.name,
    objective: draft.objective,
    controls: linesOf(draft.controls),
    scope: scopeOf(draft),
    period: { from: draft.periodFrom, to: draft.periodTo },
    zone: draft.zone,
    dueDays: Number(draft.dueDays),
    recurrence: every === '' ? null : { every, first },
    people: draft.people.map(personOf),
    stages: draft.stages.map(stageOf),
    policy: draft.policy,
    owner: draft.owner,
    approver: draft.approver,
    materiality:
      deviations === ''
        ? null
        : { deviations: Number(deviations), setBy: setBy.trim(), reason: setBecause.trim() },
    dormantDays: Number(draft.dormantDays),
    meanings: Object.fromEntries(
      meanings
        .filter(({ meaning }) => meaning.trim() !== '')
        .map(({ entitlement, meaning }) => [entitlement, meaning.trim()]),
    ),
  });
  return data ?? null;
}

function scopeOf({ from, schema, table, file, columns, filters, actorTypes }: DefinitionDraft) {
  if (from === 'activity') return { from, actorTypes: linesOf(actorTypes) };
  const rows = {
    columns: Object.fromEntries(Object.entries(columns).filter(([, column]) => column !== '')),
    filters: filters.map(({ column, is, values, reason }) => ({
      column,
      is,
      reason,
      values: is === 'empty' || is === 'not-empty' ? [] : is === 'one-of' ? linesOf(values) : [values],
    })),
  };
  return from === 'table'
    ? { from, schema: schema.trim(), table: table.trim(), ...rows }
    : { from, ...file, ...rows };
}

const personOf = ({ id, name, email }: DraftPerson) => ({
  id: id.trim(),
  name: name.trim(),
  email: email.trim() === '' ? null : email.trim(),
});

function stageOf({ name, by, person, people, fallback }: DraftStage) {
  const reviewer = by === 'person' ? { by, person } : by === 'round-robin' ? { by, people } : { by };
  return { name, reviewer, fallback };
}

/** A definition as the form shows it; {@link definitionOf} makes the same of it again. */
export function draftOfDefinition(definition: CampaignDefinition): DefinitionDraft {
  const { period, recurrence, materiality, stages, scope } = definition;
  return definitionDraft.parse({
    ...definition,
    controls: definition.controls.join('\n'),
    ...draftOfScope(scope),
    periodFrom: period.from,
    periodTo: period.to,
    dueDays: String(definition.dueDays),
    every: recurrence?.every ?? '',
    first: recurrence?.first ?? '',
    people: definition.people.map((person) => ({ ...person, email: person.email ?? '' })),
    stages: stages.map(({ name, reviewer, fallback }) => ({ name, ...reviewer, fallback })),
    deviations: materiality === null ? '' : String(materiality.deviations),
    setBy: materiality?.setBy ?? '',
    setBecause: materiality?.reason ?? '',
    dormantDays: String(definition.dormantDays),
    meanings: Object.entries(definition.meanings).map(([entitlement, meaning]) => ({ entitlement, meaning })),
  });
}

function draftOfScope(scope: CampaignDefinition['scope']) {
  if (scope.from === 'activity') return { from: scope.from, actorTypes: scope.actorTypes.join('\n') };
  const { from, columns, filters } = scope;
  return {
    from,
    ...(scope.from === 'table'
      ? { schema: scope.schema, table: scope.table }
      : { file: { name: scope.name, sha256: scope.sha256 } }),
    columns,
    filters: filters.map((filter) => ({ ...filter, values: filter.values.join('\n') })),
  };
}
