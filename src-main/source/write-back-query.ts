// The two statements of the write-back: compare-and-set over a whole batch, and a second look at the rows left unchanged.
import { randomUUID } from 'node:crypto';
import type { SourceClient } from './client.ts';
import type { DecisionIntent } from './decision-outcomes.ts';
import { quoteTable } from './identifier.ts';
import { clampedMicrosecondsOf } from './microseconds.ts';
import { giveUpOutOfStep } from './in-step.ts';
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

export type AppliedRow = Pick<ServerReview, 'reviewerId' | 'reviewedAtMicroseconds' | 'notes'>;

/**
 * Decides every row of the batch that is still undecided and exactly as shown, in one statement and one transaction.
 * The server's clock stamps reviewed_at. Answers what was written, by position in the batch.
 */
export async function applyBatch(
  client: SourceClient,
  reviewTable: ReviewTable,
  batch: readonly DecisionIntent[],
): Promise<Map<number, AppliedRow>> {
  const question = randomUUID();
  const rows = await ask<{
    question: string;
    position: string;
    reviewerId: string | null;
    reviewedAt: string;
    notes: string | null;
  }>(client, {
    text: updateText(reviewTable),
    values: [
      batch.map((intent) => intent.reviewId),
      batch.map((intent) => intent.tenantId),
      batch.map((intent) => intent.auditLogId),
      batch.map((intent) => intent.action),
      batch.map((intent) => intent.actorId),
      batch.map((intent) => String(intent.dueAtMicroseconds)),
      batch.map((intent) => intent.reviewerId),
      batch.map((intent) => capNotes(intent.notes, reviewTable.columns.notes.maximumLength)),
      batch.map((intent) => arrayLiteral(intent.reviewerIds ?? [])),
      question,
    ],
  });
  assertAnswered(client, rows, question);
  return new Map(
    rows.map(({ position, reviewedAt, question: _question, ...row }) => [
      Number(position) - 1,
      { ...row, reviewedAtMicroseconds: Number(reviewedAt) },
    ]),
  );
}

/** The rows of these decisions as they are now, by position in the batch; a statement of its own sees a new snapshot. */
export async function readRows(
  client: SourceClient,
  reviewTable: ReviewTable,
  batch: readonly DecisionIntent[],
): Promise<Map<number, ServerReview>> {
  const question = randomUUID();
  const text = `SELECT $2::text AS question, i.position::text AS position, ${reviewSelectList('r')}
    FROM unnest($1::${sqlTypeOf(reviewTable, 'id')}[]) WITH ORDINALITY AS i(id, position)
    LEFT JOIN ${quoteTable(reviewTable.table)} AS r ON r.id = i.id`;
  const values = [batch.map((intent) => intent.reviewId), question];
  const rows = await ask<{ question: string; position: string } & Parameters<typeof decodeReview>[0]>(
    client,
    {
      text,
      values,
    },
  );
  assertAnswered(client, rows, question, batch.length);
  const visible = rows.filter((row) => row.id !== null);
  return new Map(
    visible.map(({ position, question: _question, ...row }) => [Number(position) - 1, decodeReview(row)]),
  );
}

/**
 * Where bytes were repeated or lost on the way, an answer may be that of an earlier question. Then nothing is believed, and
 * the connection is given up: what became of the decisions is asked anew.
 * @throws Problem
 */
function assertAnswered(
  client: SourceClient,
  rows: readonly { readonly question: string; readonly position: string }[],
  question: string,
  positions = 0,
): void {
  const isOurs = rows.every((row) => row.question === question);
  if (isOurs && new Set(rows.map(({ position }) => position)).size >= positions) return;
  giveUpOutOfStep(client);
}

/** True when two identities name the same person, as far as the columns' types tell: the digits of a UUID have no case. */
export function identityComparison(reviewTable: ReviewTable): (a: string, b: string) => boolean {
  if (!hasUuidIdentity(reviewTable)) return (a, b) => a === b;
  return (a, b) => a.toLowerCase() === b.toLowerCase();
}

function updateText(reviewTable: ReviewTable): string {
  const fold = hasUuidIdentity(reviewTable) ? 'lower' : '';
  const idType = sqlTypeOf(reviewTable, 'id');
  const reviewerType = sqlTypeOf(reviewTable, 'reviewer_id');
  return `
    UPDATE ${quoteTable(reviewTable.table)} AS r
    SET reviewer_id = i.reviewer, reviewed_at = clock_timestamp(), notes = i.notes
    FROM unnest($1::${idType}[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::${reviewerType}[], $8::text[], $9::text[])
         WITH ORDINALITY AS i(id, tenant, audit_log, action, actor, due, reviewer, notes, aliases, position)
    WHERE r.id = i.id
      AND r.reviewed_at IS NULL
      AND r.tenant_id::text IS NOT DISTINCT FROM i.tenant
      AND r.audit_log_id::text IS NOT DISTINCT FROM i.audit_log
      AND coalesce(r.action::text, '') = i.action
      AND r.actor_id::text IS NOT DISTINCT FROM i.actor
      AND ${fold}(r.actor_id::text) IS DISTINCT FROM ${fold}(i.reviewer::text)
      AND (r.actor_id IS NULL OR lower(btrim(r.actor_id::text, E' \\t\\r\\n')) <> ALL (i.aliases::text[]))
      AND (${clampedMicrosecondsOf('r.due_at')}) = i.due
    RETURNING $10::text AS question, i.position::text AS position, r.reviewer_id::text AS "reviewerId",
              (${clampedMicrosecondsOf('r.reviewed_at')})::text AS "reviewedAt", r.notes::text AS notes`;
}

/** A list as text of its own, because rows of one parameter cannot hold lists of different lengths. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

function hasUuidIdentity({ columns }: ReviewTable): boolean {
  return columns.actor_id.baseType === 'uuid' || columns.reviewer_id.baseType === 'uuid';
}

function sqlTypeOf(reviewTable: ReviewTable, column: 'id' | 'reviewer_id'): string {
  return sqlTypes[reviewTable.columns[column].baseType] ?? 'text';
}
