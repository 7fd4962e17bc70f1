// The two statements of the write-back: compare-and-set over a whole batch, and a second look at the rows left unchanged.
import type { CatalogColumn } from './catalog.ts';
import type { SourceClient } from './client.ts';
import type { DecisionIntent, WrittenRow } from './decision-outcomes.ts';
import { quoteTable } from './identifier.ts';
import { clampedMicrosecondsOf, clampedTimestampOf, timestampOfMicroseconds } from './microseconds.ts';
import { assertAnswered, giveUpOutOfStep, newQuestion } from './in-step.ts';
import { capNotes } from './notes.ts';
import { ask } from './query.ts';
import type { ReviewTable } from './review-table.ts';
import { decodeReview, reviewSelectList, type ServerReview } from './reviews.ts';

const sqlTypes: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
};

/**
 * Decides every row of the batch that is still undecided and exactly as shown, in one statement and one transaction.
 * The server's clock stamps reviewed_at. Answers what was written, by position in the batch.
 */
export async function applyBatch(
  client: SourceClient,
  reviewTable: ReviewTable,
  batch: readonly DecisionIntent[],
): Promise<Map<number, WrittenRow>> {
  const question = newQuestion();
  const sent = columnsOf(reviewTable, batch);
  const { text, values } = updateStatement(reviewTable, sent, question);
  const answer = await ask<AppliedAnswer>(client, { text, values });
  assertAnswered(client, answer, question, 1);
  return heldRows(answer[0]!, sent);
}

/** One row for the whole batch: a message for each decision would be most of what reading the answer costs. */
interface AppliedAnswer {
  readonly question: string;
  /** `position microseconds` of each decision that was written, with commas between; null when none was. */
  readonly stamps: string | null;
  /** Positions of those that were written and whose rows have no time of a review all the same, as after a trigger. */
  readonly leftOpen: readonly number[] | null;
  /** Reviewer and notes where the row holds others than were sent, as after a trigger; they come back for no other reason. */
  readonly altered:
    readonly (readonly [position: number, reviewer: string | null, notes: string | null])[] | null;
}

function heldRows(
  { stamps, leftOpen, altered }: AppliedAnswer,
  { reviewer, notes }: SentColumns,
): Map<number, WrittenRow> {
  const rows = new Map<number, WrittenRow>();
  const asSent = (index: number, reviewedAtMicroseconds: number | null) =>
    rows.set(index, {
      reviewerId: reviewer.values[index]!,
      reviewedAtMicroseconds,
      notes: notes.values[index]!,
    });
  for (const stamp of stamps?.split(',') ?? []) {
    const space = stamp.indexOf(' ');
    asSent(Number(stamp.slice(0, space)) - 1, Number(stamp.slice(space + 1)));
  }
  for (const position of leftOpen ?? []) asSent(position - 1, null);
  for (const [position, reviewerId, held] of altered ?? []) {
    const index = position - 1;
    rows.set(index, { ...rows.get(index)!, reviewerId, notes: held, isAltered: true });
  }
  return rows;
}

/** The rows of these decisions as they are now, by position in the batch; a statement of its own sees a new snapshot. */
export async function readRows(
  client: SourceClient,
  reviewTable: ReviewTable,
  batch: readonly DecisionIntent[],
): Promise<Map<number, ServerReview>> {
  const question = newQuestion();
  const text = `SELECT $2::text AS question, i.position::text AS position, ${reviewSelectList('r')}
    FROM unnest($1::${sqlTypeOf(reviewTable, 'id')}[]) WITH ORDINALITY AS i(id, position)
    LEFT JOIN ${quoteTable(reviewTable.table)} AS r ON r.id = i.id`;
  const values = [batch.map((intent) => intent.reviewId), question];
  const rows = await ask<{ question: string; position: string } & Parameters<typeof decodeReview>[0]>(
    client,
    { text, values },
  );
  assertAnswered(client, rows, question);
  if (new Set(rows.map(({ position }) => position)).size < batch.length) giveUpOutOfStep(client);
  const visible = rows.filter((row) => row.id !== null);
  return new Map(
    visible.map(({ position, question: _question, ...row }) => [Number(position) - 1, decodeReview(row)]),
  );
}

