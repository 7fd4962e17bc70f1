// What is known of the source without asking it: what was found at connecting, how things stand, and every refresh.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { columnReference, eventFields, mappedField } from './connection.ts';
import { clockStanding } from './sync.ts';
import { refreshReport } from './workspace.ts';

export const rememberedColumn = z.object({
  name: z.string(),
  /** As PostgreSQL prints it. */
  type: z.string(),
  nullable: z.boolean(),
  canSelect: z.boolean(),
  canUpdate: z.boolean(),
  /** What the mapping reads from it: fields of events, or none. Of a JSON column these may be several. */
  fields: z.array(mappedField),
});

export const rememberedTable = z.object({
  /** schema.table */
  table: z.string(),
  columns: z.array(rememberedColumn),
  /** Rights of this login on the table as a whole: SELECT, INSERT, … */
  privileges: z.array(z.string()),
  rowSecurity: z.object({ enabled: z.boolean(), forced: z.boolean(), applies: z.boolean() }),
  policies: z.array(
    z.object({
      name: z.string(),
      command: z.string(),
      permissive: z.boolean(),
      roles: z.array(z.string()),
      using: z.string().nullable(),
      check: z.string().nullable(),
    }),
  ),
  /** The same in words. */
  sentences: z.array(z.string()),
});
export type RememberedTable = z.infer<typeof rememberedTable>;

/** The source as it was when this workspace was connected to it last; `source.report` looks at it again. */
export const rememberedSource = z.object({
  preset: z.string(),
  /** Of the table the events are read from. */
  schema: z.string(),
  table: z.string(),
  mapping: z.array(
    z.object({
      field: mappedField,
      reference: columnReference,
      /** Type of the column; null where it was not remembered. */
      type: z.string().nullable(),
    }),
  ),
  /** Fields of an event that nothing is mapped to. */
  missingFields: z.array(z.enum(eventFields)),
  /** SHA-256 over the tables as they were, 64 hex digits; null in workspaces connected before it was taken. */
  fingerprint: z.string().nullable(),
  /** Null for a table that is not there. All null without a fingerprint. */
  events: rememberedTable.nullable(),
  reviews: rememberedTable.nullable(),
  anomalies: rememberedTable.nullable(),
  sentences: z.array(z.string()),
});
export type RememberedSource = z.infer<typeof rememberedSource>;

export const sourceHealth = z.object({
  /** Null while the workspace is connected to no database. */
  source: rememberedSource.nullable(),
  now: instant,
  /** The last time the database is known to have answered: a refresh that ended. Null before the first. */
  lastContactAt: instant.nullable(),
  /** Everything up to here has been read; null before the first refresh. */
  readUpTo: instant.nullable(),
  lastEventAt: instant.nullable(),
  /** From there to now, in milliseconds: how old the newest of what is shown may be. */
  behindMilliseconds: z.number().nullable(),
  /** From the newest event to now: long silence may be the source's, or that of what writes to it. */
  silentMilliseconds: z.number().nullable(),
  clock: clockStanding,
  /** When the queue of the source was read last, by its clock; null where it has none. */
  queueReadAt: instant.nullable(),
  /** Set while nothing is sent because the schema is not as it was; the differences in words. */
  readOnly: z.object({ since: instant, differences: z.array(z.string()) }).nullable(),
  mirror: z.object({
    events: z.number().int(),
    firstEventAt: instant.nullable(),
    /** Days that have events. */
    days: z.number().int(),
    actors: z.number().int(),
    /** Fields that are mirrored beside time, actor and action. */
    fields: z.array(z.string()),
    onlyCounts: z.boolean(),
    /** Size of cache.sqlite and what belongs to it. */
    bytes: z.number(),
  }),
  refreshes: z.number().int(),
  /** Half of the refreshes of the last 20 took so long or less; null before the first. */
  medianRefreshMs: z.number().nullable(),
  /** The same in words, the most pressing first. */
  sentences: z.array(z.string()),
});
export type SourceHealth = z.infer<typeof sourceHealth>;

/** A refresh that ended; those that failed or were cancelled leave no report. */
export const refreshRecord = refreshReport.extend({
  id: z.number().int(),
  finishedAt: instant,
  replay: z.boolean(),
  /** Server time it read at. */
  serverTime: instant,
  /** Events the database counted then, and how they were read. */
  serverCount: z.number().int(),
  readBy: z.enum(['copy', 'cursor']),
  clockOffsetMs: z.number(),
});
export type RefreshRecord = z.infer<typeof refreshRecord>;

export const fieldProblemKinds = [
  'no-column',
  'not-readable',
  'wrong-type',
  'not-mapped',
  'empty',
  'not-placed',
  'not-an-address',
  'not-json',
  'unknown-severity',
] as const;
/**
 * Of the mapping: no-column, not-readable, wrong-type, and not-mapped for what is required. Of values: empty (an actor, action
 * or id that is stated nowhere), not-placed (a time that is infinite or absent), and texts that are not what they should be.
 */
export const fieldProblem = z.object({
  field: mappedField,
  kind: z.enum(fieldProblemKinds),
  sentence: z.string(),
  /** Nothing can be read while it stands. */
  isFatal: z.boolean(),
  /** Rows of the preview it is about, by place; empty for a problem of the mapping itself. */
  rows: z.array(z.number().int()),
});
export type FieldProblem = z.infer<typeof fieldProblem>;

export const mappingPreview = z.object({
  table: z.string(),
  /** All columns of the table, whether mapped or not, and which fields each could serve. */
  columns: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      canSelect: z.boolean(),
      fits: z.array(mappedField),
    }),
  ),
  /** The first rows, each field as it would be read; null is not stated. A field with a fatal problem is absent. */
  rows: z.array(z.partialRecord(mappedField, z.string().nullable())),
  /** True when they are the earliest; false where id or time cannot be read, and they are any. */
  isOrdered: z.boolean(),
  problems: z.array(fieldProblem),
  /** Whether connecting with this mapping would work, as far as the table goes. */
  canRead: z.boolean(),
});
export type MappingPreview = z.infer<typeof mappingPreview>;
