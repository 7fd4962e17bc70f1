// Which access reviews go into an evidence pack, and how the pack says so.
import { z } from 'zod';

/**
 * overlapping: those whose observed days, or whose time from opening to closing, touch the time a pack speaks of ·
 * all: every one opened here · chosen: the named ones · none.
 */
export const campaignChoices = ['overlapping', 'all', 'chosen', 'none'] as const;
export type CampaignChoice = (typeof campaignChoices)[number];

const id = z.string().min(1).max(100);

export const campaignsWish = z.discriminatedUnion('choice', [
  z.strictObject({ choice: z.literal('overlapping') }),
  z.strictObject({ choice: z.literal('all') }),
  z.strictObject({ choice: z.literal('none') }),
  z.strictObject({ choice: z.literal('chosen'), campaigns: z.array(id).min(1).max(1000) }),
]);
export type CampaignsWish = z.infer<typeof campaignsWish>;

export const usualCampaigns: CampaignsWish = { choice: 'overlapping' };

/** What the statement of a pack says about it; what was left out is named, so that nothing is missing in silence. */
export const campaignsSaid = z.strictObject({
  choice: z.enum(campaignChoices),
  /** Opened here, and not in this pack; in the order in which they were defined. */
  leftOut: z.array(z.strictObject({ campaign: z.string(), name: z.string() })),
});
export type CampaignsSaid = z.infer<typeof campaignsSaid>;

/** The time a pack speaks of: since its first event (null is since ever) until it was made. */
export type PackSpan = { readonly from: string | null; readonly until: string };

export type CampaignSpan = {
  /** Local days, both included. */
  readonly period: { readonly from: string; readonly to: string };
  readonly openedAt: string;
  /** Null while it is open. */
  readonly closedAt: string | null;
};

/**
 * Whether a campaign touches the time of a pack. Days are compared as days of UTC with one day of leeway on each side, so that
 * every computer comes to the same, whatever it knows about zones.
 */
export function touchesPack(
  { period, openedAt, closedAt }: CampaignSpan,
  { from, until }: PackSpan,
): boolean {
  const begins = from === null ? '' : from.slice(0, 10);
  const ends = until.slice(0, 10);
  const isObserved = dayBeside(period.to, 1) >= begins && dayBeside(period.from, -1) <= ends;
  const isAlive = (closedAt === null || closedAt.slice(0, 10) >= begins) && openedAt.slice(0, 10) <= ends;
  return isObserved || isAlive;
}

function dayBeside(date: string, days: number): string {
  const at = Date.parse(`${date}T00:00:00Z`) + days * 86_400_000;
  return Number.isNaN(at) ? date : new Date(at).toISOString().slice(0, 10);
}
