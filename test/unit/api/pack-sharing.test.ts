// What is made of packs for others: a sample said before it is drawn, redacted packs, revealed rows, and signed copies of foreign packs.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { changedPack, exportReport } from '../../../src-shared/model/evidence.ts';
import { externalAuditor, redactedPackReport } from '../../../src-shared/model/redaction.ts';
import type { SamplingMethod } from '../../../src-shared/model/sampling.ts';
import { openPackAt } from '../../../src-main/evidence/pack-reader.ts';
import { parseRevealFile } from '../../../src-main/evidence/redaction/reveal.ts';
import { verifyRedacted } from '../../../src-main/evidence/redaction/verify-redacted.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { mirrorQueue } from '../../../src-main/store/cache/server-reviews.ts';
import { makeEvent, mirror } from '../../support/workspace.ts';
import { openStation, otto, packFile, passphrase, rita, type Reviewer } from '../../support/station.ts';

const dana = { actor: 'dana@example.org', actorName: 'Dana Delgado', action: 'role.grant' };
const someMethod: SamplingMethod = {
  kind: 'judgemental',
  frequency: 'weekly',
  reason: 'asked for by the auditor',
};

async function filled(reviewer: Reviewer = rita) {
  const station = await openStation();
  await station.call.workspace.setReviewer({ ...reviewer, passphrase });
  mirror(station.cache, [makeEvent(dana)]);
  const row = {
    tenantId: 'primary',
    auditLogId: null,
    action: 'role.grant',
    dueAtMicroseconds: Date.parse('2026-12-01T00:00:00Z') * 1000,
    reviewerId: null,
    reviewedAtMicroseconds: null,
    notes: null,
  };
  const rows = Array.from({ length: 40 }, (_, number) => ({
    ...row,
    id: `review-${number}`,
    actorId: dana.actor,
  }));
  mirrorQueue(station.cache, { rows }, () => undefined);
  await station.call.reviews.decide({
    reviews: [{ id: 'review-1' }, { id: 'review-2' }],
    decision: 'certify',
    reason: 'dana@example.org asked for it in ticket 4711',
  });
  const { call, finish } = station;
  const entriesOf = (type: string) =>
    station.ledger
      .entries()
      .map(({ entry }) => entry)
      .filter((entry) => entry.type === type);
  const exported = async (more: object = {}) =>
    exportReport.parse(await finish(call.evidence.export({ passphrase, ...more })));
  const handOver = async (file: string) => {
    const bytes = readFileSync(file);
    const { upload } = await call.evidence.beginUpload({ bytes: bytes.length });
    await call.evidence.addToUpload({ upload, offset: 0, piece: bytes.toString('base64') });
    return upload;
  };
  return { ...station, entriesOf, exported, handOver };
}

const now = '2026-11-21T12:00:00.000Z';

test('the size said before the export is the one drawn, and a refusal is the same', async () => {
  const { call, exported } = await filled();
  const sampling = { method: someMethod, seed: 'seed of an auditor', size: 7 };
  const said = await call.evidence.previewSample(sampling);
  expect([said.populationSize, said.size]).toEqual([40, 7]);
  expect(said.derivation).toContain('asked for by the auditor');
  const { file } = await exported({ sampling });
  const { plan } = JSON.parse(packFile(file, 'data/sampling.json'));
  expect([plan.populationSize, plan.size, plan.seed, plan.drawn.length]).toEqual([40, 7, sampling.seed, 7]);
  const { pack, close } = await openPackAt(file);
  const { checks } = await verifyPack(pack, { now });
  await close();
  expect(checks.find(({ name }) => name === 'sampling')?.ok).toBe(true);
  const attribute = {
    kind: 'attribute',
    confidence: 0.9,
    tolerableRate: 0.1,
    allowedDeviations: 0,
    model: 'hypergeometric',
  } as const;
  await expect(call.evidence.previewSample({ method: attribute, seed: null, size: 2 })).rejects.toThrow(
    /asks for \d+ items/,
  );
  await expect(exported({ sampling: { method: attribute, seed: null, size: 2 } })).rejects.toThrow(
    /asks for \d+ items/,
  );
});

