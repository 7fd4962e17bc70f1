// A ledger full of decisions about the rows of a review table, and the table itself, fresh for each measurement.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { openLedger, type Ledger } from '../../../src-main/review/ledger.ts';
import type { DecisionPayload } from '../../../src-main/review/projection.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../src-main/store/migrate.ts';

export const reviewer = '0a0b0c0d-0000-4000-8000-00000000000f';
const tenant = '99999999-0000-4000-8000-000000000000';
const actor = '2222abcd-0000-4000-8000-000000000000';

/** Lays out the published table anew with `count` open rows. */
export function freshTable(count: number): string {
  return `DROP TABLE IF EXISTS np_audit_privileged_reviews;
    CREATE TABLE np_audit_privileged_reviews (
      id uuid PRIMARY KEY, tenant_id uuid, audit_log_id uuid, action text NOT NULL, actor_id uuid,
      due_at timestamptz NOT NULL, reviewer_id uuid, reviewed_at timestamptz, notes text);
    INSERT INTO np_audit_privileged_reviews (id, tenant_id, audit_log_id, action, actor_id, due_at)
      SELECT lpad(to_hex(g), 32, '0')::uuid, '${tenant}', lpad(to_hex(g), 32, 'a')::uuid, 'role_grant', '${actor}',
             '2026-03-01T00:00:00Z'::timestamptz + g * interval '1 second'
      FROM generate_series(1, ${count}) g;
    ANALYZE np_audit_privileged_reviews; CHECKPOINT`;
}

export function reviewId(number: number): string {
  return uuidOf(number.toString(16).padStart(32, '0'));
}

const uuidOf = (hex: string) =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');

export interface DecidedWorkspace {
  readonly ledger: Ledger;
  readonly close: () => void;
}

/** A workspace in which every row of {@link freshTable} was certified with a reason. */
export function decidedWorkspace(count: number): DecidedWorkspace {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-write-back-'));
  const database = openDatabase(join(folder, 'ledger.sqlite'), 'ledger');
  migrate(database, ledgerMigrations, () => {});
  const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
  const ledger = openLedger(database, clock, monotonicFactory());
  ledger.append(() => [
    {
      type: 'reviewer-changed',
      subject: reviewer,
      actor: reviewer,
      payload: { name: 'Rita Reviewer', id: reviewer, email: null },
    },
    ...Array.from({ length: count }, (_, index) => decisionAbout(index + 1)),
  ]);
  return {
    ledger,
    close: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function decisionAbout(number: number) {
  const payload: DecisionPayload = {
    review: reviewId(number),
    origin: 'database',
    tenant,
    decision: 'certify',
    reason: 'Checked against the change ticket; the role was asked for and is still needed.',
    digest: 'd'.repeat(64),
    auditLogId: uuidOf(number.toString(16).padStart(32, 'a')),
    action: 'role_grant',
    actor,
    createdAt: null,
    dueAt: new Date(Date.parse('2026-03-01T00:00:00Z') + number * 1000).toISOString(),
    supersedes: null,
    batch: null,
    dwellMs: null,
    reviewerName: 'Rita Reviewer',
  };
  return { type: 'decision' as const, subject: payload.review, tenant, actor: reviewer, payload };
}
