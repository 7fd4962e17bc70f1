// What a half-filled definition still lacks, by its place in the form.
import type { DefinitionDraft, DraftStage } from './definition-draft.ts';

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
