// Adds the activity up by local hour of the week, for any actor, action and stretch of time.
import {
  groupBy,
  hoursPerWeek,
  placeFrom,
  type Groups,
  type WeekCube,
  type WeekIndex,
} from './week-index.ts';

/** One row an actor's name, an action, or a pair of both. */
export type WeekRow = 'actor' | 'action' | 'series';

export interface WeekQuery {
  readonly rows: WeekRow;
  readonly actor?: string | undefined;
  /** Number of an action; −1 for one that never happened. */
  readonly action?: number | undefined;
  /** Whole quarter hours since the epoch, from (included) and to (not included). */
  readonly firstSlot: number;
  readonly endSlot: number;
  /** Events to be added that lie in no whole quarter hour of the range. */
  readonly extra: readonly { readonly series: number; readonly hour: number; readonly count: number }[];
}

/** Only cells with events, by row and within a row by hour. */
export interface WeekCells {
  /** A series of the row each cell belongs to: its actor's name and its action tell what the row is. */
  readonly series: Uint32Array;
  readonly hours: Uint8Array;
  readonly counts: Uint32Array;
}

/** Costs what the chosen series hold inside the range or outside of it, whichever is less. */
export function sumWeek(index: WeekIndex, query: WeekQuery): WeekCells {
  const { cube, offsets, members, seriesOf, unitOf } = planOf(index, query);
  const extra = Map.groupBy(query.extra, ({ series }) => unitOf(series));
  const { firsts, lasts, most } = reach(index, cube, members, query);
  const sum = new WeekSum();
  const found = new FoundCells(most + query.extra.length);
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    if (offsets[row] === offsets[row + 1]) continue;
    for (let at = offsets[row]!; at < offsets[row + 1]!; at += 1) {
      const unit = members[at]!;
      addUnit(sum, cube, index.hourOfPlace, unit, firsts[at]!, lasts[at]!);
      if (extra.size > 0) for (const { hour, count } of extra.get(unit) ?? []) sum.add(hour, count);
    }
    found.take(seriesOf(members[offsets[row]!]!), sum);
  }
  return found.cells();
}

/** What is added up: units of a cube, by row. */
interface Plan extends Groups {
  readonly cube: WeekCube;
  /** A series of a unit, and the unit of a series. */
  readonly seriesOf: (unit: number) => number;
  readonly unitOf: (series: number) => number;
}

function planOf(index: WeekIndex, query: WeekQuery): Plan {
  const { bySeries, byName, seriesOfName, nameOf } = index;
  if (query.rows === 'actor' && query.actor === undefined && query.action === undefined) {
    const names = seriesOfName.offsets.length - 1;
    const [offsets, members] = [upTo(names + 1), upTo(names)];
    const seriesOf = (name: number) => seriesOfName.members[seriesOfName.offsets[name]!]!;
    return { cube: byName, offsets, members, seriesOf, unitOf: (series) => nameOf[series]! };
  }
  const itself = (series: number) => series;
  const chosen = chooseSeries(index, query);
  const { rowOf, rows } = rowsOf(index, chosen, query.rows);
  const { offsets, members } = groupBy(rowOf, rows);
  const inOrder = members.map((place) => chosen[place]!);
  return { cube: bySeries, offsets, members: inOrder, seriesOf: itself, unitOf: itself };
}

const upTo = (end: number): Uint32Array => Uint32Array.from({ length: end }, (_, place) => place);

/** The cells of each member inside the range, and how many hours there can be in all of them. */
function reach(index: WeekIndex, cube: WeekCube, members: Uint32Array, query: WeekQuery) {
  const { offsets, places, foldedOffsets } = cube;
  const from = placeFrom(index, query.firstSlot);
  const to = placeFrom(index, query.endSlot);
  const firsts = new Uint32Array(members.length);
  const lasts = new Uint32Array(members.length);
  let most = 0;
  for (let at = 0; at < members.length; at += 1) {
    const unit = members[at]!;
    const end = offsets[unit + 1]!;
    const first = firstAtOrAfter(places, offsets[unit]!, end, from);
    const last = firstAtOrAfter(places, first, end, to);
    firsts[at] = first;
    lasts[at] = last;
    most += Math.min(last - first, foldedOffsets[unit + 1]! - foldedOffsets[unit]!);
  }
  return { firsts, lasts, most };
}

