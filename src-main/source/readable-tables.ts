// What a login may read beside the audit events: tables and views, and the columns of one of them.
import { Problem } from '#shared/model/problem.ts';
import { findTables, type CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { ask } from './query.ts';

export type ReadableTable = {
  readonly schema: string;
  readonly table: string;
  readonly kind: 'table' | 'view';
  readonly rows: number | null;
};

const mostTables = 2000;

const listText = `
  SELECT n.nspname::text AS schema, c.relname::text AS "table",
         CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
         CASE WHEN c.reltuples >= 0 AND c.relkind <> 'v' THEN c.reltuples::bigint::text END AS rows
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    AND has_schema_privilege(n.oid, 'USAGE') AND has_any_column_privilege(c.oid, 'SELECT')
  ORDER BY n.nspname = 'public' DESC, n.nspname, c.relname
  LIMIT $1`;

export async function listReadableTables(
  client: SourceClient,
): Promise<{ tables: ReadableTable[]; more: boolean }> {
  const found = await ask<{ schema: string; table: string; kind: 'table' | 'view'; rows: string | null }>(
    client,
    { text: listText, values: [mostTables + 1] },
  );
  const tables = found.slice(0, mostTables).map((table) => ({
    ...table,
    rows: table.rows === null ? null : Number(table.rows),
  }));
  return { tables, more: found.length > mostTables };
}

/** @throws Problem `source-missing` */
export async function readableColumns(
  client: SourceClient,
  at: { readonly schema: string; readonly table: string },
): Promise<{ name: string; type: string }[]> {
  const { columns } = await located(client, at);
  return [...columns.values()].filter(({ canSelect }) => canSelect).map(({ name, type }) => ({ name, type }));
}

async function located(
  client: SourceClient,
  { schema, table }: { readonly schema: string; readonly table: string },
): Promise<CatalogTable> {
  const [found] = await findTables(client, [table], schema);
  if (found?.canUseSchema) return found;
  throw missing('table or view', `${schema}.${table}`);
}

function missing(what: string, name: string): Problem {
  return new Problem('source-missing', `There is no ${what} “${name}” that this user may read.`, {
    next: 'Choose another one, or ask whoever runs the database.',
  });
}
