// Who is whom, which decisions need a second person, and what waits for one.
import { z } from 'zod';
import { serverAnomaly } from '../model/anomaly.ts';
import { finding } from '../model/finding.ts';
import { aliasList, fourEyesRule, fourEyesRules, osUser } from '../model/independence.ts';
import { review } from '../model/review.ts';
import { asShown, procedure } from './base.ts';

const reason = z.string().trim().min(1).max(4000);

export const independence = {
  get: procedure.route({ method: 'GET', path: '/independence' }).output(
    z.object({
      /** By reviewer, as stated. */
      aliases: z.array(aliasList),
      rules: z.array(fourEyesRule),
      defaults: z.array(fourEyesRule),
      /** The account the reviewer's profile is bound to, and the one this runs under; null when unknown. */
      boundOsUser: osUser.nullable(),
      presentOsUser: osUser.nullable(),
      /** Fingerprint of the signing key the reviewer's profile is bound to. */
      boundKey: z.string().nullable(),
      /** True when the two accounts differ: decisions then say so, until the reviewer is confirmed. */
      confirmReviewer: z.boolean(),
    }),
  ),
  /** Adds ids under which the present reviewer acts or reviews; an alias cannot be taken back. */
  addAliases: procedure
    .route({ method: 'POST', path: '/aliases' })
    .input(
      z.object({
        add: z.array(z.string().trim().min(1).max(400)).min(1).max(100),
        reason,
        /** Needed when somebody reviewed here under one of these ids. */
        isSamePerson: z.boolean().optional(),
        ...asShown,
      }),
    )
    .output(z.array(aliasList)),
  /** Replaces the rules; what was decided before keeps those it was decided under. */
  changeFourEyes: procedure
    .route({ method: 'PUT', path: '/four-eyes' })
    .input(z.object({ rules: fourEyesRules, reason, ...asShown }))
    .output(z.array(fourEyesRule)),
  /** Decisions and dispositions that are not final because a second person has not spoken, or did not concur; and decisions that were written, but whose second person no longer counts (`secondLost`), or that are about whoever made them (`ownByAlias`). */
  awaiting: procedure
    .route({ method: 'GET', path: '/awaiting-second' })
    .output(
      z.object({ reviews: z.array(review), findings: z.array(finding), anomalies: z.array(serverAnomaly) }),
    ),
};
