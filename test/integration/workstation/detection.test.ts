// Detection as a workspace lives with it: settings that change the outcome, exceptions, past days judged again.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type {
  DayReplay,
  DetectionChange,
  DryRun,
  ExceptionRequest,
  PrecisionReport,
} from '../../../src-shared/contract/detection.ts';
import {
  defaultDetection,
  detectionSettings,
  type DetectionSettings,
} from '../../../src-shared/model/detection.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  packFile,
  passphrase,
  preparedStation,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 9_000 });
});

const inNinetyDays = () => new Date(Date.now() + 89 * 86_400_000).toISOString();

/** Ids of findings that stand out by their newest version. */
function standing(station: Station): Set<string> {
  const cache = openDatabase(station.cachePath, 'cache', 'read');
  const rows = cache.prepare('SELECT id, flagged FROM finding_version ORDER BY id, version').all() as {
    id: string;
    flagged: number;
  }[];
  cache.close();
  const newest = new Map(rows.map(({ id, flagged }) => [id, flagged === 1]));
  return new Set([...newest].filter(([, flagged]) => flagged).map(([id]) => id));
}

const refresh = (station: Station) => station.finish(station.call.refresh.start({ asOf: sampleEnd }));
const preview = async (station: Station, settings: DetectionSettings) =>
  (await station.finish(station.call.detection.preview({ settings }))) as DryRun;
const change = async (station: Station, settings: DetectionSettings, reason = 'tried out') =>
  (await station.finish(station.call.detection.change({ settings, reason }))) as DetectionChange;
const list = (station: Station) => station.call.findings.list({});
const settingsOf = (changes: Partial<DetectionSettings>): DetectionSettings =>
  detectionSettings.parse({ ...defaultDetection, ...changes });

describe('detection settings', () => {
  test('tried out as they are, nothing appears and nothing vanishes', async () => {
    const station = await preparedStation(database.url);
    const dry = await preview(station, defaultDetection);
    expect(dry).toMatchObject({ appear: { total: 0 }, vanish: { total: 0 }, confirmed: [] });
    expect(dry.days).toBeGreaterThan(50);
    expect((await refresh(station)) as object).toMatchObject({ newFindings: 0, changedFindings: 0 });
  });

  test('the dry run of a change shows what then happens: here at the next refresh, and in a rebuilt mirror', async () => {
    const station = await preparedStation(database.url);
    const before = standing(station);
    const settings = settingsOf({
      parameters: { nb: { threshold: 4 }, mass: { count: 20 } },
      presets: ['security'],
    });
    const dry = await preview(station, settings);
    expect(dry.appear.total).toBeGreaterThan(0);
    expect(dry.vanish.total).toBeGreaterThan(0);
    expect(dry.vanish.first.every(({ detector, score }) => detector !== 'nb' || score < 4)).toBe(true);
    expect(standing(station)).toEqual(before);

    const entries = (await station.call.workspace.status()).ledgerEntries;
    expect(await change(station, settings)).toEqual({ settings, dryRun: dry });
    expect(await station.call.detection.get()).toMatchObject({ settings });
    const { entry } = station.ledger.entries().at(-1)!;
    expect(station.ledger.entries()).toHaveLength(entries + 1);
    expect(entry).toMatchObject({
      type: 'detection-changed',
      payload: { before: defaultDetection, after: settings, reason: 'tried out' },
    });

    await refresh(station);
    const after = standing(station);
    const gone = [...before].filter((id) => !after.has(id));
    const come = [...after].filter((id) => !before.has(id));
    expect(come).toHaveLength(dry.appear.total);
    expect(gone).toHaveLength(dry.vanish.total);
    for (const { id } of dry.appear.first) expect(after).toContain(id);
    for (const { id } of dry.vanish.first) expect(after).not.toContain(id);
    expect((await refresh(station)) as object).toMatchObject({ newFindings: 0, changedFindings: 0 });

    for (const suffix of ['', '-wal', '-shm']) rmSync(`${station.cachePath}${suffix}`, { force: true });
    await refresh(station);
    expect(standing(station)).toEqual(after);
    expect(await preview(station, settings)).toMatchObject({ appear: { total: 0 }, vanish: { total: 0 } });
  });

  test('a change that would lose what somebody escalated is refused, and names it', async () => {
    const station = await preparedStation(database.url);
    const weak = (await list(station)).find(({ detector, score }) => detector === 'nb' && score < 5)!;
    await station.call.findings.dispose({ id: weak.id, disposition: 'escalated', note: 'it was him' });
    const settings = settingsOf({ parameters: { nb: { threshold: 5 } } });
    expect((await preview(station, settings)).confirmed).toMatchObject([{ id: weak.id, detector: 'nb' }]);
    const entries = station.ledger.state().entries;
    await expect(change(station, settings)).rejects.toThrow(weak.id);
    await expect(change(station, settingsOf({ disabled: ['nb'] }))).rejects.toThrow(weak.id);
    expect(station.ledger.state().entries).toBe(entries);
    expect((await change(station, settingsOf({ disabled: ['z3'] }))).dryRun.vanish.total).toBeGreaterThan(0);
  });

  test.each<[string, unknown, RegExp]>([
    ['a detector that is not there', { disabled: ['nbb'] }, /no detector or rule “nbb”/],
    ['a number that is not there', { parameters: { nb: { treshold: 3 } } }, /treshold/],
    ['a number of a detector that is not there', { parameters: { constructor: { a: 1 } } }, /“constructor”/],
    ['a rule nobody can read', { rules: [{ name: 'x', text: 'title: [' }] }, /./],
  ])('%s is refused before anything runs', async (_, changes, message) => {
    const station = await preparedStation(database.url);
    const settings = settingsOf(changes as Partial<DetectionSettings>);
    await expect(station.call.detection.preview({ settings })).rejects.toThrow(message);
    await expect(station.call.detection.change({ settings, reason: 'x' })).rejects.toThrow(message);
  });
});

