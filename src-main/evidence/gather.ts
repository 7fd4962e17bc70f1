// Reads from the stores everything an evidence pack is made from.
import type { Decision, Review } from '#shared/model/review.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { conflictOf, theirsOf } from '../review/conflicts.ts';
import { decisionInForce, type DecisionRecord, type LedgerState } from '../review/projection.ts';
import { defaultSourceAccount } from '../source/default-account.ts';
import { placeableFrom, placeableUntil } from '../source/microseconds.ts';
import { readTotals } from '../store/cache/activity.ts';
import { readLastRun, type RefreshRun } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';
import { readAnomalyList } from '../review/anomalies.ts';
import { anomalyConflictLines } from './anomaly-conflict-lines.ts';
import type { PopulationHash } from './population-hash.ts';
import { reconcile } from './reconcile.ts';
import type { Detector, Ipe, PackedDecision, ReviewConflictLine } from './pack-input.ts';
import type { PackItem, PackSource } from './pack-source.ts';
import { firstSights } from './first-sights.ts';

export type GatherRequest = {
  readonly cache: DatabaseHandle;
  readonly populationHash: PopulationHash;
  readonly state: LedgerState;
  /** All entries up to the state, from the first. */
  readonly entries: () => Iterable<StoredEntry>;
  /** By due time, then id. */
  readonly queue: () => Iterable<Review>;
  /** By start, then id. */
  readonly findings: () => Iterable<Finding>;
  readonly detectors: readonly Detector[];
  readonly reviewer: Reviewer;
  readonly key: SigningKey;
  readonly toDecision: (record: DecisionRecord) => Decision;
  readonly packId: string;
  readonly version: string;
  readonly zone: string;
  readonly nowMicroseconds: number;
  /** What the person who exports says about the pack. */
  readonly particulars?: Partial<Pick<PackSource, 'retention' | 'controls' | 'sampling'>>;
};

