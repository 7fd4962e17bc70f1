// The definition of a campaign while somebody fills it in: text as typed, and how it is kept.
import { z } from 'zod';
import type { EntitlementColumns } from '#shared/model/campaign.ts';

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
  /** Empty where dates and scope are to tell. */
  series: text,
  /** The entry of the definition these changes were begun on; empty for a new campaign. */
  basedOn: text,
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
