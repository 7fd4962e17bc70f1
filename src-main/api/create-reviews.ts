// Adds the review rows that privileged events lack, as background work: announced before they leave, settled when answered.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { CreatedReview, CreationOutcome, CreationReport } from '#shared/model/review-creation.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { databaseIdentity } from '../analytics/source-identity.ts';
import type { ReviewCreatedPayload } from '../review/created-reviews.ts';
import { requireReviewer } from '../review/decide.ts';
import type { Ledger } from '../review/ledger.ts';
import { adoptRows, digestOfRow, eventsWithoutReview, reviewOfEvent } from '../review/missing-reviews.ts';
import { closeSource, connectSource, type SourceClient } from '../source/client.ts';
import { measureClockOffset, serverClock } from '../source/clock.ts';
import {
  createReviews,
  misfitOf,
  requireCreatableTable,
  type CreationResult,
  type NewReview,
} from '../source/create-reviews.ts';
import { readTenantEvents, type TenantEvent } from '../source/event-tenants.ts';
import { toAuditEvent } from '../source/source-event.ts';
import type { ReviewTable } from '../source/review-table.ts';
import { inAccount, readReviewTable } from '../source/reviews.ts';
import { readPrivilegedEvents } from '../store/cache/events.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { mirrorQueue } from '../store/cache/server-reviews.ts';
import { assertSameDatabase } from '../sync/same-database.ts';
import type { Workstation } from '../workstation.ts';
import type { JobContext } from './jobs.ts';
import { isMirrorOfConnection } from './refresh.ts';
import { requireUnchangedSchema } from './schema-guard.ts';
import { rememberedSource } from './source.ts';

export type CreationRequest = {
  readonly dryRun?: boolean | undefined;
  /** Events before this moment are left alone. */
  readonly from?: string | undefined;
};

const batchSize = 500;

export function createReviewsWork(workstation: Workstation, { dryRun = false, from }: CreationRequest) {
  return async ({ signal, progress }: JobContext): Promise<CreationReport> => {
    const { ledger } = workstation;
    const actor = dryRun ? '' : requireReviewer(ledger.state()).id;
    const { profile, password } = await rememberedSource(workstation);
    assertMirrored(workstation);
    progress('Connecting', 0, null, '');
    const client = await connectSource(profile, password, {
      purpose: dryRun ? 'read' : 'write',
      statementTimeoutMs: 60_000,
      connectTimeoutMs: 10_000,
      signal,
    });
    try {
      const { systemIdentifier } = await serverClock(client);
      assertSameDatabase(ledger.state(), databaseIdentity(profile, systemIdentifier));
      if (!dryRun) await requireUnchangedSchema(workstation, client);
      ledger.setClockOffset(await measureClockOffset(client, workstation.clock.nowMs));
      const reviewTable = await requireCreatableTable(client);
      progress('Looking for what is missing', 0, null, '');
      const { rows } = inAccount(await readReviewTable(client, signal), profile);
      if (!dryRun) adoptRows(ledger, rows ?? []);
      const events = eventsWithoutReview(privilegedEvents(workstation, from), rows ?? []);
      const found = await confirmed(client, profile.mapping!, profile.sourceAccount, events, signal);
      const items = events.map((event) => considered(reviewTable, event, found));
      if (dryRun)
        return report(
          dryRun,
          items.map(({ item }) => item),
        );
      const added = await add(ledger, actor, client, reviewTable, items, { signal, progress });
      await showAdded(workstation, client, profile);
      return report(dryRun, added);
    } finally {
      await closeSource(client);
    }
  };
}

/** What was added is there: when the queue cannot be read afterwards, the next refresh reads it. */
async function showAdded(
  { cache, log }: Pick<Workstation, 'cache' | 'log'>,
  client: SourceClient,
  profile: ConnectionProfile,
): Promise<void> {
  try {
    const assertSameSource = mirrorGuard(cache);
    mirrorQueue(cache, inAccount(await readReviewTable(client), profile), assertSameSource);
  } catch (error) {
    log('The review queue could not be read after rows were added.', error);
  }
}

function assertMirrored(workstation: Workstation): void {
  if (isMirrorOfConnection(workstation.cache, workstation.ledger.state())) return;
  throw new Problem(
    'refused',
    'The events of this database have not been read yet, so nobody knows what is missing. No row was added.',
    { next: 'Refresh first.' },
  );
}

