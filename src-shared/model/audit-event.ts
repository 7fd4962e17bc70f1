// One event of the audited system, as mirrored: verbatim values, unknown stays null.
import { z } from 'zod';
import { instant } from '../time/instant.ts';

export const auditEvent = z.object({
  id: z.string(),
  createdAt: instant,
  sourceAccount: z.string(),
  /** Empty means unattributed: the source did not say who acted. */
  actor: z.string(),
  actorName: z.string().nullable(),
  actorType: z.string().nullable(),
  action: z.string(),
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  severity: z.string().nullable(),
  /** JSON text exactly as Postgres printed it. */
  metadata: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof auditEvent>;
