// What the bench of the screens is asked, and how it shows what it measured.
import { expect, test } from 'vitest';
import { readArguments } from '../../../bench/ui/arguments.ts';
import { figure, memoryFigure, spreadOf, tableOf } from '../../../bench/ui/figures.ts';

test('asks for the sizes of the issue unless told otherwise, and refuses what makes no sense', () => {
  expect(readArguments([])).toEqual({ events: 1_000_000, actors: 2000, items: 10_000, json: false });
  expect(readArguments(['--items', '1,000', '--json'])).toMatchObject({ items: 1000, json: true });
  for (const words of [['--items', 'many'], ['--actors', '3'], ['--what']])
    expect(() => readArguments(words)).toThrow();
});

test('a table has the median and the slowest twentieth, and how many times the plain way takes', () => {
  const times = Array.from({ length: 101 }, (_, place) => place);
  const lines = tableOf([
    ...spreadOf(
      'key',
      times,
      times.map((ms) => ms * 2),
    ),
    figure('start', 12_345),
    memoryFigure('renderer', 150e6, 300e6),
  ]).split('\n');
  expect(lines.map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['ours', 'plain', 'ours / plain'],
    expect.any(Array),
    ['key, median of 101', '50.0 ms', '100 ms', '0.50'],
    ['key, p95 of 101', '95.0 ms', '190 ms', '0.50'],
    ['start', '12.3 s'],
    ['renderer', '150 MB', '300 MB', '0.50'],
  ]);
});
