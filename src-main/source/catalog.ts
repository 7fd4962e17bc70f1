// What PostgreSQL's own catalog says about a table: its columns, their types, and what this session's role may do with them.
import type { SourceClient } from './client.ts';
import { ask } from './query.ts';

export interface CatalogColumn {
  name: string;
  /** As Postgres prints it: `character varying(40)`, `uuid`, `timestamp with time zone`. */
  type: string;
  /** Internal name of the type below any domain: varchar, uuid, timestamptz, jsonb; `enum` for any enumeration. */
  baseType: string;
  /** Characters a varchar or char column holds at most. */
  maximumLength: number | null;
  canSelect: boolean;
  canUpdate: boolean;
}

export interface CatalogTable {
  oid: string;
  schema: string;
  name: string;
  canUseSchema: boolean;
  columns: ReadonlyMap<string, CatalogColumn>;
}

const found = `
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = ANY ($1::text[]) AND ($2::text IS NULL OR n.nspname = $2)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'`;

const locateText = `
  SELECT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS name,
         has_schema_privilege(n.oid, 'USAGE') AS "canUseSchema"
  ${found}
  ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname`;

const columnsText = `
  SELECT a.attrelid::text AS oid, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
         CASE WHEN b.typtype = 'e' THEN 'enum' ELSE b.typname::text END AS "baseType",
         CASE WHEN b.typname IN ('varchar', 'bpchar')
              THEN nullif(greatest(CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END, 3), 3) - 4
              END AS "maximumLength",
         has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS "canSelect",
         has_column_privilege(a.attrelid, a.attnum, 'UPDATE') AS "canUpdate"
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  WHERE a.attrelid IN (SELECT c.oid ${found}) AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attrelid, a.attnum`;

/**
 * Finds tables and views by name, those in schema `public` first; partitions are left out.
 * @param schema Looks only there; null looks in every schema that is not the system's.
 */
export async function findTables(
  client: SourceClient,
  names: readonly string[],
  schema: string | null,
  signal?: AbortSignal,
): Promise<CatalogTable[]> {
  const values = [names, schema];
  // Both at once: over a slow network the second need not wait for the answer to the first.
  const [tables, columns] = await Promise.all([
    ask<Omit<CatalogTable, 'columns'>>(client, { text: locateText, values }, signal),
    ask<CatalogColumn & { oid: string }>(client, { text: columnsText, values }, signal),
  ]);
  return tables.map((table) => ({
    ...table,
    columns: new Map(columns.filter(({ oid }) => oid === table.oid).map((column) => [column.name, column])),
  }));
}
