// The activity cube turned around: by series instead of by day, and folded into the local hours of a week.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { slotsPerDay, type ActivityDay } from './history/activity.ts';
import type { History } from './history/history.ts';

export const hoursPerWeek = 168;

/** Of groups in a row: members of group g are members[offsets[g]] to members[offsets[g + 1]]. */
export interface Groups {
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

/**
 * Counts of some units: series, or everything one name did. A place is a quarter hour: 96 for each day that has events, in
 * order. Cells of unit u are places[offsets[u]] to places[offsets[u + 1]], ascending, with their counts; the same cells,
 * folded into hours of the week, are hours[foldedOffsets[u]] to hours[foldedOffsets[u + 1]].
 */
export interface WeekCube {
  readonly offsets: Uint32Array;
  readonly places: Uint32Array;
  readonly counts: Uint32Array;
  readonly foldedOffsets: Uint32Array;
  readonly hours: Uint8Array;
  readonly foldedCounts: Uint32Array;
}

/** Everything a heatmap can be asked for, in one zone. */
export interface WeekIndex {
  readonly zone: string;
  /** Days since the epoch, ascending. */
  readonly days: Int32Array;
  readonly hourOfPlace: Uint8Array;
  readonly bySeries: WeekCube;
  readonly byName: WeekCube;
  /** Names of actors: one row each, whatever source account they are in. */
  readonly rowOfName: ReadonlyMap<string, number>;
  /** Row of the name of each series' actor, and number of its action. */
  readonly nameOf: Uint32Array;
  readonly actionOf: Uint32Array;
  /** No name occurs in two source accounts, so every series is the only one of its name and action. */
  readonly isOneAccount: boolean;
  readonly seriesOfName: Groups;
  readonly seriesOfAction: Groups;
}

/** So much is done between two yields: about a millisecond. */
const stepSize = 65_536;

/**
 * Builds the index in steps: run it to its end in one go, or let other work in between two of them.
 * @param hourOfWeek hour of the week of a quarter hour since the epoch, in `zone`.
 */
export function* buildWeekIndex(
  history: Pick<History, 'activity' | 'series' | 'actors' | 'actions'>,
  zone: string,
  hourOfWeek: (slot: number) => number,
): Generator<void, WeekIndex> {
  const { activity, series } = history;
  const hourOfPlace = yield* placeHours(activity, hourOfWeek);
  const seriesCells = yield* turnAround(activity, series.length);
  const { rowOfName, nameOf } = yield* nameRows(history);
  const seriesOfName = groupBy(nameOf, rowOfName.size);
  const nameCells = yield* addUp(seriesCells, seriesOfName, hourOfPlace.length);
  const actionOf = Uint32Array.from(series, ({ action }) => action);
  return {
    zone,
    days: Int32Array.from(activity, ({ day }) => day),
    hourOfPlace,
    bySeries: { ...seriesCells, ...(yield* fold(seriesCells, hourOfPlace)) },
    byName: { ...nameCells, ...(yield* fold(nameCells, hourOfPlace)) },
    rowOfName,
    nameOf,
    actionOf,
    isOneAccount: rowOfName.size === history.actors.length,
    seriesOfName,
    seriesOfAction: groupBy(actionOf, history.actions.size),
  };
}

function* placeHours(
  activity: readonly ActivityDay[],
  hourOfWeek: (slot: number) => number,
): Generator<void, Uint8Array> {
  const hours = new Uint8Array(activity.length * slotsPerDay);
  for (const [place, { day }] of activity.entries()) {
    for (let slot = 0; slot < slotsPerDay; slot += 1)
      hours[place * slotsPerDay + slot] = hourOfWeek(day * slotsPerDay + slot);
    yield;
  }
  return hours;
}

type Cells = Pick<WeekCube, 'offsets' | 'places' | 'counts'>;

/** A counting sort: days come in order, so the places of a series ascend. */
function* turnAround(activity: readonly ActivityDay[], seriesCount: number): Generator<void, Cells> {
  const offsets = new Uint32Array(seriesCount + 1);
  for (const { series } of activity) {
    for (let cell = 0; cell < series.length; cell += 1) offsets[series[cell]! + 1]! += 1;
    yield;
  }
  for (let number = 0; number < seriesCount; number += 1) offsets[number + 1]! += offsets[number]!;
  const places = new Uint32Array(offsets[seriesCount]!);
  const counts = new Uint32Array(offsets[seriesCount]!);
  const next = offsets.slice(0, seriesCount);
  yield;
  for (const [place, day] of activity.entries()) {
    for (let cell = 0; cell < day.series.length; cell += 1) {
      const to = next[day.series[cell]!]!++;
      places[to] = place * slotsPerDay + day.slots[cell]!;
      counts[to] = day.counts[cell]!;
    }
    yield;
  }
  return { offsets, places, counts };
}

/** The cells of every group's members together. */
function* addUp(cells: Cells, { offsets, members }: Groups, places: number): Generator<void, Cells> {
  const groups = offsets.length - 1;
  const sum = new PlaceSum(places);
  const found = { offsets: new Uint32Array(groups + 1), places: new Uint32Array(cells.places.length) };
  const counts = new Uint32Array(cells.places.length);
  let end = 0;
  let done = 0;
  for (let group = 0; group < groups; group += 1) {
    for (let at = offsets[group]!; at < offsets[group + 1]!; at += 1) {
      const member = members[at]!;
      done += cells.offsets[member + 1]! - cells.offsets[member]!;
      for (let cell = cells.offsets[member]!; cell < cells.offsets[member + 1]!; cell += 1)
        sum.add(cells.places[cell]!, cells.counts[cell]!);
    }
    for (const place of sum.places()) {
      found.places[end] = place;
      counts[end] = sum.take(place);
      end += 1;
    }
    found.offsets[group + 1] = end;
    if (done < stepSize) continue;
    done = 0;
    yield;
  }
  return { offsets: found.offsets, places: found.places.slice(0, end), counts: counts.slice(0, end) };
}

/** Counts by place, and which places have any. */
class PlaceSum {
  readonly #counts: Uint32Array;
  readonly #places: Uint32Array;
  #used = 0;

