// What is shown around the files of a campaign: a file before anything is taken from it, who still has what, what was not taken over.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { campaignPerson } from './campaign.ts';
import { fingerprint } from './trust.ts';

const count = z.number().int().min(0);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** A file of a campaign whose every byte is as it was signed. Nothing was taken from it. */
export const lookedAtFile = z.object({
  kind: z.enum(['assignment', 'decisions']),
  sha256: sha256Hex,
  madeAt: instant,
  campaign: z.string(),
  /** Of the campaign; null for decisions on one that is not known here. */
  name: z.string().nullable(),
  /** Who made it, as the file says. */
  by: campaignPerson,
  /** Whom the items are for; null for decisions. */
  to: campaignPerson.nullable(),
  /** True where this is the workspace of somebody else, as far as it is known whose it is. */
  isForOther: z.boolean(),
  stage: z.number().int().nullable(),
  dueOn: z.string().nullable(),
  /** Items, or decisions. */
  count,
  signer: z.object({ fingerprint, identity: z.string() }),
  /** vouched: this workspace believes the key to be the signer’s · unknown: nobody says so, and a person may after comparing it. */
  standing: z.enum(['vouched', 'unknown']),
});
export type LookedAtFile = z.infer<typeof lookedAtFile>;

/** The part one person has in one stage, as things stand now: of the items that have reached it. */
export const reviewerShare = z.object({
  /** Id of the person; null for items nobody of the campaign may review. */
  person: z.string().nullable(),
  stage: z.number().int(),
  open: count,
  decided: count,
  /** Decided differently by several, and not closed. */
  inConflict: count,
});
export type ReviewerShare = z.infer<typeof reviewerShare>;

/** Decisions of one file that were not taken over; the first of them, and how many there are. */
export const importRefusals = z.object({
  total: count,
  refused: z.array(
    z.object({
      decision: z.string(),
      item: z.string(),
      /** Null where the population holds no such item. */
      subject: z.string().nullable(),
      entitlement: z.string().nullable(),
      why: z.string(),
    }),
  ),
});
export type ImportRefusals = z.infer<typeof importRefusals>;
