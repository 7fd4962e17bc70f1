// Whether row-level security may keep rows of a table from this session, or rows of the tables below a view from that view.

/**
 * `$1` is the quoted name of a table or view; answers `isHiding` and `hidesBelow`.
 *
 * `row_security_active` says nothing about what is below a view. A view reads as its owner, one with `security_invoker` as whoever
 * asks, also where another view asks it; a materialized one was filled by its owner.
 */
export const hiddenRowsQuery = `
WITH RECURSIVE view AS (
  SELECT $1::regclass::oid AS oid
  UNION
  SELECT d.refobjid
  FROM view v
  JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
    AND d.refclassid = 'pg_catalog.pg_class'::regclass
), reader AS (
  SELECT c.oid AS view,
         CASE WHEN EXISTS (SELECT FROM unnest(c.reloptions) AS option
                           WHERE option LIKE 'security_invoker=%' AND split_part(option, '=', 2)::boolean)
              THEN (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user) ELSE c.relowner END AS role
  FROM pg_catalog.pg_class c
  WHERE c.oid IN (SELECT oid FROM view) AND c.relkind IN ('v', 'm')
)
SELECT row_security_active($1::regclass) AS "isHiding",
       EXISTS (
         SELECT FROM reader
         JOIN pg_catalog.pg_rewrite r ON r.ev_class = reader.view
         JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
           AND d.refclassid = 'pg_catalog.pg_class'::regclass
         JOIN pg_catalog.pg_class t ON t.oid = d.refobjid AND t.relrowsecurity
         JOIN pg_catalog.pg_roles u ON u.oid = reader.role
         WHERE NOT u.rolsuper AND NOT u.rolbypassrls
           AND (t.relforcerowsecurity OR NOT pg_has_role(u.oid, t.relowner, 'USAGE'))
       ) AS "hidesBelow"`;
