import { expect, test } from 'vitest';
import { Quiet } from '../../../../src-main/analytics/series/quiet.ts';
import { seriesDefaults } from '../../../../src-main/analytics/series/series-method.ts';

/** Places of the alerts among surprises one step apart. */
function alertsOf(surprises: readonly number[], stepSeconds = 3600): number[] {
  const quiet = new Quiet(seriesDefaults);
  return surprises.flatMap((surprise, at) =>
    !quiet.covers(at * stepSeconds, surprise) && surprise >= seriesDefaults.threshold ? [at] : [],
  );
}

const calm = (length: number) => Array.from({ length }, () => 0.5);

test('an incident alerts once', () => {
  expect(alertsOf([0, 3, 3.2, 0, 3.5, 0])).toEqual([1]);
});

test('a point ten times rarer than all before alerts again', () => {
  expect(alertsOf([0, 3, 0, 4.1, 5])).toEqual([1, 3]);
});

test('climbing in small steps is nothing new', () => {
  expect(alertsOf([3, 3.6, 4.2, 4.8, 5.4, 6])).toEqual([0]);
});

test('half a day later, and calm by then, the next one alerts', () => {
  expect(alertsOf([3, ...calm(12), 3])).toEqual([0, 13]);
  expect(alertsOf([3, ...calm(11), 3])).toEqual([0]);
});

test('what goes on stays one incident, however long', () => {
  const lasting = Array.from({ length: 500 }, (_, at) => (at % 5 === 0 ? 3.1 : 2));
  expect(alertsOf(lasting)).toEqual([0]);
});

test('a new incident starts from its own surprise, not from that of an older one', () => {
  expect(alertsOf([9, ...calm(12), 3, 0, 4.5])).toEqual([0, 13, 15]);
});
