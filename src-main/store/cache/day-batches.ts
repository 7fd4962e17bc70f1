// Makes of batches as they were read batches as they are written: one a UTC day, in order of time and id.
import type { BatchField, EventBatch } from './mirrored-event.ts';
import { pickIds, pickTexts, type TextColumn } from './columns.ts';
import { rowsByDay } from './rows-by-day.ts';
import { rowsInOrder } from './stretch.ts';

type Rows = { readonly batch: EventBatch; readonly rows: Uint32Array };

/** The same events, days ascending. The same event twice stays twice, side by side. */
export function dayBatches(batches: readonly EventBatch[]): EventBatch[] {
  const days = new Map<number, Rows[]>();
  for (const batch of batches) {
    for (const [day, rows] of rowsByDay(batch.microseconds)) {
      const others = days.get(day);
      if (others) others.push({ batch, rows });
      else days.set(day, [{ batch, rows }]);
    }
  }
  return [...days].toSorted(([a], [b]) => a - b).map(([, parts]) => inOrder(merge(parts)));
}

function merge(parts: readonly Rows[]): EventBatch {
  const length = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const microseconds = new Float64Array(length);
  let place = 0;
  for (const { batch, rows } of parts)
    for (const row of rows) microseconds[place++] = batch.microseconds[row]!;
  const fields = new Set(parts.flatMap(({ batch }) => [...batch.columns.keys()]));
  const columnOf = (field: BatchField): TextColumn =>
    pickTexts(parts.map(({ batch, rows }) => ({ column: batch.columns.get(field) ?? null, rows })));
  return {
    length,
    microseconds,
    ids: pickIds(parts.map(({ batch, rows }) => ({ column: batch.ids, rows }))),
    columns: new Map([...fields].map((field) => [field, columnOf(field)])),
  };
}

/** Sources mostly answer in order already, and then nothing is moved. */
function inOrder(batch: EventBatch): EventBatch {
  const rows = rowsInOrder({ ...batch, series: new Uint32Array(0), fields: new Map() });
  return rows.every((row, place) => row === place) ? batch : merge([{ batch, rows }]);
}