test('a redacted pack is made with the export, and of a pack handed over; a failure takes nothing from the export', async () => {
  const { call, finish, exported, handOver, packsDirectory, entriesOf, folder, close } = await filled();
  const report = await exported({ redact: externalAuditor });
  expect(report.redacted?.profile).toBe('external auditor');
  expect(readFileSync(report.redacted?.file ?? '').includes('dana@example.org')).toBe(false);
  const upload = await handOver(report.file);
  const started = call.privacy.startRedaction({ of: { upload, name: '../my pack.zip' }, passphrase });
  const again = redactedPackReport.parse(await finish(started));
  expect(again.file.startsWith(`${packsDirectory}/REDACTED-..-my-pack-`)).toBe(true);
  expect(packFile(again.file, 'data/redaction.json')).toContain('"name":"../my pack.zip"');
  expect(entriesOf('pack-redacted')).toHaveLength(2);
  await expect(call.privacy.startRedaction({ of: { pack: 'no.zip' } })).rejects.toThrow(
    /no pack of this name/,
  );
  // From here on a new key would be another one, so that none is made.
  await call.privacy.setMask({ isMasked: true, purpose: 'review' });
  await close();
  rmSync(join(folder, 'secrets.json'));
  const later = await openStation(folder);
  const alone = exportReport.parse(
    await later.finish(later.call.evidence.export({ passphrase, redact: externalAuditor })),
  );
  expect(existsSync(alone.file)).toBe(true);
  expect(alone.redacted).toBeUndefined();
  expect(alone.redactionProblem).toMatch(/^No redacted pack was made\. /);
});

test('rows are revealed to whoever has the redacted pack, with their values and no others', async () => {
  const { call, exported, entriesOf, handOver } = await filled();
  const { file, redacted } = await exported({ redact: externalAuditor });
  const pack = basename(redacted?.file ?? '');
  const all = await call.privacy.redactedRows({ pack, limit: 500 });
  expect(JSON.stringify(all)).not.toContain('dana');
  const about = await call.privacy.redactedRows({ pack, text: 'dana@example.org', limit: 500 });
  expect(about.matching).toBeGreaterThan(2);
  expect(about.matching).toBeLessThanOrEqual(all.matching);
  const row = about.rows.find(
    ({ file: of, text }) => of.endsWith('redacted-ledger.jsonl') && text.includes('"decision"'),
  );
  if (row === undefined) expect.fail('A decision is about them.');
  const asked = { pack, rows: [{ file: row.file, line: row.line }], reason: 'asked by the auditor' };
  const revealed = await call.privacy.reveal(asked);
  expect(revealed).toMatchObject({ rows: 1, values: row.tokens, unknown: 0 });
  expect(revealed.proof).toMatch(/1 withheld entries are proven in full/);
  const given = parseRevealFile(readFileSync(revealed.file, 'utf8'));
  expect(given.values.map(({ value }) => value)).toContain('dana@example.org');
  expect(given.values.every(({ token }) => row.text.includes(token))).toBe(true);
  expect(entriesOf('values-revealed')[0]?.payload).toMatchObject({ reason: 'asked by the auditor' });
  const opened = await openPackAt(redacted?.file ?? '');
  const { verification } = await verifyRedacted(opened.pack, { now }, given);
  await opened.close();
  expect(verification.checks.find(({ name }) => name === 'revealed')?.ok).toBe(true);
  const verify = async (reveal: string) => {
    const upload = await handOver(redacted?.file ?? '');
    return call.evidence.verifyUpload({ upload, reveal });
  };
  const proven = await verify(JSON.stringify(given));
  expect(proven.checks.find(({ name }) => name === 'revealed')?.detail).toMatch(/proven in full/);
  const [first] = given.values;
  if (first === undefined) expect.fail('Something was revealed.');
  const invented = { ...given, values: [{ ...first, value: 'otto@example.org' }] };
  expect(await verify(JSON.stringify(invented))).toMatchObject({ verdict: 'tampered' });
  await expect(verify('{}')).rejects.toThrow(/revealed values cannot be read/);
  // Without the full pack the ledger still tells what is hidden in its own entries.
  await call.evidence.deletePack({ name: basename(file), reason: 'kept elsewhere' });
  expect(await call.privacy.reveal(asked)).toMatchObject({ values: row.tokens, unknown: 0 });
  await expect(call.privacy.reveal({ ...asked, rows: [{ file: row.file, line: 99_999 }] })).rejects.toThrow(
    /no such row/,
  );
  await expect(call.privacy.reveal({ ...asked, rows: [], values: ['nobody'] })).rejects.toThrow(/No token/);
  await expect(call.privacy.reveal({ ...asked, rows: [] })).rejects.toThrow(/not known here/);
  expect(entriesOf('values-revealed')).toHaveLength(2);
});

