// Whether something somebody did at some time lies in the cells chosen in the heatmap.
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { ActivityFilter } from '../state/activity-filter.ts';

export type Doing = { actor: string; action: string | null; at: string };

/** Returns the test for one filter, made once for many rows. */
export function activityMatches(filter: ActivityFilter): (doing: Doing) => boolean {
  const actors = new Set(filter.actors);
  const hourOf = hourOfWeekIn(filter.zone);
  return ({ actor, action, at }) => {
    if (actors.size > 0 && !actors.has(actor)) return false;
    if (filter.action !== null && action !== filter.action) return false;
    if (filter.hours === null) return true;
    const hour = hourOf(Math.floor(parseInstant(at) / microsecondsPerSlot));
    return hour >= filter.hours[0] && hour <= filter.hours[1];
  };
}
