import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime } from '../../../bench/evaluate/read-time.ts';

/** 30 July 2024, 21:31:10 UTC. */
const base = 1_722_375_070_000_000;

describe('times in logs', () => {
  test.each([
    ['2024-07-30T21:31:10Z', base],
    ['2024-07-30t21:31:10z', base],
    [' 2024-07-30 21:31:10 ', base],
    ['2024-07-30 21:31:10 UTC', base],
    ['2024-07-30T21:31:10.5Z', base + 500_000],
    ['2024-07-30T21:31:10.000001Z', base + 1],
    ['2024-07-30T21:31:10.123456789Z', base + 123_456],
    ['2024-07-30T21:31:10,25+00:00', base + 250_000],
    ['2024-07-30T23:31:10+02:00', base],
    ['2024-07-30T23:31:10+0200', base],
    ['2024-07-30 23:31:10+02', base],
    ['2024-07-31T03:01:10+05:30', base],
    ['2024-07-30T18:01:10-03:30', base],
    ['2024-07-30T21:31', base - 10_000_000],
    ['2024-07-30', base - 77_470_000_000],
    ['1969-12-31T23:59:59.999999Z', -1],
    [1_722_375_070, base],
    [1_722_375_070.25, base + 250_000],
    [1_722_375_070_000, base],
    [base, base],
    [0, 0],
  ])('%s', (written, microseconds) => {
    expect(readTime(written)).toBe(microseconds);
  });

  test.each([
    '',
    'yesterday',
    '2024-02-30T00:00:00Z',
    '2023-02-29',
    '2024-13-01',
    '2024-07-30T24:00:00Z',
    '2024-07-30T21:60:00Z',
    '2024-07-30T21:31:10+99:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T00:00:00Z',
    'infinity',
    '20240730',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    null,
    undefined,
    true,
    {},
  ])('%s is none that can be placed', (written) => {
    expect(readTime(written)).toBeNull();
  });

  test('agree with the calendar of the language, to the millisecond', () => {
    const dates = fc.date({
      min: new Date('1700-01-01T00:00:00Z'),
      max: new Date('2254-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(readTime(date.toISOString())).toBe(date.getTime() * 1000);
      }),
    );
  });
});
