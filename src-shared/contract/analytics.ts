import { z } from 'zod';
import { auditEvent } from '../model/audit-event.ts';
import { baselineDistribution } from '../model/finding-baseline.ts';
import { disposition, finding, findingStatus, findingVersion } from '../model/finding.ts';
import { actorRisk, detectorListing, findingCase } from '../model/story.ts';
import { actorCount, heatmap, heatmapForms } from '../model/workspace.ts';
import { ownPart } from '../model/independence.ts';
import { instant } from '../time/instant.ts';
import { actionWeeks, dayHours } from '../model/activity-pattern.ts';
import { asShown, procedure } from './base.ts';

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
    .output(
      z.object({
        finding,
        versions: z.array(findingVersion),
        events: z.array(auditEvent),
        independence: ownPart,
      }),
    ),
  /** The hours a finding was compared with, by how busy they were; null where its detector compares no single hours. */
  baseline: procedure
    .route({ method: 'GET', path: '/findings/{id}/baseline' })
    .input(z.object({ id: z.string() }))
    .output(baselineDistribution.nullable()),
  /** Findings folded into stories: the second tier last, then the most severe first, then the higher score. */
  cases: procedure
    .route({ method: 'GET', path: '/cases' })
    .input(z.object({ status: findingStatus.optional() }))
    .output(z.array(findingCase)),
  dispose: procedure
    .route({ method: 'POST', path: '/findings/{id}/disposition' })
    .input(z.object({ id: z.string(), disposition, note: z.string().trim().min(1).max(4000), ...asShown }))
    .output(finding),
  /** Says, as a second person, whether the latest disposition is right. */
  concur: procedure
    .route({ method: 'POST', path: '/findings/{id}/concurrence' })
    .input(
      z.object({
        id: z.string(),
        agree: z.boolean(),
        reason: z.string().trim().min(1).max(4000),
        ...asShown,
      }),
    )
    .output(finding),
};

export const activity = {
  heatmap: procedure
    .route({ method: 'GET', path: '/heatmap' })
    .input(
      z.object({
        actor: z.string().optional(),
        action: z.string().optional(),
        ...range,
        rows: z.enum(heatmapForms).default('series'),
        /** Only so many rows, the most active ones. */
        top: z.coerce.number().int().min(1).max(10_000).optional(),
      }),
    )
    .output(heatmap),
  /** Local days by their hours. */
  days: procedure
    .route({ method: 'GET', path: '/activity/days' })
    .input(z.object({ actor: z.string().optional(), action: z.string().optional(), ...range }))
    .output(dayHours),
  /** Actions by the hours of the week, the most frequent `top` of them. */
  actionWeeks: procedure
    .route({ method: 'GET', path: '/activity/actions' })
    .input(
      z.object({
        actor: z.string().optional(),
        ...range,
        top: z.coerce.number().int().min(1).max(100).default(12),
      }),
    )
    .output(actionWeeks),
  topActors: procedure
    .route({ method: 'GET', path: '/top-actors' })
    .input(z.object({ ...range, limit: z.coerce.number().int().min(1).max(10_000).default(10) }))
    .output(z.array(actorCount)),
  actions: procedure
    .route({ method: 'GET', path: '/actions' })
    .output(z.array(z.object({ action: z.string(), count: z.number().int() }))),
  /** Newest first; `before` continues after the last event of the page before. Where only counts are kept, `total` tells of more events than are here. */
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
  /** Where only counts are kept: asks the database for the newest of an actor's events that are not here, and keeps them. */
  fetch: procedure
    .route({ method: 'POST', path: '/events/fetch' })
    .input(
      z.object({
        actor: z.string(),
        action: z.string().optional(),
        hourOfWeek: z.coerce.number().int().min(0).max(167).optional(),
        ...range,
      }),
    )
    .output(
      z.object({
        fetched: z.number().int(),
        /** Counted events that still are not here. */
        missing: z.number().int(),
      }),
    ),
};

export const actors = {
  /** Highest first. Findings called false, or hidden by an exception, are nobody's risk. `at` is the clock, or the as-of of a replay, unless given. */
  risk: procedure
    .route({ method: 'GET', path: '/actors/risk' })
    .input(
      z.object({
        actor: z.string().optional(),
        at: instant.optional(),
        historyDays: z.coerce.number().int().min(0).max(366).default(30),
        limit: z.coerce.number().int().min(1).max(1000).default(10),
      }),
    )
    .output(z.array(actorRisk)),
};

export const detectors = {
  /** Every detector and rule there is, whether it runs or not, and whether it could here. */
  list: procedure.route({ method: 'GET', path: '/detectors' }).output(z.array(detectorListing)),
};
