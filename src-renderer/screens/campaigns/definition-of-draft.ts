// How text as typed becomes the definition of a campaign, and a definition the text of a form.
import { campaignDefinition, type CampaignDefinition } from '#shared/model/campaign.ts';
import { entitlementScope, type EntitlementScope } from '#shared/model/campaign-entitlements.ts';
import {
  definitionDraft,
  type DefinitionDraft,
  type DraftPerson,
  type DraftStage,
} from './definition-draft.ts';
import { missingIn, type MissingPart } from './definition-missing.ts';

const linesOf = (written: string): string[] =>
  written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

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
    ...(draft.series !== '' && { series: draft.series }),
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
