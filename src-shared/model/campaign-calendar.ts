// What is due when: campaigns to open, decisions, remediations and delegations that end, each a day in the campaign's zone.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const dueKinds = ['open-campaign', 'decisions', 'remediation', 'delegation-ends'] as const;
/** Days overdue at which somebody is told again. */
export const overdueSteps = [1, 3, 7] as const;

export const dueEntry = z.object({
  /** Stays the same whatever changes about it. */
  uid: z.string(),
  kind: z.enum(dueKinds),
  campaign: z.string(),
  campaignName: z.string(),
  title: z.string(),
  detail: z.string(),
  /** A local day in `zone`; it may be done until the end of it. */
  date: z.string(),
  zone: z.string(),
  /** First moment of that day, and the first after it. */
  from: instant,
  until: instant,
  standing: z.enum(['upcoming', 'due-soon', 'overdue', 'done']),
  /** Whole days past the date; 0 while it is not over. */
  overdueDays: z.number().int().min(0),
  /** The last step reached, of {@link overdueSteps}; 0 before the first. */
  overdueStep: z.number().int(),
});
export type DueEntry = z.infer<typeof dueEntry>;

export const overdueNotice = z.object({
  /** Names the entry and its step: told once for each. */
  id: z.string(),
  uid: z.string(),
  step: z.number().int(),
  campaign: z.string(),
  sentence: z.string(),
});
export type OverdueNotice = z.infer<typeof overdueNotice>;

export const campaignCalendar = z.object({ entries: z.array(dueEntry), notices: z.array(overdueNotice) });
export type CampaignCalendar = z.infer<typeof campaignCalendar>;
