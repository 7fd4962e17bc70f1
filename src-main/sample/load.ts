// Fills the published tables with a generated sample.
import type { Client } from 'pg';
import { formatInstant } from '#shared/time/instant.ts';
import {
  sampleSourceAccount,
  sampleTenant,
  type Sample,
  type SampleAnomaly,
  type SampleEvent,
  type SampleReview,
} from './generate/model.ts';
import { throwIfCancelled, type OnProgress } from './progress.ts';
import { indexesSql, rowSecuritySql, tablesSql } from './schema.ts';

const batchSize = 5000;

/** A column of a table and how its value is taken from a generated row. */
interface Column<Row> {
  name: string;
  type: string;
  value: (row: Row) => string | null;
}

function column<Row>(name: string, type: string, value: (row: Row) => string | null): Column<Row> {
  return { name, type, value };
}

function at(microseconds: number | null): string | null {
  return microseconds === null ? null : formatInstant(microseconds);
}

const eventColumns: Column<SampleEvent>[] = [
  column('id', 'text', (event) => event.id),
  column('source_account_id', 'text', () => sampleSourceAccount),
  column('actor_user_id', 'text', (event) => event.actor),
  column('actor_type', 'text', (event) => event.actorType),
  column('event_type', 'text', (event) => event.eventType),
  column('resource_type', 'text', (event) => event.resourceType),
  column('resource_id', 'text', (event) => event.resourceId),
  column('ip_address', 'text', (event) => event.ip),
  column('user_agent', 'text', (event) => event.userAgent),
  column('metadata', 'jsonb', (event) => JSON.stringify(event.metadata)),
  column('severity', 'text', (event) => event.severity),
  column('created_at', 'timestamptz', (event) => at(event.createdAtMicroseconds)),
  column('source_plugin', 'text', (event) => event.sourcePlugin),
  column('target_plugin', 'text', (event) => event.targetPlugin),
  column('tenant_id', 'uuid', () => sampleTenant),
];

const reviewColumns: Column<SampleReview>[] = [
  column('id', 'uuid', (review) => review.id),
  column('tenant_id', 'uuid', () => sampleTenant),
  column('audit_log_id', 'uuid', (review) => review.auditLogId),
  column('action', 'text', (review) => review.action),
  column('actor_id', 'uuid', (review) => review.actorId),
  column('due_at', 'timestamptz', (review) => at(review.dueAtMicroseconds)),
  column('reviewer_id', 'uuid', (review) => review.reviewerId),
  column('reviewed_at', 'timestamptz', (review) => at(review.reviewedAtMicroseconds)),
  column('notes', 'text', (review) => review.notes),
];

const anomalyColumns: Column<SampleAnomaly>[] = [
  column('id', 'uuid', (anomaly) => anomaly.id),
  column('tenant_id', 'uuid', () => sampleTenant),
  column('user_id', 'uuid', (anomaly) => anomaly.userId),
  column('anomaly_type', 'text', (anomaly) => anomaly.anomalyType),
  column('severity', 'text', (anomaly) => anomaly.severity),
  column('z_score', 'numeric', (anomaly) => anomaly.zScore),
  column('detected_at', 'timestamptz', (anomaly) => at(anomaly.detectedAtMicroseconds)),
  column('context', 'jsonb', (anomaly) => JSON.stringify(anomaly.context)),
  column('reviewed_by', 'uuid', (anomaly) => anomaly.reviewedBy),
  column('reviewed_at', 'timestamptz', (anomaly) => at(anomaly.reviewedAtMicroseconds)),
  column('disposition', 'text', (anomaly) => anomaly.disposition),
];

interface LoadContext {
  client: Client;
  onProgress: OnProgress;
  signal: AbortSignal | undefined;
}

async function insertRows<Row>(
  context: LoadContext,
  table: string,
  columns: Column<Row>[],
  rows: readonly Row[],
  step: string,
): Promise<void> {
  const names = columns.map((each) => each.name).join(', ');
  const arrays = columns.map((each, index) => `$${index + 1}::${each.type}[]`).join(', ');
  const text = `INSERT INTO ${table} (${names}) SELECT * FROM unnest(${arrays})`;
  for (let start = 0; start < rows.length; start += batchSize) {
    throwIfCancelled(context.signal);
    context.onProgress(step, start, rows.length);
    const batch = rows.slice(start, start + batchSize);
    await context.client.query({ name: table, text, values: columns.map((each) => batch.map(each.value)) });
  }
  context.onProgress(step, rows.length, rows.length);
}

/**
 * Creates the schema and inserts every row in one transaction, so a sample is there as a whole or not at all.
 * @throws Problem `cancelled` between two batches
 */
export async function loadSample(sample: Sample, context: LoadContext): Promise<void> {
  const { client, onProgress } = context;
  await client.query('BEGIN');
  await client.query(tablesSql);
  await insertRows(context, 'np_auditlog_events', eventColumns, sample.events, 'Loading events');
  await insertRows(context, 'np_audit_privileged_reviews', reviewColumns, sample.reviews, 'Loading reviews');
  await insertRows(context, 'np_audit_anomalies', anomalyColumns, sample.anomalies, 'Loading anomalies');
  onProgress('Building indexes', 0, null);
  await client.query(indexesSql);
  await client.query(rowSecuritySql);
  throwIfCancelled(context.signal);
  await client.query('COMMIT');
  await client.query('VACUUM (ANALYZE)');
}
