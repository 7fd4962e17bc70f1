// Adds findings of ours to the source's table of anomalies, each once: what is there already is never changed.
import type { PublicationItem } from '#shared/model/anomaly.ts';
import type { AnomalyTable } from './anomaly-table.ts';
import type { SourceClient } from './client.ts';
import { quoteTable } from './identifier.ts';
import { assertAnswered, newQuestion } from './in-step.ts';
import { sqlTypeOf } from './anomalies.ts';
import { endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { ask, type SqlQuery } from './query.ts';
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
  const question = newQuestion();
  // Answers a row in either case, so that no other statement's answer is taken for it.
  const text = `
    WITH added AS (
    INSERT INTO ${quoteTable(anomalyTable.table)} (id, user_id, anomaly_type, severity, z_score, detected_at, context)
    VALUES ($1::uuid, $2::${sqlTypeOf(anomalyTable, 'user_id')}, $3::${typeOf(type)}, $4::${typeOf(severity)}, $5::numeric, $6::timestamptz, $7::jsonb)
    ON CONFLICT DO NOTHING RETURNING id)
    SELECT $8::text AS question, EXISTS (SELECT FROM added) AS found`;
  const values = [
    row.anomaly,
    row.user,
    row.anomalyType,
    row.severity,
    row.zScore,
    row.detectedAt,
    JSON.stringify(row.context),
    question,
  ];
  return isFound(client, { text, values }, question);
}

async function isThere(
  client: SourceClient,
  { table }: AnomalyTable,
  { anomaly, finding, anomalyType }: PublishedRow,
): Promise<boolean> {
  const question = newQuestion();
  const text = `SELECT $4::text AS question, EXISTS (
    SELECT FROM ${quoteTable(table)}
    WHERE id = $1::uuid AND context -> '${publisher}' ->> 'finding' = $2 AND anomaly_type::text = $3) AS found`;
  return isFound(client, { text, values: [anomaly, finding, anomalyType, question] }, question);
}

async function isFound(client: SourceClient, query: SqlQuery, question: string): Promise<boolean> {
  const rows = await ask<{ question: string; found: boolean }>(client, query);
  assertAnswered(client, rows, question, 1);
  return rows[0]!.found;
}
