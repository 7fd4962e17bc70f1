// What a heatmap can be asked for, made ready: the cube by series, running totals, and which series make up which row.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { slotsPerDay, type ActivityDay } from './history/activity.ts';
import type { History } from './history/history.ts';
import { turnAround } from './week-cube.ts';
import { fold, type WeekCube } from './week-fold.ts';
import { addUp } from './week-names.ts';
import { runTotals, type RunningTotals } from './week-totals.ts';

/** Of groups in a row: members of group g are members[offsets[g]] to members[offsets[g + 1]]. */
export interface Groups {
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

/** Everything a heatmap can be asked for, in one zone. */
export interface WeekIndex {
  readonly zone: string;
  /** Days since the epoch, ascending. */
  readonly days: Int32Array;
  readonly hourOfPlace: Uint8Array;
  readonly bySeries: WeekCube;
  /** Units are rows of names. */
  readonly byName: WeekCube;
  readonly totals: RunningTotals;
  /** Names of actors: one row each, whatever source account they are in. */
  readonly rowOfName: ReadonlyMap<string, number>;
  /** Row of the name of each series' actor, number of its action, and number of the two together. */
  readonly nameOf: Uint32Array;
  readonly actionOf: Uint32Array;
  readonly pairOf: Uint32Array;
  readonly seriesOfName: Groups;
  readonly seriesOfAction: Groups;
  readonly seriesOfPair: Groups;
}

/** So much is done between two yields: well under a millisecond of additions, some milliseconds of text. */
const stepSize = 16_384;

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
  // Names may be added by others between two steps; what was there when the cells were read is there now.
  const seriesCount = series.length;
  const hourOfPlace = yield* placeHours(activity, hourOfWeek);
  const seriesCells = yield* turnAround(activity, seriesCount);
  const totals = yield* runTotals(activity, seriesCount);
  const { rowOfName, nameOf, actionOf } = yield* nameRows(history, seriesCount);
  const seriesOfName = yield* groupBy(nameOf, rowOfName.size);
  const seriesOfAction = yield* groupBy(actionOf, history.actions.size);
  const nameCells = yield* addUp(seriesCells, seriesOfName, hourOfPlace.length);
  const { pairOf, pairs } = yield* pairUp(seriesOfName, actionOf, history.actions.size);
  return {
    zone,
    days: Int32Array.from(activity, ({ day }) => day),
    hourOfPlace,
    bySeries: yield* fold(seriesCells, hourOfPlace),
    byName: yield* fold(nameCells, hourOfPlace),
    totals,
    rowOfName,
    nameOf,
    actionOf,
    pairOf,
    seriesOfName,
    seriesOfAction,
    seriesOfPair: yield* groupBy(pairOf, pairs),
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

type Named = Pick<WeekIndex, 'rowOfName' | 'nameOf' | 'actionOf'>;

function* nameRows(
  { actors, series }: Pick<History, 'actors' | 'series'>,
  seriesCount: number,
): Generator<void, Named> {
  const rowOfName = new Map<string, number>();
  const rowOfActor = new Uint32Array(actors.length);
  for (let number = 0; number < rowOfActor.length; number += 1) {
    const { actor } = actors[number]!;
    const known = rowOfName.get(actor);
    rowOfActor[number] = known ?? rowOfName.size;
    if (known === undefined) rowOfName.set(actor, rowOfName.size);
    if (number % stepSize === 0) yield;
  }
  const nameOf = new Uint32Array(seriesCount);
  const actionOf = new Uint32Array(seriesCount);
  for (let number = 0; number < seriesCount; number += 1) {
    const { actor, action } = series[number]!;
    nameOf[number] = rowOfActor[actor]!;
    actionOf[number] = action;
    if (number % stepSize === 0) yield;
  }
  return { rowOfName, nameOf, actionOf };
}

/** Series of one name and one action: more than one where a name occurs in several source accounts. */
function* pairUp(
  { offsets, members }: Groups,
  actionOf: Uint32Array,
  actions: number,
): Generator<void, { pairOf: Uint32Array; pairs: number }> {
  const pairOf = new Uint32Array(actionOf.length);
  // Pairs of earlier names are lower numbers than the first one of this name: nothing has to be cleared.
  const pairOfAction = new Int32Array(actions).fill(-1);
  let pairs = 0;
  let nextPause = stepSize;
  for (let name = 0; name + 1 < offsets.length; name += 1) {
    const firstPair = pairs;
    for (let at = offsets[name]!; at < offsets[name + 1]!; at += 1) {
      const action = actionOf[members[at]!]!;
      if (pairOfAction[action]! < firstPair) pairOfAction[action] = pairs++;
      pairOf[members[at]!] = pairOfAction[action]!;
    }
    if (offsets[name + 1]! + name < nextPause) continue;
    nextPause = offsets[name + 1]! + name + stepSize;
    yield;
  }
  return { pairOf, pairs };
}

/** Places 0 to keys.length by their key, ascending within a group. */
export function* groupBy(keys: Uint32Array, groups: number): Generator<void, Groups> {
  const offsets = new Uint32Array(groups + 1);
  for (let place = 0; place < keys.length; place += 1) offsets[keys[place]! + 1]! += 1;
  yield;
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  yield;
  const members = new Uint32Array(keys.length);
  for (let place = 0; place < keys.length; place += 1) members[next[keys[place]!]!++] = place;
  yield;
  return { offsets, members };
}

/** First place at or after a quarter hour since the epoch. */
export function placeFrom({ days }: Pick<WeekIndex, 'days'>, slot: number): number {
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
