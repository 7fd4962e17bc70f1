// Takes the fingerprint of the tables a workspace relies on, by the catalog alone, so that a missing right cannot spoil anything.
import { createHash } from 'node:crypto';
import type { Mapping } from '#shared/model/connection.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { anomalyColumns, anomalyTableName, dispositionColumns } from './anomaly-table.ts';
import { findTables, type CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { assertInStep } from './in-step.ts';
import { ask } from './query.ts';
import { decisionColumns, reviewColumns, reviewTableName } from './review-table.ts';
import type { PolicyShape, SchemaFingerprint, TableShape } from './schema-shape.ts';

const securityText = `
  SELECT c.oid::text AS oid, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced, row_security_active(c.oid) AS applies,
         ARRAY(SELECT a.attname::text FROM pg_attribute a
               WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                 AND NOT (a.attnotnull OR EXISTS (SELECT 1 FROM pg_type t WHERE t.oid = a.atttypid AND t.typnotnull))) AS nullable,
         ARRAY(SELECT p.name FROM unnest(ARRAY['DELETE', 'INSERT', 'REFERENCES', 'SELECT', 'TRIGGER', 'TRUNCATE', 'UPDATE']) AS p(name)
               WHERE has_table_privilege(c.oid, p.name) ORDER BY 1) AS privileges
  FROM pg_class c WHERE c.oid = ANY ($1::oid[])`;

/** Only policies that bind this role: those of others change nothing for it. */
const policiesText = `
  SELECT p.polrelid::text AS oid, p.polname::text AS name, p.polpermissive AS permissive,
         CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command,
         ARRAY(SELECT CASE WHEN r.oid = 0 THEN 'public' ELSE pg_get_userbyid(r.oid)::text END
               FROM unnest(p.polroles) AS r(oid) ORDER BY 1) AS roles,
         pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check
  FROM pg_policy p
  WHERE p.polrelid = ANY ($1::oid[])
    AND EXISTS (SELECT 1 FROM unnest(p.polroles) AS r(oid)
                WHERE CASE WHEN r.oid = 0 THEN true ELSE pg_has_role(r.oid, 'USAGE') END)
  ORDER BY p.polrelid, p.polname`;

/**
 * Few round trips, whatever the number of tables.
 * @param mapping Which table the events are read from, and which of its columns.
 */
export async function takeFingerprint(
  client: SourceClient,
  mapping: Mapping,
  signal?: AbortSignal,
): Promise<SchemaFingerprint> {
  const names = [mapping.table, reviewTableName, anomalyTableName];
  const found = await findTables(client, names, null, signal);
  const named = (name: string) => found.find((table) => table.name === name);
  const wanted = {
    events: found.find((table) => table.name === mapping.table && table.schema === mapping.schema),
    reviews: named(reviewTableName),
    anomalies: named(anomalyTableName),
  };
  const security = await readSecurity(client, Object.values(wanted), signal);
  // A connection out of step would make a schema of somebody else's answers.
  await assertInStep(client, signal);
  const mapped = Object.values(mapping.columns).map(({ column }) => column);
  const shape = (table: CatalogTable | undefined, reads: readonly string[], writes: readonly string[]) => {
    const secured = table && security.get(table.oid);
    // Dropped between two looks: then it is not there.
    return secured ? shapeOf(table, secured, reads, writes) : null;
  };
  const tables = {
    events: shape(wanted.events, mapped, []),
    reviews: shape(wanted.reviews, reviewColumns, decisionColumns),
    anomalies: shape(wanted.anomalies, anomalyColumns, dispositionColumns),
  };
  return { sha256: createHash('sha256').update(canonicalJson(tables), 'utf8').digest('hex'), tables };
}

type Security = TableShape['rowSecurity'] & { nullable: string[]; privileges: string[] };
type Secured = Security & { policies: TableShape['policies'] };

/** By the identity of the table. */
async function readSecurity(
  client: SourceClient,
  tables: readonly (CatalogTable | undefined)[],
  signal?: AbortSignal,
): Promise<Map<string, Secured>> {
  const values = [tables.flatMap((table) => table?.oid ?? [])];
  const rows = await ask<Security & { oid: string }>(client, { text: securityText, values }, signal);
  const policies = await ask<PolicyShape & { oid: string; name: string }>(
    client,
    { text: policiesText, values },
    signal,
  );
  const policiesOf = (table: string) =>
    policies
      .filter(({ oid }) => oid === table)
      .map(({ oid: _oid, name, ...policy }) => [name, policy] as const);
  return new Map(
    rows.map(({ oid, ...security }) => [oid, { ...security, policies: Object.fromEntries(policiesOf(oid)) }]),
  );
}

function shapeOf(
  table: CatalogTable,
  { enabled, forced, applies, privileges, nullable, policies }: Secured,
  reads: readonly string[],
  writes: readonly string[],
): TableShape {
  return {
    schema: table.schema,
    name: table.name,
    usage: table.canUseSchema,
    columns: Object.fromEntries(
      [...table.columns.values()].map(({ name, type, canSelect, canUpdate }) => [
        name,
        { type, nullable: nullable.includes(name), select: canSelect, update: canUpdate },
      ]),
    ),
    reads: [...new Set(reads)].toSorted(),
    writes: [...writes].toSorted(),
    privileges,
    rowSecurity: { enabled, forced, applies },
    policies,
  };
}
