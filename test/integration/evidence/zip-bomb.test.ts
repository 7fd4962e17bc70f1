// Zips made to exhaust the reader, read in a process of their own so that its peak of memory can be told.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeForeignZip, type ForeignEntry } from '../../unit/evidence/foreign-writer.ts';

const mebibyte = 2 ** 20;
const reader = new URL('../../../src-main/evidence/verify.ts', import.meta.url).href;
const script = `
  import { readFileSync } from 'node:fs';
  import { verifyPack } from ${JSON.stringify(reader)};
  const bytes = readFileSync(process.argv[1]);
  verifyPack(Buffer.from('PK'), { now: '2026-11-20T12:00:00Z' });
  const before = process.resourceUsage().maxRSS;
  const { verdict, summary } = verifyPack(bytes, { now: '2026-11-20T12:00:00Z' });
  const grown = (process.resourceUsage().maxRSS - before) * 1024;
  console.log(JSON.stringify({ verdict, summary, grown }));
`;
let folder: string;
let zeros: Buffer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-bomb-'));
  zeros = Buffer.alloc(400 * mebibyte);
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(zip: Buffer): { verdict: string; summary: string; grown: number } {
  const file = join(folder, 'bomb.zip');
  writeFileSync(file, zip);
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, file]);
  return JSON.parse(stdout.toString());
}

const bomb = (announced: number | undefined): ForeignEntry => ({
  name: 'bagit.txt',
  content: zeros,
  deflate: true,
  ...(announced === undefined ? {} : { announced: { bytes: announced } }),
});

test('what a file really takes is seen by this measurement', () => {
  const { verdict, grown } = read(writeForeignZip([bomb(undefined)]));
  expect(verdict).toBe('malformed');
  expect(grown).toBeGreaterThan(300 * mebibyte);
});

test('a file that announces little and would become huge is given up at the size it announces', () => {
  const { verdict, summary, grown } = read(writeForeignZip([bomb(1000)]));
  expect({ verdict, summary }).toEqual({
    verdict: 'malformed',
    summary: expect.stringContaining('cannot be decompressed to the size it announces'),
  });
  expect(grown).toBeLessThan(50 * mebibyte);
});

test('files that announce more than memory is meant to hold are refused before any is decompressed', () => {
  const many = ['a', 'b'].map((name) => ({ ...bomb(undefined), name }));
  const { verdict, summary, grown } = read(writeForeignZip(many));
  expect({ verdict, summary }).toEqual({
    verdict: 'malformed',
    summary: expect.stringContaining('more than 512 MiB'),
  });
  expect(grown).toBeLessThan(50 * mebibyte);
});

test('one file that the directory lists 65534 times is refused', () => {
  const small = { ...bomb(undefined), content: zeros.subarray(0, 8000) };
  const { verdict, summary, grown } = read(writeForeignZip([small], { times: 65_534 }));
  expect({ verdict, summary }).toEqual({ verdict: 'malformed', summary: expect.stringContaining('overlap') });
  expect(grown).toBeLessThan(150 * mebibyte);
});
