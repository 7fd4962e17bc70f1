// Adds review rows that are missing, each at most once whoever adds it: the id says which event it is about.
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { CatalogColumn } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { quoteTable } from './identifier.ts';
import { assertInStep } from './in-step.ts';
import { titleOf } from './mapping.ts';
import { endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { ask } from './query.ts';
import { isLockWait, isSerializationFailure, rejectionSentence } from './rejection.ts';
import { findReviewTable, type ReviewColumn, type ReviewTable } from './review-table.ts';
import { decodeReview, reviewSelectList, type ServerReview } from './reviews.ts';
import { canBeReviewer } from './sendable.ts';
import { newRowColumns, readReviewGuard } from './review-guard.ts';

/** A row as it is to be; identities as text. */
export interface NewReview {
  /** UUID derived from the event. */
  id: string;
  tenantId: string | null;
  auditLogId: string;
  action: string;
  actorId: string | null;
  dueAtMicroseconds: number;
}

export interface CreationResult {
  id: string;
  /** present: the row, or another about the same event, was there · refused: for good · waiting: may work later. */
  outcome: 'created' | 'present' | 'refused' | 'waiting';
  detail: string | null;
  /** The row with this id as it is now; null when there is none, or it is hidden. */
  row: ServerReview | null;
}

/**
 * The review table, when rows can be added to it and no id can be used twice.
 * @throws Problem when it is missing, not as published, may not be added to, or has no unique id.
 */
export async function requireCreatableTable(client: SourceClient): Promise<ReviewTable> {
  const state = await findReviewTable(client);
  if (state.state === 'unavailable')
    throw new Problem(
      state.cause === 'absent' ? 'source-missing' : 'source-denied',
      `${state.sentence} ${nothing}`,
      {
        next: 'Reviews are then derived from the events and stay on this computer.',
      },
    );
  const { reviewTable } = state;
  const title = titleOf(reviewTable.table);
  if (!(await readReviewGuard(client, reviewTable)).canCreate)
    throw new Problem('source-denied', `This user may not add rows to ${title}. ${nothing}`, {
      next: `Ask the DBA to grant INSERT on its columns ${newRowColumns.join(', ')}: countersign grants --with-insert prints the SQL.`,
    });
  if (!(await hasUniqueId(client, reviewTable)))
    throw new Problem(
      'refused',
      `Nothing keeps an id of ${title} from being used twice, so two workstations could add the same row. ${nothing}`,
      { next: 'Ask the DBA for a primary key, or a unique index, on its column id.' },
    );
  return reviewTable;
}

const nothing = 'No row was added.';

async function hasUniqueId(client: SourceClient, { table }: ReviewTable): Promise<boolean> {
  const found = await ask<{ found: number }>(client, {
    text: `SELECT 1 AS found FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
            WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indnkeyatts = 1
              AND i.indpred IS NULL AND i.indexprs IS NULL AND a.attname = 'id'`,
    values: [table.oid],
  });
  return found.length > 0;
}

/** Why a row cannot be stored without loss, or null. */
export function misfitOf({ columns }: ReviewTable, row: NewReview): string | null {
  const values: Partial<Record<ReviewColumn, string | null>> = {
    id: row.id,
    tenant_id: row.tenantId,
    audit_log_id: row.auditLogId,
    action: row.action,
    actor_id: row.actorId,
  };
  const misfit = newRowColumns.find((name) => {
    const value = values[name] ?? null;
    return value !== null && !canBeReviewer(value, columns[name]);
  });
  if (misfit === undefined) return null;
  return `The column ${misfit} of the review table has the type ${columns[misfit].type}, which cannot hold what the event says.`;
}

/**
 * Adds rows in one statement, and says of each what became of it. Rows that fit must be given; see {@link misfitOf}.
 * @throws Problem when the connection, the table or a right is lost
 */
export async function createReviews(
  client: SourceClient,
  reviewTable: ReviewTable,
  rows: readonly NewReview[],
): Promise<CreationResult[]> {
  if (rows.length === 0) return [];
  try {
    const created = await insert(client, reviewTable, rows);
    const unmade = rows.filter(({ id }) => !created.has(id));
    const there = await lookUp(client, reviewTable, unmade);
    await assertInStep(client);
    return rows.map((row) => created.get(row.id) ?? whyNot(row, there));
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === null || endsTheSession(error) || /^(42(?!501)|0A|3F|25)/.test(state))
      throw sourceProblem(error);
    const [only] = rows;
    if (rows.length === 1 && only) {
      const isPassing = isLockWait(error) || isSerializationFailure(error);
      return [
        {
          id: only.id,
          outcome: isPassing ? 'waiting' : 'refused',
          detail: rejectionSentence(error),
          row: null,
        },
      ];
    }
    const middle = Math.ceil(rows.length / 2);
    return [
      ...(await createReviews(client, reviewTable, rows.slice(0, middle))),
      ...(await createReviews(client, reviewTable, rows.slice(middle))),
    ];
  }
}

