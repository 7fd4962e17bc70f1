// Throw-away folders and opened stores for tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { cacheMigrations } from '../../src-main/store/cache/schema.ts';
import { batchWriter, claimMirror } from '../../src-main/store/cache/mirror.ts';
import type { Written } from '../../src-main/store/cache/written.ts';
import { batchOf, type MirroredEvent } from '../../src-main/store/cache/mirrored-event.ts';
import { openDatabase, type DatabaseHandle } from '../../src-main/store/database.ts';
import { ledgerMigrations } from '../../src-main/store/ledger/schema.ts';
import { migrate } from '../../src-main/store/migrate.ts';
import { openLedger, type Clock, type Ledger } from '../../src-main/review/ledger.ts';
import { ulid } from 'ulid';

/** A folder that is removed when the test ends; readable below, so that a database server of another user may enter. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export function openCache(folder = temporaryFolder()): DatabaseHandle {
  const database = openDatabase(join(folder, 'cache.sqlite'), 'cache');
  onTestFinished(() => void database.close());
  migrate(database, cacheMigrations, () => {});
  return database;
}

export function openLedgerFile(folder = temporaryFolder()): DatabaseHandle {
  const database = openDatabase(join(folder, 'ledger.sqlite'), 'ledger');
  onTestFinished(() => void database.close());
  migrate(database, ledgerMigrations, () => {});
  return database;
}

/** A clock that stands still until moved. */
export function stoppedClock(iso: string): Clock & { advance: (milliseconds: number) => void } {
  let nowMs = Date.parse(iso);
  return { nowMs: () => nowMs, monotonicMs: () => nowMs, advance: (milliseconds) => (nowMs += milliseconds) };
}

export function ledgerWithReviewer(
  reviewer = { name: 'Rita Reviewer', id: 'rita', email: 'rita@example.org' as string | null },
  clock: Clock = stoppedClock('2026-11-16T00:00:00Z'),
  database: DatabaseHandle = openLedgerFile(),
): Ledger {
  const ledger = openLedger(database, clock, () => ulid(clock.nowMs()));
  ledger.append(() => [
    { type: 'reviewer-changed', subject: reviewer.id, actor: reviewer.id, payload: reviewer },
  ]);
  return ledger;
}

let made = 0;

export function makeEvent(changes: Partial<MirroredEvent> = {}): MirroredEvent {
  made += 1;
  return {
    id: `event-${made}`,
    createdAtMicroseconds: Date.parse('2026-11-02T09:00:00Z') * 1000 + made,
    sourceAccount: 'primary',
    actor: 'dana',
    actorName: null,
    actorType: 'user',
    action: 'document.read',
    resourceType: null,
    resourceId: null,
    ip: null,
    userAgent: null,
    severity: 'info',
    metadata: '{}',
    ...changes,
  };
}

/** Writes events one batch at a time, every one of them kept whole; the watermark follows the last of each. */
export function mirrorWriter(cache: DatabaseHandle): (events: readonly MirroredEvent[]) => Written {
  const write = batchWriter(cache);
  return (events) =>
    write(events.length === 0 ? [] : [batchOf(events)], {
      watermarkMicroseconds: events.at(-1)?.createdAtMicroseconds ?? null,
      keptActions: new Set(events.map(({ action }) => action)),
      isWhole: true,
    });
}

export function mirror(
  cache: DatabaseHandle,
  events: readonly MirroredEvent[],
  identity = 'test',
): { duplicates: number } {
  claimMirror(cache, identity);
  return mirrorWriter(cache)(events);
}
