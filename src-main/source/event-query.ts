// Builds the SQL that reads audit events. Names are quoted, values are parameters, and nothing depends on column types.
import { eventFields, type EventField, type Mapping } from '#shared/model/connection.ts';
import { formatInstant } from '#shared/time/instant.ts';
import {
  accountCondition,
  accountExpression,
  columnOf,
  tableOf,
  textExpression,
  type Bind,
} from './event-expressions.ts';
import { quoteIdentifier } from './identifier.ts';
import { isPlaceable, microsecondsOf } from './microseconds.ts';

/** Which events: all bounds are inclusive, null and absent mean unbounded. */
export interface EventScope {
  sourceAccount: string | null;
  fromMicroseconds?: number;
  untilMicroseconds: number | null;
  /** Only events of these actions, and critical ones; absent means all. */
  kept?: { readonly actions: ReadonlySet<string> };
}

/** Position after one event in the order (time, id). */
export interface EventCursor {
  createdAtMicroseconds: number;
  id: string;
}

export interface EventQuery {
  text: string;
  values: string[];
}

/** One page in the order (time, id), after the cursor when there is one. */
export function pageQuery(
  mapping: Mapping,
  scope: EventScope,
  after: EventCursor | null,
  limit: number,
): EventQuery {
  const { values, bind } = parameters();
  const text = `${selectEvents(mapping, scope, bind)}
WHERE ${conditions(mapping, scope, after, bind)}
ORDER BY ${orderOf(mapping)}
LIMIT ${bind(String(limit))}::bigint`;
  return { text, values };
}

/** The whole population in scope, as an auditor would run it again. */
export function populationQuery(mapping: Mapping, scope: EventScope): EventQuery {
  const { values, bind } = parameters();
  const text = `${selectEvents(mapping, scope, bind)}
WHERE ${conditions(mapping, scope, null, bind)}
ORDER BY ${orderOf(mapping)}`;
  return { text, values };
}

/** Events in scope per UTC day, days without events left out. */
export function dayCountQuery(mapping: Mapping, scope: EventScope): EventQuery {
  const { values, bind } = parameters();
  const text = `SELECT to_char(${columnOf(mapping, 'createdAt')}, 'YYYY-MM-DD') AS day, count(*)::text AS count
FROM ${tableOf(mapping)}
WHERE ${conditions(mapping, scope, null, bind)}
GROUP BY 1 ORDER BY 1`;
  return { text, values };
}

/** Per source account: events, events that cannot be placed, first and last time, and whether it is the chosen account. */
export function accountQuery(mapping: Mapping, sourceAccount: string | null): EventQuery {
  const { values, bind } = parameters();
  const time = columnOf(mapping, 'createdAt');
  const account = accountExpression(mapping, sourceAccount, bind);
  const placed = `${isPlaceable(time)} AND ${columnOf(mapping, 'id')} IS NOT NULL`;
  const chosen =
    mapping.columns.sourceAccount && sourceAccount !== null
      ? `bool_or((${accountCondition(mapping, sourceAccount, bind)}) IS TRUE)`
      : 'true';
  const text = `SELECT ${account} AS "sourceAccount", count(*) FILTER (WHERE ${placed})::text AS events,
       count(*) FILTER (WHERE (${placed}) IS NOT TRUE)::text AS unplaced,
       ${microsecondsOf(`min(${time}) FILTER (WHERE ${placed})`)}::text AS first,
       ${microsecondsOf(`max(${time}) FILTER (WHERE ${placed})`)}::text AS last,
       ${chosen} AS chosen
FROM ${tableOf(mapping)}
GROUP BY 1 ORDER BY count(*) DESC, 1`;
  return { text, values };
}

export function parameters(): { values: string[]; bind: Bind } {
  const values: string[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

export function selectEvents(
  mapping: Mapping,
  scope: EventScope,
  bind: Bind,
  further: readonly string[] = [],
): string {
  const list = eventFields
    .map((field) => `${fieldExpression(mapping, scope, field, bind)} AS ${quoteIdentifier(field)}`)
    .concat(further);
  return `SELECT ${list.join(',\n       ')}\nFROM ${tableOf(mapping)}`;
}

function fieldExpression(mapping: Mapping, scope: EventScope, field: EventField, bind: Bind): string {
  if (field === 'createdAt') return `${microsecondsOf(columnOf(mapping, field))}::text`;
  if (field === 'sourceAccount') return accountExpression(mapping, scope.sourceAccount, bind);
  const text = textExpression(mapping, field, bind);
  return field === 'actor' || field === 'action' ? `coalesce(${text}, '')` : text;
}

export function conditions(
  mapping: Mapping,
  scope: EventScope,
  after: EventCursor | null,
  bind: Bind,
): string {
  const time = columnOf(mapping, 'createdAt');
  const all = [isPlaceable(time), `${columnOf(mapping, 'id')} IS NOT NULL`];
  const lower = Math.max(scope.fromMicroseconds ?? -Infinity, after?.createdAtMicroseconds ?? -Infinity);
  // Beside the row comparison: alone, that one reads the partition from its start.
  if (lower !== -Infinity) all.push(`${time} >= ${bind(formatInstant(lower))}`);
  if (scope.untilMicroseconds !== null)
    all.push(`${time} <= ${bind(formatInstant(scope.untilMicroseconds))}`);
  if (scope.kept) all.push(keptCondition(mapping, scope.kept.actions, bind));
  if (after)
    all.push(
      `(${time}, ${idOrder(mapping)}) > (${bind(formatInstant(after.createdAtMicroseconds))}, ${bind(after.id)})`,
    );
  if (scope.sourceAccount !== null && mapping.columns.sourceAccount)
    all.push(accountCondition(mapping, scope.sourceAccount, bind));
  return all.join('\n  AND ');
}

function keptCondition(mapping: Mapping, actions: ReadonlySet<string>, bind: Bind): string {
  const wanted = `ARRAY(SELECT jsonb_array_elements_text(${bind(JSON.stringify([...actions]))}::jsonb))`;
  const isKept = `coalesce(${textExpression(mapping, 'action', bind)}, '') = ANY (${wanted})`;
  if (!mapping.columns.severity) return isKept;
  return `(${isKept} OR ${textExpression(mapping, 'severity', bind)} = 'critical')`;
}

function orderOf(mapping: Mapping): string {
  return `${columnOf(mapping, 'createdAt')}, ${idOrder(mapping)}`;
}

/** Byte order, the same on every server and in the mirror, whatever the collation of the database. */
function idOrder(mapping: Mapping): string {
  return `${columnOf(mapping, 'id')}::text COLLATE "C"`;
}