/** Everything a pack is made from; rows are read when they are asked for. */
export function gatherPackSource(request: GatherRequest): PackSource {
  const { cache, state } = request;
  const run = readLastRun(cache);
  const horizon = run?.replay ? parseInstant(run.report.asOf) : null;
  const totals = readTotals(cache, horizon);
  const at = (microseconds: number | null) => (microseconds === null ? null : formatInstant(microseconds));
  return {
    generatedAt: formatInstant(request.nowMicroseconds),
    packId: request.packId,
    toolVersion: request.version,
    period: { from: at(totals.firstMicroseconds), to: at(totals.lastMicroseconds) },
    zone: request.zone,
    asOf: run?.replay ? run.report.asOf : null,
    reviewer: request.reviewer,
    signerIdentity: request.key.identity,
    source: state.connection && {
      database: state.connection.database,
      user: state.connection.user,
      table: state.connection.mapping?.table ?? '',
      sourceAccount: state.connection.sourceAccount,
      server: run?.provenance.server ?? null,
    },
    ipe: describePopulation(request.populationHash, run, horizon, state.connection?.sourceAccount ?? null),
    items: () => itemsOf(request),
    ledger: request.entries,
    findings: request.findings,
    detectors: request.detectors.toSorted((a, b) => compare(a.id, b.id) || compare(a.version, b.version)),
    ...anomaliesOf(request),
    conflicts: () => [...reviewConflictsOf(request), ...anomalyConflictLines(cache, state)],
    previousPackSha256: state.lastPackSha256,
    firstSight: firstSights(cache),
    ...request.particulars,
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where the source's table was read at the last pull; those that vanished since a disposition of them are among them. */
function anomaliesOf({ cache, state }: GatherRequest): Pick<PackSource, 'anomalies'> {
  const { state: reading, anomalies } = readAnomalyList(cache, state, { limit: Number.POSITIVE_INFINITY });
  if (reading !== 'read') return {};
  return { anomalies: () => anomalies.toSorted((a, b) => compare(a.id, b.id)) };
}

function* itemsOf({ queue, state, toDecision }: GatherRequest): Generator<PackItem> {
  for (const item of queue()) {
    const record = decisionInForce(state, item.id);
    yield { item, made: record && packedDecisionOf(item, record, toDecision(record)) };
  }
}

/** What was shown and for how long stands in the ledger; when it was reviewed there, in the row of the audit database. */
function packedDecisionOf(item: Review, { payload }: DecisionRecord, made: Decision): PackedDecision {
  return {
    ...made,
    shownDigest: payload.digest,
    dwellMs: payload.dwellMs ?? null,
    serverReviewedAt: item.server?.reviewedAt ?? null,
  };
}

function describePopulation(
  population: PopulationHash,
  run: RefreshRun | null,
  horizon: number | null,
  sourceAccount: string | null,
): Ipe {
  const days = run?.provenance.countsByDay ?? [];
  const counted = { rows: population.rows, serverRows: run?.provenance.serverCount ?? null, days: [...days] };
  return {
    ...counted,
    query: run?.provenance.query ?? '',
    parameters: (run?.provenance.parameters ?? []).map((value, index) => ({ name: `$${index + 1}`, value })),
    filters: run ? [...filtersOf(horizon, sourceAccount), ...mannerOf(population)] : [],
    database: run?.provenance.database ?? null,
    role: run?.provenance.role ?? null,
    serverTime: run?.provenance.serverTime ?? null,
    first: population.first,
    last: population.last,
    populationSha256: population.sha256,
    ...completenessOf(population, run),
    server: run?.provenance.server ?? null,
    snapshot: run?.provenance.snapshot ?? null,
    readBy: run?.provenance.readBy ?? null,
    reconciliation: reconcile(counted),
  };
}

/** Every restriction of the reading in words, those of the session included. */
function filtersOf(horizon: number | null, sourceAccount: string | null): string[] {
  const account = sourceAccount ?? defaultSourceAccount;
  return [
    ...(sourceAccount === null ? [] : [`Only events of the source account “${sourceAccount}”.`]),
    `The session named the account “${account}” (app.source_account_id); row-level policies of the database may have hidden the events of others.`,
    `Only events with an id and a time from ${placeableFrom} up to ${placeableUntil}; infinite times cannot be placed.`,
    ...(horizon === null
      ? []
      : [`Only events up to ${formatInstant(horizon)}, the moment this review looks back to.`]),
  ];
}

/** How events became what is hashed, where that is not one by one. */
function mannerOf({ of }: PopulationHash): string[] {
  if (of === 'events') return [];
  return [
    'The events were not copied. The database counted them by source account, actor, action and quarter hour (UTC), and these counts are the population: its SHA-256 is over one canonical JSON line per day, account, actor, action and slot (quarter hour of the day, 0 to 95) with its count, ascending in that order. Only quarter hours that ended by the time looked back to are in it.',
    'Events of privileged actions, critical events, and those that findings and review items are about were fetched one by one.',
  ];
}

function completenessOf(
  { rows, of }: PopulationHash,
  run: RefreshRun | null,
): Pick<Ipe, 'completeness' | 'completenessReason'> {
  if (!run)
    return {
      completeness: 'unknown',
      completenessReason: 'This workspace has not been refreshed from a database yet.',
    };
  const differing = run.provenance.countsByDay.filter((day) => day.mirrored !== day.server);
  if (differing.length === 0 && rows === run.provenance.serverCount) {
    return {
      completeness: 'complete',
      completenessReason:
        of === 'events'
          ? 'The database’s own count of every day equals the number of events mirrored for it. Counts do not tell a row that was exchanged for another of the same day.'
          : 'The events were not copied, only counted. The database’s own count of every day equals the sum of its counts by quarter hour. Counts do not tell a row that was exchanged for another of the same quarter hour, account, actor and action.',
    };
  }
  if (differing.length === 0) {
    return {
      completeness: 'incomplete',
      completenessReason: `The mirror holds ${rows} events, but the database counted ${run.provenance.serverCount} at the last refresh that came to its end.`,
    };
  }
  return {
    completeness: 'incomplete',
    completenessReason: `The database’s own count differs from the mirror on ${differing.length} of ${run.provenance.countsByDay.length} days.`,
  };
}

/** Conflicts and corroborations; those the database says nothing about any more are in the ledger only. */
function reviewConflictsOf({ queue, state, toDecision }: GatherRequest): ReviewConflictLine[] {
  const conflicts: ReviewConflictLine[] = [];
  for (const review of queue()) {
    const found = conflictOf(review, state);
    const record = decisionInForce(state, review.id);
    const server = record && theirsOf(review, record, state);
    if (!found || !record || (!server && found.cause !== 'row-altered')) continue;
    conflicts.push({
      review: review.id,
      ours: toDecision(record),
      server,
      outcome: record.outcome?.outcome ?? 'decided elsewhere',
      standing: found.standing,
      cause: found.cause,
      closings: [...(state.closings.get(review.id) ?? [])],
      entries: (state.trails.get(review.id) ?? []).map(({ id }) => id),
    });
  }
  return conflicts.toSorted((a, b) => compare(a.review, b.review));
}