test('a copy of a foreign pack is signed after its verdict; the pack handed over stays as it was', async () => {
  const { file } = await (await filled()).exported();
  const before = readFileSync(file);
  const { call, finish, entriesOf, handOver, packsDirectory } = await filled(otto);
  const upload = await handOver(file);
  const judged = await call.evidence.verifyUpload({ upload, keep: true });
  expect(judged.verdict).toBe('unpinned');
  const of = { upload, name: basename(file) };
  const request = { of, note: 'Agreed.', passphrase } as const;
  await expect(finish(call.evidence.startSignOff({ ...request, role: 'preparer' }))).rejects.toThrow(
    /prepared with another key/,
  );
  await expect(
    finish(call.evidence.startSignOff({ ...request, role: 'approver', passphrase: 'wrong' })),
  ).rejects.toThrow(/passphrase/);
  expect(existsSync(packsDirectory) ? readdirSync(packsDirectory) : []).toEqual([]);
  const signed = changedPack.parse(
    await finish(call.evidence.startSignOff({ ...request, role: 'approver' })),
  );
  expect(basename(signed.file)).toMatch(/^SIGNED-.*\.zip$/);
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(packFile(signed.file, 'data/statement.json')).toBe(packFile(file, 'data/statement.json'));
  expect(entriesOf('pack-signed-off')[0]?.payload).toMatchObject({
    name: basename(signed.file),
    sha256: signed.sha256,
  });
  expect(readdirSync(packsDirectory)).toEqual([basename(signed.file)]);
  await expect(call.evidence.verifyUpload({ upload })).rejects.toThrow(/not known here/);
  const opened = await openPackAt(signed.file);
  expect((await verifyPack(opened.pack, { now: new Date().toISOString() })).signers).toHaveLength(2);
  await opened.close();
});

test('what was changed, or is no full pack, is not signed off', async () => {
  const { exported } = await filled();
  const { file, redacted } = await exported({ redact: externalAuditor });
  const changed = readFileSync(file);
  const at = changed.indexOf('review-1');
  changed.write('review-9', at);
  writeFileSync(file, changed);
  const { call, finish, handOver, entriesOf } = await filled(otto);
  for (const [path, said] of [
    [file, /not signed off, and stays as it was/],
    [redacted?.file ?? '', /not a full evidence pack/],
  ] as const) {
    const of = { upload: await handOver(path), name: basename(path) };
    await expect(
      finish(call.evidence.startSignOff({ of, role: 'approver', note: null, passphrase })),
    ).rejects.toThrow(said);
  }
  expect(entriesOf('pack-signed-off')).toEqual([]);
});

test('who asks for the same of another pack meanwhile is told so, and a cancelled redaction leaves nothing', async () => {
  const { call, exported, packsDirectory, jobs } = await filled();
  const { file } = await exported();
  const of = { pack: basename(file) };
  const { jobId } = await call.privacy.startRedaction({ of, passphrase });
  await expect(call.privacy.startRedaction({ of, passphrase })).rejects.toThrow(/done with another pack/);
  await call.jobs.cancel({ id: jobId });
  await expect(jobs.wait(jobId)).rejects.toThrow();
  expect((await call.jobs.get({ id: jobId })).state).toBe('cancelled');
  expect(readdirSync(packsDirectory)).toEqual([basename(file)]);
});
