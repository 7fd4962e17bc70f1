// What follows a campaign: remediation of what is to be revoked or modified, its re-check, and the difference to another campaign.
import { z } from 'zod';
import {
  differenceKinds,
  differencePage,
  recheckFindings,
  recheckPage,
  recheckSummary,
  remediationChange,
  remediationDetail,
  remediationList,
  remediationQuery,
  sampleItemPage,
} from '../model/campaign-follow-up.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const id = z.string().min(1).max(100);
const key = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'has to be the key of an item: 32 digits of 0 to 9 and a to f');
const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'has to be a day, written as 2026-07-01');

export const campaignFollowUp = {
  /** A page of the items that are new or gone since another campaign, with the numbers of all. */
  difference: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/difference' })
    .input(
      z.object({
        id,
        against: z.string().optional(),
        kind: z.enum(differenceKinds).optional(),
        after: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(differencePage),
  /** A page of the items that are to be revoked or modified, with what an administrator would do, and the counts of all. */
  remediation: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/remediation' })
    .input(remediationQuery)
    .output(remediationList),
  /** One of them with everything that was put on record about it. */
  remediationOf: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/remediation/{item}' })
    .input(z.object({ id, item: key }))
    .output(remediationDetail),
  /** The rows that were changed, and the counts of all. */
  changeRemediation: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/remediation' })
    .input(remediationChange.extend({ id, ...asShown }))
    .output(remediationList),
  /** Freezes a later population and compares it. The job’s result is a re-check report. */
  recheck: procedure
    .route({ method: 'POST', path: '/campaigns/{id}/rechecks' })
    .input(
      z.object({
        id,
        /** A later file, kept before (campaigns.keepFile), for a campaign whose population came as a file. */
        file: z
          .object({ name: z.string().min(1).max(255), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
          .optional(),
        /** First local day of the activity that is looked at. */
        from: localDate.optional(),
        ...asShown,
      }),
    )
    .output(jobStarted),
  /** Re-checks on record, oldest first. */
  rechecks: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/rechecks' })
    .input(z.object({ id }))
    .output(z.array(recheckSummary)),
  /** A page of what one re-check came to. */
  recheckResults: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/rechecks/{number}' })
    .input(
      z.object({
        id,
        number: z.coerce.number().int().min(1),
        finding: recheckFindings.optional(),
        after: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
    )
    .output(recheckPage),
  /** A page of the items drawn into a sample, as the frozen population has them. */
  sampleItems: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/samples/{sample}/items' })
    .input(
      z.object({
        id,
        sample: id,
        /** Place of the last item of the page before. */
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(sampleItemPage),
};
