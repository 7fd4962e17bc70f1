// A finding: something unusual, frozen with the numbers that made it so.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { severity } from './severity.ts';

export const dispositions = ['acknowledged', 'false-positive', 'escalated'] as const;
export const disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof disposition>;

/** The numbers of detector z3: everything needed to recompute the score by hand. */
export const z3Evidence = z.object({
  mean: z.number(),
  /** Sample standard deviation (n − 1) of the baseline hours. */
  sd: z.number(),
  /** max(sd, sqrt(max(mean, 1))). */
  deviationUsed: z.number(),
  sdFloorUsed: z.boolean(),
  /** Baseline hours, zero hours included. */
  n: z.number().int(),
  /** Baseline hours with at least one event. */
  activeHours: z.number().int(),
  /** Highest hourly count in the baseline. */
  highest: z.number().int(),
  baselineStart: instant,
  baselineEnd: instant,
  methodVersion: z.string(),
});

export const finding = z.object({
  id: z.string(),
  version: z.number().int(),
  detector: z.string(),
  sourceAccount: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  action: z.string(),
  start: instant,
  end: instant,
  count: z.number().int(),
  score: z.number(),
  threshold: z.number(),
  severity,
  explanation: z.string(),
  eventIds: z.array(z.string()),
  evidence: z3Evidence,
  foundAt: instant,
  disposition: disposition.nullable(),
  dispositionNote: z.string().nullable(),
  disposedAt: instant.nullable(),
  disposedBy: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

export const findingStatuses = ['open', ...dispositions] as const;
export const findingStatus = z.enum(findingStatuses);
export type FindingStatus = z.infer<typeof findingStatus>;

/** An earlier result for the same hour, kept when late events changed it. `flagged` is false when the hour no longer stood out. */
export const findingVersion = z.object({
  version: z.number().int(),
  flagged: z.boolean(),
  count: z.number().int(),
  score: z.number(),
  evidence: z3Evidence,
  foundAt: instant,
});
export type FindingVersion = z.infer<typeof findingVersion>;
