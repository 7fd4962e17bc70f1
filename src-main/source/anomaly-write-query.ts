// The statements about dispositions of anomalies: compare-and-set over a batch, a second look, and the server's clock.
import { formatInstant } from '#shared/time/instant.ts';
import type { SourceClient } from './client.ts';
import {
  anomalySelectList,
  decodeAnomaly,
  sqlTypeOf,
  type AnomalyRowText,
  type SourceAnomaly,
} from './anomalies.ts';
import type { DispositionIntent } from './anomaly-outcomes.ts';
import type { AnomalyTable } from './anomaly-table.ts';
import { quoteTable } from './identifier.ts';
import { assertAnswered, giveUpOutOfStep, newQuestion } from './in-step.ts';
import { isPlaceable, microsecondsOf } from './microseconds.ts';
import { ask } from './query.ts';

export type AppliedDisposition = Pick<
  SourceAnomaly,
  'disposition' | 'reviewedBy' | 'reviewedText' | 'reviewedMicroseconds'
>;

/**
 * Judges every row of the batch that nobody judged and that is exactly as shown, in one statement and one transaction.
 * Answers what was written, by position in the batch.
 */
export async function applyDispositions(
  client: SourceClient,
  anomalyTable: AnomalyTable,
  batch: readonly DispositionIntent[],
): Promise<Map<number, AppliedDisposition>> {
  const question = newQuestion();
  const rows = await ask<{
    question: string;
    position: string;
    disposition: string | null;
    reviewedBy: string | null;
    reviewedText: string | null;
    reviewedAt: string | null;
  }>(client, {
    text: updateText(anomalyTable),
    values: [
      batch.map(({ anomalyId }) => anomalyId),
      batch.map(({ shown }) => shown.tenant),
      batch.map(({ shown }) => shown.user),
      batch.map(({ shown }) => shown.anomalyType),
      batch.map(({ shown }) => shown.severity),
      batch.map(({ shown }) => shown.score),
      batch.map(({ shown }) => shown.detectedText),
      batch.map(({ shown }) => shown.contextSha256),
      batch.map(({ reviewerId }) => reviewerId),
      batch.map(({ word }) => word),
      batch.map(({ stampMicroseconds }) => formatInstant(stampMicroseconds)),
      batch.map(({ ownIds }) => JSON.stringify(ownIds)),
      question,
    ],
  });
  assertAnswered(client, rows, question);
  return new Map(
    rows.map(({ position, reviewedAt, question: _question, ...row }) => [
      Number(position) - 1,
      { ...row, reviewedMicroseconds: reviewedAt === null ? null : Number(reviewedAt) },
    ]),
  );
}

/** The rows of these dispositions as they are now, by position in the batch. */
export async function readAnomalyRows(
  client: SourceClient,
  anomalyTable: AnomalyTable,
  batch: readonly DispositionIntent[],
): Promise<Map<number, SourceAnomaly>> {
  const question = newQuestion();
  const text = `SELECT $2::text AS question, i.position::text AS position, ${anomalySelectList('a')}
    FROM unnest($1::${sqlTypeOf(anomalyTable, 'id')}[]) WITH ORDINALITY AS i(id, position)
    LEFT JOIN ${quoteTable(anomalyTable.table)} AS a ON a.id = i.id`;
  const values = [batch.map(({ anomalyId }) => anomalyId), question];
  const rows = await ask<
    Omit<AnomalyRowText, 'id'> & { question: string; position: string; id: string | null }
  >(client, { text, values });
  assertAnswered(client, rows, question);
  if (new Set(rows.map(({ position }) => position)).size < batch.length) giveUpOutOfStep(client);
  return new Map(
    rows.flatMap(({ position, question: _question, id, ...row }) =>
      id === null ? [] : [[Number(position) - 1, decodeAnomaly({ ...row, id })] as const],
    ),
  );
}

/** The server's clock, in microseconds. */
export async function serverMicroseconds(client: SourceClient): Promise<number> {
  const question = newQuestion();
  const rows = await ask<{ question: string; now: string }>(client, {
    text: `SELECT $1::text AS question, ${microsecondsOf('clock_timestamp()')}::text AS now`,
    values: [question],
  });
  assertAnswered(client, rows, question, 1);
  return Number(rows[0]!.now);
}

/** True when two identities name the same person, as far as the columns' types tell: the digits of a UUID have no case. */
export function anomalyIdentityComparison(anomalyTable: AnomalyTable): (a: string, b: string) => boolean {
  if (!hasUuidIdentity(anomalyTable)) return (a, b) => a === b;
  return (a, b) => a.toLowerCase() === b.toLowerCase();
}

function updateText(anomalyTable: AnomalyTable): string {
  const fold = hasUuidIdentity(anomalyTable) ? 'lower' : '';
  const { disposition } = anomalyTable.columns;
  const wordType = disposition.baseType === 'enum' ? disposition.type : 'text';
  const reviewed = 'a.reviewed_at';
  return `
    UPDATE ${quoteTable(anomalyTable.table)} AS a
    SET reviewed_by = i.reviewer, reviewed_at = i.stamp, disposition = i.word::${wordType}
    FROM unnest($1::${sqlTypeOf(anomalyTable, 'id')}[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::${sqlTypeOf(anomalyTable, 'reviewed_by')}[], $10::text[], $11::timestamptz[], $12::text[])
         WITH ORDINALITY AS i(id, tenant, subject, type, severity, score, detected, context, reviewer, word, stamp, own, position)
    WHERE a.id = i.id
      AND a.reviewed_at IS NULL AND a.disposition IS NULL
      AND a.tenant_id::text IS NOT DISTINCT FROM i.tenant
      AND a.user_id::text IS NOT DISTINCT FROM i.subject
      AND a.anomaly_type::text IS NOT DISTINCT FROM i.type
      AND a.severity::text IS NOT DISTINCT FROM i.severity
      AND a.z_score::text IS NOT DISTINCT FROM i.score
      AND a.detected_at::text IS NOT DISTINCT FROM i.detected
      AND encode(sha256(convert_to(a.context::text, 'UTF8')), 'hex') IS NOT DISTINCT FROM i.context
      AND ${fold}(a.user_id::text) IS DISTINCT FROM ${fold}(i.reviewer::text)
      AND NOT coalesce(i.own::jsonb ? lower(a.user_id::text), false)
    RETURNING $13::text AS question, i.position::text AS position, a.disposition::text AS disposition, a.reviewed_by::text AS "reviewedBy",
              a.reviewed_at::text AS "reviewedText",
              CASE WHEN ${isPlaceable(reviewed)} THEN (${microsecondsOf(reviewed)})::text END AS "reviewedAt"`;
}

function hasUuidIdentity({ columns }: AnomalyTable): boolean {
  return columns.user_id.baseType === 'uuid' || columns.reviewed_by.baseType === 'uuid';
}
