// Activity day by day and action by action, over what was observed.
import type { ActionWeeks, DayHours } from '#shared/model/activity-pattern.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readActionWeeks, readDayHours } from '../store/cache/activity-patterns.ts';
import { readLastRun } from '../store/cache/runs.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { Workstation } from '../workstation.ts';
import { readRange, upToHorizon, zoneOf } from './activity-range.ts';

type Asked = {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

export async function dayHoursOf(workstation: Workstation, asked: Asked): Promise<DayHours> {
  const { cache } = workstation;
  const zone = zoneOf(workstation);
  const range = upToHorizon(cache, readRange(asked));
  await warmHistory(cache);
  const seen = observedIn(cache);
  const from = Math.max(range.from ?? -Infinity, seen?.from ?? Infinity);
  const to = Math.min(range.to ?? Infinity, seen?.to ?? -Infinity);
  if (from >= to) return { zone, from: null, to: null, total: 0, days: [] };
  const { actor, action } = asked;
  const days = readDayHours(cache, { ...range, actor, action }, { from, to }, zone);
  const total = days.reduce(
    (sum, { counts }) => sum + counts.reduce<number>((all, one) => all + (one ?? 0), 0),
    0,
  );
  return { zone, from: formatInstant(from), to: formatInstant(to), total, days };
}

/** From the first event to the last refresh’s as-of, or to the last event where that is later. */
export function observedIn(cache: DatabaseHandle): { from: number; to: number } | null {
  const { firstMicroseconds, lastMicroseconds } = readTotals(cache);
  const run = readLastRun(cache);
  if (firstMicroseconds === null || lastMicroseconds === null || run === null) return null;
  return { from: firstMicroseconds, to: Math.max(parseInstant(run.report.asOf), lastMicroseconds + 1) };
}

export async function actionWeeksOf(
  workstation: Workstation,
  { top, ...asked }: Asked & { readonly top: number },
): Promise<ActionWeeks> {
  const { cache } = workstation;
  const zone = zoneOf(workstation);
  const range = upToHorizon(cache, readRange(asked));
  await warmHistory(cache);
  return { zone, ...readActionWeeks(cache, { ...range, actor: asked.actor }, zone, top) };
}
