import { z } from 'zod';
import { auditEvent } from '../model/audit-event.ts';
import { connectRequest, inspectionReport, mappingFile } from '../model/connection.ts';
import { instant } from '../time/instant.ts';
import { asShown, procedure } from './base.ts';

export const source = {
  /** Looks at a database without remembering it. */
  inspect: procedure
    .route({ method: 'POST', path: '/source/inspect' })
    .input(connectRequest)
    .output(inspectionReport),
  /** The first rows as the mapping would read them. */
  preview: procedure
    .route({ method: 'POST', path: '/source/preview' })
    .input(connectRequest)
    .output(
      z.object({
        columns: z.array(z.object({ name: z.string(), type: z.string() })),
        events: z.array(auditEvent),
      }),
    ),
  /**
   * Inspects, then remembers the connection in the workspace; the password is sealed apart. Without one, the password kept for
   * the same database on the same server is used; so do `inspect` and `preview`.
   */
  connect: procedure
    .route({ method: 'POST', path: '/source/connect' })
    .input(connectRequest.extend(asShown))
    .output(inspectionReport),
  /**
   * Connects again as remembered, with the password that is kept for it: to confirm how the database differs from what it was,
   * or to read it by another mapping.
   */
  reconnect: procedure
    .route({ method: 'POST', path: '/source/reconnect' })
    .input(
      z.object({
        /** The differences the person saw, in their order; refused when there are others by now. None of them were seen when absent. */
        confirmed: z.array(z.string()).optional(),
        /** Absent keeps the mapping. */
        mapping: mappingFile.optional(),
        ...asShown,
      }),
    )
    .output(inspectionReport),
  /** The same look at the remembered database, with the password that is kept for it. */
  report: procedure.route({ method: 'GET', path: '/source/report' }).output(inspectionReport),
  /** Whether the remembered database answers right now. Never fails: offline is an answer. */
  probe: procedure
    .route({ method: 'GET', path: '/source/probe' })
    .output(z.object({ online: z.boolean(), checkedAt: instant, message: z.string().nullable() })),
};
