// The statement that lets the database count events per account, actor, action and quarter hour.
import { escapeLiteral } from 'pg';
import type { MappedField, Mapping } from '#shared/model/connection.ts';
import type { CatalogTable } from '../catalog.ts';
import { populationOf, type TimeSlice } from '../columns/slice-query.ts';
import type { RowLayout } from '../columns/row-layout.ts';
import { columnOf, textExpression } from '../event-expressions.ts';
import { quoteIdentifier } from '../identifier.ts';

/** Types that hold equal what prints differently; such columns are grouped by their text. */
const looseTypes = ['citext', 'numeric'];

/**
 * Counts by plain GROUP BY. Everything a server further down has to compute is immutable and free of text constants, so
 * that postgres_fdw sends the whole aggregate: columns as they are (their text is made from the groups), and date_bin,
 * where extract and date_trunc would keep it here. NULL and empty stay apart, because coalesce is not sent either.
 * @param looseColumns Columns whose collation holds different texts equal: compared byte by byte instead.
 */
export function cellQuery(
  mapping: Mapping,
  table: CatalogTable,
  layout: RowLayout,
  sourceAccount: string | null,
  slice: TimeSlice,
  looseColumns: ReadonlySet<string>,
): string {
  const time = columnOf(mapping, 'createdAt');
  const type = table.columns.get(mapping.columns.createdAt?.column ?? '')?.baseType ?? 'timestamptz';
  const slot = `date_bin('15 minutes'::interval, ${time}, '1970-01-01 00:00:00+00'::${type})`;
  const keyOf = (field: MappedField) => groupKey(mapping, table, field, looseColumns);
  const fields = layout.texts.map(({ field }) => field);
  const list = [slot, 'count(*)', ...fields.map((field) => `(${keyOf(field)})::text`)];
  const groups = [...new Set([slot, ...fields.map(keyOf)])];
  return `SELECT ${list.join(', ')} ${populationOf(mapping, sourceAccount, slice)} GROUP BY ${groups.join(', ')}`;
}

function groupKey(
  mapping: Mapping,
  table: CatalogTable,
  field: MappedField,
  looseColumns: ReadonlySet<string>,
): string {
  const reference = mapping.columns[field];
  const text = textExpression(mapping, field, escapeLiteral);
  if (!reference || reference.jsonKey !== undefined) return text;
  if (looseColumns.has(reference.column)) return `${text} COLLATE "C"`;
  const type = table.columns.get(reference.column)?.baseType ?? '';
  return looseTypes.includes(type) ? text : quoteIdentifier(reference.column);
}
