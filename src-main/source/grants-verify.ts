// The part of the grants that asks the catalog whether every promise holds: one row each, anybody may run it.
import {
  quoteLiteral,
  tableLiteral,
  textArray,
  type GrantPlan,
  type GuardedTable,
  type TableName,
} from './guarded-tables.ts';
import { titleOf } from './mapping.ts';
import { writableViews } from './writable-views.ts';

interface Promised {
  promise: string;
  /** Whether it holds; null counts as no. */
  holds: string;
  /** What was found instead, as text. */
  found: string;
}

/** Answers `promise`, `ok` and `found` in the order of the promises. */
export function verifySql(plan: GrantPlan): string {
  const promises = [
    ...rolePromises(plan, plan.reviewerRole),
    ...(plan.readerRole === null ? [] : rolePromises(plan, plan.readerRole)),
    ...plan.guarded.flatMap((guarded) => [
      ...decisionPromises(plan, guarded),
      ...guardPromises(plan, guarded),
      ...(plan.readerRole === null ? [] : [readOnly(plan.readerRole, guarded.table)]),
    ]),
  ];
  const rows = promises.map(
    ({ promise, holds, found }, index) =>
      `SELECT ${index + 1} AS number, ${quoteLiteral(promise)} AS promise, coalesce(${holds}, false) AS ok,\n       ${found} AS found`,
  );
  return `SELECT promise, ok, CASE WHEN ok THEN '' ELSE coalesce(nullif(found, ''), 'nothing') END AS found\nFROM (\n${rows.join('\nUNION ALL\n')}\n) AS promised ORDER BY number;`;
}

function rolePromises(plan: GrantPlan, role: string): Promised[] {
  const { events, guarded } = plan;
  const tables = [events, ...guarded.map(({ table }) => table)];
  const readable = tables.flatMap((table) => [
    `has_schema_privilege(${oidOf(role)}, (SELECT oid FROM pg_namespace WHERE nspname = ${quoteLiteral(table.schema)}), 'USAGE')`,
    `has_table_privilege(${oidOf(role)}, ${relationOf(table)}, 'SELECT')`,
  ]);
  return [
    {
      promise: `${role} is bound by rights and policies: no superuser, no BYPASSRLS, no owner of the tables`,
      holds: `NOT EXISTS (${exemptions(role, tables)}) AND ${oidOf(role)} IS NOT NULL`,
      found: `(SELECT string_agg(what, ', ') FROM (${exemptions(role, tables)}) AS e(what))`,
    },
    {
      promise: `${role} may read ${tables.map(titleOf).join(', ')}`,
      holds: readable.join(' AND '),
      found: `'a right is missing'`,
    },
    readOnly(role, events),
  ];
}

const oidOf = (role: string): string => `(SELECT oid FROM pg_roles WHERE rolname = ${quoteLiteral(role)})`;
const relationOf = (table: TableName): string => `to_regclass(${tableLiteral(table)})::oid`;

function exemptions(role: string, tables: readonly TableName[]): string {
  const relations = tables.map(relationOf).join(', ');
  return `SELECT 'superuser' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoteLiteral(role)} AND rolsuper)
        UNION ALL SELECT 'BYPASSRLS' WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoteLiteral(role)} AND rolbypassrls)
        UNION ALL SELECT 'owner of ' || c.relname FROM pg_class c
                   WHERE c.oid IN (${relations}) AND pg_has_role(${oidOf(role)}, c.relowner, 'MEMBER')`;
}

/** Which of the rights to change a table the role has, over itself, its roles or PUBLIC. */
function heldRights(role: string, table: TableName, rights: readonly string[]): string {
  const [who, what] = [oidOf(role), relationOf(table)];
  return `ARRAY(SELECT p FROM unnest(${textArray(rights)}) AS p
                 WHERE has_table_privilege(${who}, ${what}, p)
                    OR (p IN ('INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(${who}, ${what}, p)))`;
}

