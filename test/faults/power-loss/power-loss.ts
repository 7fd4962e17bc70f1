// Stops a writing process at arbitrary moments, copies what the disk could hold had the power failed just then, and opens the copy.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { randomFrom, type Random } from '../../bench/fuzz/random.ts';
import { readLedgerFile } from '../read-ledger.ts';
import { standStill } from './stand-still.ts';
import { copyLedger, tear } from './torn-copy.ts';

export type PowerLossReport = {
  readonly failures: number;
  readonly entries: number;
  /** Copies in which the last entry was on its way and not yet acknowledged. */
  readonly underWay: number;
  readonly violations: readonly string[];
};

const writer = new URL('writing-process.ts', import.meta.url).pathname;
/** Several copies of one moment, each damaged in its own way. */
const copiesOfAMoment = 3;

/** @param failures how often the power fails */
export async function losePower(failures: number, seed: number): Promise<PowerLossReport> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'countersign-power-loss-'));
  const living = join(folder, 'living');
  mkdirSync(living);
  const child = spawn(process.execPath, [writer, living, String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const violations: string[] = [];
  let [entries, underWay] = [0, 0];
  try {
    while (!existsSync(join(living, 'acknowledged'))) await sleep(5);
    for (let failure = 0; failure < failures; failure += 1) {
      await sleep(random.next() * 25);
      if (child.exitCode !== null) throw new Error('The writing process ended by itself.');
      const resume = await standStill(child.pid!);
      const begun = linesOf(join(living, 'begun'));
      const acknowledged = linesOf(join(living, 'acknowledged'));
      const copies = Array.from({ length: copiesOfAMoment }, (_, copy) => join(folder, `${failure}-${copy}`));
      for (const copy of copies) copyLedger(living, copy);
      const isUnderWay = written(living, join(folder, 'whole')) > acknowledged.length;
      underWay += isUnderWay ? 1 : 0;
      for (const copy of copies) {
        violations.push(
          ...examine(copy, { begun, acknowledged, isUnderWay }, random).map(
            (what) => `seed ${seed}: ${what}`,
          ),
        );
        rmSync(copy, { recursive: true });
      }
      entries = acknowledged.length;
      // Only now, so that the ledger stays as short as its copies are quick to read.
      resume();
    }
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return { failures, entries, underWay, violations };
}

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

type Moment = {
  readonly begun: readonly string[];
  readonly acknowledged: readonly string[];
  /** One more entry than was acknowledged is in the files, perhaps not synced yet. */
  readonly isUnderWay: boolean;
};

/** Entries in the files as they are, everything included that may not have been synced. */
function written(living: string, copy: string): number {
  copyLedger(living, copy);
  const { entries } = readLedgerFile(join(copy, 'ledger.sqlite'));
  rmSync(copy, { recursive: true });
  return entries.length;
}

/** Opens a copy as the program would after the power is back, appends to it, and reads it as a stranger. */
function examine(copy: string, { begun, acknowledged, isUnderWay }: Moment, random: Random): string[] {
  const how = tear(copy, isUnderWay, random);
  const path = join(copy, 'ledger.sqlite');
  try {
    const database = openDatabase(path, 'ledger');
    migrate(database, ledgerMigrations, () => {});
    const ledger = openLedger(database, { nowMs: () => Date.now(), monotonicMs: () => 0 }, () => 'after');
    ledger.append(() => [{ type: 'unmask', subject: null, actor: 'after', payload: {} }]);
    database.close();
    const { entries, faults } = readLedgerFile(path);
    const ids = entries.map(({ id }) => id);
    const [kept, expected] = [ids.slice(0, acknowledged.length), ids.slice(acknowledged.length, -1)];
    const mayFollow = begun.slice(acknowledged.length, acknowledged.length + expected.length);
    return [
      ...faults.map((fault) => `${fault} (${how})`),
      ...(kept.join() === acknowledged.join() ? [] : [`an acknowledged entry is lost (${how})`]),
      ...(expected.join() === mayFollow.join() ? [] : [`an entry nobody wrote is there (${how})`]),
      ...(ids.at(-1) === 'after' ? [] : [`what was written afterwards is not there (${how})`]),
    ];
  } catch (error) {
    return [`it cannot be opened: ${error instanceof Error ? error.message : 'unknown'} (${how})`];
  }
}
