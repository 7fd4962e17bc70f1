// Periodic access reviews: define, freeze, decide, attest and close.
import { z } from 'zod';
import { attestation, campaignDefinition, delegation } from '../model/campaign.ts';
import { entitlementScope, scopeEntitlements } from '../model/campaign-entitlements.ts';
import { campaignEvidence } from '../model/campaign-evidence.ts';
import {
  campaignBulkPreview,
  campaignItemDetail,
  campaignItemPage,
  campaignItemQuery,
  campaignStatus,
  campaignSummary,
  definitionCheck,
} from '../model/campaign-view.ts';
import { decisionKind } from '../model/review.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const id = z.string().min(1).max(100);
const key = z.string().regex(/^[0-9a-f]{32}$/);

export const campaigns = {
  /** The newest first. */
  list: procedure.route({ method: 'GET', path: '/campaigns' }).output(z.array(campaignSummary)),
  get: procedure
    .route({ method: 'GET', path: '/campaigns/{id}' })
    .input(z.object({ id }))
    .output(campaignStatus),
  /** Says what is wrong with a definition, and what it is about, in sentences; records nothing. */
  check: procedure
    .route({ method: 'POST', path: '/campaigns/check' })
    .input(z.object({ definition: campaignDefinition }))
    .output(definitionCheck),
  /**
   * The different entitlements a scope comes to as its source is now, for whoever explains them (`meanings` of the definition);
   * only reads. A campaign opens once each has a meaning, or with a reason (`withoutMeanings`).
   */
  entitlements: procedure
    .route({ method: 'POST', path: '/campaigns/entitlements' })
    .input(entitlementScope)
    .output(scopeEntitlements),
  /** Takes a CSV file that was uploaded (evidence/uploads) into the workspace, for a scope from a file. */
  keepFile: procedure
    .route({ method: 'POST', path: '/campaigns/files' })
    .input(z.object({ upload: z.uuid(), name: z.string().min(1).max(255) }))
    .output(
      z.object({
        name: z.string(),
        sha256: z.string(),
        columns: z.array(z.string()),
        rows: z.number().int(),
      }),
    ),
  /** Records a draft, or changes one; `id` is that of the draft. */
  define: procedure
    .route({ method: 'POST', path: '/campaigns' })
    .input(z.object({ id: id.optional(), definition: campaignDefinition, ...asShown }))
    .output(campaignStatus),
  /** Freezes the population and opens the campaign; the job's result is its status. */
  open: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/open' })
    .input(
      z.object({
        id,
        /** The campaign to compare with; null for none, absent for the newest one of the same source. */
        previous: id.nullable().optional(),
        /** Why it opens although entitlements have no meaning in plain words; without it that is refused, and they are named. */
        withoutMeanings: z.string().trim().min(1).max(4000).optional(),
        ...asShown,
      }),
    )
    .output(jobStarted),
  items: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/items' })
    .input(campaignItemQuery)
    .output(campaignItemPage),
  item: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/items/{key}' })
    .input(z.object({ id, key }))
    .output(campaignItemDetail),
  /** What is known about an item besides its frozen line. In a workspace that took the items as a file: what came with them. */
  evidence: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/items/{key}/evidence' })
    .input(z.object({ id, key }))
    .output(campaignEvidence),
  previewBulk: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/preview-bulk' })
    .input(z.object({ id, keys: z.array(key).min(1).max(1000) }))
    .output(campaignBulkPreview),
  /** Decides one item, or several alike ones with one decision and reason; all or none. */
  decide: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/decisions' })
    .input(
      z.object({
        id,
        items: z
          .array(
            z.object({
              key,
              /** Digest of the item as it was shown. */
              shown: z.string().optional(),
              /** Id of what stood then; null for nothing. */
              standing: z.string().nullable().optional(),
              dwellMs: z.number().nonnegative().optional(),
              opened: z.array(z.string().max(100)).max(50).optional(),
            }),
          )
          .min(1)
          .max(100),
        decision: decisionKind,
        reason: z.string().max(4000).optional(),
        stage: z.number().int().min(0).max(2).optional(),
        ...asShown,
      }),
    )
    .output(z.array(campaignItemDetail)),
  delegate: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/delegations' })
    .input(delegation.omit({ by: true }).extend({ id, ...asShown }))
    .output(campaignStatus),
  attest: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/attestations' })
    .input(z.object({ id, role: attestation.shape.role, statement: z.string().min(1).max(4000), ...asShown }))
    .output(campaignStatus),
  /** With open items it becomes “closed incomplete”, and `reason` is needed. */
  close: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/close' })
    .input(z.object({ id, reason: z.string().max(4000).optional(), ...asShown }))
    .output(campaignStatus),
};
