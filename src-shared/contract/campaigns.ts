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
const key = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'has to be the key of an item: 32 digits of 0 to 9 and a to f');

export const campaigns = {
  /** The newest first; drafts that were discarded only where they are asked for, and then nothing else. */
  list: procedure
    .route({ method: 'GET', path: '/campaigns' })
    .input(z.object({ discarded: z.boolean().optional() }).default({}))
    .output(z.array(campaignSummary)),
  get: procedure
    .route({ method: 'GET', path: '/campaigns/{id}' })
    .input(z.object({ id }))
    .output(campaignStatus),
  /** Says what is wrong with a definition, and what it is about, in sentences; records nothing. */
  check: procedure
    .route({ method: 'POST', path: '/campaigns/check' })
    .input(
      z.object({
        definition: campaignDefinition,
        /** Whether the database, or the file, is asked if table and columns are there. */
        lookAtSource: z.boolean().optional(),
      }),
    )
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
  /**
   * Records a draft, or changes one; `id` is that of the draft. `basedOn` is the entry of the definition that was shown
   * (`definedAs.entry`): where another one stands by now, that is refused as a conflict. Who leaves it out overwrites what stands.
   */
  define: procedure
    .route({ method: 'POST', path: '/campaigns' })
    .input(
      z.object({
        id: id.optional(),
        definition: campaignDefinition,
        basedOn: z.string().min(1).max(100).optional(),
        ...asShown,
      }),
    )
    .output(campaignStatus),
  /** A draft that is not to be opened any more; for good. */
  discard: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/discard' })
    .input(z.object({ id, reason: z.string().trim().min(1).max(1000), ...asShown }))
    .output(campaignStatus),
  /** No further campaign of its series is expected; only of the newest one. */
  endSeries: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/end-series' })
    .input(z.object({ id, reason: z.string().trim().min(1).max(1000), ...asShown }))
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
        /** Why it opens although its population is empty; without it that is refused. */
        emptyBecause: z.string().trim().min(1).max(4000).optional(),
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
    .input(delegation.omit({ by: true, ended: true }).extend({ id, ...asShown }))
    .output(campaignStatus),
  /** Before its time; `entry` is that of the delegation. What was decided under it stays. */
  endDelegation: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/delegations/{entry}/end' })
    .input(
      z.object({
        id,
        entry: z.string().min(1).max(100),
        reason: z.string().trim().min(1).max(1000),
        ...asShown,
      }),
    )
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
