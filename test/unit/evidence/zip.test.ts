import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultInName } from '../../../src-main/evidence/pack-files.ts';
import { centralHeader, endHeader, localHeader } from '../../../src-main/evidence/zip-headers.ts';
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { readAll } from './read-pack-zip.ts';
import { crc32 } from 'node:zlib';

const name = fc
  .stringMatching(/^[a-zé0-9_-]{1,8}(\/[a-z0-9_.-]{1,8}){0,2}$/)
  .filter((text) => faultInName(text) === null);
const fileSet = fc
  .uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 40 })), {
    selector: ([text]) => text.normalize('NFC').toLowerCase(),
    maxLength: 6,
  })
  .map((files) => new Map(files));

const sample = new Map([
  ['a.txt', Buffer.from('alpha')],
  ['data/b.txt', Buffer.from('beta')],
]);

test('what was written is read, whatever the order it was given in', async () => {
  await fc.assert(
    fc.asyncProperty(fileSet, async (files) => {
      const zip = writeZip(files);
      const { files: read, altered } = await readAll(zip);
      expect(altered).toEqual([]);
      expect(new Map([...read].map(([key, value]) => [key, [...value]]))).toEqual(
        new Map([...files].map(([key, value]) => [key, [...value]])),
      );
      expect(writeZip(new Map([...files].toReversed())).equals(zip)).toBe(true);
    }),
  );
});

async function outcome(bytes: Uint8Array): Promise<'same' | 'altered' | 'refused'> {
  try {
    return (await readAll(bytes)).altered.length > 0 ? 'altered' : 'same';
  } catch (error) {
    expect(error).toMatchObject({ code: 'file-unreadable' });
    return 'refused';
  }
}

test('every single bit counts', async () => {
  const zip = writeZip(sample);
  const unnoticed = [];
  for (let bit = 0; bit < zip.length * 8; bit++) {
    const changed = Buffer.from(zip);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if ((await outcome(changed)) === 'same') unnoticed.push(bit);
  }
  expect(unnoticed).toEqual([]);
});

test('every truncation, and any byte before or after, is refused', async () => {
  const zip = writeZip(sample);
  for (let length = 0; length < zip.length; length++) {
    expect(await outcome(zip.subarray(0, length))).toBe('refused');
    if (length > 0) expect(await outcome(zip.subarray(length))).toBe('refused');
  }
  expect(await outcome(Buffer.concat([zip, Buffer.from([0])]))).toBe('refused');
  expect(await outcome(Buffer.concat([Buffer.from([0]), zip]))).toBe('refused');
});

test('arbitrary bytes are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await outcome(bytes)).toBe('refused');
    }),
  );
});

/** Builds a zip from raw entries, so that names can be anything. */
function rawZip(names: readonly (string | Buffer)[], change: (central: Buffer) => void = () => {}): Buffer {
  const parts: Buffer[] = [];
  let offset = 0;
  const entries = names.map((text) => {
    const content = Buffer.from('x');
    const bytes = Buffer.from(text);
    const entry = { name: bytes, crc: crc32(content), size: content.length, offset };
    parts.push(localHeader(entry), content);
    offset += 30 + bytes.length + content.length;
    return entry;
  });
  const central = Buffer.concat(entries.map(centralHeader));
  change(central);
  return Buffer.concat([...parts, central, endHeader(entries.length, central.length, offset)]);
}

test('the raw builder makes what the writer makes', async () => {
  const files = new Map([
    ['a', Buffer.from('x')],
    ['b', Buffer.from('x')],
  ]);
  expect(rawZip(['a', 'b']).equals(writeZip(files))).toBe(true);
});

test.each([
  ['absolute', ['/etc/passwd']],
  ['climbing', ['../x']],
  ['climbing inside', ['data/../../x']],
  ['dotted', ['./x']],
  ['empty', ['']],
  ['a folder', ['data/']],
  ['doubly slashed', ['data//x']],
  ['with a backslash', ['data\\x']],
  ['with a drive letter', ['C:x']],
  ['with NUL', ['a\0b']],
  ['with a line break', ['a\nb']],
  ['with a hidden direction mark', ['a\u202Eb']],
  ['ending in a dot', ['a.']],
  ['not UTF-8', [Buffer.from([0xff, 0xfe])]],
  ['too long', ['x'.repeat(300)]],
  ['there twice', ['a', 'a']],
  ['there twice but for case', ['A', 'a']],
  ['there twice but for composition', ['e\u0301', '\u00e9']],
  ['out of order', ['b', 'a']],
])('names that are %s are refused', async (_, names) => {
  expect(await outcome(rawZip(names))).toBe('refused');
});

test.each([
  ['a symbolic link', (central: Buffer) => central.writeUInt32LE(0o120777 * 0x1_0000, 38)],
  ['an executable', (central: Buffer) => central.writeUInt32LE(0o100755 * 0x1_0000, 38)],
  ['a comment length', (central: Buffer) => central.writeUInt16LE(1, 32)],
  ['encryption', (central: Buffer) => central.writeUInt16LE(0x0801, 8)],
  ['compression', (central: Buffer) => central.writeUInt16LE(8, 10)],
  ['a zip64 size', (central: Buffer) => central.writeUInt32LE(0xffff_ffff, 24)],
  ['an absurd offset', (central: Buffer) => central.writeUInt32LE(0xffff_fff0, 42)],
])('a directory with %s is refused', async (_, change) => {
  expect(await outcome(rawZip(['a', 'b'], change))).toBe('refused');
});

test('sizes that reach beyond the file are refused without being allocated', async () => {
  const zip = Buffer.from(writeZip(sample));
  zip.writeUInt32LE(0xffff_fff0, 18);
  zip.writeUInt32LE(0xffff_fff0, 22);
  expect(await outcome(zip)).toBe('refused');
});

test('a name that could leave its folder is never written', async () => {
  expect(() => writeZip(new Map([['../x', Buffer.alloc(0)]]))).toThrow(TypeError);
});
