// How the workspace reaches an audit database, and what was found there, in words.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { disposition } from './finding.ts';

/** The columns of an audit event a source may offer; id, createdAt, actor and action are required. */
export const eventFields = [
  'id',
  'createdAt',
  'sourceAccount',
  'actor',
  'actorName',
  'actorType',
  'action',
  'resourceType',
  'resourceId',
  'ip',
  'userAgent',
  'severity',
  'metadata',
] as const;
export const eventField = z.enum(eventFields);
export type EventField = z.infer<typeof eventField>;
export const requiredEventFields: readonly EventField[] = ['id', 'createdAt', 'actor', 'action'];

/** What declared rules may ask for beside the event itself; never required, and never reported as missing. */
export const ruleInputFields = [
  'outcome',
  'sessionId',
  'bytes',
  'recordCount',
  'status',
  'method',
  'path',
] as const;
export const ruleInputField = z.enum(ruleInputFields);
export type RuleInputField = z.infer<typeof ruleInputField>;

/** Everything a mapping can name. */
export const mappedFields = [...eventFields, ...ruleInputFields] as const;
export const mappedField = z.enum(mappedFields);
export type MappedField = z.infer<typeof mappedField>;

/** A column, or one key of a JSON column. */
export const columnReference = z.strictObject({
  column: z.string().min(1),
  jsonKey: z.string().min(1).optional(),
});
export type ColumnReference = z.infer<typeof columnReference>;

export const mapping = z.strictObject({
  preset: z.string().min(1),
  schema: z.string().min(1),
  table: z.string().min(1),
  columns: z.partialRecord(mappedField, columnReference),
});
export type Mapping = z.infer<typeof mapping>;

/** What a mapping file may hold: the same without preset; columns may be written as plain strings, schema defaults to public. */
export const mappingFile = z.strictObject({
  schema: z.string().min(1).default('public'),
  table: z.string().min(1),
  columns: z.partialRecord(mappedField, z.union([z.string().min(1), columnReference])),
});

/** Fields an event can be mirrored without; the others are what makes it an event. */
export const minimisableFields = [
  'actorType',
  'resourceType',
  'resourceId',
  'ip',
  'userAgent',
  'severity',
  'metadata',
  ...ruleInputFields,
] as const;

/**
 * How much of the source is kept here. Privileged and critical events, and everything a finding or a review item is about,
 * are kept whole and for good in any case.
 */
export const mirrorLimits = z.strictObject({
  /** Whether events are copied one by one. Without that the database counts them, and only counts per quarter hour are kept. */
  rows: z.boolean().default(true),
  /** Null keeps every mapped field. */
  fields: z.array(z.enum(minimisableFields)).nullable(),
  /** Events older than so many days are removed after they were counted and judged; null keeps them. */
  days: z.number().int().min(100).max(36_500).nullable(),
});
export type MirrorLimits = z.infer<typeof mirrorLimits>;
export const unlimitedMirror: MirrorLimits = { rows: true, fields: null, days: null };

export const tlsModes = ['verify', 'off'] as const;

/** Everything about a connection but its password. */
export const connectionProfile = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  database: z.string().min(1),
  user: z.string().min(1),
  tls: z.enum(tlsModes),
  caFile: z.string().nullable(),
  sourceAccount: z.string().nullable(),
  zone: z.string(),
  mapping: mapping.nullable(),
  mirror: mirrorLimits.default(unlimitedMirror),
});
export type ConnectionProfile = z.infer<typeof connectionProfile>;

export const connectRequest = z.strictObject({
  /** postgresql://user:password@host:port/database?sslmode=…&sslrootcert=… */
  url: z.string().optional(),
  host: z.string().optional(),
  port: z.number().int().optional(),
  database: z.string().optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: z.enum(tlsModes).optional(),
  caFile: z.string().optional(),
  sourceAccount: z.string().optional(),
  zone: z.string().optional(),
  mapping: mappingFile.optional(),
  mirror: mirrorLimits.optional(),
  /** Accepts that the database is not as it was when this workspace was connected to it before. */
  confirmChanges: z.boolean().optional(),
  /** States, where it cannot be told, that this is the database the workspace is pinned to; goes into the ledger. */
  sameDatabase: z.strictObject({ reason: z.string().trim().min(1).max(4000) }).optional(),
});
export type ConnectRequest = z.infer<typeof connectRequest>;

export const reviewTableReport = z.object({
  table: z.string(),
  rows: z.number().int(),
  pending: z.number().int(),
  canDecide: z.boolean(),
  /** Type of reviewer_id as Postgres names it. */
  reviewerIdType: z.string(),
  /** Whether rows that are missing may be added. */
  canCreate: z.boolean().optional(),
  /** What the database's own policies promise about decisions of this login, and the rights it holds beyond what it needs. */
  guard: z
    .object({
      decidedOnce: z.boolean(),
      selfReviewRefused: z.boolean(),
      policies: z.array(z.string()),
      excess: z.array(z.string()),
    })
    .optional(),
});

/** The source’s own anomalies. */
export const anomalyTableReport = z.object({
  table: z.string(),
  rows: z.number().int(),
  /** Rows nobody judged. */
  open: z.number().int(),
  /** Why dispositions cannot be written back, in a sentence; null when they can. */
  cannotDispose: z.string().nullable(),
  /** Why findings cannot be published there, in a sentence; null when they can. */
  cannotPublish: z.string().nullable(),
  /** Our dispositions in the words the table allows; null where it has none. */
  words: z.array(z.object({ disposition, word: z.string().nullable() })),
});

export const inspectionReport = z.object({
  server: z.string(),
  database: z.string(),
  role: z.string(),
  tls: z.string(),
  table: z.string(),
  preset: z.string(),
  mapping,
  missingFields: z.array(eventField),
  /** Detectors that cannot run on this table, with the field each lacks. */
  disabledDetectors: z.array(z.object({ detector: z.string(), needs: z.array(eventField) })),
  canSelect: z.boolean(),
  canInsert: z.boolean(),
  canUpdate: z.boolean(),
  canDelete: z.boolean(),
  rlsEnabled: z.boolean(),
  rlsApplies: z.boolean(),
  policies: z.array(z.string()),
  sourceAccount: z.string().nullable(),
  visibleSourceAccounts: z.array(z.object({ sourceAccount: z.string(), events: z.number().int() })),
  rows: z.number().int(),
  firstEventAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  /** Server clock minus ours, in milliseconds. */
  clockOffsetMs: z.number(),
  reviewTable: reviewTableReport.nullable(),
  anomalyTable: anomalyTableReport.nullable(),
  /** The whole report as sentences, in reading order. */
  sentences: z.array(z.string()),
  /** What the person should know or do before relying on this source. */
  warnings: z.array(z.string()),
  /** How the tables differ from what they were when this workspace was connected to them; connecting again confirms it. */
  changes: z.array(z.string()).optional(),
  /** Present when it is not, or may not be, the database this workspace is pinned to: why it is refused, in sentences. */
  otherDatabase: z
    .object({
      sentence: z.string(),
      next: z.string(),
      /** Whether a person may state, with a reason, that it is the same. */
      mayBeSame: z.boolean(),
    })
    .optional(),
});
export type InspectionReport = z.infer<typeof inspectionReport>;
