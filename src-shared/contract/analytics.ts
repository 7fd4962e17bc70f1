import { z } from 'zod';
import { auditEvent } from '../model/audit-event.ts';
import { disposition, finding, findingStatus, findingVersion } from '../model/finding.ts';
import { actorCount, heatmap } from '../model/workspace.ts';
import { instant } from '../time/instant.ts';
import { procedure } from './base.ts';

/** Half-open: from is included, to is not. */
const range = { from: instant.optional(), to: instant.optional() };

export const findings = {
  list: procedure
    .route({ method: 'GET', path: '/findings' })
    .input(z.object({ status: findingStatus.optional() }))
    .output(z.array(finding)),
  get: procedure
    .route({ method: 'GET', path: '/findings/{id}' })
    .input(z.object({ id: z.string() }))
    .output(z.object({ finding, versions: z.array(findingVersion), events: z.array(auditEvent) })),
  dispose: procedure
    .route({ method: 'POST', path: '/findings/{id}/disposition' })
    .input(z.object({ id: z.string(), disposition, note: z.string().trim().min(1).max(4000) }))
    .output(finding),
};

export const activity = {
  heatmap: procedure
    .route({ method: 'GET', path: '/heatmap' })
    .input(z.object({ actor: z.string().optional(), action: z.string().optional(), ...range }))
    .output(heatmap),
  topActors: procedure
    .route({ method: 'GET', path: '/top-actors' })
    .input(z.object({ ...range, limit: z.coerce.number().int().min(1).max(10_000).default(10) }))
    .output(z.array(actorCount)),
  actions: procedure
    .route({ method: 'GET', path: '/actions' })
    .output(z.array(z.object({ action: z.string(), count: z.number().int() }))),
  /** Newest first; `before` continues after the last event of the page before. */
  events: procedure
    .route({ method: 'GET', path: '/events' })
    .input(
      z.object({
        actor: z.string().optional(),
        action: z.string().optional(),
        hourOfWeek: z.coerce.number().int().min(0).max(167).optional(),
        ...range,
        before: z.string().optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(200),
      }),
    )
    .output(z.object({ events: z.array(auditEvent), next: z.string().nullable(), total: z.number().int() })),
};
