// Reads the first rows as a drafted mapping would, and says field by field what is wrong with it. Read-only, nothing remembered.
import { isIP } from 'node:net';
import {
  eventField,
  mappedFields,
  requiredEventFields,
  type MappedField,
  type Mapping,
} from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { FieldProblem, MappingPreview } from '#shared/model/source-health.ts';
import { severityOfWord } from '#shared/model/source-severity.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { findTables, type CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { accountCondition, columnOf, tableOf, textExpression } from './event-expressions.ts';
import { parameters, type EventQuery } from './event-query.ts';
import { fieldNames, isUsable } from './field-types.ts';
import { titleOf } from './mapping.ts';
import { isPlaceable, microsecondsOf } from './microseconds.ts';
import { askForArrays } from './query.ts';

type PreviewRow = MappingPreview['rows'][number];

/**
 * @throws Problem `source-missing` when there is no such table, `source-denied` when nothing of it may be read
 */
export async function previewMapping(
  client: SourceClient,
  draft: Mapping,
  sourceAccount: string | null,
  limit: number,
): Promise<MappingPreview> {
  const [table] = await findTables(client, [draft.table], draft.schema);
  if (!table)
    throw new Problem(
      'source-missing',
      `There is no table ${draft.schema}.${draft.table} in this database. Nothing was read.`,
      { next: 'Check schema and table in the mapping, and that this is the right database.' },
    );
  if (!table.canUseSchema || ![...table.columns.values()].some(({ canSelect }) => canSelect))
    throw new Problem('source-denied', `This user may not read ${titleOf(table)}. Nothing was read.`, {
      next: 'Ask the DBA to grant SELECT on the table, and USAGE on its schema, to this user.',
    });
  const problems = mappingProblems(draft, table);
  const broken = new Set(problems.map(({ field }) => field));
  const fields = mappedFields.filter((field) => draft.columns[field] && !broken.has(field));
  const isOrdered = fields.includes('id') && fields.includes('createdAt');
  const rows =
    fields.length === 0 ? [] : await readRows(client, { draft, sourceAccount, fields, isOrdered, limit });
  return {
    table: titleOf(table),
    columns: [...table.columns.values()].map((column) => ({
      name: column.name,
      type: column.type,
      canSelect: column.canSelect,
      fits: mappedFields.filter((field) => isUsable(field, { column: column.name }, column)),
    })),
    rows,
    isOrdered,
    problems: [...problems, ...valueProblems(fields, rows)],
    canRead: problems.every(({ isFatal }) => !isFatal),
  };
}

const isRequired = (field: MappedField): boolean => {
  const { data } = eventField.safeParse(field);
  return data !== undefined && requiredEventFields.includes(data);
};

function mappingProblems(draft: Mapping, table: CatalogTable): FieldProblem[] {
  return mappedFields.flatMap((field): FieldProblem[] => {
    const reference = draft.columns[field];
    const isFatal = isRequired(field);
    const name = fieldNames[field];
    const problem = (kind: FieldProblem['kind'], sentence: string, fatal = isFatal) => [
      { field, kind, sentence, isFatal: fatal, rows: [] },
    ];
    if (!reference)
      return isFatal ? problem('not-mapped', `Nothing is mapped to the ${name}, which is required.`) : [];
    const column = table.columns.get(reference.column);
    if (!column)
      return problem('no-column', `${titleOf(table)} has no column ${reference.column} for the ${name}.`);
    // Connecting refuses a column that does not fit, whatever the field.
    if (!isUsable(field, reference, column))
      return problem(
        'wrong-type',
        `The column ${column.name} has the type ${column.type}, which cannot be read as the ${name}.`,
        true,
      );
    if (!column.canSelect)
      return problem('not-readable', `This user may not read the column ${column.name} for the ${name}.`);
    return [];
  });
}

type Reading = {
  readonly draft: Mapping;
  readonly sourceAccount: string | null;
  readonly fields: readonly MappedField[];
  readonly isOrdered: boolean;
  readonly limit: number;
};

