// The part of the grants that changes rights: checks first, notes what was there before, then grants and guards.
import { quoteIdentifier, quoteTable } from './identifier.ts';
import {
  block,
  guardPolicies,
  quoteList,
  quoteLiteral,
  recordTableOf,
  rolesOf,
  schemasOf,
  tableLiteral,
  tablesOf,
  textArray,
  type GrantPlan,
  type GuardedTable,
} from './guarded-tables.ts';

/** Nothing in public may stand in for a built-in function, and nobody waits long behind a lock. */
export const transactionSettings = `SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '10s';`;

/** One transaction: all of it holds, or nothing was changed. Running it again changes nothing further. */
export function applySql(plan: GrantPlan): string {
  const { guarded } = plan;
  return [
    `BEGIN;
${transactionSettings}`,
    '-- Stops, with everything as it was, where a promise below could not be kept.',
    checks(plan),
    '-- Notes the rights these roles have now, for the rollback.',
    record(plan),
    '-- Reading, and nothing else.',
    reading(plan),
    ...guarded.flatMap((table) => [`-- Decisions in ${quoteTable(table.table)}.`, guard(plan, table)]),
    'COMMIT;',
  ].join('\n\n');
}

function checks(plan: GrantPlan): string {
  return block(`DECLARE
  role_name text;
  table_name text;
BEGIN
  FOREACH role_name IN ARRAY ${textArray(rolesOf(plan))} LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      RAISE EXCEPTION 'There is no role %. Create it first (CREATE ROLE).', role_name;
    END IF;
    IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = role_name) THEN
      RAISE EXCEPTION 'The role % is a superuser or has BYPASSRLS: no guard would bind it.', role_name;
    END IF;
    FOREACH table_name IN ARRAY ${textArray(tablesOf(plan).map(quoteTable))} LOOP
      IF to_regclass(table_name) IS NULL THEN
        RAISE EXCEPTION 'There is no table %.', table_name;
      END IF;
      IF EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.oid = to_regclass(table_name)
                    AND (pg_has_role(role_name, c.relowner, 'MEMBER') OR pg_has_role(role_name, n.nspowner, 'MEMBER'))) THEN
        RAISE EXCEPTION 'The role % owns % or its schema, or is a member of the owner: it could undo every guard.', role_name, table_name;
      END IF;
    END LOOP;
  END LOOP;
  FOREACH table_name IN ARRAY ${textArray(plan.guarded.map(({ table }) => quoteTable(table)))} LOOP
    IF EXISTS (SELECT FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
                WHERE c.oid = to_regclass(table_name) AND NOT c.relrowsecurity) THEN
      RAISE EXCEPTION 'Row-level security of % is off, but it has policies, which would begin to bind others. Drop them or enable it first.', table_name;
    END IF;
  END LOOP;
  IF EXISTS (SELECT FROM pg_policy WHERE polrelid = ANY (${guardedOids(plan)})
              AND polname LIKE 'countersign\\_guard\\_%'
              AND polroles <> ARRAY[(SELECT oid FROM pg_roles WHERE rolname = ${quoteLiteral(plan.reviewerRole)})]) THEN
    RAISE EXCEPTION 'Another role is guarded already. Make the reviewers members of that role, or run its rollback first.';
  END IF;
END`);
}

const guardedOids = ({ guarded }: GrantPlan): string =>
  `ARRAY[${guarded.map(({ table }) => `to_regclass(${tableLiteral(table)})::oid`).join(', ')}]`;

