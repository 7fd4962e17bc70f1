// A warning about items that fell due since the queue was last read, and about no others.
import { expect, test } from 'vitest';
import type { DecisionRecord } from '../../../src-main/review/projection.ts';
import { fellDueUnseen, stalePullWarning } from '../../../src-main/sync/stale-pull.ts';

const at = (day: number) => Date.UTC(2026, 10, day) * 1000;
const iso = (day: number) => new Date(at(day) / 1000).toISOString();
const decision = (dueOn: number, decidedOn: number) =>
  ({ payload: { dueAt: iso(dueOn) }, decidedAt: iso(decidedOn) }) as DecisionRecord;

test.each([
  ['due later still', decision(20, 5), 10, false],
  ['fell due after it was decided', decision(8, 5), 10, true],
  ['fell due before it was decided', decision(4, 5), 5, true],
  ['was due when the queue was read', decision(2, 5), 10, false],
])('%s', (_case, made, today, isUnseen) => {
  expect(fellDueUnseen(made, at(3), at(today))).toBe(isUnseen);
  expect(fellDueUnseen(made, null, at(today))).toBe(false);
});

test('counts them in words and says when the queue was read', () => {
  const [one, other, late] = [decision(8, 5), decision(9, 5), decision(20, 5)];
  expect(stalePullWarning([late], at(3), at(10))).toBeNull();
  expect(stalePullWarning([one, late], at(3), at(10))).toMatch(
    /read at 2026-11-03T.*one item that has fallen/,
  );
  expect(stalePullWarning([one, other, late], at(3), at(10))).toMatch(/2 items that have fallen due/);
});
