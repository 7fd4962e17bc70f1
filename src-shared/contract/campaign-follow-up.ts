// What follows a campaign: remediation of what is to be revoked or modified, its re-check, and the difference to another campaign.
import { z } from 'zod';
import {
  differenceKinds,
  differencePage,
  remediationChange,
  remediationList,
} from '../model/campaign-follow-up.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const id = z.string().min(1).max(100);
const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);

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
  /** Every item that is to be revoked or modified, with what an administrator would do. */
  remediation: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/remediation' })
    .input(z.object({ id }))
    .output(remediationList),
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
};
