// Adds findings of ours to the source's table of anomalies, each once: what is there already is never changed.
import type { PublicationItem } from '#shared/model/anomaly.ts';
import type { AnomalyTable } from './anomaly-table.ts';
import type { SourceClient } from './client.ts';
import { quoteTable } from './identifier.ts';
import { sqlTypeOf } from './anomalies.ts';
import { endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { ask } from './query.ts';
import { isLockWait, isSerializationFailure, rejectionSentence } from './rejection.ts';

/** A finding in the words of the table. */
export interface PublishedRow {
  finding: string;
  /** UUID derived from the finding's id. */
  anomaly: string;
  user: string | null;
  anomalyType: string;
  severity: string;
  /** Only of detectors whose score is a z-score. */
  zScore: string | null;
  /** ISO 8601 UTC. */
  detectedAt: string;
  context: Record<string, unknown>;
}

/** Key of the context under which a published row says which finding it is. */
export const publisher = 'countersign';

/**
 * Adds one row, or says why not. Two workstations that add the same finding add one row.
 * @returns null for a passing obstacle, which settles nothing
 * @throws Problem when the connection or a right is lost
 */
export async function insertFinding(
  client: SourceClient,
  anomalyTable: AnomalyTable,
  row: PublishedRow,
): Promise<PublicationItem | null> {
  const { finding, anomaly } = row;
  const settled = (outcome: PublicationItem['outcome'], detail: string | null = null): PublicationItem => ({
    finding,
    anomaly,
    outcome,
    detail,
  });
  try {
    if (await add(client, anomalyTable, row)) return settled('published');
    return (await isThere(client, anomalyTable, row))
      ? settled('already-there')
      : settled(
          'taken',
          'A row with the id of this finding is there, or hidden, and does not say so itself.',
        );
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === null || endsTheSession(error) || /^(42(?!501)|0A|3F|25)/.test(state))
      throw sourceProblem(error);
    if (isLockWait(error) || isSerializationFailure(error)) return null;
    return settled('rejected', rejectionSentence(error));
  }
}

async function add(client: SourceClient, anomalyTable: AnomalyTable, row: PublishedRow): Promise<boolean> {
  const { anomaly_type: type, severity } = anomalyTable.columns;
  const typeOf = (column: typeof type) => (column.baseType === 'enum' ? column.type : 'text');
  const text = `
    INSERT INTO ${quoteTable(anomalyTable.table)} (id, user_id, anomaly_type, severity, z_score, detected_at, context)
    VALUES ($1::uuid, $2::${sqlTypeOf(anomalyTable, 'user_id')}, $3::${typeOf(type)}, $4::${typeOf(severity)}, $5::numeric, $6::timestamptz, $7::jsonb)
    ON CONFLICT DO NOTHING RETURNING id::text AS id`;
  const values = [
    row.anomaly,
    row.user,
    row.anomalyType,
    row.severity,
    row.zScore,
    row.detectedAt,
    JSON.stringify(row.context),
  ];
  return (await ask<{ id: string }>(client, { text, values })).length === 1;
}

async function isThere(
  client: SourceClient,
  { table }: AnomalyTable,
  { anomaly, finding, anomalyType }: PublishedRow,
): Promise<boolean> {
  const text = `SELECT 1 AS found FROM ${quoteTable(table)}
    WHERE id = $1::uuid AND context -> '${publisher}' ->> 'finding' = $2 AND anomaly_type::text = $3`;
  return (
    (await ask<{ found: number }>(client, { text, values: [anomaly, finding, anomalyType] })).length === 1
  );
}
