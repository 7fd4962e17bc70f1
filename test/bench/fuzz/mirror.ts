// A mirror of its own in a folder of its own, for programs that are no test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Detector } from '../../../src-main/analytics/detector.ts';
import { evaluatePending } from '../../../src-main/analytics/evaluate.ts';
import { cacheMigrations } from '../../../src-main/store/cache/schema.ts';
import { claimMirror } from '../../../src-main/store/cache/mirror.ts';
import { openDatabase, type DatabaseHandle } from '../../../src-main/store/database.ts';
import { migrate } from '../../../src-main/store/migrate.ts';

/** Hands an empty mirror's path to the work, and removes it afterwards. */
export async function withMirror<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-fuzz-'));
  try {
    return await work(join(folder, 'cache.sqlite'));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function openMirror(path: string): DatabaseHandle {
  const database = openDatabase(path, 'cache');
  migrate(database, cacheMigrations, () => undefined);
  claimMirror(database, 'fuzz');
  return database;
}

export async function judge(
  database: DatabaseHandle,
  detectors: readonly Detector[],
  asOfMicroseconds: number,
  zone: string,
): Promise<void> {
  await evaluatePending(database, {
    detectors,
    asOfMicroseconds,
    zone,
    privilegedActions: new Set(['role_grant', 'privilege.change']),
    holidays: new Set(),
    keepsCited: false,
    onProgress: () => undefined,
    breathe: () => Promise.resolve(),
  });
}
