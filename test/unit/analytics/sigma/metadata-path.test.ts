import { describe, expect, test } from 'vitest';
import { parseMetadata, valuesAt } from '../../../../src-main/analytics/sigma/metadata-path.ts';

const at = (text: string | null, path: string) => valuesAt(parseMetadata(text), path.split('.'));

describe('the values at a path', () => {
  test.each([
    ['{"a":{"b":"x"}}', 'a.b', ['x']],
    ['{"a":"x"}', 'a.b', []],
    ['{"a":1}', 'a', ['1']],
    ['{"a":1.50}', 'a', ['1.5']],
    ['{"a":false}', 'a', ['false']],
    ['{"a":null}', 'a', []],
    ['{}', 'a', []],
    ['{"a":""}', 'a', ['']],
    ['{"a":["x",2,null,["y"]]}', 'a', ['x', '2', 'y']],
    ['{"a":[{"b":1},{"b":2},{"c":3}]}', 'a.b', ['1', '2']],
    ['[{"a":1},{"a":2}]', 'a', ['1', '2']],
    ['{"a.b":"x","a":{"b":"y"}}', 'a.b', ['x', 'y']],
    ['{"a":{"b":{"c":1}}}', 'a.b', ['{"c":1}']],
    ['{"a":12345678901234567890}', 'a', ['12345678901234567890']],
    ['{"a":[12345678901234567890,1]}', 'a', ['12345678901234567890', '1']],
    ['{"toString":"own"}', 'toString', ['own']],
    ['{"a":{}}', 'a.constructor.name', []],
    ['{"a":{}}', '__proto__', []],
  ])('%s at %s', (text, path, expected) => {
    expect(at(text, path)).toEqual(expected);
  });

  test.each([null, '', 'no json', '"text"', '17', 'null', '{"a":'])('%s has none', (text) => {
    expect(at(text, 'a')).toEqual([]);
  });

  test('are none where brackets are nested beyond all reason, and the stack survives', () => {
    expect(at('['.repeat(400_000) + ']'.repeat(400_000), 'a')).toEqual([]);
    expect(at(`{"a":`.repeat(100_000) + '1234567890123456789' + '}'.repeat(100_000), 'a')).toEqual([]);
    expect(at(`{"b":"${'['.repeat(10_000)}","a":"x"}`, 'a')).toEqual(['x']);
    expect(at(`{"b":"\\"${'{'.repeat(10_000)}","a":"x"}`, 'a')).toEqual(['x']);
  });
});
