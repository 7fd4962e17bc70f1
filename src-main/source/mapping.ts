// Decides which table and columns the events are read from, and refuses what the catalog does not bear out.
import {
  eventField,
  mappedFields,
  requiredEventFields,
  type EventField,
  type MappedField,
  type Mapping,
} from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { findTables, type CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { customPreset } from './connection.ts';
import { fieldNames, isUsable } from './field-types.ts';
import { presets } from './presets.ts';

export interface ResolvedMapping {
  /** Only columns that exist, fit and may be read. */
  mapping: Mapping;
  table: CatalogTable;
  /** Fields of an event that cannot be read; rule inputs are never counted among them. */
  missingFields: EventField[];
  /** Sentences about what was left out or assumed. */
  warnings: string[];
}

/**
 * Checks a mapping against the catalog, or finds the preset whose table is there when none is given.
 * Optional columns that are missing or may not be read become missing fields.
 * @throws Problem `source-missing` (table, required column), `source-denied` (right), `source-changed` (type)
 */
export async function resolveMapping(
  client: SourceClient,
  requested: Mapping | null,
): Promise<ResolvedMapping> {
  if (requested === null) return resolvePreset(client);
  const [table] = await findTables(client, [requested.table], requested.schema);
  if (table) return fit(requested, table);
  throw new Problem(
    'source-missing',
    `There is no table ${requested.schema}.${requested.table} in this database. Nothing was read.`,
    { next: 'Check schema and table in the mapping, and that this is the right database.' },
  );
}

/**
 * Checks that every column a remembered mapping reads is still there, of a fitting type and readable.
 * @throws Problem `source-changed` when an optional column went too; otherwise as {@link resolveMapping}.
 */
export async function confirmMapping(client: SourceClient, mapping: Mapping): Promise<CatalogTable> {
  const { table, mapping: readable } = await resolveMapping(client, mapping);
  const gone = mappedFields.filter((field) => mapping.columns[field] && !readable.columns[field]);
  if (gone.length === 0) return table;
  throw new Problem(
    'source-changed',
    `The audit table changed: the column for ${gone.map((field) => fieldNames[field]).join(', ')} can no longer be read. What had arrived before is kept.`,
    { next: 'Connect again to inspect the table and to see what that disables.' },
  );
}

async function resolvePreset(client: SourceClient): Promise<ResolvedMapping> {
  const tables = await findTables(
    client,
    presets.map((preset) => preset.table),
    null,
  );
  const candidates = presets.flatMap((preset) =>
    tables
      .filter((table) => table.name === preset.table)
      .map((table) => ({ table, mapping: { ...preset, schema: table.schema } })),
  );
  const readable = candidates.filter(({ table }) => mayRead(table));
  const chosen = readable[0] ?? candidates[0];
  if (!chosen) throw noKnownTable();
  const resolved = fit(chosen.mapping, chosen.table);
  const others = candidates.filter((candidate) => candidate !== chosen).map(({ table }) => titleOf(table));
  if (others.length > 0)
    resolved.warnings.push(
      `There is also ${others.join(' and ')}, which is not read; name it in a mapping file to use it instead.`,
    );
  return resolved;
}

function fit(requested: Mapping, table: CatalogTable): ResolvedMapping {
  if (!table.canUseSchema)
    throw denied(`This user may not look into the schema ${table.schema}.`, 'USAGE on the schema');
  const columns: Mapping['columns'] = {};
  const missingFields: EventField[] = [];
  const warnings: string[] = [];
  for (const field of mappedFields) {
    const reference = requested.columns[field];
    const column = reference && table.columns.get(reference.column);
    if (column && !isUsable(field, reference, column)) throw retyped(field, column, table);
    if (reference && column?.canSelect) {
      columns[field] = reference;
      if (column.baseType === 'timestamp' && field === 'createdAt')
        warnings.push(`The column ${column.name} has no time zone; its times are read as UTC.`);
      continue;
    }
    const { data: eventPart } = eventField.safeParse(field);
    if (eventPart && requiredEventFields.includes(eventPart))
      throw unavailable(eventPart, reference?.column, column !== undefined, table);
    if (eventPart) missingFields.push(eventPart);
    if (column) warnings.push(`This user may not read the column ${column.name} (${fieldNames[field]}).`);
    else if (reference && requested.preset === customPreset)
      warnings.push(
        `The mapping names a column ${reference.column} for the ${fieldNames[field]}, but the table has none.`,
      );
  }
  const { preset, schema, table: name } = requested;
  return { mapping: { preset, schema, table: name, columns }, table, missingFields, warnings };
}

function mayRead(table: CatalogTable): boolean {
  return table.canUseSchema && [...table.columns.values()].some((column) => column.canSelect);
}

/** `schema.table` as it stands in a sentence. */
export function titleOf(table: { schema: string; name: string }): string {
  return `${table.schema}.${table.name}`;
}

function noKnownTable(): Problem {
  const names = presets.map((preset) => preset.table).join(', ');
  return new Problem(
    'source-missing',
    `This database has none of the audit tables ${names}. Nothing was read.`,
    {
      next: 'Check the database name, or describe your own table in a mapping file (--mapping).',
    },
  );
}

function unavailable(
  field: EventField,
  column: string | undefined,
  exists: boolean,
  table: CatalogTable,
): Problem {
  if (exists)
    return denied(
      `This user may not read the column ${column ?? ''} of ${titleOf(table)}, which holds the ${fieldNames[field]}.`,
      'SELECT on the audit table',
    );
  if (column === undefined)
    return new Problem(
      'invalid-input',
      `The mapping names no column for the ${fieldNames[field]}, which is required.`,
      {
        next: `Add ${field} to the columns of the mapping file.`,
      },
    );
  return new Problem(
    'source-missing',
    `The table ${titleOf(table)} has no column ${column}, which should hold the ${fieldNames[field]}. Nothing was read.`,
    { next: 'If the table names it otherwise, describe the table in a mapping file (--mapping).' },
  );
}

function retyped(field: MappedField, column: { name: string; type: string }, table: CatalogTable): Problem {
  return new Problem(
    'source-changed',
    `The column ${column.name} of ${titleOf(table)} has the type ${column.type}, which cannot be read as the ${fieldNames[field]}. Nothing was read.`,
    {
      next: 'Describe the table in a mapping file (--mapping) that leaves this column out or names a fitting one.',
    },
  );
}

function denied(message: string, right: string): Problem {
  return new Problem('source-denied', `${message} Nothing was read.`, {
    next: `Ask the DBA to grant ${right} to this user.`,
  });
}
