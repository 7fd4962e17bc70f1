import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, parseInstant } from '../../../src-shared/time/instant.ts';

describe('instants', () => {
  test('keep six digits, and print three when the rest are zero', () => {
    expect(formatInstant(1_790_000_000_123_456)).toBe('2026-09-21T14:13:20.123456Z');
    expect(formatInstant(1_790_000_000_123_000)).toBe('2026-09-21T14:13:20.123Z');
    expect(formatInstant(-1)).toBe('1969-12-31T23:59:59.999999Z');
  });

  test('read dates, zones and fractions', () => {
    expect(parseInstant('1970-01-02')).toBe(86_400_000_000);
    expect(parseInstant('1970-01-01T01:00:00+01:00')).toBe(0);
    expect(parseInstant('1970-01-01T00:00:00.000001Z')).toBe(1);
    expect(parseInstant('1970-01-01T00:00:01.5Z')).toBe(1_500_000);
  });

  test.each([
    '',
    'yesterday',
    '2026-13-01',
    '2026-11-16T25:00Z',
    '2026-11-16 08:00',
    '2026-02-30',
    '2025-02-29T10:00:00Z',
  ])('refuse %j with a sentence', (text) => {
    expect(() => parseInstant(text)).toThrow(/not a date or time/);
  });

  test('survive the round trip', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -62_000_000_000_000_000 / 10, max: 9_000_000_000_000_000 }),
        (microseconds) => {
          expect(parseInstant(formatInstant(microseconds))).toBe(microseconds);
        },
      ),
    );
  });
});
