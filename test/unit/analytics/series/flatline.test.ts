import { expect, test } from 'vitest';
import { Flatline } from '../../../../src-main/analytics/series/flatline.ts';
import { seriesDefaults } from '../../../../src-main/analytics/series/series-method.ts';

function surprisesOf(values: readonly number[]): number[] {
  const flatline = new Flatline(seriesDefaults);
  return values.map((value) => flatline.next(value).surprise);
}

const moving = (length: number) => Array.from({ length }, (_, at) => at % 7);
const still = (length: number) => Array.from({ length }, () => 42);

test('a moving series that stops is noticed once, at the 24th equal point', () => {
  const surprises = surprisesOf([...moving(200), ...still(300)]);
  expect(surprises.flatMap((surprise, at) => (surprise > 0 ? [at] : []))).toEqual([200 + 23]);
  expect(surprises[223]).toBeCloseTo(seriesDefaults.threshold + 1, 12);
});

test('long stretches it is used to raise the limit', () => {
  const surprises = surprisesOf([...moving(200), ...still(20), ...moving(50), ...still(100)]);
  expect(surprises.flatMap((surprise, at) => (surprise > 0 ? [at] : []))).toEqual([270 + 59]);
});

test('what never moved has not stopped', () => {
  expect(Math.max(...surprisesOf(still(5000)))).toBe(0);
  expect(Math.max(...surprisesOf([...moving(40), ...still(500)]))).toBe(0);
});
