// The state of a workspace at a glance, and the long-running work inside it.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { anomalySyncReport } from './anomaly.ts';
import { mirrorLimits, tlsModes } from './connection.ts';
import { problemData } from './problem.ts';
import { queueChanges } from './review-history.ts';
import { reviewer, signingKey } from './reviewer.ts';
import { severity } from './severity.ts';
import { clockStanding } from './sync.ts';
import { auditOverview } from './work-papers.ts';

/** A part of a refresh, by what it told was being done: “Reading events”. */
export const refreshStage = z.object({
  step: z.string(),
  ms: z.number(),
  /** How far it came, in its unit: events, findings, detectors; 0 without a unit. */
  done: z.number(),
  unit: z.string(),
});
export type RefreshStage = z.infer<typeof refreshStage>;

export const refreshReport = z.object({
  /** Rows received from the database, those already mirrored included. */
  pulled: z.number().int(),
  /** Of these, how many the mirror already held. */
  duplicates: z.number().int(),
  /** Events in the mirror afterwards. */
  events: z.number().int(),
  unattributed: z.number().int(),
  /** Findings in force afterwards, and how many this refresh added or changed. */
  findings: z.number().int(),
  newFindings: z.number().int(),
  changedFindings: z.number().int(),
  reviews: z.number().int(),
  /** Rows of the source's queue that differ from the pull before; absent when no queue was read. */
  queue: queueChanges.optional(),
  /** Hours of series evaluated in this refresh, and how many of them were still learning. */
  evaluated: z.number().int(),
  learning: z.number().int(),
  /** Mirrored events the database no longer shows. */
  vanished: z.number().int(),
  asOf: instant,
  ms: z.number(),
  /** Where that time went; absent in reports older than stages. */
  stages: z.array(refreshStage).optional(),
});
export type RefreshReport = z.infer<typeof refreshReport>;

export const syncItem = z.object({
  review: z.string(),
  decisionId: z.string(),
  outcome: z.enum(['applied', 'already-mine', 'superseded', 'changed', 'not-visible', 'rejected']),
  detail: z.string().nullable(),
});
export const syncReport = z.object({
  sent: z.number().int(),
  applied: z.number().int(),
  alreadyMine: z.number().int(),
  superseded: z.number().int(),
  changed: z.number().int(),
  notVisible: z.number().int(),
  /** By the database, or here before they left. */
  rejected: z.number().int(),
  /** Those of the rejected that never left, and are not among the sent; absent when there is none. */
  refusedHere: z.number().int().optional(),
  items: z.array(syncItem),
  /** The part about the source’s own anomalies; absent in reports older than these. */
  anomalies: anomalySyncReport.optional(),
  /** What people should know about what was sent, in sentences; absent when there is nothing. */
  warnings: z.array(z.string()).optional(),
});
export type SyncReport = z.infer<typeof syncReport>;
export type SyncItem = z.infer<typeof syncItem>;

export const jobKinds = [
  'sample',
  'refresh',
  'sync',
  'export',
  'export-table',
  'detection',
  'dry-run',
  'replay',
  'create-reviews',
  'sign-off',
  'timestamp',
  'redact',
  'campaign',
  'campaign-file',
  'open-pack',
] as const;
export const job = z.object({
  id: z.string(),
  kind: z.enum(jobKinds),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** What is being done right now, as a sentence fragment: “Reading events”. */
  step: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  perSecond: z.number().nullable(),
  remainingMs: z.number().nullable(),
  startedAt: instant,
  endedAt: instant.nullable(),
  problem: problemData.extend({ message: z.string() }).nullable(),
  /** The report of a finished job, as JSON of the kind's own shape. */
  result: z.unknown(),
});
export type Job = z.infer<typeof job>;
export type JobKind = (typeof jobKinds)[number];

