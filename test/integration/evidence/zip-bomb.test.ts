// Files made to exhaust the verifier, verified in a process of their own so that its peak of memory can be told.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { filesOf } from '../../unit/evidence/forge.ts';
import { writeForeignZip, type ForeignEntry } from '../../unit/evidence/foreign-writer.ts';
import { alice, sampleInput } from '../../unit/evidence/sample-input.ts';

const mebibyte = 2 ** 20;
const moduleAt = (path: string) => JSON.stringify(new URL(`../../../${path}`, import.meta.url).href);
const script = `
  import { openPackAt } from ${moduleAt('src-main/evidence/pack-reader.ts')};
  import { verifyPack } from ${moduleAt('src-main/evidence/verify.ts')};
  const now = '2026-11-20T12:00:00Z';
  await verifyPack(Buffer.from('PK'), { now });
  const before = process.resourceUsage().maxRSS;
  let outcome;
  try {
    const { pack, close } = await openPackAt(process.argv[1]);
    const { verdict, summary } = await verifyPack(pack, { now });
    outcome = { verdict, summary };
    await close();
  } catch (error) {
    outcome = { verdict: error.code, summary: error.message };
  }
  const grown = (process.resourceUsage().maxRSS - before) * 1024;
  console.log(JSON.stringify({ ...outcome, grown }));
`;
let folder: string;
let zeros: Buffer;
let pack: ReadonlyMap<string, Uint8Array>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-bomb-'));
  zeros = Buffer.alloc(400 * mebibyte);
  pack = filesOf((await buildPack(sampleInput(), alice)).bytes);
});
afterAll(() => rmSync(folder, { recursive: true }));

type Outcome = { verdict: string; summary: string; grown: number };

function verifyAt(path: string): Outcome {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script, path]);
  return JSON.parse(stdout.toString());
}

function verifyZip(zip: Uint8Array): Outcome {
  const file = join(folder, 'bomb.zip');
  writeFileSync(file, zip);
  return verifyAt(file);
}

function expectRefusal({ verdict, summary, grown }: Outcome, sentence: RegExp, mebibytes = 50): void {
  expect({ verdict, summary }).toEqual({ verdict: 'malformed', summary: expect.stringMatching(sentence) });
  expect(grown).toBeLessThan(mebibytes * mebibyte);
}

const bomb = (announced: number | undefined): ForeignEntry => ({
  name: 'data/ledger.jsonl',
  content: zeros,
  deflate: true,
  ...(announced === undefined ? {} : { announced: { bytes: announced } }),
});

/** The whole pack, packed by another program, with one file exchanged. */
const packWith = (entry: ForeignEntry): Buffer =>
  writeForeignZip([
    ...[...pack]
      .filter(([name]) => name !== entry.name)
      .map(([name, content]): ForeignEntry => ({ name, content, deflate: true })),
    entry,
  ]);

test('what grows like no evidence is refused before it is decompressed', () => {
  expectRefusal(verifyZip(writeForeignZip([bomb(undefined)])), /grow more than 200-fold/);
});

test('a file that announces little and would become huge is given up at the size it announces', () => {
  expectRefusal(verifyZip(writeForeignZip([bomb(1000)])), /cannot be decompressed to the size it announces/);
});

test('files that announce more than a pack can hold are refused before any is decompressed', () => {
  const many = ['a', 'b'].map((name) => ({ ...bomb(3 * 2 ** 30), name }));
  expectRefusal(verifyZip(writeForeignZip(many)), /more than 4 GiB/);
});

test('one file that the directory lists 65534 times is refused', () => {
  const small = { ...bomb(undefined), content: zeros.subarray(0, 8000) };
  expectRefusal(verifyZip(writeForeignZip([small], { times: 65_534 })), /more than the 50000 files/);
});

test('one file that the directory lists 9,000 times is refused for overlapping', () => {
  const small = { ...bomb(undefined), deflate: false, content: zeros.subarray(0, 8000) };
  expectRefusal(verifyZip(writeForeignZip([small], { times: 9_000 })), /overlap/);
});

test('70,000 files, whose number no plain zip can state, are refused', () => {
  const many = Array.from({ length: 70_000 }, (_, index) => ({
    name: `f${index}`,
    content: Buffer.alloc(0),
  }));
  expectRefusal(verifyZip(writeForeignZip(many)), /another number of files|more than the 50000 files/);
});

test('a zip64 end, a claim of 10 GB, and names that are not UTF-8 are refused', () => {
  const good = writeForeignZip([{ name: 'a', content: Buffer.from('x') }]);
  const zip64 = Buffer.from(good);
  zip64.writeUInt32LE(0xffff_ffff, zip64.length - 6);
  expectRefusal(verifyZip(zip64), /zip64/);
  const sizes = Buffer.concat([
    Buffer.from([1, 0, 16, 0]),
    Buffer.from(new BigUint64Array([10_000_000_000n, 10_000_000_000n]).buffer),
  ]);
  const claim: ForeignEntry = {
    name: 'a',
    content: Buffer.from('x'),
    localExtra: sizes,
    announced: { bytes: 0xffff_ffff, packedBytes: 0xffff_ffff },
  };
  expectRefusal(verifyZip(writeForeignZip([claim])), /zip64/);
  expectRefusal(
    verifyZip(writeForeignZip([{ name: Buffer.from([0xc3]), content: zeros.subarray(0, 9) }])),
    /UTF-8/,
  );
});

test('a stored size that reaches far beyond the file is refused unread', () => {
  const announced = { bytes: 0xffff_fff0, packedBytes: 0xffff_fff0 };
  expectRefusal(
    verifyZip(writeForeignZip([{ name: 'a', content: Buffer.from('x'), announced }])),
    /too early/,
  );
});

test('names nested a thousand folders deep are refused', () => {
  const name = `${'a/'.repeat(1000)}b`;
  expectRefusal(verifyZip(writeForeignZip([{ name, content: Buffer.from('x') }])), /too long/);
});

test('a zip inside a zip is a file like any other, and no pack', () => {
  const inner = writeForeignZip([{ name: 'bagit.txt', content: Buffer.from('x') }]);
  expectRefusal(verifyZip(writeForeignZip([{ name: 'inner.zip', content: inner }])), /not an evidence pack/);
});

test('a line without an end is given up long before it fills memory', () => {
  const endless = { name: 'data/ledger.jsonl', content: Buffer.alloc(300 * mebibyte, '[') };
  const { verdict, grown } = verifyZip(packWith(endless));
  expect(verdict).toBe('tampered');
  expect(grown).toBeLessThan(350 * mebibyte);
});

test('a file outside data/ that would have to be kept whole is refused by its size', () => {
  const huge = { name: 'manifest-sha256.txt', content: zeros.subarray(0, 100 * mebibyte) };
  expectRefusal(verifyZip(packWith(huge)), /larger than a file of this kind/);
});

test('an extracted folder with a sparse file of 10 GB is refused by its size', () => {
  const extracted = join(folder, 'extracted');
  mkdirSync(join(extracted, 'data'), { recursive: true });
  const file = openSync(join(extracted, 'data', 'ledger.jsonl'), 'w');
  writeSync(file, 'x', 10_000_000_000);
  closeSync(file);
  expect(verifyAt(extracted)).toMatchObject({
    verdict: 'file-unreadable',
    summary: expect.stringContaining('more than 4 GB'),
  });
});