/** One row a right, and one without a right for each object and role, which says that it was looked at. */
function record(plan: GrantPlan): string {
  const store = recordTableOf(plan);
  const objects = [
    `SELECT 'DATABASE', quote_ident(d.datname), NULL::text, d.datdba, coalesce(d.datacl, acldefault('d', d.datdba))
          FROM pg_database d WHERE d.datname = current_database()`,
    `SELECT 'SCHEMA', quote_ident(n.nspname), NULL, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
          FROM pg_namespace n WHERE n.nspname = ANY (${textArray(schemasOf(plan))})`,
    `SELECT 'TABLE', t.name, NULL, c.relowner, coalesce(c.relacl, acldefault('r', c.relowner))
          FROM unnest(${textArray(tablesOf(plan).map(quoteTable))}) AS t(name) JOIN pg_class c ON c.oid = to_regclass(t.name)`,
    `SELECT 'TABLE', t.name, quote_ident(a.attname), c.relowner, a.attacl
          FROM unnest(${textArray(tablesOf(plan).map(quoteTable))}) AS t(name) JOIN pg_class c ON c.oid = to_regclass(t.name)
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL`,
  ].join('\n        UNION ALL ');
  return `CREATE TABLE IF NOT EXISTS ${store} (
  recorded_at timestamptz NOT NULL DEFAULT now(),
  kind text NOT NULL, object text NOT NULL, column_name text, grantee text, privilege text, grantable boolean
);
${trustedNote(plan)}
REVOKE ALL ON TABLE ${store} FROM PUBLIC;
WITH role AS (
  SELECT r.oid, r.rolname::text AS name FROM pg_roles r WHERE r.rolname = ANY (${textArray(rolesOf(plan))})
), object (kind, name, column_name, owner, acl) AS (
        ${objects}
), pair AS (
  SELECT o.*, r.oid AS role, r.name AS grantee FROM object o CROSS JOIN role r
   WHERE NOT EXISTS (SELECT FROM ${store} b WHERE b.kind = o.kind AND b.object = o.name AND b.grantee = r.name)
)
INSERT INTO ${store} (kind, object, column_name, grantee, privilege, grantable)
SELECT kind, name, NULL, grantee, NULL, NULL FROM pair WHERE column_name IS NULL
UNION ALL
SELECT p.kind, p.name, p.column_name, p.grantee, a.privilege_type, a.is_grantable
  FROM pair p CROSS JOIN LATERAL aclexplode(p.acl) a WHERE a.grantee = p.role AND a.grantor = p.owner;
INSERT INTO ${store} (kind, object, privilege)
SELECT 'ROW SECURITY', t.name, CASE WHEN c.relrowsecurity THEN 'ENABLED' ELSE 'DISABLED' END
  FROM unnest(${textArray(plan.guarded.map(({ table }) => quoteTable(table)))}) AS t(name) JOIN pg_class c ON c.oid = to_regclass(t.name)
 WHERE NOT EXISTS (SELECT FROM ${store} b WHERE b.kind = 'ROW SECURITY' AND b.object = t.name);`;
}

/** The rollback grants what the note says, so nobody else may have laid one out. */
export function trustedNote(plan: GrantPlan): string {
  const store = recordTableOf(plan);
  return block(`BEGIN
  IF EXISTS (SELECT FROM pg_class c JOIN pg_roles o ON o.oid = c.relowner
              WHERE c.oid = to_regclass(${quoteLiteral(store)}) AND o.rolname <> current_user AND NOT o.rolsuper) THEN
    RAISE EXCEPTION 'The table % belongs to somebody else. Drop it first, if nobody needs it.', ${quoteLiteral(store)};
  END IF;
END`);
}

function reading(plan: GrantPlan): string {
  const roles = quoteList(rolesOf(plan));
  const schemas = quoteList(schemasOf(plan));
  const tables = tablesOf(plan).map(quoteTable).join(', ');
  return `${block(`BEGIN
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${formatted(roles)}', current_database());
END`)}
REVOKE CREATE ON SCHEMA ${schemas} FROM ${roles};
GRANT USAGE ON SCHEMA ${schemas} TO ${roles};
REVOKE ALL ON TABLE ${tables} FROM ${roles};
GRANT SELECT ON TABLE ${tables} TO ${roles};`;
}