const changing = ['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];

function without(role: string, table: TableName, rights: readonly string[], promise: string): Promised {
  const held = heldRights(role, table, rights);
  return {
    promise,
    holds: `cardinality(${held}) = 0 AND ${relationOf(table)} IS NOT NULL AND ${oidOf(role)} IS NOT NULL`,
    found: `array_to_string(${held}, ', ')`,
  };
}

const readOnly = (role: string, table: TableName): Promised =>
  without(role, table, changing, `${role} may change nothing in ${titleOf(table)}`);

/** Exactly these columns, neither more nor fewer. */
function exactly(
  role: string,
  table: TableName,
  right: 'UPDATE' | 'INSERT',
  columns: readonly string[],
): Promised {
  const held = `ARRAY(SELECT a.attname::text COLLATE "C" FROM pg_attribute a
                 WHERE a.attrelid = ${relationOf(table)} AND a.attnum > 0 AND NOT a.attisdropped
                   AND has_column_privilege(${oidOf(role)}, a.attrelid, a.attnum, '${right}') ORDER BY 1)`;
  const verb = right === 'UPDATE' ? 'fill in' : 'give new rows of';
  const nothing = `${role} may add no row to ${titleOf(table)}`;
  return {
    promise:
      columns.length === 0
        ? nothing
        : `${role} may ${verb} ${titleOf(table)} exactly the columns ${columns.join(', ')}`,
    holds: `${held} = ${textArray(columns.toSorted())} AND ${relationOf(table)} IS NOT NULL AND ${oidOf(role)} IS NOT NULL`,
    found: `array_to_string(${held}, ', ')`,
  };
}

function decisionPromises({ reviewerRole, mayInsert }: GrantPlan, guarded: GuardedTable): Promised[] {
  const { table, decisionColumns, newRowColumns } = guarded;
  return [
    exactly(reviewerRole, table, 'UPDATE', decisionColumns),
    exactly(reviewerRole, table, 'INSERT', mayInsert ? newRowColumns : []),
    without(
      reviewerRole,
      table,
      ['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
      `${reviewerRole} may delete nothing in ${titleOf(table)}`,
    ),
  ];
}

function guardPromises({ reviewerRole, mayInsert }: GrantPlan, guarded: GuardedTable): Promised[] {
  const { table, undecided, decided, decidedInWords, fresh } = guarded;
  const title = titleOf(table);
  const policy = (command: string, condition: string) => ({
    holds: `EXISTS (SELECT FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
                 WHERE p.polrelid = ${relationOf(table)} AND c.relrowsecurity AND NOT p.polpermissive
                   AND p.polcmd IN (${quoteLiteral(command)}, '*') AND ${appliesTo(reviewerRole)} AND ${condition})`,
    found: `(SELECT string_agg(p.polname, ', ' ORDER BY p.polname) FROM pg_policy p WHERE p.polrelid = ${relationOf(table)})`,
  });
  return [
    {
      promise: `A decided row of ${title} cannot be decided again by ${reviewerRole}`,
      ...policy('w', says('p.polqual', undecided)),
    },
    {
      promise: `${reviewerRole} ${decidedInWords} in ${title}`,
      ...policy('w', says('p.polwithcheck', decided)),
    },
    ...(mayInsert
      ? [
          {
            promise: `A row that ${reviewerRole} adds to ${title} is undecided`,
            ...policy('a', says('p.polwithcheck', fresh)),
          },
        ]
      : []),
    {
      promise: `${reviewerRole} may write to no view over ${title}, which would act past its guard`,
      holds: `NOT EXISTS (${writableViews(relationOf(table), oidOf(reviewerRole))}) AND ${relationOf(table)} IS NOT NULL AND ${oidOf(reviewerRole)} IS NOT NULL`,
      found: `(SELECT string_agg(name, ', ' ORDER BY name) FROM (${writableViews(relationOf(table), oidOf(reviewerRole))}) AS v)`,
    },
    {
      promise: `A policy shows ${reviewerRole} rows of ${title}`,
      holds: `EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = ${relationOf(table)} AND p.polpermissive
                   AND p.polcmd IN ('r', '*') AND ${appliesTo(reviewerRole)})`,
      found: `'no SELECT policy for this role'`,
    },
  ];
}

const appliesTo = (role: string): string =>
  `EXISTS (SELECT FROM unnest(p.polroles) AS r(oid) WHERE r.oid = 0 OR pg_has_role(${oidOf(role)}, r.oid, 'USAGE'))`;

/** Compared as the server writes an expression, without brackets, spaces and casts, which differ with the types of columns. */
function says(expression: string, condition: string): string {
  return `${plainExpression(`pg_get_expr(${expression}, p.polrelid)`)} = ${plainExpression(quoteLiteral(condition))}`;
}

/** SQL for the text of a condition without brackets, spaces, casts and the word interval. */
export function plainExpression(text: string): string {
  return `replace(regexp_replace(${text}, '::(text|interval|timestamp with(out)? time zone)|interval |[()[:space:]]', '', 'g'), '''00:01:00''', '''1minute''')`;
}
