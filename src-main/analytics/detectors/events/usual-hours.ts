// How usual a local hour of the day is for an actor.
import { hourlyCounts } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import type { LocalHour } from '../../local-calendar.ts';

export const usualHours = {
  /** Days before the judged one that are counted. */
  days: 28,
  minimumEvents: 50,
  /** Below this share an hour is unusual. */
  rareShare: 0.01,
} as const;

export interface HourUse {
  /** Events of the actor in the days before, and how many of them within an hour of the same local hour of day. */
  readonly events: number;
  readonly nearby: number;
  /** Fewer than 1 % nearby; null when fewer than 50 events are known. */
  readonly isUnusual: boolean | null;
}

/**
 * @param asked pairs of actor number and hour since the epoch, all of one judged day.
 * @returns in the order asked.
 */
export function hourUses(
  history: History,
  day: number,
  asked: readonly { readonly actor: number; readonly hour: number }[],
  localHour: (hour: number) => LocalHour,
): HourUse[] {
  const groupOfActor = new Int32Array(history.actors.length).fill(-1);
  const actors = [...new Set(asked.map(({ actor }) => actor))];
  for (const [group, actor] of actors.entries()) groupOfActor[actor] = group;
  const groupOf = Int32Array.from(history.series, ({ actor }) => groupOfActor[actor]!);
  const counted = hourlyCounts(
    history.activity,
    groupOf,
    actors.length,
    (day - usualHours.days) * 24,
    day * 24,
  );
  return asked.map(({ actor, hour }) => {
    const group = groupOfActor[actor]!;
    const clock = localHour(hour).hour;
    let events = 0;
    let nearby = 0;
    for (let at = counted.offsets[group]!; at < counted.offsets[group + 1]!; at += 1) {
      events += counted.counts[at]!;
      const apart = Math.abs(localHour(counted.hours[at]!).hour - clock);
      if (Math.min(apart, 24 - apart) <= 1) nearby += counted.counts[at]!;
    }
    return {
      events,
      nearby,
      isUnusual: events < usualHours.minimumEvents ? null : nearby < events * usualHours.rareShare,
    };
  });
}
