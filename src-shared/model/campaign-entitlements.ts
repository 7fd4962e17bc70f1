// The different entitlements a scope comes to, so that each can be explained in plain words before the campaign starts.
import { z } from 'zod';
import { campaignDefinition } from './campaign.ts';

const { scope, period, zone } = campaignDefinition.shape;
/** The part of a definition it takes to look; the rest may still be missing. */
export const entitlementScope = z.object({ scope, period, zone });
export type EntitlementScope = z.infer<typeof entitlementScope>;

export const mostEntitlementsListed = 1_000;

export const scopeEntitlements = z.object({
  /** How many different ones there are, also beyond what is listed. */
  distinct: z.number().int().min(0),
  /** Those that most rows name come first; at most {@link mostEntitlementsListed}. */
  entitlements: z.array(
    z.object({
      entitlement: z.string(),
      /** Rows, or events, that name it, and different subjects in them. */
      rows: z.number().int().min(1),
      subjects: z.number().int().min(1),
    }),
  ),
});
export type ScopeEntitlements = z.infer<typeof scopeEntitlements>;
