// What stands beside the decisions of campaigns: samples, how people decided, the daily review of the log, and the calendar.
import { z } from 'zod';
import { campaignCalendar } from '../model/campaign-calendar.ts';
import { reviewerCourse } from '../model/campaign-indicators.ts';
import {
  campaignSample,
  campaignSamplePreview,
  campaignSampleWish,
  sampleResults,
} from '../model/campaign-sample.ts';
import { dayReview, recordedDay, reviewedDays } from '../model/daily-review.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const id = z.string().min(1).max(100);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'has to be a day, written as 2026-07-01');
const zone = z.string().max(60).optional();
const days = z.coerce.number().int().min(0).max(3660).default(90);

export const campaignOversight = {
  /** How each person decided so far, in the order of their first decisions. */
  indicators: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/indicators' })
    .input(z.object({ id }))
    .output(z.array(reviewerCourse)),
  /** Oldest first. */
  samples: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/samples' })
    .input(z.object({ id }))
    .output(z.array(campaignSample)),
  /** Says how many items a sample would take, and how it is drawn; records nothing. */
  previewSample: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/samples/preview' })
    .input(campaignSampleWish.extend({ id }))
    .output(campaignSamplePreview),
  drawSample: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/samples' })
    .input(campaignSampleWish.extend({ id, purpose: z.string().min(1).max(1000), ...asShown }))
    .output(campaignSample),
  /** Records what testing one item showed; the latest counts. */
  testSample: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/samples/{sample}/tests' })
    .input(
      z.object({
        id,
        sample: id,
        item: z
          .string()
          .regex(/^[0-9a-f]{32}$/, 'has to be the key of an item: 32 digits of 0 to 9 and a to f'),
        result: z.enum(sampleResults),
        note: z.string().max(4000).default(''),
        ...asShown,
      }),
    )
    .output(campaignSample),
  /** How the log of a local day stands; without a zone that of the workspace. */
  day: procedure
    .route({ method: 'GET', path: '/daily-reviews/{date}' })
    .input(z.object({ date, zone }))
    .output(dayReview),
  /** Days on record, oldest first. */
  days: procedure
    .route({ method: 'GET', path: '/daily-reviews' })
    .input(z.object({ from: date.default('0000-01-01'), to: date.default('9999-12-31') }))
    .output(z.array(recordedDay)),
  /** How every day from one to another stands, both included, at most 62; without a zone that of the workspace. */
  standing: procedure
    .route({ method: 'GET', path: '/daily-standing' })
    .input(z.object({ from: date, to: date, zone }))
    .output(reviewedDays),
  /** Puts a day on record and signs the ledger up to it; refused while it is not covered or findings of it are open. */
  recordDay: procedure
    .route({ method: 'POST', path: '/daily-reviews/{date}' })
    .input(
      z.object({
        date,
        zone,
        statement: z.string().max(4000).optional(),
        passphrase: z.string().optional(),
        ...asShown,
      }),
    )
    .output(dayReview),
  /** What is due up to so many days from now, and what is overdue. */
  calendar: procedure
    .route({ method: 'GET', path: '/campaign-calendar' })
    .input(z.object({ days }))
    .output(campaignCalendar),
  /** The same as an iCalendar file. */
  calendarFile: procedure
    .route({ method: 'GET', path: '/campaign-calendar/file' })
    .input(z.object({ days }))
    .output(z.object({ name: z.string(), text: z.string() })),
  /** Writes that file into the workspace’s exports folder. The job’s result is a list export. */
  exportCalendar: procedure
    .route({ method: 'POST', path: '/campaign-calendar/export' })
    .input(z.object({ days, ...asShown }))
    .output(jobStarted),
};