/** Numbers of the series a query asks about. */
function chooseSeries(index: WeekIndex, { actor, action }: WeekQuery): Uint32Array {
  const { seriesOfName, seriesOfAction, actionOf, rowOfName } = index;
  const ofGroup = ({ offsets, members }: typeof seriesOfName, group: number | undefined) =>
    group === undefined || group < 0
      ? new Uint32Array(0)
      : members.subarray(offsets[group], offsets[group + 1]);
  if (actor !== undefined) {
    const ofActor = ofGroup(seriesOfName, rowOfName.get(actor));
    return action === undefined ? ofActor : ofActor.filter((series) => actionOf[series] === action);
  }
  if (action !== undefined) return ofGroup(seriesOfAction, action);
  return Uint32Array.from(actionOf, (_, series) => series);
}

/** Numbers the rows that the chosen series fall into, without holes. */
function rowsOf(index: WeekIndex, chosen: Uint32Array, rows: WeekRow): { rowOf: Uint32Array; rows: number } {
  const { nameOf, actionOf, rowOfName, isOneAccount } = index;
  if (rows === 'series' && isOneAccount)
    return { rowOf: chosen.map((_, place) => place), rows: chosen.length };
  if (rows === 'series') {
    const keys = Float64Array.from(chosen, (series) => actionOf[series]! * rowOfName.size + nameOf[series]!);
    const numbers = new Map<number, number>();
    for (const key of keys) if (!numbers.has(key)) numbers.set(key, numbers.size);
    return { rowOf: Uint32Array.from(keys, (key) => numbers.get(key)!), rows: numbers.size };
  }
  const keyOf = rows === 'actor' ? nameOf : actionOf;
  const numberOf = new Int32Array(
    rows === 'actor' ? rowOfName.size : index.seriesOfAction.offsets.length,
  ).fill(-1);
  let found = 0;
  const rowOf = chosen.map((series) => {
    const key = keyOf[series]!;
    if (numberOf[key] === -1) numberOf[key] = found++;
    return numberOf[key]!;
  });
  return { rowOf, rows: found };
}

/** Counts of one row, and which of its 168 hours have been touched, a bit each. */
class WeekSum {
  readonly counts = new Uint32Array(hoursPerWeek);
  readonly touched = new Int32Array(Math.ceil(hoursPerWeek / 32));

  add(hour: number, count: number): void {
    this.counts[hour]! += count;
    this.touched[hour >>> 5]! |= 1 << (hour & 31);
  }
}

function addUnit(
  sum: WeekSum,
  { offsets, places, counts, foldedOffsets, hours, foldedCounts }: WeekCube,
  hourOfPlace: Uint8Array,
  unit: number,
  first: number,
  last: number,
): void {
  const start = offsets[unit]!;
  const end = offsets[unit + 1]!;
  const foldedStart = foldedOffsets[unit]!;
  const foldedEnd = foldedOffsets[unit + 1]!;
  const outside = end - start - (last - first);
  if (last - first <= outside + foldedEnd - foldedStart) {
    for (let at = first; at < last; at += 1) sum.add(hourOfPlace[places[at]!]!, counts[at]!);
    return;
  }
  for (let at = foldedStart; at < foldedEnd; at += 1) sum.add(hours[at]!, foldedCounts[at]!);
  for (let at = start; at < first; at += 1) sum.counts[hourOfPlace[places[at]!]!]! -= counts[at]!;
  for (let at = last; at < end; at += 1) sum.counts[hourOfPlace[places[at]!]!]! -= counts[at]!;
}

function firstAtOrAfter(places: Uint32Array, start: number, end: number, place: number): number {
  // Most queries begin before everything or end after it.
  if (start === end || places[start]! >= place) return start;
  if (places[end - 1]! < place) return end;
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

class FoundCells {
  readonly #series: Uint32Array;
  readonly #hours: Uint8Array;
  readonly #counts: Uint32Array;
  #end = 0;

  constructor(most: number) {
    this.#series = new Uint32Array(most);
    this.#hours = new Uint8Array(most);
    this.#counts = new Uint32Array(most);
  }

  /** Takes a finished row and leaves the sums at zero. */
  take(series: number, { counts, touched }: WeekSum): void {
    for (let word = 0; word < touched.length; word += 1) {
      let bits = touched[word]!;
      touched[word] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const hour = word * 32 + 31 - Math.clz32(bits & -bits);
        if (counts[hour] === 0) continue;
        this.#series[this.#end] = series;
        this.#hours[this.#end] = hour;
        this.#counts[this.#end] = counts[hour]!;
        this.#end += 1;
        counts[hour] = 0;
      }
    }
  }

  cells(): WeekCells {
    const end = this.#end;
    return {
      series: this.#series.subarray(0, end),
      hours: this.#hours.subarray(0, end),
      counts: this.#counts.subarray(0, end),
    };
  }
}
