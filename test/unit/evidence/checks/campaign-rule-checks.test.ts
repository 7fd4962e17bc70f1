// Decisions that came by file may be by a clock that is behind, as far as a file is taken in at all.
import { expect, test } from 'vitest';
import { isOlderThanPopulation } from '../../../../src-main/evidence/checks/campaign-rule-checks.ts';

test.each([
  ['2026-11-16T09:52:00.000Z', false],
  ['2026-11-16T09:50:00.000Z', false],
  ['2026-11-16T09:49:59.999Z', true],
])('one of %s on a population of 10 o’clock is older: %s', (decidedAt, isOlder) => {
  expect(isOlderThanPopulation({ at: '2026-11-16T10:00:00.000Z' }, decidedAt)).toBe(isOlder);
});
