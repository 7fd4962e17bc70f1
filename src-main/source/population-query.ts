// The statements that freeze a population: the rows as items in the order of their keys, and a separate count of what they are from.
import { escapeLiteral } from 'pg';
import type { EntitlementColumns, ScopeFilter } from '#shared/model/campaign.ts';
import type { Mapping } from '#shared/model/connection.ts';
import { assertNever } from '#shared/model/problem.ts';
import { textExpression, tableOf } from './event-expressions.ts';
import { conditions } from './event-query.ts';
import { quoteIdentifier, quoteTable } from './identifier.ts';
import { isPlaceable } from './microseconds.ts';
import { noWords, yesWords } from './tri-state-words.ts';

/** A group of rows that are left out, and the condition that tells them from the others; in order, each after those before. */
export type LeftOut = { readonly what: string; readonly reason: string; readonly isKept: string };

export type PopulationQuery = {
  /** Without parameters, so that anybody can send it again, and COPY can. */
  readonly items: string;
  /** Rows that were kept, that each group leaves out, and all of them: `kept`, `left0` …, `total`. */
  readonly counts: string;
  /** The different entitlements of the rows that are kept, each with `rows` and `subjects`, and `distinct`: how many there are. */
  readonly entitlements: (most: number) => string;
  readonly leftOut: readonly LeftOut[];
};

/** The columns of a line of {@link PopulationQuery.items}, in their order. */
export const populationFields = [
  'key',
  'subject',
  'entitlement',
  'resource',
  'subjectName',
  'subjectType',
  'manager',
  'owner',
  'privileged',
  'active',
  'grantedAt',
  'lastUsedAt',
  'usesInPeriod',
  'rows',
  'holders',
  'peers',
] as const;

/** Text that is compared byte by byte, whatever the collation of the column. */
const textOf = (expression: string): string => `(${expression})::text COLLATE "C"`;
const filledTextOf = (expression: string): string => `nullif(${textOf(expression)}, '')`;

const listOf = (values: readonly string[]): string => values.map((value) => escapeLiteral(value)).join(', ');

/** `y`, `n`, or null for anything that says neither. */
const triStateOf = (expression: string): string =>
  `CASE WHEN lower(btrim((${expression})::text)) IN (${listOf(yesWords)}) THEN 'y' WHEN lower(btrim((${expression})::text)) IN (${listOf(noWords)}) THEN 'n' END`;

/** The value where all rows that name one name the same; what differs is not known. */
const agreed = (column: string): string =>
  `CASE WHEN min(${column}) = max(${column}) THEN min(${column}) END`;

/** Yes where any row says so; no only where every row does. */
const anyYes = (column: string): string =>
  `CASE WHEN bool_or(${column} = 'y') THEN 'y' WHEN bool_and(coalesce(${column} = 'n', false)) THEN 'n' END`;

/** Items with their keys, and beside each how many of its subject's kind hold the same right, of how many. */
const itemsOf = (entries: string, grouped: string): string => `WITH entry AS MATERIALIZED (
${entries}
), item AS MATERIALIZED (
${grouped}
), peers AS (
  SELECT kind, count(*) AS subjects FROM (SELECT DISTINCT coalesce(subject_type, '') AS kind, subject FROM item) AS one GROUP BY kind
), holders AS (
  SELECT kind, entitlement, count(*) AS subjects
  FROM (SELECT DISTINCT coalesce(subject_type, '') AS kind, entitlement, subject FROM item) AS one GROUP BY kind, entitlement
)
SELECT substr(encode(sha256(convert_to(i.subject, 'UTF8') || '\\x00'::bytea || convert_to(i.entitlement, 'UTF8') || '\\x00'::bytea
              || convert_to(coalesce(i.resource, ''), 'UTF8') || '\\x00'::bytea), 'hex'), 1, 32) COLLATE "C" AS key,
       i.subject, i.entitlement, i.resource, i.subject_name, i.subject_type, i.manager, i.owner, i.privileged, i.active,
       i.granted_at, i.last_used_at, i.uses, i.entries, h.subjects AS holders, p.subjects AS peers
FROM item i
JOIN peers p ON p.kind = coalesce(i.subject_type, '')
JOIN holders h ON h.kind = coalesce(i.subject_type, '') AND h.entitlement = i.entitlement
ORDER BY key`;

