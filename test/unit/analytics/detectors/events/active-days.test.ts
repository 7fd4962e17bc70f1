import { expect, test } from 'vitest';
import { ActiveDays } from '../../../../../src-main/analytics/detectors/events/active-days.ts';

function daysOf(entries: [number, number[]][]): ActiveDays {
  const active = new ActiveDays();
  for (const [day, subjects] of entries) {
    const marks = new Uint8Array(40);
    for (const subject of subjects) marks[subject] = 1;
    active.add(day, marks);
    expect(marks).toEqual(new Uint8Array(40));
  }
  return active;
}

test('the days between two others, each once', () => {
  const active = daysOf([
    [-2, [0, 9]],
    [-1, [9]],
    [-1, [9, 39]],
    [3, [0]],
    [4, [0, 9]],
  ]);
  expect(active.between(9, -3, 5)).toEqual([-2, -1, 4]);
  expect(active.between(9, -2, 4)).toEqual([-1]);
  expect(active.between(0, -2, 5)).toEqual([3, 4]);
  expect(active.between(39, -9, 9)).toEqual([-1]);
  expect(active.between(1_000, -9, 9)).toEqual([]);
});

test('what was taken back never was; a stretch without anybody is none', () => {
  const active = daysOf([
    [1, [0]],
    [2, []],
    [2, [0]],
    [3, [0]],
  ]);
  expect(active.length).toBe(3);
  active.truncate(1);
  expect(active.between(0, 0, 9)).toEqual([1]);
});
