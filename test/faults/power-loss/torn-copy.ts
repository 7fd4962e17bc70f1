// What a disk may hold after the power fails: everything that was synced, and anything at all of the rest.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../bench/fuzz/random.ts';
import { readWal } from './wal-file.ts';

const files = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm'] as const;
const sectorBytes = 512;

/** Copies the files of a ledger whose writer stands still. */
export function copyLedger(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of files) if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
}

/**
 * Damages a copy as a power failure at that moment could have, and answers in words how.
 * @param mayLoseLast the last transaction of the log was not acknowledged, so it may not have been synced yet
 */
export function tear(folder: string, mayLoseLast: boolean, random: Random): string {
  const path = (name: string) => join(folder, name);
  const checkpointed = checkpointedFrames(path('ledger.sqlite-shm'));
  const done = [tearIndex(path('ledger.sqlite-shm'), random)];
  if (!existsSync(path('ledger.sqlite-wal'))) return done.join(', ');
  const log = readFileSync(path('ledger.sqlite-wal'));
  const { pageSize, committed } = readWal(log);
  const commits = committed.filter(({ isCommit }) => isCommit);
  // SQLite syncs the log before it copies a page out of it, so a checkpoint under way has seen to the last transaction.
  const isSynced = !mayLoseLast || checkpointed >= committed.length;
  const synced = (isSynced ? commits.at(-1) : commits.at(-2))?.end ?? 0;
  // A log just begun anew has no synced end of its own: what it held before is in the file of pages.
  if (synced > 0) {
    done.push(tearTail(path('ledger.sqlite-wal'), log, synced, random));
    const pages = new Set(committed.filter(({ end }) => end <= synced).map(({ page }) => page));
    done.push(tearPages(path('ledger.sqlite'), pages, pageSize, random));
  }
  return done.join(', ');
}

/** How many frames of the log a checkpoint has begun to copy into the file of pages: nBackfillAttempted of the log's index. */
function checkpointedFrames(path: string): number {
  const attemptedAt = 128;
  if (!existsSync(path)) return 0;
  const index = readFileSync(path);
  return endianness() === 'LE' ? index.readUInt32LE(attemptedAt) : index.readUInt32BE(attemptedAt);
}

/** The index of the log is shared memory that nobody syncs. */
function tearIndex(path: string, random: Random): string {
  if (!existsSync(path)) return 'no index';
  const bytes = readFileSync(path);
  const how = random.pick(['as it was', 'emptied', 'scrambled'] as const);
  if (how === 'emptied') writeFileSync(path, Buffer.alloc(bytes.length));
  if (how === 'scrambled') writeFileSync(path, scrambled(bytes, 0, random));
  return `index ${how}`;
}

/** Beyond what was synced the log may end at any byte, or go on with anything. */
function tearTail(path: string, log: Buffer, synced: number, random: Random): string {
  const keptBytes = synced + random.below(log.length - synced + 1);
  const isCut = random.chance(0.6);
  const torn = isCut ? log.subarray(0, keptBytes) : scrambled(log, keptBytes, random);
  writeFileSync(path, torn);
  return `log ${isCut ? 'cut' : 'scrambled'} at ${keptBytes} of ${log.length}, synced ${synced}`;
}

/** While the log still holds a page, its place in the file may be half written: it is written again from the log. */
function tearPages(path: string, pages: ReadonlySet<number>, pageSize: number, random: Random): string {
  const bytes = Buffer.from(readFileSync(path));
  const struck = [...pages].filter((page) => page * pageSize <= bytes.length && random.chance(0.5));
  for (const page of struck) {
    const start = (page - 1) * pageSize;
    // Sectors are written whole; the first one holds the header of the file, which is the same before and after.
    for (let at = start; at < start + pageSize; at += sectorBytes) {
      if (at > 0 && random.chance(0.5))
        scrambled(bytes.subarray(at, at + sectorBytes), 0, random).copy(bytes, at);
    }
  }
  writeFileSync(path, bytes);
  return `${struck.length} pages half written`;
}

function scrambled(bytes: Buffer, from: number, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = from; at < copy.length; at += 1) copy[at] = random.below(256);
  return copy;
}