function guard(plan: GrantPlan, guarded: GuardedTable): string {
  const table = quoteTable(guarded.table);
  const reviewer = quoteIdentifier(plan.reviewerRole);
  const { guardDecisions, guardNewRows } = guardPolicies;
  const inserting = `
GRANT INSERT (${guarded.newRowColumns.join(', ')}) ON TABLE ${table} TO ${reviewer};
CREATE POLICY ${guardNewRows} ON ${table} AS RESTRICTIVE FOR INSERT TO ${reviewer}
  WITH CHECK (${guarded.fresh});`;
  return `GRANT UPDATE (${guarded.decisionColumns.join(', ')}) ON TABLE ${table} TO ${reviewer};
${dropPolicies(table)}
${keepWorking(plan, guarded)}
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY ${guardDecisions} ON ${table} AS RESTRICTIVE FOR UPDATE TO ${reviewer}
  USING (${guarded.undecided})
  WITH CHECK (${guarded.decided});${plan.mayInsert ? inserting : ''}`;
}

export function dropPolicies(table: string): string {
  return Object.values(guardPolicies)
    .map((name) => `DROP POLICY IF EXISTS ${name} ON ${table};`)
    .join('\n');
}

/**
 * Restrictive policies only take away, so somebody has to allow first. Where row security was off, everybody is allowed as before;
 * where it was on, the reviewer may decide on the rows its SELECT policies show, unless a policy for that is there already.
 */
function keepWorking(plan: GrantPlan, guarded: GuardedTable): string {
  const table = quoteTable(guarded.table);
  const reviewer = quoteIdentifier(plan.reviewerRole);
  const { asBefore, decide, create } = guardPolicies;
  const allow = (name: string, command: string, clauses: string) =>
    `EXECUTE format('CREATE POLICY ${name} ON ${formatted(table)} FOR ${command} TO ${formatted(reviewer)} ${clauses}', visible);`;
  const inserting = `
  IF NOT EXISTS (SELECT FROM applying WHERE polpermissive AND polcmd IN ('a', '*')) THEN
    ${allow(create, 'INSERT', 'WITH CHECK (%s)')}
  END IF;`;
  return block(`DECLARE
  guarded CONSTANT oid := to_regclass(${tableLiteral(guarded.table)});
  visible text;
BEGIN
  DROP TABLE IF EXISTS pg_temp.applying;
  CREATE TEMPORARY TABLE applying ON COMMIT DROP AS
    SELECT p.polpermissive, p.polcmd, '(' || pg_get_expr(p.polqual, p.polrelid) || ')' AS condition
      FROM pg_policy p
     WHERE p.polrelid = guarded AND EXISTS (
       SELECT FROM unnest(p.polroles) AS r(oid)
        WHERE r.oid = 0 OR pg_has_role(${quoteLiteral(plan.reviewerRole)}, r.oid, 'USAGE'));
  IF EXISTS (SELECT FROM ${recordTableOf(plan)}
              WHERE kind = 'ROW SECURITY' AND object = ${tableLiteral(guarded.table)} AND privilege = 'DISABLED') THEN
    CREATE POLICY ${asBefore} ON ${table} USING (true) WITH CHECK (true);
    RETURN;
  END IF;
  SELECT concat_ws(' AND ',
           coalesce('(' || string_agg(condition, ' OR ') FILTER (WHERE polpermissive) || ')', 'false'),
           string_agg(condition, ' AND ') FILTER (WHERE NOT polpermissive))
    INTO visible FROM applying WHERE polcmd IN ('r', '*');
  IF NOT EXISTS (SELECT FROM applying WHERE polpermissive AND polcmd IN ('w', '*')) THEN
    ${allow(decide, 'UPDATE', 'USING (%1$s) WITH CHECK (%1$s)')}
  END IF;${plan.mayInsert ? inserting : ''}
END`);
}

/** A name inside the text of format(). */
const formatted = (name: string): string => name.replaceAll("'", "''").replaceAll('%', '%%');