function privilegedEvents(
  { cache, ledger }: Pick<Workstation, 'cache' | 'ledger'>,
  from: string | undefined,
): AuditEvent[] {
  const since = from === undefined ? -Infinity : parseInstant(from);
  return readPrivilegedEvents(cache, ledger.state().privilegedActions, readHorizon(cache)).filter(
    ({ createdAt }) => parseInstant(createdAt) >= since,
  );
}

const keyOf = (event: AuditEvent): string =>
  JSON.stringify([event.sourceAccount, event.id, event.createdAt, event.actor, event.action]);

/** The events that are in the database as they are here. */
async function confirmed(
  client: SourceClient,
  mapping: Mapping,
  sourceAccount: string | null,
  events: readonly AuditEvent[],
  signal: AbortSignal,
): Promise<Map<string, TenantEvent>> {
  const found = new Map<string, TenantEvent>();
  for (let start = 0; start < events.length; start += batchSize) {
    const batch = events.slice(start, start + batchSize);
    const times = batch.map(({ createdAt }) => parseInstant(createdAt));
    const wanted = {
      ids: batch.map(({ id }) => id),
      fromMicroseconds: Math.min(...times),
      untilMicroseconds: Math.max(...times),
    };
    for (const event of await readTenantEvents(client, mapping, sourceAccount, wanted, signal))
      found.set(keyOf(toAuditEvent(event)), event);
  }
  return found;
}

type Considered = { readonly item: CreatedReview; readonly row: NewReview };

function considered(
  reviewTable: ReviewTable,
  event: AuditEvent,
  found: ReadonlyMap<string, TenantEvent>,
): Considered {
  const source = found.get(keyOf(event));
  const row = reviewOfEvent(event, source?.tenantId ?? null);
  const misfit = source === undefined ? null : misfitOf(reviewTable, row);
  const detail = source === undefined ? 'The database no longer shows this event as it was read.' : misfit;
  const outcome: CreationOutcome = source === undefined ? 'gone' : misfit === null ? 'missing' : 'refused';
  const { createdAt } = event;
  return { row, item: { ...summaryOf(row), createdAt, outcome, detail } };
}

const summaryOf = ({ id, auditLogId, action, actorId, dueAtMicroseconds }: NewReview) => ({
  review: id,
  auditLogId,
  action,
  actor: actorId,
  dueAt: formatInstant(dueAtMicroseconds),
});

async function add(
  ledger: Ledger,
  /** Whose work this is, whoever reviews by the time it ends. */
  actor: string,
  client: SourceClient,
  reviewTable: ReviewTable,
  considered: readonly Considered[],
  { signal, progress }: JobContext,
): Promise<CreatedReview[]> {
  const leaving = considered.filter(({ item }) => item.outcome === 'missing');
  const results = new Map<string, CreationResult>();
  for (let start = 0; start < leaving.length; start += batchSize) {
    signal.throwIfAborted();
    progress('Adding missing reviews', start, leaving.length, 'reviews');
    const batch = leaving.slice(start, start + batchSize).map(({ row }) => row);
    record(ledger, actor, {
      step: 'leaving',
      rows: batch.map((row) => ({ ...summaryOf(row), tenant: row.tenantId })),
    });
    const answered = await createReviews(client, reviewTable, batch);
    record(ledger, actor, {
      step: 'settled',
      rows: answered.map(({ id, outcome, detail, row }) => ({
        review: id,
        outcome,
        detail,
        digest: row === null ? null : digestOfRow(row),
      })),
    });
    for (const result of answered) results.set(result.id, result);
  }
  return considered.map(({ item }) => {
    const result = results.get(item.review);
    return result ? { ...item, outcome: result.outcome, detail: result.detail } : item;
  });
}

function record(ledger: Ledger, actor: string, payload: ReviewCreatedPayload): void {
  ledger.append(() => [{ type: 'review-created', subject: null, actor, payload }]);
}

function report(dryRun: boolean, items: CreatedReview[]): CreationReport {
  const count = (outcome: CreationOutcome) => items.filter((item) => item.outcome === outcome).length;
  return {
    dryRun,
    missing: count('missing'),
    created: count('created'),
    present: count('present'),
    refused: count('refused'),
    waiting: count('waiting'),
    gone: count('gone'),
    items,
  };
}
