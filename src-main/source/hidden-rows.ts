// Whether rows of a table or view may be kept from this session without a word: by row-level security, or where nobody can look.

/** What {@link hiddenRowsQuery} answers. */
export type HiddenRows = {
  /** By row-level security of the table itself. */
  readonly isHiding: boolean;
  /** By row-level security of a table below the view. */
  readonly hidesBelow: boolean;
  /** The view asks a function that reads tables, or may; what that leaves out is not to be seen from here. */
  readonly asksFunctions: boolean;
  /** Rows come from another server, which has rules of its own. */
  readonly isForeign: boolean;
  /** The view shows each user other rows: its text names the user, a setting or a privilege. */
  readonly asksWhoAsks: boolean;
};

/** In sentences; empty where all rows there are were to be seen. */
export function hiddenRowsInWords(found: HiddenRows): string[] {
  const said: readonly (readonly [is: boolean, sentence: string])[] = [
    [found.isHiding, 'Row-level security is active for this user: rows it hides'],
    [
      found.hidesBelow && !found.isHiding,
      'This view reads tables with row-level security: rows that it hides from the view',
    ],
    [found.asksFunctions, 'This view asks functions that may read tables: rows that they leave out'],
    [found.isForeign, 'It reads tables of another server: rows that are hidden there'],
    [
      found.asksWhoAsks,
      'This view goes by who asks (a user, a setting or a privilege): rows it keeps from this user',
    ],
  ];
  return said.flatMap(([is, sentence]) =>
    is ? [`${sentence} are not part of the population, and cannot be counted.`] : [],
  );
}

/**
 * `$1` is the quoted name of a table or view; answers one row, {@link HiddenRows}.
 *
 * `row_security_active` says nothing about what is below a view. A view reads as its owner, one with `security_invoker` as whoever
 * asks, also where another view asks it; a materialized one was filled by its owner. A function that is immutable reads no table,
 * and neither does one in C that answers a single value; built-in ones leave no trace in `pg_depend`.
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
), below AS (
  SELECT oid FROM view
  UNION
  SELECT i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.oid
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
       ) AS "hidesBelow",
       EXISTS (
         SELECT FROM reader
         JOIN pg_catalog.pg_rewrite r ON r.ev_class = reader.view
         JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
           AND d.refclassid = 'pg_catalog.pg_proc'::regclass
         JOIN pg_catalog.pg_proc p ON p.oid = d.refobjid AND p.provolatile <> 'i'
         JOIN pg_catalog.pg_language l ON l.oid = p.prolang
         WHERE p.proretset OR l.lanname NOT IN ('c', 'internal')
       ) AS "asksFunctions",
       EXISTS (
         SELECT FROM below JOIN pg_catalog.pg_class c ON c.oid = below.oid WHERE c.relkind = 'f'
       ) AS "isForeign",
       EXISTS (
         SELECT FROM reader
         WHERE pg_catalog.pg_get_viewdef(reader.view)
               ~* '\\m(current_user|session_user|current_role|system_user|current_setting|pg_has_role|has_[a-z_]+_privilege|row_security_active)\\M'
       ) AS "asksWhoAsks"`;
