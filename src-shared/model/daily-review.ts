// The daily review of the log: what covers a day, what was found in it, and whether somebody put it on record.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { dailyReviewPayload } from './campaign-entries.ts';

const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const dayGap = z.object({
  from: instant,
  to: instant,
  why: z.string(),
  /** While it stands the day cannot be put on record; other gaps are only named. */
  blocks: z.boolean(),
});
export type DayGap = z.infer<typeof dayGap>;

/** An hour of a local day, counted from its first moment; the last one may be shorter. */
export const dayHour = z.object({ from: instant, to: instant, events: z.number().int() });
export type DayHour = z.infer<typeof dayHour>;

/** Up to where every day of a source was put on record without one missing between. */
export const reviewedThrough = z.object({
  source: z.string(),
  /** The first moment of the first day on record. */
  since: instant,
  through: instant,
  /** Stretches after that which nobody put on record although later days are. */
  missing: z.array(z.object({ from: instant, to: instant })),
});
export type ReviewedThrough = z.infer<typeof reviewedThrough>;

export const recordedDay = dailyReviewPayload.extend({
  entry: z.string(),
  by: z.string(),
  at: instant,
  /** Whether a checkpoint with a signature covers the entry; null while no checkpoint does. */
  isSigned: z.boolean().nullable(),
  /** False where the numbers of the day are others by now; null where nobody can tell any more. */
  stillHolds: z.boolean().nullable(),
});
export type RecordedDay = z.infer<typeof recordedDay>;

export const dayReview = z.object({
  date: localDate,
  zone: z.string(),
  /** Half-open: the local day, of 23, 24 or 25 hours. */
  from: instant,
  to: instant,
  /** Null where nothing was ever read from a database. */
  source: z.string().nullable(),
  events: z.number().int(),
  findings: z.number().int(),
  openFindings: z.number().int(),
  hours: z.array(dayHour),
  gaps: z.array(dayGap),
  /** Why it cannot be put on record now, each in a sentence; empty where it can. */
  obstacles: z.array(z.string()),
  /** What would be put on record, where the person says nothing else. */
  statement: z.string(),
  /** Newest last. */
  recorded: z.array(recordedDay),
  watermark: reviewedThrough.nullable(),
});
export type DayReview = z.infer<typeof dayReview>;

/**
 * on-record: somebody put it on record, and its numbers are still these (or nobody can tell any more) · changed: on record with other
 * numbers than those of now · covered: it can be put on record · findings-open, not-covered: it cannot yet · before: it lies wholly
 * before the first event · to-come: it is not over.
 */
export const dayStandings = [
  'on-record',
  'changed',
  'covered',
  'findings-open',
  'not-covered',
  'before',
  'to-come',
] as const;
export type DayStanding = (typeof dayStandings)[number];

export const standingDay = z.object({
  date: localDate,
  standing: z.enum(dayStandings),
  events: z.number().int(),
  findings: z.number().int(),
  openFindings: z.number().int(),
});
export type StandingDay = z.infer<typeof standingDay>;

/** Days whose standing is told at once. */
export const mostDays = 62;

/** Every day of a span of local days, oldest first. */
export const reviewedDays = z.object({
  zone: z.string(),
  /** The local day of now. */
  today: localDate,
  days: z.array(standingDay),
  watermark: reviewedThrough.nullable(),
});
export type ReviewedDays = z.infer<typeof reviewedDays>;
