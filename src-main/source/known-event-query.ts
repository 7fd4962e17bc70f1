// SQL for single events that are already known of, by what was counted or by their ids, and for the names of actors.
import { eventFields, type Mapping } from '#shared/model/connection.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { accountExpression, columnOf, tableOf, textExpression } from './event-expressions.ts';
import { conditions, parameters, selectEvents, type EventQuery, type EventScope } from './event-query.ts';
import { quoteIdentifier } from './identifier.ts';
import { microsecondsOf } from './microseconds.ts';

/** Events of one account, actor and action in [from, until). */
export interface EventSpan {
  fromMicroseconds: number;
  untilMicroseconds: number;
  sourceAccount: string;
  actor: string;
  action: string;
}

/**
 * The events of each span, the earliest `each` of them; last in a row stands the place of its span. One join, so that the planner may
 * choose between one pass over the whole range and one look into an index for every span.
 */
export function spanQuery(
  mapping: Mapping,
  sourceAccount: string | null,
  spans: readonly EventSpan[],
  each: number,
): EventQuery {
  const { values, bind } = parameters();
  const scope = {
    sourceAccount,
    fromMicroseconds: Math.min(...spans.map(({ fromMicroseconds }) => fromMicroseconds)),
    untilMicroseconds: Math.max(...spans.map(({ untilMicroseconds }) => untilMicroseconds)),
  };
  const list = (pick: (span: EventSpan) => string) => bind(JSON.stringify(spans.map(pick)));
  const texts = (pick: (span: EventSpan) => string) =>
    `ARRAY(SELECT jsonb_array_elements_text(${list(pick)}::jsonb))`;
  const times = (pick: (span: EventSpan) => number) =>
    `${texts((span) => formatInstant(pick(span)))}::timestamptz[]`;
  const fields = eventFields.map((field) => `f.${quoteIdentifier(field)}`).join(', ');
  const text = `SELECT ${fields}, f.span::text
FROM (SELECT e.*, w.span, row_number() OVER (PARTITION BY w.span ORDER BY e.at, e.id COLLATE "C") AS place
        FROM (${selectEvents(mapping, scope, bind, [`${columnOf(mapping, 'createdAt')} AS at`])}
              WHERE ${conditions(mapping, scope, null, bind)}) e
        JOIN unnest(${times((span) => span.fromMicroseconds)}, ${times((span) => span.untilMicroseconds)},
                    ${texts((span) => span.sourceAccount)}, ${texts((span) => span.actor)}, ${texts((span) => span.action)})
             WITH ORDINALITY AS w (since, until, account, actor, action, span)
          ON e.at >= w.since AND e.at < w.until AND e."sourceAccount" = w.account AND e.actor = w.actor AND e.action = w.action) f
WHERE f.place <= ${bind(String(each))}::bigint
ORDER BY f.at, f.id COLLATE "C"`;
  return { text, values };
}

/** Events of these ids, whenever they happened. */
export function idQuery(
  mapping: Mapping,
  sourceAccount: string | null,
  ids: readonly string[],
  idType: string,
): EventQuery {
  const { values, bind } = parameters();
  const scope = { sourceAccount, untilMicroseconds: null };
  const wanted = `ARRAY(SELECT jsonb_array_elements_text(${bind(JSON.stringify(ids))}::jsonb))`;
  // Compared as what it is, so that an index on it serves.
  const isUuid = idType === 'uuid';
  const id = isUuid ? columnOf(mapping, 'id') : `${columnOf(mapping, 'id')}::text`;
  const text = `${selectEvents(mapping, scope, bind)}
WHERE ${conditions(mapping, scope, null, bind)}
  AND ${id} = ANY (${wanted}${isUuid ? '::uuid[]' : ''})`;
  return { text, values };
}

/** What actors are called, by account and actor, and when they were called so last. */
export function nameQuery(mapping: Mapping, scope: EventScope): EventQuery {
  const { values, bind } = parameters();
  const name = textExpression(mapping, 'actorName', bind);
  const text = `SELECT ${accountExpression(mapping, scope.sourceAccount, bind)} AS "sourceAccount",
       coalesce(${textExpression(mapping, 'actor', bind)}, '') AS actor, ${name} AS name,
       ${microsecondsOf(`max(${columnOf(mapping, 'createdAt')})`)}::text AS microseconds
FROM ${tableOf(mapping)}
WHERE ${conditions(mapping, scope, null, bind)}
  AND ${name} IS NOT NULL
GROUP BY 1, 2, 3`;
  return { text, values };
}
