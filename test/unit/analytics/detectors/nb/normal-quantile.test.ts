import { expect, test } from 'vitest';
import { zEquivalent } from '../../../../../src-main/analytics/detectors/nb/normal-quantile.ts';

/** [z, ln P(Z >= z)], computed with mpmath 1.3.0 at 50 digits as ln(erfc(z / √2) / 2). */
const table = [
  [0, -0.6931471805599453],
  [0.5, -1.1759117615936185],
  [1, -1.8410216450092636],
  [2, -3.783184333682032],
  [2.4, -4.8039216668706715],
  [2.6, -5.3684849226242655],
  [3, -6.607726221510349],
  [5, -15.064998393988725],
  [8, -35.01343715991455],
  [20, -203.91715537109727],
  [37, -689.0305855768906],
  [40, -804.6084420137538],
  [100, -5005.524208694205],
  [1000, -500007.82669481216],
] as const;

test.each(table)('z = %d', (z, logProbability) => {
  expect(Math.abs(zEquivalent(logProbability) - z)).toBeLessThan(1e-13 * Math.max(1, z));
});

test('is negative for what is more likely than not, by symmetry', () => {
  for (const [z, logProbability] of table.slice(1, 7))
    expect(zEquivalent(Math.log1p(-Math.exp(logProbability)))).toBeCloseTo(-z, 10);
});

test('z = 3 is the surprise from which on nb lists', () => {
  expect(zEquivalent(-2.87 * Math.LN10)).toBeCloseTo(3, 2);
});

test('has ends', () => {
  expect(zEquivalent(-Infinity)).toBe(Infinity);
  expect(zEquivalent(0)).toBe(-Infinity);
});
