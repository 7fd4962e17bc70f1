// Adds the activity up by local hour of the week, for any actor, action and stretch of time.
import { SparseSum } from './sparse-sum.ts';
import { addSpan, firstCellFrom, hoursPerWeek } from './week-fold.ts';
import { placeFrom, type Groups, type WeekIndex } from './week-index.ts';
import { chooseRows, type WeekChoice } from './week-rows.ts';

import { totalsBetween } from './week-totals.ts';

export interface WeekQuery extends WeekChoice {
  /** Whole quarter hours since the epoch, from (included) and to (not included). */
  readonly firstSlot: number;
  readonly endSlot: number;
  /** Events to be added that lie in no whole quarter hour of the range. */
  readonly extra: readonly WeekExtra[];
}

type WeekExtra = { readonly series: number; readonly hour: number; readonly count: number };

/** Only hours with events. */
export interface WeekHours {
  readonly hours: Uint8Array;
  readonly counts: Uint32Array;
}

/**
 * Rows with events, and how many each has. Hours are added up for those rows alone that somebody asks for: of a hundred
 * thousand rows a screen shows some hundred.
 */
export interface WeekCells extends WeekHours {
  /** A series of each row: its actor's name and its action tell what the row is. */
  readonly rowSeries: Uint32Array;
  readonly rowTotals: Float64Array;
  /** Events in all rows. */
  readonly total: number;
  /** Hours of one row, ascending; to be read before the next row is asked for. */
  hoursOf(row: number): WeekHours;
  /** All rows' hours one after the other, and for each of them the series its row goes by. */
  readonly series: Uint32Array;
}

/** Costs what the days at the range's edges hold, and a row what it holds inside the range or outside of it, whichever is less. */
export function sumWeek(index: WeekIndex, query: WeekQuery): WeekCells {
  return new WeekSums(index, query);
}

/** Places from `from` (included) to `to` (not included). */
type Span = { readonly from: number; readonly to: number };

class WeekSums implements WeekCells {
  readonly rowSeries: Uint32Array;
  readonly rowTotals: Float64Array;
  readonly total: number;
  readonly #index: WeekIndex;
  readonly #groups: Groups;
  /** Group of each row. */
  readonly #groupOf: Uint32Array;
  /** Every row is a name with all that it did. */
  readonly #isNames: boolean;
  readonly #span: Span;
  readonly #extra: ReadonlyMap<number, readonly WeekExtra[]>;
  readonly #sum = new SparseSum(hoursPerWeek);
  readonly #row = { hours: new Uint8Array(hoursPerWeek), counts: new Uint32Array(hoursPerWeek) };
  #all: (WeekHours & { readonly series: Uint32Array }) | null = null;

  constructor(index: WeekIndex, query: WeekQuery) {
    this.#index = index;
    this.#groups = chooseRows(index, query);
    this.#isNames = this.#groups === index.seriesOfName;
    this.#span = { from: placeFrom(index, query.firstSlot), to: placeFrom(index, query.endSlot) };
    this.#extra = Map.groupBy(query.extra, ({ series }) => series);
    const totals = totalsOf(index, this.#groups.members, this.#span);
    for (const { series, count } of query.extra) totals[series]! += count;
    const { groupOf, rowSeries, rowTotals, total } = countRows(this.#groups, totals);
    this.#groupOf = groupOf;
    this.rowTotals = rowTotals;
    this.rowSeries = rowSeries;
    this.total = total;
  }

  hoursOf(row: number): WeekHours {
    const { hours, counts } = this.#row;
    const end = this.#drain(row, hours, counts, 0);
    return { hours: hours.subarray(0, end), counts: counts.subarray(0, end) };
  }

  get series(): Uint32Array {
    return this.#everything().series;
  }

  get hours(): Uint8Array {
    return this.#everything().hours;
  }

  get counts(): Uint32Array {
    return this.#everything().counts;
  }

  #everything() {
    return (this.#all ??= this.#addEverything());
  }

  #addEverything() {
    const { foldedOffsets } = this.#index.bySeries;
    let most = 0;
    for (const series of this.#groups.members) most += foldedOffsets[series + 1]! - foldedOffsets[series]!;
    for (const own of this.#extra.values()) most += own.length;
    const hours = new Uint8Array(most);
    const counts = new Uint32Array(most);
    const series = new Uint32Array(most);
    let end = 0;
    for (let row = 0; row < this.rowSeries.length; row += 1) {
      const start = end;
      end = this.#drain(row, hours, counts, start);
      series.fill(this.rowSeries[row]!, start, end);
    }
    return {
      hours: hours.subarray(0, end),
      counts: counts.subarray(0, end),
      series: series.subarray(0, end),
    };
  }

  #drain(row: number, hours: Uint8Array, counts: Uint32Array, end: number): number {
    const { bySeries, byName, hourOfPlace } = this.#index;
    const { offsets, members } = this.#groups;
    const group = this.#groupOf[row]!;
    const own = members.subarray(offsets[group], offsets[group + 1]);
    if (this.#isNames) addSpan(this.#sum, hourOfPlace, byName, group, this.#span);
    else for (const series of own) addSpan(this.#sum, hourOfPlace, bySeries, series, this.#span);
    if (this.#extra.size > 0) this.#addExtra(own);
    return this.#sum.drain(hours, counts, end);
  }

  #addExtra(members: Uint32Array): void {
    for (const series of members)
      for (const { hour, count } of this.#extra.get(series) ?? []) this.#sum.add(hour, count);
  }
}

/** Events of each series in a span, by series number; of others than the members it may say nothing. */
function totalsOf({ bySeries, totals }: WeekIndex, members: Uint32Array, { from, to }: Span): Uint32Array {
  const seriesCount = bySeries.offsets.length - 1;
  // To look at every series costs some cells of each; to look at one, a search and all of its cells.
  if (members.length * fewTimes >= seriesCount) return totalsBetween(totals, from, to);
  const found = new Uint32Array(seriesCount);
  for (const series of members) {
    const last = firstCellFrom(bySeries, series, to);
    for (let cell = firstCellFrom(bySeries, series, from); cell < last; cell += 1)
      found[series]! += bySeries.counts[cell]!;
  }
  return found;
}

const fewTimes = 8;

/** The groups that have any events, with their first series and their totals. */
function countRows({ offsets, members }: Groups, totals: Uint32Array) {
  const groupOf = new Uint32Array(offsets.length - 1);
  const rowSeries = new Uint32Array(groupOf.length);
  const rowTotals = new Float64Array(groupOf.length);
  let rows = 0;
  let total = 0;
  for (let group = 0; group < groupOf.length; group += 1) {
    let ofGroup = 0;
    for (let at = offsets[group]!; at < offsets[group + 1]!; at += 1) ofGroup += totals[members[at]!]!;
    if (ofGroup === 0) continue;
    groupOf[rows] = group;
    rowSeries[rows] = members[offsets[group]!]!;
    rowTotals[rows] = ofGroup;
    total += ofGroup;
    rows += 1;
  }
  return {
    groupOf: groupOf.subarray(0, rows),
    rowSeries: rowSeries.subarray(0, rows),
    rowTotals: rowTotals.subarray(0, rows),
    total,
  };
}
