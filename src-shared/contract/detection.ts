// How a workspace looks for what is unusual: settings with dry run, exceptions, measured precision, replay of past days.
import { z } from 'zod';
import { detectionSettings, exception } from '../model/detection.ts';
import { entityKinds, evidence, explanation } from '../model/finding.ts';
import { severity } from '../model/severity.ts';
import { instant } from '../time/instant.ts';
import { asShown, jobStarted, procedure } from './base.ts';

const reason = z.string().trim().min(1).max(4000);

/** What a run would list, without recording it. */
export const hitSummary = z.object({
  /** That of the finding it would be. */
  id: z.string(),
  detector: z.string(),
  methodVersion: z.string(),
  sourceAccount: z.string(),
  actor: z.string(),
  entity: z.object({ kind: z.enum(entityKinds), value: z.string() }),
  action: z.string(),
  start: instant,
  end: instant,
  count: z.number().int(),
  score: z.number(),
  threshold: z.number(),
  severity,
  /** In a paragraph, and by question. */
  explanation: z.string(),
  explanationParts: explanation,
  eventIds: z.array(z.string()),
  evidence,
});
export type HitSummary = z.infer<typeof hitSummary>;

/** A finding by what tells it from others. */
export const findingSummary = hitSummary.pick({
  id: true,
  detector: true,
  sourceAccount: true,
  actor: true,
  entity: true,
  action: true,
  start: true,
  count: true,
  score: true,
  severity: true,
});
export type FindingSummary = z.infer<typeof findingSummary>;

/** The most severe first, at most 50; `total` counts all. */
const counted = z.object({ total: z.number().int(), first: z.array(findingSummary) });

/** What other settings would make of the last 180 mirrored days, compared with the findings on record. */
export const dryRun = z.object({
  /** Half-open, whole UTC days up to the last refresh; null when nothing was judged yet. */
  from: instant.nullable(),
  to: instant.nullable(),
  days: z.number().int(),
  /** Listed with the change, and not on record as standing out. */
  appear: counted,
  /** On record as standing out, and not listed with the change. */
  vanish: counted,
  /** Of those that would vanish, the ones a person confirmed by escalating them: with any of these the change is refused. */
  confirmed: z.array(findingSummary),
  /** Detectors and rules that cannot run, and what they lack. */
  notEvaluable: z.array(z.object({ id: z.string(), needs: z.string() })),
});
export type DryRun = z.infer<typeof dryRun>;

export const detectionChange = z.object({ settings: detectionSettings, dryRun });
export type DetectionChange = z.infer<typeof detectionChange>;

/** One UTC day judged with what is mirrored now. */
export const dayReplay = z.object({
  day: z.iso.date(),
  hits: z.array(hitSummary),
  notEvaluable: z.array(z.object({ id: z.string(), needs: z.string() })),
});
export type DayReplay = z.infer<typeof dayReplay>;

/** What an exception is to let pass. Findings of `sod`, `gap` and `fail_burst` need the acknowledgement. */
export const exceptionScope = exception
  .pick({
    detector: true,
    sourceAccount: true,
    entityKind: true,
    entity: true,
    action: true,
    hourOfWeek: true,
    maximumCount: true,
    expiresAt: true,
  })
  .extend({ entityKind: z.enum(entityKinds), entity: z.string().min(1) });
export type ExceptionScope = z.infer<typeof exceptionScope>;

export const exceptionRequest = exceptionScope.extend({
  owner: z.string().trim().min(1).max(400),
  reason,
  /** The finding it is granted for, which therefore needs no blind check. */
  finding: z.string().optional(),
  acknowledgeDeterministic: z.boolean().optional(),
});
export type ExceptionRequest = z.infer<typeof exceptionRequest>;

export const exceptionPreview = z.object({
  /** Ids of findings that show now and would not with the exception, whatever their age. */
  wouldHide: z.array(z.string()),
  /** Of these, the ones a person confirmed by escalating them: with any of these the exception is refused. */
  confirmed: z.array(z.string()),
});
export type ExceptionPreview = z.infer<typeof exceptionPreview>;