const sqlTypes: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
};
const typeOf = ({ baseType }: CatalogColumn): string => sqlTypes[baseType] ?? 'text';

type Answer = Parameters<typeof decodeReview>[0];

/** In the order of their ids, so that two sessions that add the same rows wait for each other instead of locking each other out. */
async function insert(
  client: SourceClient,
  { table, columns }: ReviewTable,
  rows: readonly NewReview[],
): Promise<Map<string, CreationResult>> {
  const action = columns.action.baseType === 'enum' ? `i.action::${columns.action.type}` : 'i.action';
  const added = await ask<Answer & { id: string }>(client, {
    text: `
    INSERT INTO ${quoteTable(table)} AS r (id, tenant_id, audit_log_id, action, actor_id, due_at)
    SELECT i.id, i.tenant, i.log, ${action}, i.actor, i.due
      FROM unnest($1::${typeOf(columns.id)}[], $2::${typeOf(columns.tenant_id)}[], $3::${typeOf(columns.audit_log_id)}[], $4::text[],
                  $5::${typeOf(columns.actor_id)}[], $6::timestamptz[]) AS i(id, tenant, log, action, actor, due)
     WHERE NOT EXISTS (SELECT FROM ${quoteTable(table)} AS o WHERE o.audit_log_id = i.log)
     ORDER BY i.id
    ON CONFLICT (id) DO NOTHING
    RETURNING ${reviewSelectList('r')}`,
    values: [
      rows.map(({ id }) => id),
      rows.map(({ tenantId }) => tenantId),
      rows.map(({ auditLogId }) => auditLogId),
      rows.map((row) => row.action),
      rows.map(({ actorId }) => actorId),
      rows.map(({ dueAtMicroseconds }) => formatInstant(dueAtMicroseconds)),
    ],
  });
  return new Map(
    added.map((row) => [row.id, { id: row.id, outcome: 'created', detail: null, row: decodeReview(row) }]),
  );
}

/** Rows with the id, or about the event, of one that was not added: a statement of its own sees what others committed meanwhile. */
async function lookUp(
  client: SourceClient,
  { table, columns }: ReviewTable,
  rows: readonly NewReview[],
): Promise<ServerReview[]> {
  if (rows.length === 0) return [];
  const text = `SELECT ${reviewSelectList('r')} FROM ${quoteTable(table)} AS r
    WHERE r.id = ANY ($1::${typeOf(columns.id)}[]) OR r.audit_log_id = ANY ($2::${typeOf(columns.audit_log_id)}[])`;
  const values = [rows.map(({ id }) => id), rows.map(({ auditLogId }) => auditLogId)];
  return (await ask<Answer>(client, { text, values })).map(decodeReview);
}

function whyNot({ id, auditLogId }: NewReview, there: readonly ServerReview[]): CreationResult {
  const row = there.find((found) => found.id === id) ?? null;
  if (row !== null) return { id, outcome: 'present', detail: null, row };
  const fold = (text: string | null) => text?.toLowerCase();
  if (there.some((found) => fold(found.auditLogId) === fold(auditLogId)))
    return { id, outcome: 'present', detail: 'Another row is about the same event.', row };
  const detail =
    'The database kept the row out and does not show why; a row-level policy or a trigger may hide it.';
  return { id, outcome: 'refused', detail, row };
}
