import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeriesExplanation } from '../../../src-main/analytics/series/explain-point.ts';

const program = fileURLToPath(new URL('../../bench/evaluate-series.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'series-'));
const input = join(folder, 'in');
const out = join(input, 'out');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...parameters: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...parameters], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const stamp = (row: number) =>
  new Date(Date.UTC(2026, 0, 1) + row * 300_000).toISOString().slice(0, 19).replace('T', ' ');

/** A sawtooth with one spike. */
function spiky(rows: number, spike: number): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `${stamp(row)},${row === spike ? 900 : 50 + (row % 11)}`,
  );
  return ['timestamp,value', ...lines, ''].join('\n');
}

beforeAll(() => {
  for (const name of ['real', 'odd/deep']) mkdirSync(join(input, name), { recursive: true });
  writeFileSync(join(input, 'real', 'spike.csv'), spiky(1200, 800));
  writeFileSync(join(input, 'real', 'even.csv'), spiky(1200, -1));
  writeFileSync(join(input, 'odd', 'empty.csv'), '');
  writeFileSync(join(input, 'odd', 'deep', 'one.csv'), 'timestamp,value\n2026-01-01 00:00:00,5\n');
  writeFileSync(join(input, 'odd', 'notes.txt'), 'no series');
  writeFileSync(
    join(folder, 'windows.json'),
    JSON.stringify({ 'real/spike.csv': [[stamp(780), stamp(820)]], 'real/even.csv': [] }),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run evaluate:series', () => {
  test('writes scores and explanations, keeps folders, and says what it skipped', async () => {
    const { code, stdout } = await run(input, '--out', out);
    expect(code).toBe(0);
    expect(stdout).toContain('odd/empty.csv: The file is empty. Skipped.');
    expect(stdout).toContain('odd/deep/one.csv: 1 row, 0 alerts.');
    expect(stdout).toContain('real/spike.csv: 1200 rows, 1 alert.');
    expect(stdout).toContain('3 of 4 files judged');
    const lines = readFileSync(join(out, 'countersign/real/countersign_spike.csv'), 'utf8').split('\n');
    expect(lines[0]).toBe('timestamp,value,anomaly_score,label');
    expect(lines).toHaveLength(1202);
    expect(lines[1]).toBe(`${stamp(0)},50,0,0`);
    const [, value, score, label] = lines[801]!.split(',');
    expect([value, label]).toEqual(['900', '0']);
    expect(Number(score)).toBeGreaterThan(0.5);
    expect(readFileSync(join(out, 'countersign/odd/deep/countersign_one.csv'), 'utf8')).toBe(
      'timestamp,value,anomaly_score,label\n2026-01-01 00:00:00,5,0,0\n',
    );
    expect(existsSync(join(out, 'countersign/odd/countersign_empty.csv'))).toBe(false);
    const explained = readFileSync(join(out, 'countersign-explanations/real/spike.ndjson'), 'utf8');
    const first = JSON.parse(explained.split('\n')[0]!) as SeriesExplanation & { timestamp: string };
    expect(first).toMatchObject({ timestamp: stamp(800), value: 900, isAlert: true, component: 'point' });
  });

  test('scores against windows, labels rows, and does not read its own results', async () => {
    await run(input, '--out', out);
    const { code, stdout } = await run(input, '--out', out, '--score', join(folder, 'windows.json'));
    expect(code).toBe(0);
    expect(stdout).toContain('3 of 4 files judged');
    expect(stdout).toContain('Not in the file of windows: not scored.');
    // Found half way through the window, no false alarm: (0.84 + 1) / 2.
    const [, best] = /standard +(\d+\.\d)/.exec(stdout) ?? [];
    expect(Number(best)).toBeGreaterThan(90);
    const rows = readFileSync(join(out, 'countersign/real/countersign_spike.csv'), 'utf8').trim().split('\n');
    const labelled = rows.slice(1).flatMap((line, row) => (line.endsWith(',1') ? [row] : []));
    expect([labelled[0], labelled.at(-1), labelled.length]).toEqual([780, 820, 41]);
  });

  test('tells a command that makes no sense from a folder that is not there', async () => {
    expect(await run()).toMatchObject({ code: 2 });
    expect(await run(input, '--unknown')).toMatchObject({ code: 2 });
    const missing = await run(join(folder, 'nowhere'), '--out', out);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('cannot be read');
    expect((await run(join(input, 'odd', 'deep'), '--out', join(input, 'odd', 'deep'))).code).toBe(1);
    const noJson = await run(input, '--out', out, '--score', join(input, 'odd', 'notes.txt'));
    expect(noJson).toMatchObject({ code: 1, stderr: 'The file of windows is not JSON.\n' });
  });
});
