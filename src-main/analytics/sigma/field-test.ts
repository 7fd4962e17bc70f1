// Turns what a rule asks of a field into a function of its values.
import { isInNetwork } from './network.ts';
import { numberTest } from './number-test.ts';
import { patternTest } from './pattern.ts';
import { regexTest } from './regex-program.ts';
import { assertNever } from '#shared/model/problem.ts';
import type { FieldMatch, ValueTest } from './rule.ts';

/** None when the value is unknown; more than one only below metadata, where lists occur. */
export type FieldTest = (values: readonly string[]) => boolean;

export function fieldTest({ tests, quantifier }: FieldMatch): FieldTest {
  const compiled = tests.map(valuesTest);
  return quantifier === 'all'
    ? (values) => compiled.every((test) => test(values))
    : (values) => compiled.some((test) => test(values));
}

function valuesTest(test: ValueTest): FieldTest {
  if (test.kind === 'unknown') return (values) => values.length === 0;
  if (test.kind === 'exists') return (values) => values.length > 0 === test.expected;
  const holds = textTest(test);
  return (values) => values.some(holds);
}

function textTest(test: Exclude<ValueTest, { kind: 'unknown' | 'exists' }>): (text: string) => boolean {
  if (test.kind === 'pattern') return patternTest(test.pattern, test.cased);
  if (test.kind === 'number') return numberTest(test);
  if (test.kind === 'network') return (text) => isInNetwork(test.network, text);
  if (test.kind === 'regex') return regexTest(test.program);
  return assertNever(test);
}
