import { expect, test } from 'vitest';
import { counted, digits, listed, whenOf } from '../../../../src-main/analytics/rules/wording.ts';
import { hourUs, minuteUs, mondayUs } from './rule-history.ts';

test('numbers and amounts', () => {
  expect([3, 0.123_456, 71.428_57, 5570.22, 1000].map((value) => digits(value))).toEqual([
    '3',
    '0.123',
    '71.4',
    '5570',
    '1000',
  ]);
  expect([counted(1, 'access'), counted(2, 'access'), counted(0, 'event')]).toEqual([
    '1 access',
    '2 accesses',
    '0 events',
  ]);
  expect(listed(['a', 'b'], 2)).toBe('a, b');
  expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and others');
});

test('what goes on after the hour says so', () => {
  const start = mondayUs + 2 * hourUs + 50 * minuteUs;
  expect(whenOf(start, start + 10 * minuteUs, 'UTC')).toBe('on Mon 2 Nov 2026, 02:00–03:00 UTC');
  expect(whenOf(start, start + 10 * minuteUs + 1, 'Europe/Berlin')).toBe(
    'beginning on Mon 2 Nov 2026, 03:00–04:00 (Europe/Berlin; 02:00–03:00 UTC)',
  );
});
