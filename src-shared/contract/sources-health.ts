// The source as it stands: what is remembered of it, every refresh, and what another mapping would read.
import { z } from 'zod';
import { connectRequest, mappingFile } from '../model/connection.ts';
import { mappingPreview, refreshRecord, sourceHealth } from '../model/source-health.ts';
import { procedure } from './base.ts';

export const sources = {
  /** From what is on this computer; asks no database. `source.probe` asks whether it answers, `source.report` looks again. */
  health: procedure.route({ method: 'GET', path: '/sources/health' }).output(sourceHealth),
  /** Newest first. */
  refreshes: procedure
    .route({ method: 'GET', path: '/sources/refreshes' })
    .input(
      z.object({
        limit: z.coerce.number().int().min(1).max(500).default(50),
        /** Continues after the refresh of this id. */
        before: z.coerce.number().int().optional(),
      }),
    )
    .output(z.object({ refreshes: z.array(refreshRecord), total: z.number().int() })),
  /**
   * The first rows as a mapping would read them, in a read-only session; nothing is remembered. Unlike connecting, it goes on
   * where columns are missing or do not fit, and says so field by field. Without `connection` it looks at the database this
   * workspace is connected to.
   */
  previewMapping: procedure
    .route({ method: 'POST', path: '/sources/preview-mapping' })
    .input(
      z.object({
        mapping: mappingFile,
        connection: connectRequest.optional(),
        rows: z.number().int().min(1).max(50).default(10),
      }),
    )
    .output(mappingPreview),
};