/** True when two identities name the same person, as far as the columns' types tell: the digits of a UUID have no case. */
export function identityComparison(reviewTable: ReviewTable): (a: string, b: string) => boolean {
  if (!hasUuidIdentity(reviewTable)) return (a, b) => a === b;
  return (a, b) => a.toLowerCase() === b.toLowerCase();
}

function updateStatement(
  reviewTable: ReviewTable,
  sent: SentColumns,
  question: string,
): { text: string; values: unknown[] } {
  const { from, values } = sentRows(sent, [question]);
  const held = (name: string, { type }: SentColumn) => (type === 'uuid' ? name : `${name}::text`);
  // IS NOT DISTINCT FROM even where = would do: only id may serve for finding rows, or a plan works out the other side for
  // every row of the table instead of for those that were found.
  const text = `
    WITH written AS (UPDATE ${quoteTable(reviewTable.table)} AS r
    SET reviewer_id = i.reviewer, reviewed_at = clock_timestamp(), notes = i.notes
    FROM ${from} AS i
    WHERE r.id = i.id
      AND r.reviewed_at IS NULL
      AND ${held('r.tenant_id', sent.tenant)} IS NOT DISTINCT FROM i.tenant
      AND ${held('r.audit_log_id', sent.audit_log)} IS NOT DISTINCT FROM i.audit_log
      AND coalesce(r.action::text, '') IS NOT DISTINCT FROM i.action
      AND ${held('r.actor_id', sent.actor)} IS NOT DISTINCT FROM i.actor
      AND ${notTheReviewer(reviewTable)}
      AND (r.actor_id IS NULL OR i.aliases IS NULL OR lower(btrim(r.actor_id::text, E' \\t\\r\\n')) <> ALL (i.aliases::text[]))
      AND r.notes::text IS NOT DISTINCT FROM i.earlier
      AND (${clampedTimestampOf('r.due_at')}) IS NOT DISTINCT FROM ${timestampOfMicroseconds('i.due')}
    RETURNING i.position, CASE WHEN r.reviewed_at IS NOT NULL THEN ${clampedMicrosecondsOf('r.reviewed_at')} END AS stamp,
              CASE WHEN ${held('r.reviewer_id', sent.reviewer)} IS DISTINCT FROM ${held('i.reviewer', sent.reviewer)}
                        OR r.notes::text IS DISTINCT FROM i.notes
                   THEN json_build_array(i.position, r.reviewer_id::text, r.notes::text) END AS altered)
    SELECT $1::text AS question, string_agg(position || ' ' || stamp, ',') AS stamps,
           json_agg(position) FILTER (WHERE stamp IS NULL) AS "leftOpen",
           json_agg(altered) FILTER (WHERE altered IS NOT NULL) AS altered
    FROM written`;
  return { text, values };
}

function notTheReviewer(reviewTable: ReviewTable): string {
  if (isUuidThroughout(reviewTable)) return 'r.actor_id IS DISTINCT FROM i.reviewer';
  const fold = hasUuidIdentity(reviewTable) ? 'lower' : '';
  return `${fold}(r.actor_id::text) IS DISTINCT FROM ${fold}(i.reviewer::text)`;
}

type Values = readonly (string | null)[];

/** One value for each decision of a batch, and the type by which they are handed over. */
interface SentColumn {
  readonly type: string;
  readonly values: Values;
  /** True when no value has a character that a list would have to quote. */
  readonly isPlain?: boolean;
}
type SentColumns = Readonly<
  Record<
    'id' | 'tenant' | 'audit_log' | 'action' | 'actor' | 'due' | 'reviewer' | 'earlier' | 'notes' | 'aliases',
    SentColumn
  >
>;

