import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainRule } from '../../../../src-main/analytics/sigma/explain-rule.ts';
import { parseRules } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import { RulesRefused } from '../../../../src-main/analytics/sigma/refusal.ts';
import { ruleText } from './make-rules.ts';

/** Anything may be refused, with lines and reasons; nothing may fail in another way. */
function readsOrRefuses(text: string): void {
  try {
    for (const rule of parseRules(text)) expect(explainRule(rule)).toMatch(/\.$/);
  } catch (error) {
    if (!(error instanceof RulesRefused)) throw error;
    expect(error.refusals.length).toBeGreaterThan(0);
    for (const { line, reason } of error.refusals) {
      expect(line).toBeGreaterThan(0);
      expect(reason).toMatch(/\.$/);
    }
  }
}

const word = fc.constantFrom(
  'a',
  'b*',
  '1',
  'all',
  'of',
  'them',
  'and',
  'or',
  'not',
  '(',
  ')',
  '|',
  '*',
  '&x',
  '*x',
  '!t',
  '<<',
  ':',
  '- ',
  '\n',
  '\n  ',
);

test('any text is read or refused', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), readsOrRefuses), { numRuns: 1000 });
});

test('any condition is read or refused', () => {
  const condition = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(condition, (text) =>
      readsOrRefuses(ruleText(`a:\n  ip: x\nb1:\n  ip: y\ncondition: ${JSON.stringify(text)}`)),
    ),
    { numRuns: 1000 },
  );
});

test('any regular expression is read or refused', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '.',
    '^',
    '$',
    '(',
    ')',
    '(?:',
    '(?=',
    '[',
    '[^',
    ']',
    '-',
    '*',
    '+',
    '?',
    '{2}',
    '{1,}',
    '{',
    '|',
    '\\',
    '\\d',
    '\\1',
    '\\b',
    '\\u00e9',
  );
  const expression = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(expression, (text) =>
      readsOrRefuses(ruleText(`a:\n  path|re: ${JSON.stringify(text)}\ncondition: a`)),
    ),
    { numRuns: 3000 },
  );
});

test('any damage to a real file is read or refused', () => {
  const files = ['failed-sign-ins', 'made-public', 'privileged-actions'].map((name) =>
    readFileSync(`resources/rules/${name}.yml`, 'utf8'),
  );
  const damage = fc.record({
    file: fc.constantFrom(...files),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 30 }),
    insert: fc.oneof(word, fc.string({ maxLength: 8 })),
  });
  fc.assert(
    fc.property(damage, ({ file, at, length, insert }) => {
      const start = Math.floor(at * file.length);
      readsOrRefuses(file.slice(0, start) + insert + file.slice(start + length));
    }),
    { numRuns: 1500 },
  );
});

test('nesting and repetition by the thousand are refused, not followed', () => {
  for (const text of ['[', '{a: ', '- ', '? ', '((', '&a [', '!!map {'].map((piece) =>
    piece.repeat(60_000 / piece.length),
  ))
    readsOrRefuses(text);
  readsOrRefuses(ruleText(`a:\n  ip: x\ncondition: ${'('.repeat(20_000)}`));
  readsOrRefuses(ruleText(`a:\n  path|re: ${JSON.stringify('('.repeat(900))}\ncondition: a`));
  readsOrRefuses(ruleText(`a:\n  path|re: ${JSON.stringify('a{1000}'.repeat(100))}\ncondition: a`));
});