test('nothing to look for is refused', async () => {
  const station = await preparedStation(database.url);
  const { detectors } = await station.call.detection.get();
  const settings = settingsOf({ disabled: detectors.map(({ id }) => id) });
  await expect(station.call.detection.preview({ settings })).rejects.toThrow(/nothing would be looked for/);
});

const requestFor = (finding: Finding, changes: Partial<ExceptionRequest> = {}): ExceptionRequest => ({
  detector: finding.detector,
  sourceAccount: finding.sourceAccount,
  entityKind: finding.entity.kind,
  entity: finding.entity.value,
  action: finding.action,
  hourOfWeek: null,
  maximumCount: finding.count,
  expiresAt: inNinetyDays(),
  owner: 'Otto Other',
  reason: 'a nightly export',
  finding: finding.id,
  ...changes,
});

describe('exceptions', () => {
  test('hide from the open list, are counted in the status and stand in a pack that verifies', async () => {
    const station = await preparedStation(database.url);
    const found = (await list(station)).find(({ detector }) => detector === 'mass' || detector === 'z3')!;
    const request = requestFor(found, { action: null, maximumCount: 100_000 });
    const { wouldHide, confirmed } = await station.call.detection.previewException(request);
    expect(wouldHide).toContain(found.id);
    expect(confirmed).toEqual([]);
    const granted = await station.call.detection.grantException(request);
    const open = await station.call.findings.list({ status: 'open' });
    const all = await list(station);
    const hidden = all.filter(({ suppressedBy }) => suppressedBy === granted.id);
    expect(hidden.map(({ id }) => id)).toContain(found.id);
    expect(open).toHaveLength(all.length - hidden.length);
    const status = await station.call.workspace.status();
    expect(status).toMatchObject({
      findings: all.length,
      openFindings: open.length,
      suppressedByDetector: [{ detector: found.detector, count: hidden.length }],
    });
    expect(await station.call.detection.exceptions()).toEqual([{ ...granted, hides: hidden.length }]);

    await station.call.independence.changeFourEyes({ rules: [], reason: 'a team of one' });
    const back = wouldHide.filter((id) => open.some((finding) => finding.id === id));
    for (const id of back)
      await station.call.findings.dispose({ id, disposition: 'false-positive', note: 'nothing to it' });
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    expect(await verifyPack(readFileSync(file), { now: new Date().toISOString() })).toMatchObject({
      verdict: 'unpinned',
    });
    const lines = packFile(file, 'data/findings.jsonl').trim().split('\n');
    const inPack = lines.map((line) => JSON.parse(line) as Finding);
    expect(inPack.filter((one) => one.suppressedBy !== null && !one.blindCheck)).toHaveLength(hidden.length);
    expect(
      inPack
        .filter((one) => one.blindCheck)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(back.toSorted());
    expect(packFile(file, 'report.html')).toContain(
      `<data data-fact="count-suppressed" value="${hidden.length}">`,
    );

    await station.call.detection.endException({ id: granted.id, reason: 'it is over' });
    expect(await station.call.findings.list({ status: 'open' })).toHaveLength(all.length - back.length);
  });

  test('an escalated finding is never hidden, nor a fact without asking for it', async () => {
    const station = await preparedStation(database.url);
    const findings = await list(station);
    const weak = findings.find(({ detector }) => detector === 'z3')!;
    await station.call.findings.dispose({ id: weak.id, disposition: 'escalated', note: 'it was him' });
    await expect(station.call.detection.grantException(requestFor(weak))).rejects.toThrow(weak.id);
    const fact = findings.find(({ detector }) => ['sod', 'gap', 'fail_burst'].includes(detector))!;
    await expect(station.call.detection.grantException(requestFor(fact))).rejects.toThrow(/facts/);
    for (const nothing of ['nbb', ''])
      await expect(
        station.call.detection.grantException(requestFor(weak, { detector: nothing })),
      ).rejects.toThrow(/no detector or rule/);
    const granted = await station.call.detection.grantException(
      requestFor(fact, { acknowledgeDeterministic: true }),
    );
    expect((await station.call.findings.get({ id: fact.id })).finding.suppressedBy).toBe(granted.id);
  });
});

describe('replay', () => {
  test('of a day gives the same answer twice, which is what the refresh found that day', async () => {
    const station = await preparedStation(database.url);
    const findings = await list(station);
    const days = findings.map(({ start }) => start.slice(0, 10));
    const day = days.toSorted(
      (a, b) => days.filter((x) => x === b).length - days.filter((x) => x === a).length,
    )[0]!;
    const replay = async (settings?: DetectionSettings) =>
      (await station.finish(
        station.call.detection.replay({ day, ...(settings ? { settings } : {}) }),
      )) as DayReplay;
    const first = await replay();
    expect(await replay()).toEqual(first);
    const own = findings.filter(({ start }) => start.startsWith(day));
    expect(first.hits.map(({ id }) => id).toSorted()).toEqual(own.map(({ id }) => id).toSorted());
    const example = first.hits[0]!;
    const stored = own.find(({ id }) => id === example.id)!;
    expect({ score: stored.score, evidence: stored.evidence, explanation: stored.explanation }).toEqual({
      score: example.score,
      evidence: example.evidence,
      explanation: example.explanation,
    });
    const only = await replay(settingsOf({ disabled: ['z3'] }));
    expect(only.hits).toEqual(first.hits.filter(({ detector }) => detector !== 'z3'));
    expect(standing(station)).toEqual(new Set(findings.map(({ id }) => id)));
  });

  test('of a day no refresh has reached is refused', async () => {
    const station = await preparedStation(database.url);
    const later = station.finish(station.call.detection.replay({ day: '2026-11-17' }));
    await expect(later).rejects.toThrow(/No refresh has reached/);
  });

  test('says why an hour is listed, and why another is not', async () => {
    const station = await preparedStation(database.url);
    const found = (await list(station)).find(({ detector }) => detector === 'nb')!;
    const { sourceAccount, actor } = found;
    const ask = (hour: string, who = actor) =>
      station.call.detection.whyNot({ sourceAccount, actor: who, hour });
    expect(await ask(found.start)).toMatchObject({ state: 'flagged' });
    expect(await ask('2026-12-01T00:00:00.000Z')).toMatchObject({ state: 'not judged yet' });
    expect(await ask(found.start, 'nobody-of-that-name')).toMatchObject({ state: 'learning', numbers: null });
  });

  test('what was escalated teaches nothing about what is usual afterwards', async () => {
    const station = await preparedStation(database.url);
    const found = (await list(station)).find(
      ({ detector, start }) => detector === 'nb' && start < '2026-11-08' && start > '2026-10-20',
    )!;
    const { sourceAccount, actor, start } = found;
    const later = new Date(Date.parse(start) + 7 * 86_400_000).toISOString();
    const numbers = async () =>
      (await station.call.detection.whyNot({ sourceAccount, actor, hour: later })).numbers!;
    expect(await numbers()).toMatchObject({ confirmedHours: 0 });
    await station.call.findings.dispose({ id: found.id, disposition: 'escalated', note: 'it was him' });
    expect(await numbers()).toMatchObject({ confirmedHours: 1 });
  });
});

test('the command line answers with one JSON value and the documented exit codes', async () => {
  const station = await preparedStation(database.url);
  const { folder } = station;
  const found = (await list(station)).find(({ detector, score }) => detector === 'nb' && score < 5)!;
  const weak = (await list(station)).find(({ detector }) => detector === 'z3')!;
  await station.close();
  const ask = async (code: number, ...args: string[]) => {
    const result = await runProgramHere(folder, args);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    return result.json;
  };
  expect(await ask(0, 'detection', 'show')).toEqual(defaultDetection);
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ parameters: { nb: { threshold: 5 } } }));
  expect(await ask(0, 'detection', 'set', '--file', file, '--dry-run')).toMatchObject({ confirmed: [] });
  expect(await ask(0, 'detection', 'set', '--file', file, '--reason', 'too many')).toMatchObject({
    settings: { parameters: { nb: { threshold: 5 } } },
  });
  await ask(0, 'dispose', found.id, 'escalated', '--note', 'x');
  writeFileSync(file, JSON.stringify({ parameters: { nb: { threshold: 6 } } }));
  expect(await ask(1, 'detection', 'set', '--file', file, '--reason', 'more')).toMatchObject({
    error: { code: 'refused', message: expect.stringContaining(found.id) },
  });
  await ask(2, 'detection', 'set', '--reason', 'x');
  await ask(1, 'detection', 'set', '--reason', 'x', '--file', join(folder, 'nowhere.json'));
  const scope = ['--finding', weak.id, '--any-action', '--expires', inNinetyDays()];
  expect(await ask(0, 'exception', 'grant', ...scope, '--dry-run')).toMatchObject({
    wouldHide: expect.arrayContaining([weak.id]) as string[],
  });
  const granted = (await ask(0, 'exception', 'grant', ...scope, '--owner', 'Otto', '--reason', 'x')) as {
    id: string;
  };
  expect(await ask(0, 'exception', 'list')).toMatchObject([{ id: granted.id, endedAt: null }]);
  expect(await ask(0, 'exception', 'end', '--id', granted.id, '--reason', 'over')).toMatchObject({
    endedAt: expect.any(String) as string,
  });
  await ask(1, 'exception', 'end', '--id', granted.id, '--reason', 'over');
  await ask(2, 'exception', 'grant', '--detector', 'nb');
  expect(await ask(0, 'replay', found.start.slice(0, 10))).toMatchObject({ day: found.start.slice(0, 10) });
  await ask(1, 'replay', '2027-01-01');
  await ask(2, 'replay', 'yesterday');
  expect(await ask(0, 'why', found.actor, found.start)).toMatchObject({
    sentence: expect.any(String) as string,
  });
  const report = (await ask(0, 'precision')) as PrecisionReport;
  expect(report.detectors).toMatchObject([{ detector: 'nb', truePositives: 1, precision: 2 / 3 }]);
});
