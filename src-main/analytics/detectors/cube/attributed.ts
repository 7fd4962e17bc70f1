// Whose a series is, for detectors that are about persons and services rather than totals.
import type { History } from '../../history/history.ts';

/** Actor number of every series; −1 where the source did not say who acted. */
export function attributedActors(history: History): Int32Array {
  const { actors, series } = history;
  const actorOf = new Int32Array(series.length);
  for (let at = 0; at < series.length; at += 1) {
    const { actor } = series[at]!;
    actorOf[at] = actors[actor]!.actor === '' ? -1 : actor;
  }
  return actorOf;
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
