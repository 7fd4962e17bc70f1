// The part of the grants that takes everything back, to the rights that were noted before.
import { quoteTable } from './identifier.ts';
import { dropPolicies, transactionSettings, trustedNote } from './grants-apply.ts';
import {
  block,
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

/** One transaction; it ends with the removal of the note, so that a second run says that there is none, and changes nothing. */
export function rollbackSql(plan: GrantPlan): string {
  return [
    `BEGIN;
${transactionSettings}`,
    noted(plan),
    trustedNote(plan),
    ...plan.guarded.map((guarded) => unguard(plan, guarded)),
    '-- Each role gets back exactly the rights that were noted before.',
    restore(plan),
    forget(plan),
    'COMMIT;',
  ].join('\n\n');
}

/** Without it nobody knows what there was before. */
function noted(plan: GrantPlan): string {
  const store = quoteLiteral(recordTableOf(plan));
  return block(`BEGIN
  IF to_regclass(${store}) IS NULL THEN
    RAISE EXCEPTION 'There is no table %: the grants were never made, or were rolled back already. Nothing was changed.', ${store};
  END IF;
END`);
}

function unguard(plan: GrantPlan, { table }: GuardedTable): string {
  return `${dropPolicies(quoteTable(table))}
${block(`BEGIN
  IF EXISTS (SELECT FROM ${recordTableOf(plan)}
              WHERE kind = 'ROW SECURITY' AND object = ${tableLiteral(table)} AND privilege = 'DISABLED') THEN
    IF EXISTS (SELECT FROM pg_policy WHERE polrelid = to_regclass(${tableLiteral(table)})) THEN
      RAISE WARNING 'Somebody has added policies meanwhile, so row-level security stays on.';
    ELSE
      ALTER TABLE ${quoteTable(table)} DISABLE ROW LEVEL SECURITY;
    END IF;
  END IF;
END`)}`;
}

function restore(plan: GrantPlan): string {
  return block(`DECLARE
  noted record;
BEGIN
  FOR noted IN
    SELECT DISTINCT kind, object, grantee FROM ${recordTableOf(plan)} WHERE ${credible(plan)}
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM %I', noted.kind, noted.object, noted.grantee);
  END LOOP;
  FOR noted IN
    SELECT kind, object, grantee, privilege || coalesce(' (' || column_name || ')', '') AS privilege,
           CASE WHEN grantable THEN ' WITH GRANT OPTION' ELSE '' END AS manner
      FROM ${recordTableOf(plan)} WHERE ${credible(plan)} AND privilege ~ '^[A-Z]+$'
       AND (column_name IS NULL OR EXISTS (SELECT FROM pg_attribute a
                                            WHERE a.attrelid = to_regclass(object)::oid AND quote_ident(a.attname) = column_name))
  LOOP
    EXECUTE format('GRANT %s ON %s %s TO %I%s', noted.privilege, noted.kind, noted.object, noted.grantee, noted.manner);
  END LOOP;
END`);
}

/** Only what this script notes: its own objects and roles, whatever else the table may hold. */
function credible(plan: GrantPlan): string {
  const among = (kind: string, objects: string) => `(kind = '${kind}' AND object = ANY (${objects}))`;
  const schemas = `SELECT quote_ident(s) FROM unnest(${textArray(schemasOf(plan))}) AS s`;
  const objects = [
    among('DATABASE', 'ARRAY[quote_ident(current_database())]'),
    among('SCHEMA', `ARRAY(${schemas})`),
    among('TABLE', textArray(tablesOf(plan).map(quoteTable))),
  ];
  return `grantee = ANY (${textArray(rolesOf(plan))}) AND (${objects.join(' OR ')})`;
}

const forget = (plan: GrantPlan): string => `DROP TABLE ${recordTableOf(plan)};`;
