// The command line as scripts rely on it: one JSON value on stdout, documented exit codes, sentences on stderr.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { actorCount, heatmap, workspaceStatus } from '../../../src-shared/model/workspace.ts';
import { finding } from '../../../src-shared/model/finding.ts';
import { review } from '../../../src-shared/model/review.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  rita,
  runProgram,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type ProgramResult,
  type SampleDatabase,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});

async function prepared(): Promise<string> {
  const folder = workspaceFolder();
  await runProgramHere(folder, ['connect', '--url', database.url, '--zone', 'Europe/Berlin']);
  await runProgramHere(folder, ['reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email]);
  await runProgramHere(folder, ['refresh', '--as-of', sampleEnd]);
  return folder;
}

function expectEnding(result: ProgramResult, code: number): void {
  expect(result.code).toBe(code);
  expect(`${result.stderr}${result.stdout}`).not.toMatch(/ at .*\.ts:\d+|node:internal|SELECT |Error:/);
  if (code === 1) expect(result.stderr).toMatch(/^[A-Z“].*\.$/m);
}

describe('countersign', () => {
  test('answers every question with the documented JSON', async () => {
    const folder = await prepared();
    const ask = async (...args: string[]) => {
      const result = await runProgram(folder, args);
      expect(result.code, result.stderr).toBe(0);
      expect(result.stdout.trim().split('\n')).toHaveLength(1);
      return result.json;
    };
    expect(await ask('refresh', '--as-of', sampleEnd)).toMatchObject({
      events: 6_000,
      pulled: expect.any(Number),
      duplicates: expect.any(Number),
      findings: expect.any(Number),
      reviews: expect.any(Number),
      ms: expect.any(Number),
    });
    expect(workspaceStatus.parse(await ask('status'))).toMatchObject({ events: 6_000 });
    const findings = finding
      .array()
      .min(1)
      .parse(await ask('findings'));
    const disposed = finding.parse(
      await ask('dispose', findings[0]!.id, 'escalated', '--note', 'call her manager'),
    );
    expect(disposed).toMatchObject({
      id: findings[0]!.id,
      disposition: 'escalated',
      dispositionNote: 'call her manager',
    });
    expect(finding.array().parse(await ask('findings', '--status', 'escalated'))).toHaveLength(1);
    const overdue = review
      .array()
      .min(1)
      .parse(await ask('reviews', '--overdue'));
    expect(overdue.every((item) => item.overdue && item.dueAt < sampleEnd)).toBe(true);
    expect(await ask('decide', overdue[0]!.id, 'revoke', '--reason', 'not needed')).toMatchObject({
      review: overdue[0]!.id,
      decision: 'revoke',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(await ask('undo', overdue[0]!.id)).toMatchObject({ status: 'pending' });
    expect(heatmap.parse(await ask('heatmap'))).toMatchObject({ zone: 'Europe/Berlin', total: 6_000 });
    expect(actorCount.array().parse(await ask('top-actors', '--limit', '3'))).toHaveLength(3);
    expect(await ask('keys')).toMatchObject([
      {
        identity: rita.email,
        fingerprint: expect.stringMatching(/^SHA256:/),
        allowedSigners: expect.stringContaining(rita.email),
      },
    ]);
    expect(await ask('sync')).toMatchObject({ sent: 0, applied: 0, items: [] });
  });

  test.each([
    [['nonsense'], 2],
    [['decide'], 2],
    [['decide', 'x', 'approve'], 2],
    [['findings', '--status', 'closed'], 2],
    [['status', '--colour'], 2],
    [['top-actors', '--limit', '-1'], 2],
    [['connect'], 2],
    [['decide', 'x', 'certify'], 1],
    [['dispose', 'x', 'acknowledged', '--note', 'y'], 1],
    [['refresh'], 1],
    [['refresh', '--as-of', 'soon'], 1],
    [['heatmap', '--from', '2026-11-02', '--to', '2026-11-01'], 1],
    [['heatmap', '--from', '2026-11-02', '--to', '2026-11-02'], 1],
    [['connect', '--url', 'mysql://x'], 1],
    [['export', '--out', 'x.zip'], 1],
    [['verify', '/nowhere.zip'], 3],
  ])('%j ends with %i and a sentence', async (args, code) => {
    expectEnding(await runProgramHere(workspaceFolder(), args), code);
  });

  test.each([
    [['status'], 0],
    [['refresh'], 1],
    [['decide', 'x', 'approve'], 2],
    [['verify', '/nowhere.zip'], 3],
  ])('as a program of its own %j ends with %i', async (args, code) => {
    expectEnding(await runProgram(workspaceFolder(), args), code);
  });

  test('sample start is repeatable, and its ground truth is beside the data', async () => {
    const folder = join(database.incidentsFile, '..', '..');
    const { json } = await runProgram(folder, ['sample', 'start']);
    expect(json).toMatchObject({ url: database.url, events: 6_000 });
    const incidents = readFileSync(database.incidentsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(incidents.length).toBeGreaterThan(3);
    expect((await runProgram(folder, ['sample', 'start', '--events', '7000'])).code).toBe(1);
  });

  test('the database password is nowhere in the workspace, nor in what is printed', async () => {
    const folder = workspaceFolder();
    const password = new URL(database.url).password;
    const { stdout, stderr } = await runProgram(folder, ['connect', '--url', database.url]);
    expect(stdout + stderr).not.toContain(password);
    await runProgram(folder, ['refresh', '--as-of', sampleEnd]);
    for (const name of ['ledger.sqlite', 'ledger.sqlite-wal', 'cache.sqlite', 'secrets.json']) {
      const path = join(folder, name);
      if (existsSync(path)) expect(readFileSync(path).includes(password)).toBe(false);
    }
  });

  test('a password may come from the environment instead of the command line', async () => {
    const folder = workspaceFolder();
    const url = new URL(database.url);
    const password = decodeURIComponent(url.password);
    url.password = '';
    expect((await runProgram(folder, ['connect', '--url', url.href])).code).toBe(1);
    expect(
      (await runProgram(folder, ['connect', '--url', url.href], { COUNTERSIGN_DATABASE_PASSWORD: password }))
        .code,
    ).toBe(0);
    expect((await runProgram(folder, ['refresh', '--as-of', sampleEnd])).code).toBe(0);
  });

  test('a mapping file reads any table', async () => {
    const folder = workspaceFolder();
    await database.owner
      .query(`CREATE TABLE IF NOT EXISTS audit_trail (n bigint PRIMARY KEY, at timestamptz, who text, what text, details jsonb);
      INSERT INTO audit_trail SELECT g, '2026-11-01T00:00:00Z'::timestamptz + g * interval '1 minute', 'anna', 'login', '{"ip": "192.0.2.1"}' FROM generate_series(1, 50) g ON CONFLICT DO NOTHING;
      GRANT SELECT ON audit_trail TO countersign_reviewer;`);
    const file = join(folder, 'mapping.json');
    writeFileSync(
      file,
      JSON.stringify({
        table: 'audit_trail',
        columns: {
          id: 'n',
          createdAt: 'at',
          actor: 'who',
          action: 'what',
          ip: { column: 'details', jsonKey: 'ip' },
        },
      }),
    );
    const connected = await runProgramHere(folder, ['connect', '--url', database.url, '--mapping', file]);
    expect(connected.json).toMatchObject({ preset: 'custom', rows: 50 });
    expect((await runProgramHere(folder, ['refresh'])).json).toMatchObject({ pulled: 50, events: 50 });
    writeFileSync(file, '{"table": 3}');
    expect(await runProgramHere(folder, ['connect', '--url', database.url, '--mapping', file])).toMatchObject(
      {
        code: 1,
        stderr: expect.stringContaining('mapping'),
      },
    );
  });
});
