// Activity counted in two more ways than by actor and hour of the week: day by day, and action by action.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

/** One local day. An hour that was not observed, or that a clock change left out, is null and not zero. */
const activityDay = z.object({
  /** YYYY-MM-DD in the zone. */
  date: z.string(),
  counts: z.array(z.number().int().nullable()).length(24),
});
export type ActivityDayHours = z.infer<typeof activityDay>;

export const dayHours = z.object({
  zone: z.string(),
  /** What was observed of the range that was asked for; null where nothing was. */
  from: instant.nullable(),
  to: instant.nullable(),
  total: z.number().int(),
  days: z.array(activityDay),
});
export type DayHours = z.infer<typeof dayHours>;

/** One action over the 168 hours of the week. */
const actionWeek = z.object({
  action: z.string(),
  total: z.number().int(),
  counts: z.array(z.number().int()).length(168),
});

export const actionWeeks = z.object({
  zone: z.string(),
  total: z.number().int(),
  /** The most frequent first. */
  actions: z.array(actionWeek),
  otherActions: z.number().int(),
  otherTotal: z.number().int(),
});
export type ActionWeeks = z.infer<typeof actionWeeks>;