export const workspaceStatus = z.object({
  workspace: z.string(),
  version: z.string(),
  connection: z
    .object({
      host: z.string(),
      port: z.number().int(),
      tls: z.enum(tlsModes),
      /** Of the certificate authority; absent in answers of older releases. */
      caFile: z.string().nullable().optional(),
      database: z.string(),
      user: z.string(),
      table: z.string(),
      sourceAccount: z.string().nullable(),
      zone: z.string(),
      isSample: z.boolean(),
      mirror: mirrorLimits,
    })
    .nullable(),
  reviewer: reviewer.nullable(),
  key: signingKey.nullable(),
  lastRefresh: refreshReport.extend({ finishedAt: instant, replay: z.boolean() }).nullable(),
  /** The time against which “overdue” is judged: the clock, or the chosen as-of of a replay. */
  now: instant,
  events: z.number().int(),
  unattributed: z.number().int(),
  firstEventAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  findings: z.number().int(),
  openFindings: z.number().int(),
  findingsBySeverity: z.array(z.object({ severity, open: z.number().int(), total: z.number().int() })),
  /** What exceptions hide; these are neither open nor gone. Only detectors with any. */
  suppressedByDetector: z.array(z.object({ detector: z.string(), count: z.number().int() })),
  reviews: z.number().int(),
  queueDepth: z.number().int(),
  overdue: z.number().int(),
  decided: z.number().int(),
  /** Of all review items, those of which a decision of ours is in force, whatever became of it: what an evidence pack holds. */
  decisionsInForce: z.number().int(),
  unsent: z.number().int(),
  /** How far the clocks of the database and this computer are apart, and what that means for sending. */
  clock: clockStanding,
  /** Decided, but not final: a second person has not concurred. */
  awaitingSecond: z.number().int(),
  /** True when this runs under another account than the reviewer's profile is bound to. */
  confirmReviewer: z.boolean(),
  /** Open ones: ours and the decision in the audit database differ, and nobody has looked at it yet. */
  conflicts: z.number().int(),
  closedConflicts: z.number().int(),
  /** Somebody else decided the same. */
  corroborations: z.number().int(),
  /** Set while nothing is sent because the database is not as it was when it was connected; the differences in words. */
  readOnly: z.object({ since: instant, differences: z.array(z.string()) }).nullable(),
  /** Why decisions that wait cannot be written as they are, in words; absent where nothing is known to stand in the way. */
  cannotLeave: z.array(z.string()).optional(),
  /** Connected, but nothing of the database is on this computer, as after its cache was deleted: counts of the queue say nothing. */
  mirrorEmpty: z.literal(true).optional(),
  /** The reviewer's key took the place of an earlier one, and nothing shows that it is of the same person. Absent otherwise. */
  keyNotEndorsed: z.literal(true).optional(),
  ledgerEntries: z.number().int(),
  /** An auditor’s work; absent in a workspace where no pack is open. */
  audit: auditOverview.optional(),
});
export type WorkspaceStatus = z.infer<typeof workspaceStatus>;

export const heatmapCell = z.object({
  actor: z.string(),
  action: z.string(),
  /** 0 = Monday 00:00 in the named zone. */
  hourOfWeek: z.number().int().min(0).max(167),
  count: z.number().int(),
});
export type HeatmapCell = z.infer<typeof heatmapCell>;
export const heatmapRow = z.object({
  /** Empty for events nobody is named for. */
  actor: z.string(),
  actorName: z.string().nullable(),
  total: z.number().int(),
  /** One count an hour of the week, Monday 00:00 first. */
  counts: z.array(z.number().int()).length(168),
});
export type HeatmapRow = z.infer<typeof heatmapRow>;
/** Which of the two forms a heatmap comes in: cells of actor and action, or one row an actor with all its actions. */
export const heatmapForms = ['series', 'actor'] as const;
export const heatmap = z.object({
  zone: z.string(),
  from: instant.nullable(),
  to: instant.nullable(),
  /** Events in all rows, shown or not. */
  total: z.number().int(),
  /** By actor, action and hour; empty when rows by actor were asked for. */
  cells: z.array(heatmapCell),
  /** The busiest actor first, the unattributed last; empty unless asked for. */
  rows: z.array(heatmapRow),
  /** Rows beyond the most active ones that were asked for, and the events in them. */
  otherRows: z.number().int(),
  otherTotal: z.number().int(),
});
export type Heatmap = z.infer<typeof heatmap>;

export const actorCount = z.object({
  sourceAccount: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  count: z.number().int(),
  firstSeen: instant,
  lastSeen: instant,
});
export type ActorCount = z.infer<typeof actorCount>;
