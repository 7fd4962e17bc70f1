// An auditor's workspace over real files: opening, looking, annotating, sampling, signing, and what each of them refuses.
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import { openPackHere } from '../../../src-main/api/audit-pack.ts';
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { keptPackPath } from '../../../src-main/evidence/collection/kept-pack.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, otto, passphrase, workspaceFolder, type Station } from '../../support/station.ts';
import { alice, sampleInput, signersFile } from '../../unit/evidence/sample-input.ts';

let pack: Buffer;
beforeAll(async () => {
  pack = (await buildPack(sampleInput(), alice)).bytes;
});

async function handOver({ call: { evidence } }: Station, bytes: Uint8Array = pack): Promise<string> {
  const { upload } = await evidence.beginUpload({ bytes: bytes.length });
  await evidence.addToUpload({ upload, offset: 0, piece: Buffer.from(bytes).toString('base64') });
  return upload;
}

async function open(station: Station, bytes: Uint8Array = pack, signers: string | null = signersFile) {
  const upload = await handOver(station, bytes);
  return station.call.audit.open({ upload, name: 'PACK-a.zip', ...(signers === null ? {} : { signers }) });
}

const annotating = async (station: Station) => {
  await open(station);
  await station.call.workspace.setReviewer({ ...otto, passphrase });
  return station.call.audit;
};

const refused = (code: string) => ({ data: { code } });
const wholePack = { kind: 'pack' } as const;
const method = {
  kind: 'attribute',
  confidence: 0.9,
  tolerableRate: 0.4,
  allowedDeviations: 0,
  model: 'hypergeometric',
} as const;

function tampered(): Buffer {
  const bytes = Buffer.from(pack);
  const at = bytes.indexOf('"decision":"certify"');
  bytes.write('"decision":"CERTIFY"', at);
  return bytes;
}

describe('opening', () => {
  test('verifies, keeps the very bytes, and says so on the next start', async () => {
    const station = await openStation();
    const { pack: opened } = await open(station);
    expect(opened).toMatchObject({ judgement: { verdict: 'trusted' }, lookOnly: false, bytes: pack.length });
    expect(readFileSync(keptPackPath(station.folder, opened?.sha256 ?? '')).equals(pack)).toBe(true);
    expect((await station.call.workspace.status()).audit?.pack?.sha256).toBe(opened?.sha256);
    await station.close();
    const again = await openStation(station.folder);
    expect((await again.call.audit.overview()).pack).toEqual(opened);
    expect((await again.call.ledger.rebuild()).ok).toBe(true);
  });

  test('says that nobody vouches for the signer, and judges again by a list', async () => {
    const station = await openStation();
    expect((await open(station, pack, null)).pack?.judgement.verdict).toBe('unpinned');
    const judged = await station.call.audit.verify({ signers: signersFile });
    expect(judged.pack?.judgement.verdict).toBe('trusted');
  });

  test('as a job tells how far it is, and cancelled leaves nothing behind', async () => {
    const station = await openStation();
    const { audit } = station.call;
    const start = async () =>
      audit.startOpening({ upload: await handOver(station), name: 'PACK-a.zip', signers: signersFile });
    const { jobId } = await start();
    await expect(start()).rejects.toMatchObject(refused('locked'));
    station.jobs.cancel(jobId);
    await expect(station.jobs.wait(jobId)).rejects.toThrow(/Cancelled/);
    expect(station.jobs.get(jobId)).toMatchObject({ kind: 'open-pack', state: 'cancelled' });
    expect((await audit.overview()).pack).toBeNull();
    expect(readdirSync(join(station.folder, 'opened-pack'))).toEqual([]);
    expect(await station.finish(start())).toMatchObject({ pack: { judgement: { verdict: 'trusted' } } });
    const { jobId: again } = await audit.startVerifying({});
    station.jobs.cancel(again);
    await expect(station.jobs.wait(again)).rejects.toThrow(/Cancelled/);
    expect((await audit.overview()).pack?.judgement.verdict).toBe('trusted');
    await station.finish(audit.startVerifying({}));
    expect((await audit.overview()).pack?.judgement.verdict).toBe('unpinned');
  });

  test.each(['Copying', 'Hashing', 'Checking the data'])('ends when asked to while %s', async (wanted) => {
    const station = await openStation();
    const asked = new AbortController();
    const steps: string[] = [];
    const onProgress = (step: string, done: number, total: number) => {
      steps.push(step);
      expect(done).toBeLessThanOrEqual(total);
      if (step === wanted) asked.abort(new Problem('cancelled', 'Cancelled.'));
    };
    const given = { pack: sourceInMemory(pack), name: 'PACK-a.zip', trust: {} };
    await expect(openPackHere(station, given, { signal: asked.signal, onProgress })).rejects.toThrow(
      'Cancelled.',
    );
    expect(steps.at(-1)).toBe(wanted);
    expect((await station.call.audit.overview()).pack).toBeNull();
    expect(readdirSync(join(station.folder, 'opened-pack'))).toEqual([]);
  });

  test('lets a changed pack be looked at, and nothing else', async () => {
    const station = await openStation();
    const { pack: opened } = await open(station, tampered());
    expect(opened).toMatchObject({ judgement: { verdict: 'tampered' }, lookOnly: true });
    await station.call.workspace.setReviewer({ ...otto, passphrase });
    const { audit } = station.call;
    expect((await audit.rows({ section: 'population' })).total).toBeGreaterThan(0);
    await expect(audit.addPaper({ about: wholePack, text: 'x' })).rejects.toMatchObject(refused('refused'));
    await expect(audit.drawSample({ section: 'population', method, purpose: 'x' })).rejects.toMatchObject(
      refused('refused'),
    );
    await expect(audit.sign({ passphrase })).rejects.toMatchObject(refused('refused'));
  });

  test('lets what is no pack be opened for looking, where there is nothing to see', async () => {
    const station = await openStation();
    const { pack: opened } = await open(station, Buffer.from('nothing of the kind'));
    expect(opened).toMatchObject({ judgement: { verdict: 'malformed' }, lookOnly: true });
    await expect(station.call.audit.rows({ section: 'population' })).rejects.toMatchObject(
      refused('file-unreadable'),
    );
  });

  test('refuses a second pack, and keeps neither it nor a connection to a source', async () => {
    const station = await openStation();
    const { pack: opened } = await open(station);
    const other = await buildPack(sampleInput({ toolVersion: '9.9.9' }), alice);
    await expect(open(station, other.bytes)).rejects.toMatchObject(refused('refused'));
    expect((await station.call.audit.overview()).pack).toEqual(opened);
    await expect(async () => readFileSync(keptPackPath(station.folder, other.sha256))).rejects.toThrow(
      /ENOENT/,
    );
  });

  test('shows nothing of a copy that somebody changed, and takes the original again', async () => {
    const station = await openStation();
    const { pack: opened } = await open(station);
    const copy = keptPackPath(station.folder, opened?.sha256 ?? '');
    const { audit } = station.call;
    expect((await audit.rows({ section: 'population' })).total).toBe(5);
    chmodSync(copy, 0o600);
    writeFileSync(copy, tampered());
    await expect(audit.rows({ section: 'population' })).rejects.toMatchObject(refused('file-unreadable'));
    await expect(audit.verify({})).rejects.toMatchObject(refused('file-unreadable'));
    expect((await open(station)).pack?.judgement.verdict).toBe('trusted');
    expect((await audit.rows({ section: 'population' })).total).toBe(5);
  });
});