function columnsOf(reviewTable: ReviewTable, batch: readonly DecisionIntent[]): SentColumns {
  const { columns } = reviewTable;
  const texts = (values: Values): SentColumn => ({ type: 'text', values });
  // Compared as UUIDs where both sides are, else by their text, which fits every type.
  const shown = ({ baseType }: CatalogColumn, values: Values): SentColumn =>
    baseType === 'uuid' && areUuids(values) ? { type: 'uuid', values, isPlain: true } : texts(values);
  // As the column writes them out.
  const reviewers = batch.map(({ reviewerId }) =>
    columns.reviewer_id.baseType === 'uuid' ? reviewerId.toLowerCase() : reviewerId,
  );
  const ids = batch.map(({ reviewId }) => reviewId);
  return {
    id: { type: sqlTypeOf(reviewTable, 'id'), values: ids, isPlain: areUuids(ids) },
    tenant: shown(
      columns.tenant_id,
      batch.map(({ tenantId }) => tenantId),
    ),
    audit_log: shown(
      columns.audit_log_id,
      batch.map(({ auditLogId }) => auditLogId),
    ),
    action: texts(batch.map(({ action }) => action)),
    actor: shown(
      columns.actor_id,
      batch.map(({ actorId }) => actorId),
    ),
    due: {
      type: 'bigint',
      values: batch.map(({ dueAtMicroseconds }) => String(dueAtMicroseconds)),
      isPlain: true,
    },
    reviewer: { type: sqlTypeOf(reviewTable, 'reviewer_id'), values: reviewers },
    earlier: texts(batch.map(({ earlierNotes = null }) => earlierNotes)),
    notes: texts(batch.map(({ notes }) => capNotes(notes, columns.notes.maximumLength))),
    aliases: texts(aliasLists(reviewTable, batch)),
  };
}

/**
 * SQL for one row a decision, with its position from 1. Reading long lists is a good part of what a batch costs the server, so
 * what all decisions have in common is handed over once. OFFSET keeps the planner from taking that for a condition on the table,
 * of which it would then expect hardly a row, and search the list once for each there is.
 * @param first Parameters before these.
 */
function sentRows(sent: SentColumns, first: readonly unknown[]): { from: string; values: unknown[] } {
  const values = [...first];
  const placed = (value: unknown) => `$${values.push(value)}`;
  const lists: string[] = [];
  const names: string[] = [];
  const common: string[] = [];
  for (const [name, column] of Object.entries(sent)) {
    const [example = null] = column.values;
    if (name !== 'id' && column.values.every((value) => value === example)) {
      common.push(`${placed(example)}::${column.type} AS ${name}`);
    } else {
      lists.push(`${placed(listOf(column))}::${column.type}[]`);
      names.push(name);
    }
  }
  const every = common.map((each) => `, ${each}`).join('');
  const from = `(SELECT u.*${every} FROM unnest(${lists.join(', ')}) WITH ORDINALITY AS u(${names.join(', ')}, position) OFFSET 0)`;
  return { from, values };
}

/** A list parameter. Numbers and UUIDs need no quoting, which is most of what lists cost on this side. */
function listOf({ values, isPlain = false }: SentColumn): string {
  return isPlain ? `{${values.map((value) => value ?? 'NULL').join(',')}}` : arrayLiteral(values);
}

const canonicalUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Neighbours are often alike: the same actor, the same tenant. */
const areUuids = (values: Values) =>
  values.every((value, index) => value === null || value === values[index - 1] || canonicalUuid.test(value));

/** Further ids of each reviewer; none where the comparison of the columns themselves says it all. */
function aliasLists(reviewTable: ReviewTable, batch: readonly DecisionIntent[]): Values {
  const isCompared = isUuidThroughout(reviewTable);
  return batch.map(({ reviewerId, reviewerIds = [] }) => {
    const further = isCompared ? reviewerIds.filter((id) => id !== reviewerId.toLowerCase()) : reviewerIds;
    return further.length === 0 ? null : arrayLiteral(further);
  });
}

/** A list as Postgres reads it. Those of aliases are texts of their own: rows of one parameter cannot hold lists of different lengths. */
function arrayLiteral(values: Values): string {
  return `{${values.map(quoted).join(',')}}`;
}

function quoted(value: string | null): string {
  if (value === null) return 'NULL';
  return `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`;
}

function hasUuidIdentity({ columns }: ReviewTable): boolean {
  return columns.actor_id.baseType === 'uuid' || columns.reviewer_id.baseType === 'uuid';
}

function isUuidThroughout({ columns }: ReviewTable): boolean {
  return columns.actor_id.baseType === 'uuid' && columns.reviewer_id.baseType === 'uuid';
}

function sqlTypeOf(reviewTable: ReviewTable, column: 'id' | 'reviewer_id'): string {
  return sqlTypes[reviewTable.columns[column].baseType] ?? 'text';
}