export const listedException = exception.extend({
  /** Findings it hides now. */
  hides: z.number().int(),
  /** Blind checks of it that were disposed of, and how many of these were escalated. */
  checked: z.number().int(),
  missed: z.number().int(),
});
export type ListedException = z.infer<typeof listedException>;

export const detectorPrecision = z.object({
  detector: z.string(),
  sourceAccount: z.string(),
  /** Escalated. */
  truePositives: z.number().int(),
  falsePositives: z.number().int(),
  /** (true positives + 1) / (true + false positives + 2). */
  precision: z.number(),
});
/** What nobody escalated and several people called false: it ranks as if its threshold were higher, and hides nothing. */
export const tunedDown = z.object({
  detector: z.string(),
  sourceAccount: z.string(),
  actor: z.string(),
  falsePositives: z.number().int(),
  /** At most 1, on the scale of S. */
  thresholdRise: z.number(),
});
export const precisionReport = z.object({
  detectors: z.array(detectorPrecision),
  tunedDown: z.array(tunedDown),
  blindChecks: z.object({
    disposed: z.number().int(),
    escalated: z.number().int(),
    /** Share of disposed blind checks that were escalated; null while there are none. */
    missRate: z.number().nullable(),
  }),
});
export type PrecisionReport = z.infer<typeof precisionReport>;

export const whyNotAnswer = z.object({
  state: z.enum(['learning', 'usual', 'flagged', 'not judged yet', 'no events']),
  count: z.number().int(),
  /** Of the judgement over all actions; null while nothing can be judged. */
  numbers: evidence.nullable(),
  /** Of the most surprising single action that is large enough to be listed. */
  single: evidence.nullable(),
  sentence: z.string(),
});
export type WhyNotAnswer = z.infer<typeof whyNotAnswer>;

export const detection = {
  get: procedure.route({ method: 'GET', path: '/detection' }).output(
    z.object({
      settings: detectionSettings,
      /** Those that run, with the numbers they run with. */
      detectors: z.array(
        z.object({
          id: z.string(),
          version: z.string(),
          parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          description: z.string(),
        }),
      ),
      /** Chosen, but lacking something beside fields of events. */
      gaps: z.array(z.object({ id: z.string(), title: z.string(), needs: z.string() })),
    }),
  ),
  /** Shows what would appear and vanish. The job's result is a dry run. */
  preview: procedure
    .route({ method: 'POST', path: '/detection/preview' })
    .input(z.object({ settings: detectionSettings }))
    .output(jobStarted),
  /** Runs dry, then records the change unless it would lose a confirmed finding. The job's result is a detection change. */
  change: procedure
    .route({ method: 'PUT', path: '/detection' })
    .input(z.object({ settings: detectionSettings, reason, ...asShown }))
    .output(jobStarted),
  exceptions: procedure.route({ method: 'GET', path: '/exceptions' }).output(z.array(listedException)),
  previewException: procedure
    .route({ method: 'POST', path: '/exceptions/preview' })
    .input(exceptionScope)
    .output(exceptionPreview),
  grantException: procedure
    .route({ method: 'POST', path: '/exceptions' })
    .input(exceptionRequest.extend(asShown))
    .output(listedException),
  endException: procedure
    .route({ method: 'POST', path: '/exceptions/{id}/end' })
    .input(z.object({ id: z.string(), reason, ...asShown }))
    .output(listedException),
  precision: procedure.route({ method: 'GET', path: '/detection/precision' }).output(precisionReport),
  /** Judges one past UTC day, with the settings in force unless others are given. The job's result is a day replay. */
  replay: procedure
    .route({ method: 'POST', path: '/detection/replay' })
    .input(z.object({ day: z.iso.date(), settings: detectionSettings.optional() }))
    .output(jobStarted),
  /** Why an hour of an actor is listed, or is not. `hour` is any instant within it. */
  whyNot: procedure
    .route({ method: 'GET', path: '/detection/why-not' })
    .input(z.object({ sourceAccount: z.string(), actor: z.string(), hour: instant }))
    .output(whyNotAnswer),
};
