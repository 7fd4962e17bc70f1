// Pseudonyms, erasure and redaction by command line, over a real audit database that goes on naming the person.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { erasureReport, privacy } from '../../../src-shared/model/privacy.ts';
import { heatmap, type ActorCount } from '../../../src-shared/model/workspace.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  passphrase,
  rita,
  sampleDatabase,
  sampleEnd,
  workspaceFolder,
  type SampleDatabase,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 6_000 });
});

function asker(folder: string) {
  return async (code: number, ...args: string[]) => {
    const result = await runProgramHere(folder, args);
    const log = join(folder, 'failures.log');
    const failures = existsSync(log) ? readFileSync(log, 'utf8') : '';
    expect(result.code, result.stderr + result.stdout + failures).toBe(code);
    return result.json;
  };
}

/** Which of these texts stand in the files of the mirror. */
function inMirror(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder).filter((name) => name.startsWith('cache.sqlite'));
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
  return texts.filter((text) => bytes.includes(text));
}

test('a person is masked, looked at, erased, and stays erased when the events are read again', async () => {
  const folder = workspaceFolder();
  const ask = asker(folder);
  await ask(0, 'connect', '--url', database.url, '--zone', 'Europe/Berlin');
  await ask(0, 'reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email);
  await ask(0, 'refresh', '--as-of', '2026-11-01T00:00:00.000Z');
  const named = await topActor(folder);
  expect(inMirror(folder, [named.actor])).toEqual([named.actor]);
  await ask(0, 'pseudonyms', '--on', '--purpose', 'Monthly review');
  const masked = await topActor(folder);
  expect([masked.actorName, masked.count]).toEqual([null, named.count]);
  await ask(2, 'pseudonyms', '--on', '--off', '--purpose', 'x');
  await ask(2, 'pseudonyms', '--unmask', masked.actor);
  const seen = privacy.parse(
    await ask(0, 'pseudonyms', '--unmask', masked.actor, '--reason', 'To call them'),
  );
  expect(seen.unmaskings).toMatchObject([{ pseudonym: masked.actor, by: rita.id }]);
  expect(await topActor(folder)).toMatchObject({ actor: named.actor, actorName: named.actorName });

  const before = await totalOf(folder);
  const report = erasureReport.parse(
    await ask(0, 'erase', '--actor', masked.actor, '--reason', 'Asked for by letter'),
  );
  expect(report.pseudonym).toBe(masked.actor);
  expect(await totalOf(folder)).toEqual(before);
  const kept = report.kept.find(({ what }) => what === 'review items')?.count ?? 0;
  if (kept === 0) expect(inMirror(folder, [named.actor])).toEqual([]);
  await ask(0, 'refresh', '--as-of', sampleEnd);
  const after = await topActor(folder);
  expect(after).toMatchObject({ actor: masked.actor, actorName: null });
  expect(after.count).toBeGreaterThan(named.count);
  if (named.actorName !== null) expect(inMirror(folder, [named.actorName])).toEqual([]);
  expect(privacy.parse(await ask(0, 'pseudonyms')).erased).toMatchObject([{ pseudonym: masked.actor }]);
  await ask(0, 'ledger', 'verify');
});

test('a pack is redacted, verified by anybody, and single values of it are revealed', async () => {
  const folder = workspaceFolder();
  const ask = asker(folder);
  await ask(0, 'connect', '--url', database.url, '--zone', 'Europe/Berlin');
  await ask(0, 'reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email);
  await ask(0, 'refresh', '--as-of', sampleEnd);
  const name = 'PACK-sample-20261116-aaaaaaaa.zip';
  const [full, part, shown] = [join('packs', name), 'part.zip', 'shown.json'].map((file) =>
    join(folder, file),
  );
  await ask(0, 'export', '--out', full!);
  expect(await ask(0, 'redact', full!, '--out', part!)).toMatchObject({ profile: 'external auditor' });
  // Nobody gave a list of signers, so that intact is all it can be.
  const verdict = z.object({ verdict: z.string(), summary: z.string() });
  expect(verdict.parse(await ask(2, 'verify', part!)).summary).toContain('Redacted pack, intact');
  const rows = z.array(z.object({ actor: z.string().nullable() })).parse(await ask(0, 'reviews'));
  const actor = rows.find((row) => row.actor !== null)!.actor!;
  await ask(0, 'reveal', part!, actor, '--out', shown!, '--reason', 'The auditor asked who this is');
  const checks = z.object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean() })) });
  const revealed = checks.parse(await ask(2, 'verify', part!, '--reveal', shown!));
  expect(revealed.checks).toContainEqual(expect.objectContaining({ name: 'revealed', ok: true }));
  await ask(1, 'reveal', part!, 'nobody of this name', '--out', shown!, '--reason', 'x');
  const { call, close } = await openStation(folder);
  const again = await call.privacy.redact({ pack: name, passphrase });
  expect(again.file).toMatch(/REDACTED-sample-20261116-aaaaaaaa-[0-9a-z]{6}\.zip$/);
  expect((await call.ledger.entries({ type: 'pack-redacted' })).entries).toHaveLength(2);
  await close();
  await ask(1, 'redact', part!, '--out', join(folder, 'again.zip'));
  await ask(0, 'ledger', 'verify');
});

/** The busiest actor that is anybody. */
async function topActor(folder: string): Promise<ActorCount> {
  const { call, close } = await openStation(folder);
  const actors = await call.activity.topActors({});
  await close();
  return actors.find(({ actor }) => actor !== '')!;
}

async function totalOf(folder: string): Promise<{ events: number; cells: number }> {
  const { call, close } = await openStation(folder);
  const { events } = await call.workspace.status();
  const { cells } = heatmap.parse(await call.activity.heatmap({}));
  await close();
  return { events, cells: cells.reduce((sum, { count }) => sum + count, 0) };
}
