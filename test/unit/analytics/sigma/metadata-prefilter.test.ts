import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldTest } from '../../../../src-main/analytics/sigma/field-test.ts';
import { parseMetadata, valuesAt } from '../../../../src-main/analytics/sigma/metadata-path.ts';
import { needsParsing } from '../../../../src-main/analytics/sigma/metadata-prefilter.ts';
import { eventRule, ruleText } from './make-rules.ts';

function matchOf(line: string) {
  const { expression } = eventRule(ruleText(`a:\n  ${line}\ncondition: a`));
  if (expression.kind !== 'match') throw new Error('This is not one field.');
  return expression.match;
}

const lines = [
  'metadata.a.b: Root',
  'metadata.a.b|contains: [root, admin]',
  'metadata.a.b|contains|all: [root, adm?n]',
  'metadata.a: "*root*"',
  'metadata.a|re: Root',
  'metadata.a|exists: false',
  'metadata.a.b: null',
  'metadata.a.b: [null, root]',
  'metadata.a: 1e3',
  'metadata.a|contains: e+2',
  'metadata.a: "true"',
  'metadata.kelvin: kelvin',
  'metadata.ä.b: root',
];

test('the plain text decides only what parsing would decide too', () => {
  const text = fc.constantFrom(
    'Root',
    'root',
    'ADMIN root',
    'x',
    '',
    '\u212Aelvin',
    'a"b',
    'r\\oot',
    'ä',
    'kelvin"',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.constantFrom(1000, 1e21, 0.5, true, false, null),
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'a.b', 'ä', 'kelvin', 'xa'), tie('any'), { maxKeys: 3 }),
    ),
  })).any;
  let decided = 0;
  fc.assert(
    fc.property(
      value,
      fc.constantFrom(...lines),
      fc.constantFrom(0, 2),
      fc.boolean(),
      (value, line, indent, escape) => {
        const plain = JSON.stringify(value, null, indent);
        const text = escape ? plain.replaceAll('o', '\\u006f') : plain;
        const match = matchOf(line);
        const holds = fieldTest(match);
        const path = match.field.kind === 'metadata' ? match.field.path : [];
        const expected = holds(valuesAt(parseMetadata(text), path));
        if (needsParsing(match)(text)) return;
        decided += 1;
        expect(holds([])).toBe(expected);
      },
    ),
    { numRuns: 5000 },
  );
  expect(decided).toBeGreaterThan(1000);
});

test('a number may be written without the letters that its usual form has', () => {
  expect(valuesAt(parseMetadata('{"a":0.0000001}'), ['a'])).toEqual(['1e-7']);
  expect(needsParsing(matchOf('metadata.a|contains: e-'))('{"a":0.0000001}')).toBe(true);
});
