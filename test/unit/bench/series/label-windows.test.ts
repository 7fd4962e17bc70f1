import { expect, test } from 'vitest';
import { Problem } from '../../../../src-shared/model/problem.ts';
import { readLabelWindows, rowWindows, windowsOf } from '../../../bench/series/label-windows.ts';

const labels = readLabelWindows(
  JSON.stringify({
    'real/a.csv': [
      ['1970-01-01 00:01:00.000000', '1970-01-01 00:02:00.000000'],
      ['1970-01-01 00:00:10.000000', '1970-01-01 00:00:20.000000'],
    ],
    'other/b.csv': [],
    'real/b.csv': [],
  }),
);

test('windows are found by path, or by the one name that ends with it, and are in order', () => {
  const windows = [
    { firstSeconds: 10, lastSeconds: 20 },
    { firstSeconds: 60, lastSeconds: 120 },
  ];
  expect(windowsOf(labels, 'real/a.csv')).toEqual(windows);
  expect(windowsOf(labels, 'a.csv')).toEqual(windows);
  expect(windowsOf(labels, 'other/b.csv')).toEqual([]);
});

test('nothing said is not the same as no anomaly', () => {
  expect(windowsOf(labels, 'c.csv')).toBeNull();
  expect(windowsOf(labels, 'b.csv')).toBeNull();
});

test('both ends belong to a window; one between two rows has none', () => {
  const seconds = Float64Array.of(0, 10, 10, 20, 30, 90);
  expect(rowWindows(seconds, windowsOf(labels, 'a.csv')!)).toEqual([
    { first: 1, last: 3 },
    { first: 5, last: 5 },
  ]);
  expect(rowWindows(seconds, [{ firstSeconds: 31, lastSeconds: 89 }])).toEqual([]);
  expect(rowWindows(seconds, [{ firstSeconds: 91, lastSeconds: 99 }])).toEqual([]);
});

test('anything else is a problem', () => {
  for (const text of ['', '[]', '{"a": [["2014-04-01"]]}', '{"a": [["yesterday", "today"]]}'])
    expect(() => readLabelWindows(text)).toThrow(Problem);
});
