// SIGKILL at arbitrary moments of every command that changes something: afterwards nothing is lost and nothing happened twice.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Decision, Review } from '../../../src-shared/model/review.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { parseNotes } from '../../../src-main/source/notes.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  rita,
  runProgram,
  sampleDatabase,
  sampleEnd,
  startProgram,
  workspaceFolder,
  type SampleDatabase,
} from '../../support/station.ts';
import { cellsOf, eventsOf } from '../../support/mirror.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 8_000 });
});

async function prepare(folder: string): Promise<void> {
  await runProgramHere(folder, ['connect', '--url', database.url, '--zone', 'Europe/Berlin']);
  await runProgramHere(folder, ['reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email]);
}

/** Starts a command and kills it after a share of the time it takes undisturbed. */
async function killAfter(folder: string, args: readonly string[], delayMs: number): Promise<boolean> {
  const { child, result } = startProgram(folder, args);
  const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
  const { signal } = await result;
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const shares = [0.35, 0.5, 0.6, 0.7, 0.8, 0.9];

describe('killed at any moment', () => {
  test('refresh goes on where it was and ends with the same numbers', async () => {
    const undisturbed = workspaceFolder();
    await prepare(undisturbed);
    const tookMs = await timed(() => runProgram(undisturbed, ['refresh', '--as-of', sampleEnd]));
    const expected = (await runProgramHere(undisturbed, ['findings'])).json as Finding[];
    const folder = workspaceFolder();
    await prepare(folder);
    let kills = 0;
    for (const share of shares)
      kills += (await killAfter(folder, ['refresh', '--as-of', sampleEnd], tookMs * share)) ? 1 : 0;
    expect(kills).toBeGreaterThan(0);
    const { json } = await runProgramHere(folder, ['refresh', '--as-of', sampleEnd]);
    expect(json).toMatchObject({ events: database.events, findings: expected.length, vanished: 0 });
    expect((await runProgramHere(folder, ['findings'])).json).toEqual(expected);
    const station = await openStation(folder);
    const counted = cellsOf(station.cache).reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(eventsOf(station.cache).length);
  });

  test('decide and sync: every acknowledged decision is in the ledger and reaches the database exactly once', async () => {
    const folder = workspaceFolder();
    await prepare(folder);
    await runProgramHere(folder, ['refresh', '--as-of', sampleEnd]);
    const items = ((await runProgramHere(folder, ['reviews', '--status', 'pending'])).json as Review[]).slice(
      0,
      8,
    );
    const decideMs = await timed(() => runProgram(folder, ['reviews']));
    for (const [index, { id }] of items.entries()) {
      await killAfter(
        folder,
        ['decide', id, 'certify', '--reason', 'as agreed'],
        decideMs * (0.5 + index * 0.1),
      );
    }
    const before = await openStation(folder);
    const afterKills = before.ledger.entries().filter(({ entry }) => entry.type === 'decision');
    await before.close();
    const acknowledged: string[] = [];
    for (const { id } of items) {
      const { code, json } = await runProgramHere(folder, ['decide', id, 'certify', '--reason', 'as agreed']);
      expect(code).toBe(0);
      acknowledged.push((json as Decision).id);
    }
    const syncMs = await timed(() => runProgram(folder, ['status']));
    let kills = 0;
    for (const share of [0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.2])
      kills += (await killAfter(folder, ['sync'], syncMs * share)) ? 1 : 0;
    expect(kills).toBeGreaterThan(0);
    expect((await runProgramHere(folder, ['sync'])).code).toBe(0);
    const station = await openStation(folder);
    const decisions = station.ledger.entries().filter(({ entry }) => entry.type === 'decision');
    expect(decisions).toHaveLength(afterKills.length + items.length);
    for (const { id } of items) {
      const { rows } = await database.owner.query<{ reviewer_id: string; notes: string }>(
        'SELECT reviewer_id, notes FROM np_audit_privileged_reviews WHERE id = $1',
        [id],
      );
      const written = parseNotes(rows[0]!.notes);
      expect(acknowledged).toContain(written?.decisionId);
      const outcomes = station.ledger
        .entries()
        .filter(
          ({ entry }) =>
            entry.type === 'sync-outcome' && JSON.stringify(entry.payload).includes(written!.decisionId),
        );
      expect(outcomes).toHaveLength(1);
    }
    expect(await station.call.workspace.status()).toMatchObject({ unsent: 0 });
  });

  test('export leaves a whole pack or none', async () => {
    const folder = workspaceFolder();
    await prepare(folder);
    await runProgramHere(folder, ['refresh', '--as-of', sampleEnd]);
    const out = (index: number) => join(folder, `pack-${index}.zip`);
    const tookMs = await timed(() => runProgram(folder, ['export', '--out', out(0)]));
    let kills = 0;
    for (const [index, share] of shares.entries())
      kills += (await killAfter(folder, ['export', '--out', out(index + 1)], tookMs * share)) ? 1 : 0;
    expect(kills).toBeGreaterThan(0);
    const packs = readdirSync(folder).filter((name) => name.endsWith('.zip'));
    for (const name of packs) {
      expect(
        (await verifyPack(readFileSync(join(folder, name)), { now: new Date().toISOString() })).verdict,
      ).toBe('unpinned');
    }
    expect(existsSync(out(0))).toBe(true);
    expect((await runProgramHere(folder, ['export', '--out', out(99)])).code).toBe(0);
    expect((await runProgramHere(folder, ['verify', out(99)])).code).toBe(2);
  });
});
