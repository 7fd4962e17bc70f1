// A workspace of any size: a queue, a decision on every item of it, and findings.
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { openLedger, type Act } from '../../../src-main/review/ledger.ts';
import type { DecisionPayload } from '../../../src-main/review/projection.ts';
import { digestOf } from '../../../src-main/review/queue.ts';
import { findingWriter } from '../../../src-main/store/cache/findings.ts';
import { claimMirror } from '../../../src-main/store/cache/mirror.ts';
import { cacheMigrations } from '../../../src-main/store/cache/schema.ts';
import { mirrorQueue, type ServerReviewRow } from '../../../src-main/store/cache/server-reviews.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { ledgerPath } from '../../../src-main/store/ledger/inspect.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { sampleFinding } from '../../unit/evidence/sample-input.ts';

export const reviewer = { name: 'Rita Reviewer', id: 'rita', email: 'rita@example.org' };
export const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
export const cachePath = (folder: string): string => join(folder, 'cache.sqlite');

const actsAtOnce = 2000;
const firstDueUs = Date.parse('2026-03-01T00:00:00Z') * 1000;
const hourUs = 3_600_000_000;

function idOf(number: number): string {
  const hex = number.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const rowOf = (number: number): ServerReviewRow => ({
  id: idOf(number),
  tenantId: 'primary',
  auditLogId: idOf(1e9 + number),
  action: 'role_grant',
  actorId: 'bob',
  dueAtMicroseconds: firstDueUs + number * 1_000_000,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
});

function decisionOn(number: number): Act {
  const { id, tenantId, auditLogId, action, actorId, dueAtMicroseconds } = rowOf(number);
  const dueAt = new Date(dueAtMicroseconds / 1000).toISOString();
  const item = { id, tenant: tenantId, auditLogId, action, actor: actorId, dueAt };
  const payload: DecisionPayload = {
    review: id,
    origin: 'database',
    tenant: tenantId,
    decision: number % 50 === 0 ? 'revoke' : 'certify',
    reason: 'Checked against the change ticket; the role was asked for and is still needed.',
    digest: digestOf(item),
    auditLogId,
    action,
    actor: actorId,
    createdAt: null,
    dueAt,
    supersedes: null,
    batch: null,
    dwellMs: 1000 + (number % 9000),
    reviewerName: reviewer.name,
  };
  return { type: 'decision', subject: id, actor: reviewer.id, payload };
}

/** Fills an empty folder with `ledger.sqlite` and `cache.sqlite`. */
export function fillWorkspace(folder: string, decisions: number, findings: number): void {
  const ledgerFile = openDatabase(ledgerPath(folder), 'ledger');
  migrate(ledgerFile, ledgerMigrations, () => {});
  const ledger = openLedger(ledgerFile, clock, monotonicFactory());
  ledger.append(() => [
    { type: 'workspace-created', subject: null, actor: '', payload: { version: '0', zone: 'UTC' } },
    { type: 'reviewer-changed', subject: reviewer.id, actor: reviewer.id, payload: reviewer },
  ]);
  for (let from = 0; from < decisions; from += actsAtOnce) {
    const count = Math.min(actsAtOnce, decisions - from);
    ledger.append(() => Array.from({ length: count }, (_, index) => decisionOn(from + index)));
  }
  ledgerFile.close();
  const cache = openDatabase(cachePath(folder), 'cache');
  migrate(cache, cacheMigrations, () => {});
  claimMirror(cache, 'bench');
  mirrorQueue(cache, { rows: Array.from({ length: decisions }, (_, number) => rowOf(number)) }, () => {});
  cache.transaction(() => {
    const write = findingWriter(cache);
    for (let number = 0; number < findings; number += 1) write(findingAt(number));
  })();
  cache.close();
}

function findingAt(number: number): Parameters<ReturnType<typeof findingWriter>>[0] {
  const startMicroseconds = firstDueUs + (number % 5000) * hourUs;
  return {
    detector: sampleFinding.detector,
    methodVersion: sampleFinding.methodVersion,
    sourceAccount: sampleFinding.sourceAccount,
    actor: sampleFinding.actor,
    entity: sampleFinding.entity,
    action: sampleFinding.action,
    count: sampleFinding.count,
    score: sampleFinding.score,
    threshold: sampleFinding.threshold,
    id: `finding-${number}`,
    version: 1,
    flagged: true,
    startMicroseconds,
    endMicroseconds: startMicroseconds + hourUs,
    severity: number % 20 === 0 ? 'critical' : 'medium',
    explanationParts: sampleFinding.explanationParts,
    evidence: sampleFinding.evidence,
    eventIds: Array.from({ length: 20 }, (_, index) => idOf(number * 20 + index)),
    foundMicroseconds: startMicroseconds + 2 * hourUs,
  };
}
