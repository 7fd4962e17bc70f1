// Finds out whose events a batch holds: one series number an event.
import { codedColumn, type BatchField, type EventBatch } from './mirrored-event.ts';
import { textOf, type TextColumn } from './columns.ts';
import type { Names } from './names.ts';

type Named = Pick<EventBatch, 'length' | 'microseconds' | 'columns'>;

type Coded = Extract<TextColumn, { kind: 'coded' }>;

/** Numbers the series of a batch, and remembers the newest name of each of its actors. */
export function seriesOfBatch(batch: Named, names: Names): Uint32Array {
  const accounts = codedOf(batch, 'sourceAccount');
  const actors = codedOf(batch, 'actor');
  const actions = codedOf(batch, 'action');
  const actorNames = batch.columns.get('actorName') ?? null;
  const pairs = accounts.values.length * actors.values.length;
  const actorNumbers = numberer(pairs, (key) =>
    names.actorOf(
      accounts.values[Math.floor(key / actors.values.length)] ?? '',
      actors.values[key % actors.values.length] ?? '',
    ),
  );
  const seriesNumbers = numberer(pairs * actions.values.length, (key) =>
    names.seriesOf(
      actorNumbers(Math.floor(key / actions.values.length)),
      actions.values[key % actions.values.length] ?? '',
    ),
  );
  const series = new Uint32Array(batch.length);
  for (let row = 0; row < batch.length; row += 1) {
    const actorKey = accounts.codes[row]! * actors.values.length + actors.codes[row]!;
    series[row] = seriesNumbers(actorKey * actions.values.length + actions.codes[row]!);
    if (actorNames === null) continue;
    const name = textOf(actorNames, row);
    if (name !== null) names.call(actorNumbers(actorKey), name, batch.microseconds[row]!);
  }
  return series;
}

/** Beyond so many possible keys most never occur, and a list of them would be larger than the batch. */
const mostListed = 2 ** 20;

/** Asks once for each key from 0 to `keys` − 1. */
function numberer(keys: number, find: (key: number) => number): (key: number) => number {
  if (keys > mostListed) return mapNumberer(find);
  const known = new Int32Array(keys).fill(-1);
  return (key) => {
    const number = known[key]!;
    return number >= 0 ? number : (known[key] = find(key));
  };
}

function mapNumberer(find: (key: number) => number): (key: number) => number {
  const known = new Map<number, number>();
  return (key) => {
    const number = known.get(key);
    if (number !== undefined) return number;
    const found = find(key);
    known.set(key, found);
    return found;
  };
}

function codedOf(batch: Named, field: BatchField): Coded {
  const column = batch.columns.get(field) ?? {
    kind: 'coded',
    codes: new Uint8Array(batch.length),
    values: [''],
  };
  if (column.kind === 'coded') return column;
  const coded = codedColumn(Array.from({ length: batch.length }, (_, row) => textOf(column, row)));
  if (coded.kind !== 'coded') throw new TypeError('A coded column is coded.');
  return coded;
}
