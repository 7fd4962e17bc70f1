import { z } from 'zod';
import { auditEvent } from '../model/audit-event.ts';
import { connectRequest, inspectionReport } from '../model/connection.ts';
import { instant } from '../time/instant.ts';
import { procedure } from './base.ts';

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
  /** Inspects, then remembers the connection in the workspace; the password is sealed apart. */
  connect: procedure
    .route({ method: 'POST', path: '/source/connect' })
    .input(connectRequest)
    .output(inspectionReport),
  /** The same look at the remembered database, with the password that is kept for it. */
  report: procedure.route({ method: 'GET', path: '/source/report' }).output(inspectionReport),
  /** Whether the remembered database answers right now. Never fails: offline is an answer. */
  probe: procedure
    .route({ method: 'GET', path: '/source/probe' })
    .output(z.object({ online: z.boolean(), checkedAt: instant, message: z.string().nullable() })),
};
