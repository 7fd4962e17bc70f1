// Events in columns, in any order: what a pull brings, and what a segment is made of once it is in order.
import type { SegmentField } from '../../analytics/history/segment.ts';
import { compareIds, pickIds, pickTexts, type IdColumn, type TextColumn } from './columns.ts';

export type Stretch = {
  readonly length: number;
  /** Microseconds since the epoch. */
  readonly microseconds: Float64Array;
  readonly ids: IdColumn;
  readonly series: Uint32Array;
  /** A field that is absent is unknown for all of them. */
  readonly fields: ReadonlyMap<SegmentField, TextColumn>;
};

/** Some rows of a stretch. */
export type Part = { readonly stretch: Stretch; readonly rows: Uint32Array };

export function allRows(length: number): Uint32Array {
  const rows = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) rows[row] = row;
  return rows;
}

/** Puts parts one after another into one stretch, in the order given. */
export function join(parts: readonly Part[]): Stretch {
  const [first, ...others] = parts;
  if (first && others.length === 0 && isWhole(first)) return first.stretch;
  const length = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const microseconds = new Float64Array(length);
  const series = new Uint32Array(length);
  let place = 0;
  for (const { stretch, rows } of parts) {
    for (let at = 0; at < rows.length; at += 1, place += 1) {
      microseconds[place] = stretch.microseconds[rows[at]!]!;
      series[place] = stretch.series[rows[at]!]!;
    }
  }
  const fields = new Set(parts.flatMap(({ stretch }) => [...stretch.fields.keys()]));
  const columnOf = (field: SegmentField) =>
    pickTexts(parts.map(({ stretch, rows }) => ({ column: stretch.fields.get(field) ?? null, rows })));
  return {
    length,
    microseconds,
    series,
    ids: pickIds(parts.map(({ stretch, rows }) => ({ column: stretch.ids, rows }))),
    fields: new Map([...fields].map((field) => [field, columnOf(field)])),
  };
}

function isWhole({ stretch, rows }: Part): boolean {
  return rows.length === stretch.length && rows.every((row, place) => row === place);
}

/** The rows of a stretch ascending by (time, id); of rows equal in both, in the order they stand in. */
export function rowsInOrder(stretch: Stretch): Uint32Array {
  const rows = allRows(stretch.length);
  if (isStrictlyInOrder(stretch)) return rows;
  const byTime = sortByTime(stretch.microseconds, rows);
  return sortTies(stretch, byTime);
}

/** Whether the rows ascend by (time, id), and no two are the same event. */
export function isStrictlyInOrder({ length, microseconds, ids }: Stretch): boolean {
  for (let row = 1; row < length; row += 1) {
    const step = microseconds[row]! - microseconds[row - 1]!;
    if (step < 0 || (step === 0 && compareIds(ids, row - 1, ids, row) >= 0)) return false;
  }
  return true;
}

const digitBits = 13;
const digits = 1 << digitBits;

/** Radix sort by the distance from the earliest: time in a batch spans days, and comparing would cost ten times as much. */
function sortByTime(microseconds: Float64Array, rows: Uint32Array): Uint32Array {
  let earliest = Infinity;
  let latest = -Infinity;
  for (const at of microseconds) {
    earliest = Math.min(earliest, at);
    latest = Math.max(latest, at);
  }
  let from = new Uint32Array(rows);
  let to = new Uint32Array(rows.length);
  const counts = new Uint32Array(digits + 1);
  for (let unit = 1; unit <= latest - earliest; unit *= digits) {
    counts.fill(0);
    const digitOf = (row: number) => Math.floor((microseconds[row]! - earliest) / unit) % digits;
    for (const row of from) counts[digitOf(row) + 1]! += 1;
    for (let digit = 0; digit < digits; digit += 1) counts[digit + 1]! += counts[digit]!;
    for (const row of from) to[counts[digitOf(row)]!++] = row;
    [from, to] = [to, from];
  }
  return from;
}

function sortTies({ microseconds, ids }: Stretch, rows: Uint32Array): Uint32Array {
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && microseconds[rows[to]!] === microseconds[rows[from]!]) to += 1;
    if (to - from > 1) {
      const ordered = [...rows.subarray(from, to)].toSorted((a, b) => compareIds(ids, a, ids, b) || a - b);
      rows.set(ordered, from);
    }
    from = to;
  }
  return rows;
}

export function isSameEvent(a: Stretch, rowA: number, b: Stretch, rowB: number): boolean {
  return a.microseconds[rowA] === b.microseconds[rowB] && compareIds(a.ids, rowA, b.ids, rowB) === 0;
}
