// Whose a series is, for detectors that are about persons and services rather than totals.
import type { Actor, History, Series } from '../../history/history.ts';

interface Owners {
  readonly actors: readonly Actor[];
  /** Actor of each series, and the same with −1 for nobody. */
  readonly all: Int32Array;
  readonly attributed: Int32Array;
}

/** Series are only ever added to a list, and what one of them is never changes. */
const owners = new WeakMap<readonly Series[], Owners>();

/** Actor number of every series; −1 where the source did not say who acted. Not to be written to. */
export function attributedActors(history: History): Int32Array {
  return ownersOf(history).attributed;
}

/** Actor number of every series, nobody's included. Not to be written to. */
export function actorsOfSeries(history: History): Int32Array {
  return ownersOf(history).all;
}

function ownersOf({ actors, series }: History): Owners {
  const known = owners.get(series);
  if (known?.actors === actors && known.all.length === series.length) return known;
  const made = { actors, all: new Int32Array(series.length), attributed: new Int32Array(series.length) };
  const from = known?.actors === actors ? Math.min(known.all.length, series.length) : 0;
  if (known && from > 0) {
    made.all.set(known.all.subarray(0, from));
    made.attributed.set(known.attributed.subarray(0, from));
  }
  for (let at = from; at < series.length; at += 1) {
    const { actor } = series[at]!;
    made.all[at] = actor;
    made.attributed[at] = actors[actor]!.actor === '' ? -1 : actor;
  }
  owners.set(series, made);
  return made;
}

/** One flag a series: whether its action is among the privileged ones. */
export function privilegedSeries(history: History, privilegedActions: ReadonlySet<string>): Uint8Array {
  const isPrivileged = Uint8Array.from(history.actions.values, (action) =>
    privilegedActions.has(action) ? 1 : 0,
  );
  const flags = new Uint8Array(history.series.length);
  for (let at = 0; at < flags.length; at += 1) flags[at] = isPrivileged[history.series[at]!.action]!;
  return flags;
}
