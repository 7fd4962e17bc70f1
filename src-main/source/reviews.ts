// Reads the review queue as the audit database holds it.
import type { ConnectionProfile } from '#shared/model/connection.ts';
import type { SourceClient } from './client.ts';
import { quoteTable } from './identifier.ts';
import { assertInStep } from './in-step.ts';
import { clampedMicrosecondsOf, isPlaceable, microsecondsOf } from './microseconds.ts';
import { ask } from './query.ts';
import { tellApart } from './review-identity.ts';
import { findReviewTable, perReviewColumn, type ReviewColumn } from './review-table.ts';

const reviewTenantColumn = 'tenant_id';

/** One row of the review table; identifiers as text, whatever their type. */
export interface ServerReview {
  /** Where a row has none, or shares it with others, a name that tells them apart; see `identityFault`. */
  id: string;
  tenantId: string | null;
  auditLogId: string | null;
  /** Empty where the row names none. */
  action: string;
  actorId: string | null;
  /** A due time that is infinite or absent stands at an edge of the safe integers: before or after all others. */
  dueAtMicroseconds: number;
  reviewerId: string | null;
  /** Null means nobody reviewed it. An infinite time stands at an edge, because the row is reviewed all the same. */
  reviewedAtMicroseconds: number | null;
  notes: string | null;
  /** True when a time of this row is infinite, absent or too far away to be exact. */
  hasUnplaceableTime: boolean;
  /** Such a time as the database writes it, empty where it is absent; left out where the number says it all. */
  dueText?: string;
  reviewedText?: string;
  /** The row has no id, or others have the same: nothing can be said to, or written into, this one alone. */
  identityFault?: 'missing' | 'shared';
}

export type ReviewTableReading =
  | {
      /** Server time at the start of the transaction, or of the statement before this one where there is none. */
      readAtMicroseconds: number;
      rows: ServerReview[];
      columns: Readonly<Record<ReviewColumn, string>>;
      notesMaximumLength: number | null;
    }
  /** The sentence says which: no such table, a missing right, or a column that is not as published. */
  | { rows: null; cause: 'absent' | 'denied' | 'changed'; sentence: string };

type PlainReview = Omit<
  ServerReview,
  'id' | 'dueAtMicroseconds' | 'reviewedAtMicroseconds' | 'dueText' | 'reviewedText' | 'identityFault'
>;
type ReviewRow = PlainReview & {
  id: string | null;
  dueAt: string;
  reviewedAt: string | null;
  dueText: string | null;
  reviewedText: string | null;
};

/** All visible rows in one statement, so in one snapshot, oldest due first. */
export async function readReviewTable(
  client: SourceClient,
  signal?: AbortSignal,
): Promise<ReviewTableReading> {
  const state = await findReviewTable(client);
  if (state.state === 'unavailable') await assertInStep(client, signal);
  if (state.state === 'unavailable') return { rows: null, cause: state.cause, sentence: state.sentence };
  const { reviewTable } = state;
  const text = `SELECT ${reviewSelectList('r')} FROM ${quoteTable(reviewTable.table)} AS r ORDER BY r.due_at, r.id::text COLLATE "C"`;
  const now = `SELECT ${microsecondsOf('transaction_timestamp()')}::text AS now`;
  const [asked] = await ask<{ now: string }>(client, { text: now, values: [] }, signal);
  const rows = await ask<ReviewRow>(client, { text, values: [] }, signal);
  await assertInStep(client, signal);
  return {
    readAtMicroseconds: Number(asked?.now),
    rows: tellApart(rows.map((row) => ({ ...decodeReview(row), id: row.id }))),
    columns: perReviewColumn((name) => reviewTable.columns[name].type),
    notesMaximumLength: reviewTable.columns.notes.maximumLength,
  };
}

/**
 * The rows of the account a connection is limited to. Only where the events name their account in tenant_id, as the queue
 * does, can the two be compared; elsewhere an account is another thing than a tenant, and every visible row counts.
 */
export function inAccount(
  reading: ReviewTableReading,
  { sourceAccount, mapping }: Pick<ConnectionProfile, 'sourceAccount' | 'mapping'>,
): ReviewTableReading {
  const isTenant = mapping?.columns.sourceAccount?.column === reviewTenantColumn;
  if (reading.rows === null || sourceAccount === null || !isTenant) return reading;
  return { ...reading, rows: reading.rows.filter((row) => row.tenantId === sourceAccount) };
}

/** Select list of a {@link ServerReview}; the column names are those of the published table, found in the catalog before. */
export function reviewSelectList(alias: string): string {
  const due = `${alias}.due_at`;
  const reviewed = `${alias}.reviewed_at`;
  return `${alias}.id::text AS id, ${alias}.tenant_id::text AS "tenantId", ${alias}.audit_log_id::text AS "auditLogId",
       coalesce(${alias}.action::text, '') AS action, ${alias}.actor_id::text AS "actorId",
       (${clampedMicrosecondsOf(due)})::text AS "dueAt", ${alias}.reviewer_id::text AS "reviewerId",
       CASE WHEN ${reviewed} IS NOT NULL THEN (${clampedMicrosecondsOf(reviewed)})::text END AS "reviewedAt",
       ${alias}.notes::text AS notes,
       CASE WHEN (${isPlaceable(due)}) IS NOT TRUE THEN coalesce(${due}::text, '') END AS "dueText",
       CASE WHEN NOT (${isPlaceable(reviewed)}) THEN ${reviewed}::text END AS "reviewedText",
       (${isPlaceable(due)}) IS NOT TRUE OR NOT (${isPlaceable(reviewed)} OR ${reviewed} IS NULL) AS "hasUnplaceableTime"`;
}

export function decodeReview(row: ReviewRow): ServerReview {
  const { id, dueAt, reviewedAt, dueText, reviewedText, ...rest } = row;
  return {
    ...rest,
    id: id ?? '',
    dueAtMicroseconds: Number(dueAt),
    reviewedAtMicroseconds: reviewedAt === null ? null : Number(reviewedAt),
    ...(dueText !== null && { dueText }),
    ...(reviewedText !== null && { reviewedText }),
  };
}
