// What the role may do with the event table, and whether row-level security decides what it sees.
import type { CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { ask } from './query.ts';

export interface TableRights {
  canInsert: boolean;
  canUpdate: boolean;
  canDelete: boolean;
  canTruncate: boolean;
  rlsEnabled: boolean;
  /** Policies filter what this role sees. */
  rlsApplies: boolean;
  /** Why enabled policies do not bind this role; null when they do, or none is enabled. */
  rlsExemption: 'owner' | 'superuser' | 'bypass' | null;
  policies: string[];
  /** Some unique index guarantees that (id, time) identifies a row. */
  hasUniqueId: boolean;
}

type RightsRow = Omit<TableRights, 'rlsExemption' | 'hasUniqueId'> & {
  isOwner: boolean;
  isSuperuser: boolean;
  bypasses: boolean;
  uniqueIndexes: string[][];
};

const rightsText = `
  SELECT has_table_privilege(c.oid, 'INSERT') OR has_any_column_privilege(c.oid, 'INSERT') AS "canInsert",
         has_table_privilege(c.oid, 'UPDATE') OR has_any_column_privilege(c.oid, 'UPDATE') AS "canUpdate",
         has_table_privilege(c.oid, 'DELETE') AS "canDelete",
         has_table_privilege(c.oid, 'TRUNCATE') AS "canTruncate",
         c.relrowsecurity AS "rlsEnabled", row_security_active(c.oid) AS "rlsApplies",
         pg_has_role(c.relowner, 'USAGE') AS "isOwner", r.rolsuper AS "isSuperuser", r.rolbypassrls AS bypasses,
         ARRAY(SELECT p.policyname::text FROM pg_policies p
               WHERE p.schemaname = $2 AND p.tablename = $3 ORDER BY 1) AS policies,
         coalesce((SELECT json_agg(ARRAY(SELECT a.attname::text FROM unnest(i.indkey) AS k(attnum)
                                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum))
                   FROM pg_index i
                   WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL),
                  '[]'::json) AS "uniqueIndexes"
  FROM pg_class c, pg_roles r
  WHERE c.oid = $1::oid AND r.rolname = current_user`;

/** @param identity The columns that hold id and time. */
export async function readRights(
  client: SourceClient,
  table: CatalogTable,
  identity: readonly string[],
): Promise<TableRights> {
  const [row] = await ask<RightsRow>(client, {
    text: rightsText,
    values: [table.oid, table.schema, table.name],
  });
  if (!row) throw new Error('The catalog lost the table between two queries.');
  const { isOwner, isSuperuser, bypasses, uniqueIndexes, ...rights } = row;
  const exemption = isSuperuser ? 'superuser' : bypasses ? 'bypass' : isOwner ? 'owner' : null;
  return {
    ...rights,
    rlsExemption: rights.rlsEnabled && !rights.rlsApplies ? exemption : null,
    hasUniqueId: uniqueIndexes.some((columns) => columns.every((column) => identity.includes(column))),
  };
}
