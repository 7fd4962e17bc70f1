// A mapping while it is drafted: from the one in force, as fields or as JSON, to what a procedure takes.
import type { z } from 'zod';
import { mappedFields, mappingFile, type MappedField } from '#shared/model/connection.ts';
import type { MappingPreview, RememberedSource } from '#shared/model/source-health.ts';
import { text } from '../../texts/text.ts';

export type MappingFile = z.infer<typeof mappingFile>;

/** Which column a field is read from; an empty name is none, an empty key the whole column. */
export type FieldDraft = { column: string; jsonKey: string };

export type MappingDraft = {
  schema: string;
  table: string;
  columns: Readonly<Partial<Record<MappedField, FieldDraft>>>;
};

export function draftInForce({ schema, table, mapping }: RememberedSource): MappingDraft {
  return {
    schema,
    table,
    columns: Object.fromEntries(
      mapping.map(({ field, reference: { column, jsonKey } }) => [field, { column, jsonKey: jsonKey ?? '' }]),
    ),
  };
}

export function withField(
  draft: MappingDraft,
  field: MappedField,
  change: Partial<FieldDraft>,
): MappingDraft {
  const before = draft.columns[field] ?? { column: '', jsonKey: '' };
  return { ...draft, columns: { ...draft.columns, [field]: { ...before, ...change } } };
}

/** What a mapping file would hold, with fields in their usual order; null while no table is named. */
export function fileOf({ schema, table, columns }: MappingDraft): MappingFile | null {
  if (table.trim() === '') return null;
  const references = mappedFields.flatMap((field) => {
    const drafted = columns[field];
    if (drafted === undefined || drafted.column === '') return [];
    const { column, jsonKey } = drafted;
    return [[field, jsonKey === '' ? { column } : { column, jsonKey }] as const];
  });
  return {
    schema: schema.trim() === '' ? 'public' : schema.trim(),
    table: table.trim(),
    columns: Object.fromEntries(references),
  };
}

export function textOf(draft: MappingDraft): string {
  return JSON.stringify(fileOf(draft) ?? { schema: draft.schema, table: '', columns: {} }, null, 2);
}

/** The draft a mapping file makes, or a sentence that says what is wrong with the text. */
export function readText(written: string): MappingDraft | string {
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch (error) {
    return text('sources:mapping.notJson', { why: error instanceof Error ? error.message : '' });
  }
  const { data, error } = mappingFile.safeParse(value);
  if (data === undefined) return text('sources:mapping.notMapping', { why: firstIssue(error) });
  const columns = Object.entries(data.columns).map(([field, reference]) => [
    field,
    typeof reference === 'string'
      ? { column: reference, jsonKey: '' }
      : { column: reference.column, jsonKey: reference.jsonKey ?? '' },
  ]);
  return { schema: data.schema, table: data.table, columns: Object.fromEntries(columns) };
}

function firstIssue({ issues }: z.ZodError): string {
  const { path = [], message = '' } = issues[0] ?? {};
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}

export function isSameMapping(one: MappingDraft, other: MappingDraft): boolean {
  return JSON.stringify(fileOf(one)) === JSON.stringify(fileOf(other));
}

export type ColumnChoices = { fitting: string[]; others: string[] };

/** The columns to choose from for a field: those that can serve it, and the rest. What is drafted is always among them. */
export function columnChoices(
  columns: MappingPreview['columns'],
  field: MappedField,
  drafted: string,
): ColumnChoices {
  const fitting = columns
    .filter(({ canSelect, fits, type }) => canSelect && (fits.includes(field) || isJson(type)))
    .map(({ name }) => name);
  const others = columns.map(({ name }) => name).filter((name) => !fitting.includes(name));
  const isKnown = drafted === '' || fitting.includes(drafted) || others.includes(drafted);
  return { fitting, others: isKnown ? others : [...others, drafted] };
}

/** Whether single keys of a column can be read. */
export function isJson(type: string): boolean {
  return type === 'json' || type === 'jsonb';
}