  constructor(places: number) {
    this.#counts = new Uint32Array(places);
    this.#places = new Uint32Array(places);
  }

  add(place: number, count: number): void {
    if (this.#counts[place] === 0) this.#places[this.#used++] = place;
    this.#counts[place]! += count;
  }

  /** Places with events, ascending; to be taken before anything else is added. */
  places(): Uint32Array {
    const used = this.#places.subarray(0, this.#used).toSorted();
    this.#used = 0;
    return used;
  }

  take(place: number): number {
    const count = this.#counts[place]!;
    this.#counts[place] = 0;
    return count;
  }
}

type Folded = Pick<WeekCube, 'foldedOffsets' | 'hours' | 'foldedCounts'>;

function* fold({ offsets, places, counts }: Cells, hourOfPlace: Uint8Array): Generator<void, Folded> {
  const seriesCount = offsets.length - 1;
  const foldedOffsets = new Uint32Array(offsets.length);
  const hours = new Uint8Array(places.length);
  const foldedCounts = new Uint32Array(places.length);
  const sums = new Uint32Array(hoursPerWeek);
  let end = 0;
  let nextPause = stepSize;
  for (let number = 0; number < seriesCount; number += 1) {
    for (let at = offsets[number]!; at < offsets[number + 1]!; at += 1)
      sums[hourOfPlace[places[at]!]!]! += counts[at]!;
    if (offsets[number + 1]! > offsets[number]!) {
      for (let hour = 0; hour < hoursPerWeek; hour += 1) {
        if (sums[hour] === 0) continue;
        hours[end] = hour;
        foldedCounts[end] = sums[hour]!;
        sums[hour] = 0;
        end += 1;
      }
    }
    foldedOffsets[number + 1] = end;
    if (offsets[number + 1]! + number < nextPause) continue;
    nextPause = offsets[number + 1]! + number + stepSize;
    yield;
  }
  return { foldedOffsets, hours: hours.slice(0, end), foldedCounts: foldedCounts.slice(0, end) };
}

type Named = Pick<WeekIndex, 'rowOfName' | 'nameOf'>;

function* nameRows({ actors, series }: Pick<History, 'actors' | 'series'>): Generator<void, Named> {
  const rowOfName = new Map<string, number>();
  const rowOfActor = new Uint32Array(actors.length);
  for (const [number, { actor }] of actors.entries()) {
    const known = rowOfName.get(actor);
    rowOfActor[number] = known ?? rowOfName.size;
    if (known === undefined) rowOfName.set(actor, rowOfName.size);
    if (number % stepSize === 0) yield;
  }
  const nameOf = Uint32Array.from(series, ({ actor }) => rowOfActor[actor]!);
  return { rowOfName, nameOf };
}

/** Places 0 to keys.length by their key, ascending within a group. */
export function groupBy(keys: Uint32Array, groups: number): Groups {
  const offsets = new Uint32Array(groups + 1);
  for (const key of keys) offsets[key + 1]! += 1;
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  const members = new Uint32Array(keys.length);
  for (let place = 0; place < keys.length; place += 1) members[next[keys[place]!]!++] = place;
  return { offsets, members };
}

/** First place at or after a quarter hour since the epoch. */
export function placeFrom({ days }: WeekIndex, slot: number): number {
  const day = Math.floor(slot / slotsPerDay);
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (days[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low * slotsPerDay + (days[low] === day ? slot - day * slotsPerDay : 0);
}

/** Whole quarter hours inside [from, to), in microseconds since the epoch: what lies before and after is not in cells. */
export function wholeSlots(from: number, to: number): { readonly first: number; readonly end: number } {
  const first = Math.ceil(from / microsecondsPerSlot);
  return { first, end: Math.max(first, Math.floor(to / microsecondsPerSlot)) };
}
