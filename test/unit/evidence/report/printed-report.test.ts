import { beforeAll, expect, test } from 'vitest';
import { buildPack } from '../../../../src-main/evidence/pack.ts';
import { verifyPack } from '../../../../src-main/evidence/verify.ts';
import { edit, filesOf, reseal, textOf, type MutableFiles } from '../forge.ts';
import { alice, generatedAt, sampleInput, signersFile } from '../sample-input.ts';

const trust = { signers: signersFile, now: generatedAt };
let bytes: Buffer;
beforeAll(async () => {
  ({ bytes } = await buildPack(sampleInput(), alice));
});
const verify = (files: MutableFiles) => verifyPack(files, trust);

test('a pack holds the printed report, and names both views', async () => {
  const files = filesOf(bytes);
  expect(textOf(files, 'data/report.pdf')).toMatch(/^%PDF-1\.7/);
  expect(textOf(files, 'data/statement.json')).toContain('"views":["data/report.html","data/report.pdf"]');
  const { verdict, checks } = await verify(files);
  expect(verdict).toBe('trusted');
  expect(checks.find(({ name }) => name === 'report')?.detail).toMatch(
    /every word of it follows from the data\. report\.pdf could not be drawn again here: its bytes are those that were signed/,
  );
});

test('a changed byte of the printed report is found', async () => {
  const files = filesOf(bytes);
  const changed = Buffer.from(files.get('data/report.pdf') ?? '');
  changed[1000] = (changed[1000] ?? 0) ^ 1;
  files.set('data/report.pdf', changed);
  expect((await verify(files)).verdict).toBe('tampered');
});

test('a printed report that the statement does not name as a view is not taken', async () => {
  const files = filesOf(bytes);
  edit(files, 'data/statement.json', (text) =>
    text.replace('"views":["data/report.html","data/report.pdf"]', '"views":["data/report.html"]'),
  );
  const { verdict, checks } = await verify(reseal(files, alice));
  expect(verdict).toBe('tampered');
  expect(checks.find(({ ok }) => !ok)?.detail).toContain('does not name data/report.pdf as a view');
});
