import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { formatJsonLines, parseJsonFile, parseJsonLines } from '../../../src-main/evidence/json-lines.ts';

const schema = z.object({ name: z.string(), size: z.number() });
const value = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  size: fc.double({ noNaN: true, noDefaultInfinity: true }),
});
const parse = (text: string | Uint8Array) => parseJsonLines(Buffer.from(text), 'x.jsonl', schema);

test('what was written is read', () => {
  fc.assert(
    fc.property(fc.array(value), (values) => {
      // -0 is written as 0 by RFC 8785.
      const written = values.map(({ name, size }) => ({ name, size: size + 0 }));
      expect(parse(formatJsonLines(written))).toEqual(written);
    }),
  );
});

test.each([
  ['white space', '{"name":"a", "size":1}\n', /canonical/],
  ['another order', '{"size":1,"name":"a"}\n', /canonical/],
  ['a key twice', '{"name":"b","name":"a","size":1}\n', /canonical/],
  ['a field it does not know', '{"more":1,"name":"a","size":1}\n', /canonical/],
  ['a hidden prototype', '{"__proto__":{"x":1},"name":"a","size":1}\n', /canonical/],
  ['another way of writing a number', '{"name":"a","size":1.0}\n', /canonical/],
  ['a number too large to keep', '{"name":"a","size":1e999}\n', /form|canonical/],
  ['half a character', '{"name":"\\ud800","size":1}\n', /canonical/],
  ['a byte order mark', '\uFEFF{"name":"a","size":1}\n', /not JSON/],
  ['a missing line end', '{"name":"a","size":1}', /cut off/],
  ['Windows line ends', '{"name":"a","size":1}\r\n', /canonical/],
  ['an empty line', '\n', /not JSON/],
  ['a wrong type', '{"name":7,"size":1}\n', /\(name\)/],
  ['no JSON', 'hello\n', /not JSON/],
  ['deep nesting', `${'['.repeat(200_000)}\n`, /not JSON|form/],
])('%s is refused', (_, text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('the line is named, its values are not', () => {
  const text = '{"name":"a","size":1}\n{"name":"secret","size":"x"}\n';
  expect(() => parse(text)).toThrow(/^x\.jsonl, line 2, /);
  expect(() => parse(text)).not.toThrow(/secret/);
});

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parse(Buffer.from([0xff, 0x0a]))).toThrow(/UTF-8/);
});

test('a file of one value holds exactly one', () => {
  const line = '{"name":"a","size":1}\n';
  expect(parseJsonFile(Buffer.from(line), 'x', schema)).toEqual({ name: 'a', size: 1 });
  expect(() => parseJsonFile(Buffer.from(line + line), 'x', schema)).toThrow(/exactly one/);
  expect(() => parseJsonFile(Buffer.from(''), 'x', schema)).toThrow(/exactly one/);
});
