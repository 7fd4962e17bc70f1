// The statement that reads one slice of time, for ways of reading that take no parameters.
import { escapeLiteral } from 'pg';
import type { Mapping } from '#shared/model/connection.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import type { CatalogTable } from '../catalog.ts';
import { defaultSourceAccount } from '../default-account.ts';
import { accountCondition, columnOf, tableOf, textExpression } from '../event-expressions.ts';
import { quoteIdentifier } from '../identifier.ts';
import { placeableFrom, placeableUntil } from '../microseconds.ts';
import type { BatchField } from './event-batch.ts';
import type { RowLayout, TextField } from './row-layout.ts';

/** Both bounds are inclusive; null is unbounded. */
export interface TimeSlice {
  readonly fromMicroseconds: number | null;
  readonly untilMicroseconds: number | null;
  /** Of these, only events at one of these instants; absent means at any. */
  readonly atMicroseconds?: readonly number[];
}

const firstPlaceable = parseInstant(placeableFrom);
const lastPlaceable = parseInstant(placeableUntil) - 1;

/** What one row of {@link sliceQuery} holds. Fields the mapping does not have are left out. */
export function layoutOf(
  mapping: Mapping,
  table: CatalogTable,
  sourceAccount: string | null,
  fields: readonly BatchField[],
): RowLayout {
  const baseTypeOf = (field: 'id' | BatchField) => {
    const reference = mapping.columns[field];
    return reference?.jsonKey === undefined
      ? table.columns.get(reference?.column ?? '')?.baseType
      : undefined;
  };
  const texts = [...new Set(fields)]
    .filter((field) => mapping.columns[field])
    .map((field): TextField => ({
      field,
      isNeverNull: field === 'sourceAccount' || field === 'actor' || field === 'action',
      hasHostMask: field === 'ip' && baseTypeOf(field) === 'inet',
      isPlain: field === 'metadata',
    }));
  const isSingleAccount = fields.includes('sourceAccount') && !mapping.columns.sourceAccount;
  return {
    idKind: baseTypeOf('id') === 'uuid' ? 'uuid' : 'text',
    texts,
    constants: new Map(isSingleAccount ? [['sourceAccount', sourceAccount ?? defaultSourceAccount]] : []),
  };
}

/** A SELECT without parameters: time, id and the texts of the layout. Every value in it is quoted for any server setting. */
export function sliceQuery(
  mapping: Mapping,
  layout: RowLayout,
  sourceAccount: string | null,
  slice: TimeSlice,
): string {
  const id = quoteIdentifier(mapping.columns.id?.column ?? '');
  const list = [
    columnOf(mapping, 'createdAt'),
    layout.idKind === 'uuid' ? id : `${id}::text`,
    ...layout.texts.map(({ field }) => textExpression(mapping, field, escapeLiteral)),
  ];
  return `SELECT ${list.join(', ')} ${populationOf(mapping, sourceAccount, slice)}`;
}

/** FROM and WHERE of a slice: only events that have an id and can be placed in time. */
export function populationOf(mapping: Mapping, sourceAccount: string | null, slice: TimeSlice): string {
  const time = columnOf(mapping, 'createdAt');
  const from = Math.max(slice.fromMicroseconds ?? firstPlaceable, firstPlaceable);
  const until = Math.min(slice.untilMicroseconds ?? lastPlaceable, lastPlaceable);
  const conditions = [
    `${time} >= ${escapeLiteral(formatInstant(from))}`,
    `${time} <= ${escapeLiteral(formatInstant(until))}`,
    `${columnOf(mapping, 'id')} IS NOT NULL`,
  ];
  // One list in the text, so that the planner sees how long it is: it looks them up, or reads the slice once.
  if (slice.atMicroseconds)
    conditions.push(
      `${time} = ANY (${escapeLiteral(`{${slice.atMicroseconds.map((at) => formatInstant(at)).join(',')}}`)})`,
    );
  if (sourceAccount !== null && mapping.columns.sourceAccount)
    conditions.push(accountCondition(mapping, sourceAccount, escapeLiteral));
  return `FROM ${tableOf(mapping)} WHERE ${conditions.join(' AND ')}`;
}
