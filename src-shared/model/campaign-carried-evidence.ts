// What an assignment file carries beside each item: the evidence as the workspace that opened the campaign knew it.
import { z } from 'zod';
import { campaignEvidence } from './campaign-evidence.ts';

/** One line for each item, in the order of the items. */
export const carriedEvidence = z.strictObject({
  /** Of the item. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  evidence: campaignEvidence.extend({ from: z.literal('here') }),
});
export type CarriedEvidence = z.infer<typeof carriedEvidence>;