test('every list is walked through with filters, a stretch at a time', async () => {
  const station = await openStation();
  await open(station);
  const { audit } = station.call;
  const all = await audit.rows({ section: 'population' });
  expect(all).toMatchObject({ total: 5, matching: 5, columns: expect.arrayContaining(['Decision']) });
  expect(all.facets.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  const second = await audit.rows({ section: 'population', offset: 1, limit: 2 });
  expect(second.rows).toEqual(all.rows.slice(1, 3));
  const undecided = await audit.rows({ section: 'population', facet: 'undecided' });
  expect(undecided.rows.every(({ value }) => value['decision'] === null)).toBe(true);
  expect(undecided.matching).toBeGreaterThan(0);
  expect((await audit.rows({ section: 'ledger', text: 'NOTHING says this' })).matching).toBe(0);
  const decided = await audit.rows({ section: 'decisions' });
  expect(decided.total).toBe(all.rows.filter(({ value }) => value['decision'] !== null).length);
  const changes = await audit.rows({ section: 'changes' });
  const ledger = await audit.rows({ section: 'ledger' });
  expect(changes.total).toBeLessThan(ledger.total);
  for (const section of ['findings', 'conflicts'] as const)
    expect((await audit.rows({ section })).total).toBeGreaterThan(0);
  expect(await audit.facts()).toMatchObject({ ipe: { rows: expect.any(Number) } });
});

test('work papers have references of their own, are cleared with a conclusion and opened again', async () => {
  const station = await openStation();
  const audit = await annotating(station);
  const first = await audit.addPaper({ about: wholePack, text: 'Seen.' });
  expect(first).toMatchObject({ reference: 'WP-1', status: 'open', byName: otto.name });
  const about = { kind: 'item', section: 'findings', key: 'f1' } as const;
  expect((await audit.addPaper({ about, text: 'Asked.', reference: 'A_7' })).reference).toBe('A_7');
  await expect(audit.addPaper({ about, text: 'x', reference: 'a_7' })).rejects.toMatchObject(
    refused('conflict'),
  );
  await expect(audit.addPaper({ about: { ...about, key: 'nothing' }, text: 'x' })).rejects.toMatchObject(
    refused('not-found'),
  );
  const cleared = await audit.setPaperStatus({ paper: first.id, status: 'cleared', conclusion: 'Fine.' });
  expect(cleared).toMatchObject({ status: 'cleared', changes: [{ conclusion: 'Fine.' }] });
  await expect(
    audit.setPaperStatus({ paper: first.id, status: 'cleared', conclusion: 'Fine.' }),
  ).rejects.toMatchObject(refused('conflict'));
  const opened = await audit.setPaperStatus({ paper: 'WP-1', status: 'open', conclusion: 'More came up.' });
  expect(opened).toMatchObject({ status: 'open', text: 'Seen.' });
  expect(opened.changes).toHaveLength(2);
});

test('a sample is of the size its method gives, and says what follows once every item is tested', async () => {
  const station = await openStation();
  const audit = await annotating(station);
  const wish = { section: 'population', method } as const;
  expect(await audit.previewSample(wish)).toMatchObject({ populationSize: 5, size: 3 });
  expect(await audit.samples()).toEqual([]);
  const drawn = await audit.drawSample({ ...wish, purpose: 'Decided by somebody else' });
  expect(drawn).toMatchObject({ reference: 'S-1', plan: { seedSource: 'population' }, assessment: null });
  const [first, second, third] = drawn.items.map(({ key }) => key);
  const tell = (key = '', result: 'pass' | 'deviation' | 'not-testable' = 'pass', note = '') =>
    audit.testItem({ sample: 'S-1', key, result, note });
  await expect(tell(first, 'deviation')).rejects.toMatchObject(refused('invalid-input'));
  await expect(tell('elsewhere')).rejects.toMatchObject(refused('not-found'));
  await tell(first);
  await tell(second);
  const clean = await tell(third);
  // None of 3 of 5: with two deviating items, 1 in 10 samples would show none, so at most one of five deviates.
  expect(clean).toMatchObject({ assessment: { deviations: 0, upperLimit: 0.2, isSupported: true } });
  const doubtful = await tell(third, 'not-testable', 'the event is gone');
  expect(doubtful).toMatchObject({
    counts: { pass: 2, notTestable: 1 },
    assessment: { deviations: 1, isSupported: false },
  });
  expect(doubtful.items[2]?.results).toHaveLength(2);
  const judged = { kind: 'judgemental', frequency: 'daily', reason: null } as const;
  const other = await audit.drawSample({ section: 'ledger', method: judged, purpose: 'x', seed: 'my seed' });
  expect(other).toMatchObject({ assessment: null, plan: { seed: 'my seed', seedSource: 'auditor' } });
});

test('nothing is signed before there is work, and a key that signed the pack does not sign its audit', async () => {
  const station = await openStation();
  const audit = await annotating(station);
  await expect(audit.sign({ passphrase })).rejects.toMatchObject(refused('refused'));
  await audit.addPaper({ about: wholePack, text: 'Seen.' });
  const signed = await audit.sign({ passphrase });
  expect((await audit.overview()).signed).toMatchObject([{ name: signed.name, sha256: signed.sha256 }]);
  expect((await station.call.evidence.packs()).map(({ name }) => name)).toEqual([signed.name]);
});

test('the command line opens with the exit codes of verify, and signs what verify takes', async () => {
  const folder = workspaceFolder();
  const file = (name: string) => join(folder, name);
  writeFileSync(file('pack.zip'), pack);
  writeFileSync(file('tampered.zip'), tampered());
  writeFileSync(file('signers'), signersFile);
  const run = (workspace: string, ...command: string[]) => runProgramHere(file(workspace), command);
  expect((await run('a', 'audit', 'open', file('pack.zip'), '--signers', file('signers'))).code).toBe(0);
  expect((await run('b', 'audit', 'open', file('pack.zip'))).code).toBe(2);
  expect((await run('c', 'audit', 'open', file('tampered.zip'), '--signers', file('signers'))).code).toBe(1);
  expect((await run('a', 'connect', '--url', 'postgres://nobody@127.0.0.1:9/x')).code).toBe(1);
  await run('a', 'reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email);
  await run('a', 'audit', 'note', '--text', 'Seen.', '--number', 'undecided items, 2');
  await run('a', 'audit', 'sample', '--frequency', 'daily', '--purpose', 'who decided');
  expect((await run('a', 'audit', 'sign', '--out', file('work.zip'))).code).toBe(0);
  const keys = (await run('a', 'keys')).json as { allowedSigners: string }[];
  writeFileSync(file('auditors'), `${keys[0]?.allowedSigners}\n`);
  expect((await run('d', 'verify', file('work.zip'), '--signers', file('auditors'))).code).toBe(0);
  expect((await run('d', 'verify', file('work.zip'))).code).toBe(2);
  const compared = await run('d', 'audit', 'compare', file('work.zip'), file('pack.zip'));
  expect(compared).toMatchObject({
    code: 0,
    json: { isSamePack: true, samples: [{ reference: 'S-1', isSamePopulation: true }] },
  });
  const other = await run('d', 'audit', 'compare', file('work.zip'), file('tampered.zip'));
  expect(other).toMatchObject({ code: 1, json: { isSamePack: false } });
  const bytes = readFileSync(file('work.zip'));
  const at = bytes.indexOf('Seen.');
  bytes.write('Neen.', at);
  writeFileSync(file('work.zip'), bytes);
  expect((await run('d', 'verify', file('work.zip'), '--signers', file('auditors'))).code).toBe(1);
});
