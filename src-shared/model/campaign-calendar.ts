// What is due when: campaigns to open, decisions, remediations and delegations that end, each a day in the campaign's zone.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const dueKinds = ['open-campaign', 'decisions', 'remediation', 'delegation-ends'] as const;
export type DueKind = (typeof dueKinds)[number];
/** Days overdue at which somebody is told again. */
export const overdueSteps = [1, 3, 7] as const;
/** Told the day before; it comes before the steps of what is overdue. */
export const tomorrowStep = 0;

const sectionOfDue: Readonly<Record<DueKind, string>> = {
  'open-campaign': 'about',
  decisions: 'items',
  remediation: 'remediation',
  'delegation-ends': 'people',
};

/** Where in the window something due is done, behind “/campaigns/”. */
export const placeOfDue = ({ campaign, kind }: { campaign: string; kind: DueKind }): string =>
  `${encodeURIComponent(campaign)}/${sectionOfDue[kind]}`;

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
  /** Days before it for which no campaign of its series was opened; absent where there are none, and with anything but an opening. */
  skipped: z.array(z.string()).optional(),
});
export type DueEntry = z.infer<typeof dueEntry>;

export const dueNotice = z.object({
  /** Names the entry and its step. */
  id: z.string(),
  uid: z.string(),
  kind: z.enum(dueKinds),
  /** The day it was due when this was made: one that was put off is told anew. */
  date: z.string(),
  /** {@link tomorrowStep}, or the last one reached of {@link overdueSteps}. */
  step: z.number().int(),
  overdueDays: z.number().int(),
  campaign: z.string(),
  campaignName: z.string(),
  sentence: z.string(),
});
export type DueNotice = z.infer<typeof dueNotice>;

export const campaignCalendar = z.object({ entries: z.array(dueEntry), notices: z.array(dueNotice) });
export type CampaignCalendar = z.infer<typeof campaignCalendar>;
