// SQL for the parts of an audit event, whatever the statement is: a page, a population, a copy, a count.
import type { MappedField, Mapping } from '#shared/model/connection.ts';
import { defaultSourceAccount } from './default-account.ts';
import { quoteIdentifier, quoteTable } from './identifier.ts';

/** Writes a value into SQL: as a parameter, or as a quoted literal where a statement takes none. */
export type Bind = (value: string) => string;

/** A table without accounts belongs to one: the chosen, or the published default. */
export function accountExpression(mapping: Mapping, sourceAccount: string | null, bind: Bind): string {
  if (!mapping.columns.sourceAccount) return `${bind(sourceAccount ?? defaultSourceAccount)}::text`;
  return `coalesce(${textExpression(mapping, 'sourceAccount', bind)}, '')`;
}

export function textExpression(mapping: Mapping, field: MappedField, bind: Bind): string {
  const reference = mapping.columns[field];
  if (!reference) return 'NULL::text';
  const column = quoteIdentifier(reference.column);
  return reference.jsonKey === undefined
    ? `${column}::text`
    : `${column} ->> ${bind(reference.jsonKey)}::text`;
}

/** Compared as the column's own type where it is a column, so that an index on it serves. */
export function accountCondition(mapping: Mapping, sourceAccount: string, bind: Bind): string {
  const reference = mapping.columns.sourceAccount;
  const expression =
    reference && reference.jsonKey === undefined
      ? quoteIdentifier(reference.column)
      : `(${textExpression(mapping, 'sourceAccount', bind)})`;
  return `${expression} = ${bind(sourceAccount)}`;
}

export function columnOf(mapping: Mapping, field: 'id' | 'createdAt'): string {
  const reference = mapping.columns[field];
  if (!reference) throw new TypeError(`A mapping without ${field} cannot be read.`);
  return quoteIdentifier(reference.column);
}

export function tableOf(mapping: Mapping): string {
  return quoteTable({ schema: mapping.schema, name: mapping.table });
}
