// What is remembered of the tables a workspace relies on: columns, types, nullability, rights and row-level policies.
import { z } from 'zod';

const columnShape = z.object({
  type: z.string(),
  nullable: z.boolean(),
  select: z.boolean(),
  update: z.boolean(),
});
export type ColumnShape = z.infer<typeof columnShape>;

const policyShape = z.object({
  command: z.string(),
  permissive: z.boolean(),
  /** In order of name; `public` is everybody. */
  roles: z.array(z.string()),
  using: z.string().nullable(),
  check: z.string().nullable(),
});
export type PolicyShape = z.infer<typeof policyShape>;

const tableShape = z.object({
  schema: z.string(),
  name: z.string(),
  /** Whether this user may look into the schema at all. */
  usage: z.boolean(),
  columns: z.record(z.string(), columnShape),
  /** Columns the workspace reads. */
  reads: z.array(z.string()),
  /** Columns it writes, or would, were it allowed to. */
  writes: z.array(z.string()),
  privileges: z.array(z.string()),
  rowSecurity: z.object({ enabled: z.boolean(), forced: z.boolean(), applies: z.boolean() }),
  /** Those that bind this user, by name. */
  policies: z.record(z.string(), policyShape),
});
export type TableShape = z.infer<typeof tableShape>;

export const tableRoles = ['events', 'reviews', 'anomalies'] as const;
export type TableRole = (typeof tableRoles)[number];

/** Null for a table that is not there. */
export const schemaFingerprint = z.object({
  /** SHA-256 of the canonical JSON of `tables`, 64 hex digits. */
  sha256: z.string(),
  tables: z.object({
    events: tableShape.nullable(),
    reviews: tableShape.nullable(),
    anomalies: tableShape.nullable(),
  }),
});
export type SchemaFingerprint = z.infer<typeof schemaFingerprint>;
