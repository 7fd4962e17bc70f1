// Findings folded into stories, and what they add up to for each actor.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { severity } from './severity.ts';

/** Several findings that tell one story: of one actor close in time, or of people tied together by an address or a session. */
export const findingCase = z.object({
  id: z.string(),
  sourceAccount: z.string(),
  /** “Many failed sign-ins, new network and 2 more by dana”. */
  title: z.string(),
  /** Who acts in it when that is one person; empty when it is nobody in particular, or several. */
  actor: z.string(),
  actorName: z.string().nullable(),
  /** Everybody who acts in it, in order of appearance. */
  actors: z.array(z.string()),
  /** From the first to the last event it rests on; an end may not be known to better than its finding's. */
  start: instant,
  end: instant,
  severity,
  /** Ids of its findings, earliest first. */
  members: z.array(z.string()),
  /** Detectors that found something in it, each once, in order of appearance. */
  detectors: z.array(z.string()),
  /** Highest score among its most severe findings. */
  score: z.number(),
  /** Members nobody has disposed of and no exception hides. */
  open: z.number().int(),
  /** True when nothing but detector z3 found it: busy hours, the second tier. */
  isSecondTier: z.boolean(),
  /** The present reviewer is known to be among those who act in it. */
  isOwnAction: z.boolean().optional(),
});
export type FindingCase = z.infer<typeof findingCase>;

/** Points of one finding; they add up to the actor's score and its overflow. */
export const riskContribution = z.object({
  finding: z.string(),
  detector: z.string(),
  severity,
  /** Points of the severity times the weight of the detector. */
  fullPoints: z.number(),
  /** 1 for the strongest finding of a case, less for the others: they tell the same story. */
  share: z.number(),
  /** Days since the finding's end. */
  ageDays: z.number(),
  /** fullPoints × share × 0.5 ^ (ageDays / halfLifeDays). */
  points: z.number(),
});
export type RiskContribution = z.infer<typeof riskContribution>;

export const actorRisk = z.object({
  sourceAccount: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  at: instant,
  /** 0 to 100. */
  score: z.number(),
  /** What the contributions sum to beyond 100. */
  overflow: z.number(),
  halfLifeDays: z.number(),
  /** Most points first. */
  contributions: z.array(riskContribution),
  /** The score at the end of each UTC day up to the last whole one, oldest first. */
  history: z.array(z.object({ day: z.iso.date(), score: z.number() })),
});
export type ActorRisk = z.infer<typeof actorRisk>;

export const detectorFamilies = ['built-in', 'insider', 'service', 'security', 'rules', 'own'] as const;

export const detectorParameter = z.object({
  name: z.string(),
  value: z.number(),
  default: z.number(),
  /** “minutes”, “events”; empty where the name says it or the value is no measure. */
  unit: z.string(),
  /** Empty where nothing beyond the name is known. */
  meaning: z.string(),
});

/** A detector or rule, whether it runs or not. */
export const detectorListing = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  /** `rules` come with the program in the Sigma language, `own` were added to the settings. */
  family: z.enum(detectorFamilies),
  /** Fields of events without which it can say nothing. */
  needs: z.array(z.string()),
  /** What it lacks here: the end of “not evaluable: needs …”. Null when it lacks nothing, or nothing is mirrored yet. */
  lacks: z.string().nullable(),
  /** Null while nothing is mirrored. */
  evaluable: z.boolean().nullable(),
  /** Switched on, by itself or with its family. */
  enabled: z.boolean(),
  parameters: z.array(detectorParameter),
});
export type DetectorListing = z.infer<typeof detectorListing>;
export type DetectorFamily = DetectorListing['family'];
