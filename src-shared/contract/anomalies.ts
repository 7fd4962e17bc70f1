// The source's own anomalies beside our findings, what people make of them, and our findings in the source's table.
import { z } from 'zod';
import {
  anomalyDisposition,
  anomalyStatus,
  anomalyVersion,
  findingPublication,
  publicationState,
  serverAnomaly,
} from '../model/anomaly.ts';
import { disposition } from '../model/finding.ts';
import { ownPart } from '../model/independence.ts';
import { instant } from '../time/instant.ts';
import { asShown, procedure } from './base.ts';

export const anomalyList = z.object({
  /** Whether the table could be read last time, and why not; null before the first refresh. */
  state: z.enum(['read', 'absent', 'denied', 'changed']).nullable(),
  readAt: instant.nullable(),
  counts: z.record(anomalyStatus, z.number().int()),
  /** Those of the wanted status, and how many of them are listed here. */
  total: z.number().int(),
  anomalies: z.array(serverAnomaly),
});
export type AnomalyList = z.infer<typeof anomalyList>;

export const anomalies = {
  /** Newest first. */
  list: procedure
    .route({ method: 'GET', path: '/server-anomalies' })
    .input(
      z.object({
        status: anomalyStatus.optional(),
        limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
      }),
    )
    .output(anomalyList),
  get: procedure
    .route({ method: 'GET', path: '/server-anomalies/{id}' })
    .input(z.object({ id: z.string() }))
    .output(
      z.object({
        anomaly: serverAnomaly,
        /** The scorer's own particulars, verbatim. */
        context: z.string().nullable(),
        /** Newest first. */
        versions: z.array(anomalyVersion),
        /** Every disposition ever made here, oldest first. */
        dispositions: z.array(anomalyDisposition),
        independence: ownPart,
      }),
    ),
  /** `shown` is the digest the row had on screen; a row that changed since is refused. */
  dispose: procedure
    .route({ method: 'POST', path: '/server-anomalies/{id}/disposition' })
    .input(
      z.object({
        id: z.string(),
        disposition,
        note: z.string().trim().min(1).max(4000),
        shown: z.string().optional(),
        ...asShown,
      }),
    )
    .output(serverAnomaly),
  /** Says, as a second person, whether our latest disposition is right. `shown` as above. */
  concur: procedure
    .route({ method: 'POST', path: '/server-anomalies/{id}/concurrence' })
    .input(
      z.object({
        id: z.string(),
        agree: z.boolean(),
        reason: z.string().trim().min(1).max(4000),
        shown: z.string().optional(),
        ...asShown,
      }),
    )
    .output(serverAnomaly),
  publication: procedure.route({ method: 'GET', path: '/publication' }).output(publicationState),
  /** Where one of our findings stands with the source’s table. */
  publicationOf: procedure
    .route({ method: 'GET', path: '/publication/{finding}' })
    .input(z.object({ finding: z.string() }))
    .output(findingPublication),
  /** Off unless somebody turns it on. What was published stays. */
  setPublication: procedure
    .route({ method: 'PUT', path: '/publication' })
    .input(z.object({ isOn: z.boolean(), reason: z.string().trim().min(1).max(4000), ...asShown }))
    .output(publicationState),
};