const entitlementsOf =
  (entries: string) =>
  (most: number): string => `WITH entry AS (
${entries}
)
SELECT entitlement, count(*)::text AS rows, count(DISTINCT subject)::text AS subjects, count(*) OVER ()::text AS distinct
FROM entry GROUP BY entitlement ORDER BY count(*) DESC, entitlement LIMIT ${most}`;

function countsOf(table: string, within: string, leftOut: readonly LeftOut[]): string {
  const kept = (count: number) => ['true', ...leftOut.slice(0, count).map(({ isKept }) => `(${isKept})`)];
  const groups = leftOut.map(
    ({ isKept }, index) =>
      `count(*) FILTER (WHERE ${kept(index).join(' AND ')} AND (${isKept}) IS NOT TRUE)::text AS left${index}`,
  );
  const all = [
    `count(*) FILTER (WHERE ${kept(leftOut.length).join(' AND ')})::text AS kept`,
    ...groups,
    'count(*)::text AS total',
  ];
  return `SELECT ${all.join(',\n       ')}\nFROM ${table}\nWHERE ${within}`;
}

function isKept({ column, is, values }: ScopeFilter): string {
  const text = textOf(quoteIdentifier(column));
  switch (is) {
    case 'equal':
      return `coalesce(${text} = ${escapeLiteral(values[0] ?? '')}, false)`;
    case 'not-equal':
      return `${text} IS DISTINCT FROM ${escapeLiteral(values[0] ?? '')}`;
    case 'one-of':
      return values.length === 0 ? 'false' : `coalesce(${text} IN (${listOf(values)}), false)`;
    case 'empty':
      return `coalesce(${text}, '') = ''`;
    case 'not-empty':
      return `coalesce(${text}, '') <> ''`;
    default:
      return assertNever(is);
  }
}

/** A filter as a sentence: what stays. */
export function filterInWords({ column, is, values }: ScopeFilter): string {
  const list = values.map((value) => `“${value}”`).join(', ');
  switch (is) {
    case 'equal':
      return `only rows whose ${column} is ${list}`;
    case 'not-equal':
      return `only rows whose ${column} is not ${list}`;
    case 'one-of':
      return `only rows whose ${column} is one of ${list}`;
    case 'empty':
      return `only rows whose ${column} is empty`;
    case 'not-empty':
      return `only rows whose ${column} is not empty`;
    default:
      return assertNever(is);
  }
}

/** Rows of a table or view, each a right that somebody holds; equal ones are one item. */
export function tablePopulation(
  table: { readonly schema: string; readonly name: string },
  columns: EntitlementColumns,
  filters: readonly ScopeFilter[],
): PopulationQuery {
  const leftOut = filters.map((filter) => ({
    what: `what is left by keeping ${filterInWords(filter)}`,
    reason: filter.reason,
    isKept: isKept(filter),
  }));
  const from = quoteTable(table);
  const column = (name: string | undefined) => (name === undefined ? 'NULL' : quoteIdentifier(name));
  const entries = `  SELECT coalesce(${textOf(column(columns.subject))}, '') AS subject, coalesce(${textOf(column(columns.entitlement))}, '') AS entitlement,
         ${filledTextOf(column(columns.resource))} AS resource, ${filledTextOf(column(columns.subjectName))} AS subject_name,
         ${filledTextOf(column(columns.subjectType))} AS subject_type, ${filledTextOf(column(columns.manager))} AS manager,
         ${filledTextOf(column(columns.owner))} AS owner, ${triStateOf(column(columns.privileged))} AS privileged,
         ${triStateOf(column(columns.active))} AS active, ${filledTextOf(column(columns.grantedAt))} AS granted_at,
         ${filledTextOf(column(columns.lastUsedAt))} AS last_used_at
  FROM ${from}
  WHERE ${['true', ...leftOut.map((group) => group.isKept)].join('\n    AND ')}`;
  const grouped = `  SELECT subject, entitlement, resource, ${agreed('subject_name')} AS subject_name, ${agreed('subject_type')} AS subject_type,
         ${agreed('manager')} AS manager, ${agreed('owner')} AS owner, ${anyYes('privileged')} AS privileged, ${anyYes('active')} AS active,
         min(granted_at) AS granted_at, max(last_used_at) AS last_used_at, NULL::text AS uses, count(*) AS entries
  FROM entry GROUP BY subject, entitlement, resource`;
  return {
    items: itemsOf(entries, grouped),
    counts: countsOf(from, 'true', leftOut),
    entitlements: entitlementsOf(entries),
    leftOut,
  };
}

