// Views over a table through which a role could change it past its policies, because a view acts with the rights of its owner.

/**
 * SQL for the names of such views, as rows of one column `name`, views over views included.
 * @param table SQL for the oid of the table.
 * @param role SQL for the role as the privilege functions take it: a name or an oid.
 */
export function writableViews(table: string, role: string): string {
  const may = (right: string) => `has_any_column_privilege(${role}, c.oid, '${right}')`;
  return `WITH RECURSIVE above (oid) AS (
      SELECT ${table}
      UNION
      SELECT r.ev_class FROM above JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = above.oid
        JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid)
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
      FROM above JOIN pg_class c ON c.oid = above.oid AND c.relkind = 'v' JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE has_schema_privilege(${role}, n.oid, 'USAGE')
       AND (${may('UPDATE')} OR ${may('INSERT')} OR has_table_privilege(${role}, c.oid, 'DELETE'))
       AND NOT coalesce((SELECT option_value::boolean FROM pg_options_to_table(c.reloptions)
                          WHERE option_name = 'security_invoker'), false)`;
}
