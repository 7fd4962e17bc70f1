// Reads the source's own anomalies as the database holds them, page by page.
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { findAnomalyTable, type AnomalyColumn, type AnomalyTable } from './anomaly-table.ts';
import type { SourceClient } from './client.ts';
import { quoteTable } from './identifier.ts';
import { assertInStep } from './in-step.ts';
import { isPlaceable, microsecondsOf } from './microseconds.ts';
import { ask } from './query.ts';

/** One row of the table; identifiers, score and times as text, whatever their type. */
export interface SourceAnomaly {
  id: string;
  tenant: string | null;
  user: string | null;
  anomalyType: string | null;
  severity: string | null;
  score: string | null;
  detectedText: string | null;
  /** Null when it is absent, infinite or too far away to be exact. */
  detectedMicroseconds: number | null;
  context: string | null;
  reviewedBy: string | null;
  reviewedText: string | null;
  reviewedMicroseconds: number | null;
  disposition: string | null;
}

export type AnomalyReading =
  | { state: 'read' }
  /** The sentence says which: no such table, a missing right, or a column that is not as published. */
  | { state: 'absent' | 'denied' | 'changed'; sentence: string };

type AnomalyRow = Omit<SourceAnomaly, 'detectedMicroseconds' | 'reviewedMicroseconds'> & {
  detectedAt: string | null;
  reviewedAt: string | null;
};

const rowsPerPage = 5_000;

/**
 * Hands over every visible row, ordered by id; in a transaction with a snapshot of its own, all out of that one.
 * @param onRows receives some rows at a time
 * @throws Problem when the connection is lost, or answers belong to other questions
 */
export async function readAnomalies(
  client: SourceClient,
  onRows: (rows: SourceAnomaly[]) => void,
  signal?: AbortSignal,
): Promise<AnomalyReading> {
  const found = await findAnomalyTable(client);
  if (found.state === 'unavailable') {
    await assertInStep(client, signal);
    return { state: found.cause, sentence: found.sentence };
  }
  const { anomalyTable } = found;
  const text = `SELECT ${anomalySelectList('a')} FROM ${quoteTable(anomalyTable.table)} AS a
    WHERE a.id IS NOT NULL AND ($1::text IS NULL OR a.id > $1::${sqlTypeOf(anomalyTable, 'id')}) ORDER BY a.id LIMIT ${rowsPerPage}`;
  let last: string | null = null;
  for (;;) {
    const page: AnomalyRow[] = await ask<AnomalyRow>(client, { text, values: [last] }, signal);
    // Before any of it is believed: the last page's answer would pass for this one's, and its rows for all there are.
    await assertInStep(client, signal);
    if (page.length > 0) onRows(page.map(decodeAnomaly));
    if (page.length < rowsPerPage) return { state: 'read' };
    last = page.at(-1)!.id;
  }
}

/** Whether a row is of the account a connection is limited to; compared only where the events name their account in tenant_id. */
export function isInAccount({
  sourceAccount,
  mapping,
}: Pick<ConnectionProfile, 'sourceAccount' | 'mapping'>): (anomaly: SourceAnomaly) => boolean {
  const isTenant = mapping?.columns.sourceAccount?.column === 'tenant_id';
  return ({ tenant }) => sourceAccount === null || !isTenant || tenant === sourceAccount;
}

/** Select list of a {@link SourceAnomaly}; the column names are those of the published table, found in the catalog before. */
export function anomalySelectList(alias: string): string {
  const placed = (column: string) =>
    `CASE WHEN ${isPlaceable(`${alias}.${column}`)} THEN (${microsecondsOf(`${alias}.${column}`)})::text END`;
  return `${alias}.id::text AS id, ${alias}.tenant_id::text AS tenant, ${alias}.user_id::text AS user,
       ${alias}.anomaly_type::text AS "anomalyType", ${alias}.severity::text AS severity, ${alias}.z_score::text AS score,
       ${alias}.detected_at::text AS "detectedText", ${placed('detected_at')} AS "detectedAt", ${alias}.context::text AS context,
       ${alias}.reviewed_by::text AS "reviewedBy", ${alias}.reviewed_at::text AS "reviewedText",
       ${placed('reviewed_at')} AS "reviewedAt", ${alias}.disposition::text AS disposition`;
}

export function decodeAnomaly({ detectedAt, reviewedAt, ...rest }: AnomalyRow): SourceAnomaly {
  return {
    ...rest,
    detectedMicroseconds: detectedAt === null ? null : Number(detectedAt),
    reviewedMicroseconds: reviewedAt === null ? null : Number(reviewedAt),
  };
}

export type AnomalyRowText = AnomalyRow;

const sqlTypes: Readonly<Record<string, string>> = {
  uuid: 'uuid',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
};

/** The type by which values of an identity column are handed over. */
export function sqlTypeOf(anomalyTable: AnomalyTable, column: AnomalyColumn): string {
  return sqlTypes[anomalyTable.columns[column].baseType] ?? 'text';
}