export type ActivityScope = {
  readonly mapping: Mapping;
  readonly sourceAccount: string | null;
  /** The period; the end is not part of it. */
  readonly fromMicroseconds: number;
  readonly toMicroseconds: number;
  /** Only these; none means all. */
  readonly actorTypes: readonly string[];
  readonly privilegedActions: readonly string[];
};

/** Events of a period, each actor with each action they performed an item. */
export function activityPopulation(scope: ActivityScope): PopulationQuery {
  const { mapping, sourceAccount, actorTypes, privilegedActions } = scope;
  const bind = (value: string) => escapeLiteral(value);
  const text = (field: 'actor' | 'action' | 'actorName' | 'actorType') =>
    textExpression(mapping, field, bind);
  const time = quoteIdentifier(mapping.columns.createdAt?.column ?? '');
  const within = conditions(
    mapping,
    { sourceAccount, fromMicroseconds: scope.fromMicroseconds, untilMicroseconds: scope.toMicroseconds - 1 },
    null,
    bind,
  );
  const leftOut = [
    {
      what: 'events that name no actor',
      reason: 'Nobody can be asked about them as somebody’s right; the review of the log covers them.',
      isKept: `coalesce(${textOf(text('actor'))}, '') <> ''`,
    },
    ...(actorTypes.length === 0
      ? []
      : [
          {
            what: `events of other types of actors than ${actorTypes.map((type) => `“${type}”`).join(', ')}`,
            reason: 'The scope names the types of actors that are reviewed.',
            isKept: `coalesce(${textOf(text('actorType'))} IN (${listOf(actorTypes)}), false)`,
          },
        ]),
  ];
  const from = tableOf(mapping);
  const privileged =
    privilegedActions.length === 0
      ? "'n'"
      : `CASE WHEN coalesce(${textOf(text('action'))}, '') IN (${listOf(privilegedActions)}) THEN 'y' ELSE 'n' END`;
  const entries = `  SELECT ${textOf(text('actor'))} AS subject, coalesce(${textOf(text('action'))}, '') AS entitlement, ${filledTextOf(text('actorName'))} AS subject_name,
         ${filledTextOf(text('actorType'))} AS subject_type, ${privileged} AS privileged, ${time} AS used_at
  FROM ${from}
  WHERE ${[within, ...leftOut.map((group) => group.isKept)].join('\n    AND ')}`;
  const grouped = `  SELECT subject, entitlement, NULL::text AS resource, ${agreed('subject_name')} AS subject_name, ${agreed('subject_type')} AS subject_type,
         NULL::text AS manager, NULL::text AS owner, max(privileged) AS privileged, NULL::text AS active, NULL::text AS granted_at,
         max(used_at)::text AS last_used_at, count(*) AS uses, count(*) AS entries
  FROM entry GROUP BY subject, entitlement`;
  return {
    items: itemsOf(entries, grouped),
    counts: countsOf(from, within, leftOut),
    entitlements: entitlementsOf(entries),
    leftOut,
  };
}

/** Events whose time cannot be placed, so that nobody can tell whether they are of the period. */
export function unplacedEvents(mapping: Mapping): string {
  const time = quoteIdentifier(mapping.columns.createdAt?.column ?? '');
  return `SELECT count(*)::text AS rows FROM ${tableOf(mapping)} WHERE (${isPlaceable(time)}) IS NOT TRUE`;
}
