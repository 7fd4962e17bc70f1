// Looks at an audit database and reports what it is, what can be read, and what to beware of.
import type { ConnectionProfile, InspectionReport } from '#shared/model/connection.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { inspectAnomalies } from './anomaly-inspection.ts';
import { describeTls, type SourceClient } from './client.ts';
import { measureClockOffset, serverClock } from './clock.ts';
import { isLocalHost } from './connection.ts';
import { estimateRows, timeBounds } from './columns/estimate.ts';
import { disabledDetectors } from './detector-needs.ts';
import { accountQuery } from './event-query.ts';
import { quoteTable } from './identifier.ts';
import { describeInspection } from './inspection-sentences.ts';
import { inspectionWarnings } from './inspection-warnings.ts';
import { proposedFrom } from './keeping-sentences.ts';
import { resolveMapping, titleOf } from './mapping.ts';
import { ask } from './query.ts';
import { findReviewTable, type ReviewTableState } from './review-table.ts';
import { readReviewGuard } from './review-guard.ts';
import { readRights, type TableRights } from './rights.ts';
import type { Inspection } from './inspection.ts';

const longestAccountList = 100;

/**
 * Inspects the database behind an open read session.
 * @param nowMs The local wall clock in milliseconds since 1970; read around each round trip to compare the clocks.
 * @throws Problem when there is nothing to read: no table, a required column missing, retyped or not granted.
 */
export async function inspectSource(
  client: SourceClient,
  profile: ConnectionProfile,
  nowMs: () => number,
): Promise<InspectionReport> {
  const inspection = await gather(client, profile, nowMs);
  return {
    ...inspection.report,
    sentences: describeInspection(inspection),
    warnings: inspectionWarnings(inspection),
  };
}

async function gather(
  client: SourceClient,
  profile: ConnectionProfile,
  nowMs: () => number,
): Promise<Inspection> {
  const clockOffsetMs = await measureClockOffset(client, nowMs);
  const server = await serverClock(client);
  const { mapping, table, missingFields, warnings } = await resolveMapping(client, profile.mapping);
  const identity = [mapping.columns.id?.column ?? '', mapping.columns.createdAt?.column ?? ''];
  const rights = await readRights(client, table, identity);
  const population = await readPopulation(client, mapping, profile.sourceAccount);
  const reviewTable = await findReviewTable(client);
  const anomalies = await inspectAnomalies(client);
  const report: Inspection['report'] = {
    server: `PostgreSQL ${server.version}`,
    database: server.database,
    role: server.role,
    tls: describeTls(client),
    table: titleOf(table),
    preset: mapping.preset,
    mapping,
    missingFields,
    disabledDetectors: disabledDetectors(missingFields),
    canSelect: true,
    ...reportedRights(rights),
    sourceAccount: profile.sourceAccount,
    visibleSourceAccounts: population.accounts.slice(0, longestAccountList),
    rows: population.rows,
    firstEventAt: population.first === null ? null : formatInstant(population.first),
    lastEventAt: population.last === null ? null : formatInstant(population.last),
    clockOffsetMs,
    reviewTable: await countReviews(client, reviewTable),
    anomalyTable: anomalies.report,
  };
  return {
    report,
    rights,
    reviewTable,
    anomalies,
    unplaced: population.unplaced,
    isLocal: isLocalHost(profile.host),
    isEstimated: population.isEstimated,
    mirror: profile.mirror,
    metadataBytes: await averageMetadata(client, mapping),
    mappingWarnings: warnings,
  };
}

function reportedRights({ canInsert, canUpdate, canDelete, rlsEnabled, rlsApplies, policies }: TableRights) {
  return { canInsert, canUpdate, canDelete, rlsEnabled, rlsApplies, policies };
}

interface Population {
  rows: number;
  unplaced: number;
  /** Microseconds since the epoch. */
  first: number | null;
  last: number | null;
  isEstimated: boolean;
  accounts: InspectionReport['visibleSourceAccounts'];
}

async function readPopulation(
  client: SourceClient,
  mapping: InspectionReport['mapping'],
  sourceAccount: string | null,
): Promise<Population> {
  const expected = await estimateRows(client, mapping, sourceAccount);
  if (expected > proposedFrom) return estimatePopulation(client, mapping, sourceAccount, expected);
  const groups = await ask<{
    sourceAccount: string;
    events: string;
    unplaced: string;
    first: string | null;
    last: string | null;
    chosen: boolean;
  }>(client, accountQuery(mapping, sourceAccount));
  const population: Population = {
    rows: 0,
    unplaced: 0,
    first: null,
    last: null,
    isEstimated: false,
    accounts: [],
  };
  for (const group of groups) {
    population.accounts.push({ sourceAccount: group.sourceAccount, events: Number(group.events) });
    if (!group.chosen) continue;
    population.rows += Number(group.events);
    population.unplaced += Number(group.unplaced);
    if (group.first === null || group.last === null) continue;
    population.first = Math.min(population.first ?? Infinity, Number(group.first));
    population.last = Math.max(population.last ?? -Infinity, Number(group.last));
  }
  return population;
}

/** Looking at each of so many events would take longer than anybody waits. */
async function estimatePopulation(
  client: SourceClient,
  mapping: InspectionReport['mapping'],
  sourceAccount: string | null,
  rows: number,
): Promise<Population> {
  const bounds = await timeBounds(client, mapping, sourceAccount);
  const [first, last] = [bounds?.firstMicroseconds ?? null, bounds?.lastMicroseconds ?? null];
  return { rows: Math.round(rows), unplaced: 0, first, last, isEstimated: true, accounts: [] };
}

/** From the statistics of the table and its partitions. */
async function averageMetadata(
  client: SourceClient,
  mapping: InspectionReport['mapping'],
): Promise<number | null> {
  const reference = mapping.columns.metadata;
  if (!reference) return null;
  const table = quoteTable({ schema: mapping.schema, name: mapping.table });
  const [found] = await ask<{ bytes: number | null }>(client, {
    text: `SELECT max(s.avg_width)::int AS bytes
        FROM (SELECT $1::regclass AS oid UNION SELECT relid FROM pg_partition_tree($1::regclass)) member
        JOIN pg_class c ON c.oid = member.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = $2`,
    values: [table, reference.column],
  });
  return found?.bytes ?? null;
}

async function countReviews(
  client: SourceClient,
  state: ReviewTableState,
): Promise<InspectionReport['reviewTable']> {
  if (state.state === 'unavailable') return null;
  const { table, columns, canDecide } = state.reviewTable;
  const { canCreate, ...guard } = await readReviewGuard(client, state.reviewTable);
  const [counts] = await ask<{ rows: string; pending: string }>(client, {
    text: `SELECT count(*)::text AS rows, count(*) FILTER (WHERE reviewed_at IS NULL)::text AS pending FROM ${quoteTable(table)}`,
    values: [],
  });
  return {
    table: titleOf(table),
    rows: Number(counts?.rows),
    pending: Number(counts?.pending),
    canDecide,
    reviewerIdType: columns.reviewer_id.type,
    canCreate,
    guard,
  };
}
