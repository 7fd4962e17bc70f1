// The hours a finding was judged by, sorted by how much happened in them.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const baselineDistribution = z.object({
  /** What the counts are of: all actions of the actor (empty), or one. */
  action: z.string(),
  /** Half-open. */
  from: instant,
  to: instant,
  zone: z.string(),
  /** The hours compared: those of one hour of the day on one kind of day, or every hour where this is null. */
  alike: z.object({ hourOfDay: z.number().int(), isWeekend: z.boolean() }).nullable(),
  /** How many hours held so many events, hours without any included; ascending, each number of events once. */
  counts: z.array(z.object({ events: z.number().int(), hours: z.number().int() })),
  /** Baseline hours compared, and the most events in one of them. */
  hours: z.number().int(),
  highest: z.number().int(),
  /** What was found, and how many of the hours held as much or more. */
  observed: z.number().int(),
  hoursAsBusy: z.number().int(),
  /** The numbers on record follow from these counts. False where events arrived late, or are no longer here. */
  asJudged: z.boolean(),
});
export type BaselineDistribution = z.infer<typeof baselineDistribution>;
