import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareDigests,
  formatManifest,
  parseManifest,
  sha256Hex,
} from '../../../src-main/evidence/manifest.ts';

const digests = new Map([
  ['data/b', sha256Hex('b')],
  ['data/B', sha256Hex('B')],
  ['data/ä', sha256Hex('ä')],
]);
const bytes = formatManifest(digests);

test('lines are those of sha256sum, sorted by bytes', () => {
  expect(bytes.toString()).toBe(
    `${sha256Hex('B')}  data/B\n${sha256Hex('b')}  data/b\n${sha256Hex('ä')}  data/ä\n`,
  );
});

test('what was written is read', () => {
  expect(parseManifest(bytes, 'm')).toEqual(digests);
});

test.each([
  ['Windows line endings', (text: string) => text.replaceAll('\n', '\r\n'), /Windows line endings/],
  ['another order', (text: string) => text.split('\n').toReversed().join('\n').trim(), /not a sorted list/],
  ['no last line end', (text: string) => text.slice(0, -1), /not a sorted list/],
  ['a line twice', (text: string) => `${text.split('\n')[0]}\n${text}`, /not a sorted list/],
  ['capital digits', (text: string) => text.toUpperCase(), /not a sorted list/],
  ['one space', (text: string) => text.replace('  ', ' '), /not a sorted list/],
  ['an empty line', (text: string) => `\n${text}`, /not a sorted list/],
])('%s are refused', (_, change, message) => {
  expect(() => parseManifest(Buffer.from(change(bytes.toString())), 'm')).toThrow(message);
});

test('missing, added and changed files are told apart', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const side = fc
    .dictionary(name, fc.constantFrom('1', '2'))
    .map((object) => new Map(Object.entries(object)));
  fc.assert(
    fc.property(side, side, (listed, present) => {
      const { missing, added, changed } = compareDigests(listed, present);
      for (const file of ['a', 'b', 'c', 'd']) {
        const [expected, actual] = [listed.get(file), present.get(file)];
        expect(missing.includes(file)).toBe(expected !== undefined && actual === undefined);
        expect(added.includes(file)).toBe(expected === undefined && actual !== undefined);
        expect(changed.includes(file)).toBe(
          expected !== undefined && actual !== undefined && expected !== actual,
        );
      }
    }),
  );
});