async function readRows(client: SourceClient, reading: Reading): Promise<PreviewRow[]> {
  const found = await askForArrays<(string | null)[]>(client, previewQuery(reading));
  return found.map((values) =>
    Object.fromEntries(reading.fields.map((field, place) => [field, inWords(field, values[place] ?? null)])),
  );
}

function previewQuery({ draft, sourceAccount, fields, isOrdered, limit }: Reading): EventQuery {
  const { values, bind } = parameters();
  const list = fields.map((field) =>
    field === 'createdAt' ? timeExpression(draft) : textExpression(draft, field, bind),
  );
  const where =
    sourceAccount !== null && fields.includes('sourceAccount')
      ? `\nWHERE ${accountCondition(draft, sourceAccount, bind)}`
      : '';
  const order = isOrdered
    ? `\nORDER BY ${columnOf(draft, 'createdAt')}, ${columnOf(draft, 'id')}::text COLLATE "C"`
    : '';
  return {
    text: `SELECT ${list.join(',\n       ')}\nFROM ${tableOf(draft)}${where}${order}\nLIMIT ${bind(String(limit))}::bigint`,
    values,
  };
}

/** Microseconds where the time can be placed, else as the database writes it. */
function timeExpression(draft: Mapping): string {
  const time = columnOf(draft, 'createdAt');
  return `CASE WHEN ${isPlaceable(time)} THEN ${microsecondsOf(time)}::text ELSE ${time}::text END`;
}

function inWords(field: MappedField, value: string | null): string | null {
  if (field === 'createdAt' && value !== null && /^-?\d+$/.test(value)) return formatInstant(Number(value));
  if (field === 'ip') return value?.replace(value.includes(':') ? /\/128$/ : /\/32$/, '') ?? null;
  return value;
}

const instantText = /^\d{4}-\d{2}-\d{2}T/;
type ValueCheck = {
  readonly fields: readonly MappedField[];
  readonly kind: FieldProblem['kind'];
  readonly isWrong: (value: string | null) => boolean;
  readonly sentence: (name: string, rows: number) => string;
};

const inRows = (rows: number): string => (rows === 1 ? 'In 1 row' : `In ${rows} rows`);

const valueChecks: readonly ValueCheck[] = [
  {
    fields: ['id', 'actor', 'action'],
    kind: 'empty',
    isWrong: (value) => value === null || value === '',
    sentence: (name, rows) => `${inRows(rows)} of the preview the ${name} is empty.`,
  },
  {
    fields: ['createdAt'],
    kind: 'not-placed',
    isWrong: (value) => value === null || !instantText.test(value),
    sentence: (name, rows) =>
      `${inRows(rows)} of the preview the ${name} is absent, infinite or too far away; such events are left out.`,
  },
  {
    fields: ['ip'],
    kind: 'not-an-address',
    isWrong: (value) => value !== null && value !== '' && isIP(value.split('/')[0]!) === 0,
    sentence: (_name, rows) =>
      `${inRows(rows)} of the preview this is no IP address; it is kept as it stands.`,
  },
  {
    fields: ['metadata'],
    kind: 'not-json',
    isWrong: (value) => value !== null && value !== '' && !isJson(value),
    sentence: (_name, rows) => `${inRows(rows)} of the preview this is no JSON; it is kept as it stands.`,
  },
  {
    fields: ['severity'],
    kind: 'unknown-severity',
    isWrong: (value) => value !== null && value !== '' && severityOfWord(value) === null,
    sentence: (name, rows) =>
      `${inRows(rows)} of the preview the ${name} is a word this program does not rank; it stays unknown.`,
  },
];

function valueProblems(fields: readonly MappedField[], rows: readonly PreviewRow[]): FieldProblem[] {
  return valueChecks.flatMap((check) =>
    check.fields
      .filter((field) => fields.includes(field))
      .flatMap((field) => {
        const wrong = rows.flatMap((row, place) => (check.isWrong(row[field] ?? null) ? [place] : []));
        if (wrong.length === 0) return [];
        const sentence = check.sentence(fieldNames[field], wrong.length);
        return [{ field, kind: check.kind, sentence, isFatal: false, rows: wrong }];
      }),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
