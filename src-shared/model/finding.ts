// A finding: something unusual, frozen with the numbers that made it so.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { second } from './concurrence.ts';
import { severity, severityRank } from './severity.ts';

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

export type Z3Evidence = z.infer<typeof z3Evidence>;

/** Every number a judgement was made of, by name: enough to recompute it by hand. Each detector has names of its own. */
export const evidence = z.record(z.string(), z.json());
export type Evidence = z.infer<typeof evidence>;

/** The numbers of detector z3, or null where another one found it. */
export function z3EvidenceOf(found: { readonly evidence: Evidence }): Z3Evidence | null {
  return z3Evidence.safeParse(found.evidence).data ?? null;
}

/** The reviewer's questions, each answered in a sentence or two; null where a detector has nothing to say. */
export const explanation = z.object({
  what: z.string(),
  expected: z.string().nullable(),
  unusual: z.string(),
  comparedWith: z.string().nullable(),
  alsoSeen: z.string().nullable(),
  confidence: z.string().nullable(),
  method: z.string(),
  wouldChange: z.string().nullable(),
});
export type Explanation = z.infer<typeof explanation>;

export const entityKinds = ['actor', 'ip', 'account', 'route', 'resource', 'session'] as const;
/** What a finding is about when that is not, or not only, an actor. */
export const entity = z.object({ kind: z.enum(entityKinds), value: z.string() });

/** A disposition for which a rule asked for a second person; it counts, as `disposition`, only once that person concurred. */
export const proposal = z.object({
  id: z.string(),
  disposition,
  note: z.string(),
  by: z.string(),
  byName: z.string(),
  at: instant,
  second,
});
export type Proposal = z.infer<typeof proposal>;

export const finding = z.object({
  id: z.string(),
  version: z.number().int(),
  detector: z.string(),
  methodVersion: z.string(),
  sourceAccount: z.string(),
  /** Empty when it is nobody's in particular. */
  actor: z.string(),
  actorName: z.string().nullable(),
  entity,
  /** Empty when several actions are meant. */
  action: z.string(),
  /** Half-open. */
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
  foundAt: instant,
  disposition: disposition.nullable(),
  dispositionNote: z.string().nullable(),
  disposedAt: instant.nullable(),
  disposedBy: z.string().nullable(),
  /** The exception that hides it from the open findings; null while it shows. A blind check tells only once it is disposed of. */
  suppressedBy: z.string().nullable(),
  /** It came back although an exception hides it, and was disposed of without knowing so. */
  blindCheck: z.boolean(),
  /** Absent while the latest disposition needs no second person. */
  proposal: proposal.optional(),
});
export type Finding = z.infer<typeof finding>;

/** Detectors that judge single hours, whose results change only when late events arrive; the others judge what still goes on. */
export const hourlyDetectors: ReadonlySet<string> = new Set(['z3', 'nb']);

/**
 * Whether a result that differs from the one shown needs nobody again: what goes on is news only when it gets more severe.
 * @param shown severity of the result a disposition is about; null where it was not recorded
 */
export function isNoNews(
  finding: Pick<Finding, 'detector' | 'severity'>,
  shown: Finding['severity'] | null,
): boolean {
  if (shown === null || hourlyDetectors.has(finding.detector)) return false;
  return severityRank(finding.severity) <= severityRank(shown);
}

export const findingStatuses = ['open', ...dispositions] as const;
export const findingStatus = z.enum(findingStatuses);
export type FindingStatus = z.infer<typeof findingStatus>;

/** An earlier result for the same hour, kept when late events changed it. `flagged` is false when the hour no longer stood out. */
export const findingVersion = z.object({
  version: z.number().int(),
  flagged: z.boolean(),
  count: z.number().int(),
  score: z.number(),
  evidence,
  foundAt: instant,
});
export type FindingVersion = z.infer<typeof findingVersion>;
