import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageBuffer, PageBytes } from '../../../../src-main/evidence/browser-verifier/page-bytes.ts';
import { readSources } from '../../../architecture/source-files.ts';

const encodings = ['utf8', 'utf-8', 'latin1', 'hex', 'base64', 'base64url'] as const;
const bytes = fc.uint8Array({ maxLength: 40 });
/** Texts near the edges of the encodings: their alphabets, paddings, halves of characters. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.base64String({ maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'ABab09+/-_= \n\uD800é'.split('')), maxLength: 20 }),
);
const plain = (value: Uint8Array) => [...value];

test('texts become the bytes that Node makes of them', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...encodings), (given, encoding) => {
      // Beyond the first 256 characters Node reads base64 and hex as they happen to lie in memory; the verifier refuses such text.
      fc.pre(!/^(base64|hex)/.test(encoding) || /^[\0-\xFF]*$/.test(given));
      expect(plain(pageBuffer.from(given, encoding))).toEqual(plain(Buffer.from(given, encoding)));
      expect(pageBuffer.byteLength(given)).toBe(Buffer.byteLength(given));
    }),
    { numRuns: 500 },
  );
});

test('bytes become the texts that Node makes of them', () => {
  fc.assert(
    fc.property(bytes, fc.constantFrom(...encodings), (given, encoding) => {
      expect(pageBuffer.from(given).toString(encoding)).toBe(Buffer.from(given).toString(encoding));
    }),
    { numRuns: 500 },
  );
  const marked = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61);
  expect(pageBuffer.from(marked).toString()).toBe(Buffer.from(marked).toString());
});

test('comparing, joining, finding and copying give what Node gives', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.nat(8), fc.nat(8), (left, right, start, end) => {
      const [ours, theirs] = [pageBuffer.from(left), Buffer.from(left)];
      expect(pageBuffer.compare(left, right)).toBe(Buffer.compare(left, right));
      expect(ours.equals(right)).toBe(theirs.equals(right));
      expect(plain(pageBuffer.concat([left, right]))).toEqual(plain(Buffer.concat([left, right])));
      expect(ours.includes(right.subarray(0, 2))).toBe(theirs.includes(Buffer.from(right.subarray(0, 2))));
      const [from, to] = [Math.min(start, end, left.length), Math.min(Math.max(start, end), left.length)];
      const target = Math.min(4, right.length);
      expect(ours.compare(right, 0, target, from, to)).toBe(theirs.compare(right, 0, target, from, to));
      const [mine, nodes] = [pageBuffer.alloc(12), Buffer.alloc(12)];
      expect(ours.copy(mine, 3, from, to)).toBe(theirs.copy(nodes, 3, from, to));
      expect(plain(mine)).toEqual(plain(nodes));
    }),
    { numRuns: 300 },
  );
});

const integers = [
  ['readUInt8', 'writeUInt8', 1],
  ['readUInt16LE', 'writeUInt16LE', 2],
  ['readUInt32LE', 'writeUInt32LE', 4],
  ['readUInt32BE', 'writeUInt32BE', 4],
] as const;

test.each(integers)('%s and %s agree with Node, and refuse to leave the bytes', (read, write, size) => {
  fc.assert(
    fc.property(fc.nat(2 ** (8 * size) - 1), fc.nat(5), (value, offset) => {
      const [ours, theirs] = [pageBuffer.alloc(12), Buffer.alloc(12)];
      expect(ours[write](value, offset)).toBe(theirs[write](value, offset));
      expect(plain(ours)).toEqual(plain(theirs));
      const rest = ours.subarray(offset);
      expect(rest instanceof PageBytes && rest[read]()).toBe(value);
    }),
    { numRuns: 100 },
  );
  expect(() => pageBuffer.alloc(size)[read](1)).toThrow(RangeError);
});

test('a view shares its memory and keeps its kind', () => {
  const whole = Uint8Array.of(1, 2, 3, 4);
  const view = pageBuffer.from(whole.buffer, 1, 2);
  view[0] = 9;
  expect(plain(whole)).toEqual([1, 9, 3, 4]);
  expect(view.subarray(1)).toBeInstanceOf(PageBytes);
  const copy = pageBuffer.from(whole);
  copy[0] = 7;
  expect(whole[0]).toBe(1);
});

/** Everything the page is built from, found by following the imports of its entry. */
function reachable(): { path: string; text: string }[] {
  const sources = new Map(readSources('src-shared', 'src-main').map((file) => [file.path, file]));
  const found = new Map<string, { path: string; text: string }>();
  const visit = (path: string): void => {
    const file = sources.get(path);
    if (file === undefined || found.has(path)) return;
    found.set(path, file);
    file.imports.forEach(visit);
  };
  visit('src-main/evidence/browser-verifier/entry.ts');
  return [...found.values()];
}

test('whatever the verifier calls on a Buffer, the page has', () => {
  const files = reachable();
  expect(files.map(({ path }) => path)).toContain('src-main/evidence/checks/ledger-checks.ts');
  const ofNode = Object.getOwnPropertyNames(Buffer.prototype).filter(
    (name) => name !== 'constructor' && !(name in String.prototype) && !(name in Array.prototype),
  );
  const missing = files.flatMap(({ path, text: source }) => [
    ...ofNode
      .filter((name) => !(name in PageBytes.prototype) && new RegExp(`\\.${name}\\(`).test(source))
      .map((name) => `${path}: .${name}()`),
    ...[...source.matchAll(/\bBuffer\.(\w+)/g)]
      .filter(([, name = '']) => !(name in pageBuffer))
      .map(([call]) => `${path}: ${call}`),
  ]);
  expect(missing).toEqual([]);
});
