import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  logGamma,
  logTailProbability,
  surpriseAtLeast,
} from '../../../../../src-main/analytics/detectors/nb/negative-binomial.ts';

/**
 * [count, mean, size, −log10 P(Y >= count)]. Computed with mpmath 1.3.0 at 60 digits as the plain sum of
 * Γ(j + size) / (Γ(size) j!) · (size / (mean + size))^size · (mean / (mean + size))^j over j >= count, or as one minus the sum over
 * j < count where that is larger than 10^−25.
 */
const table: readonly (readonly [number, number, number, number])[] = [
  [1, 0.01, 0.04, 2.0512924267125525],
  [3, 0.0012, 0.037, 6.3838388286345396],
  [6, 0.1, 0.5, 5.282030097021212],
  [14, 0.1, 0.5, 11.682894533190401],
  [5, 3, 2, 0.6321224933621195],
  [1, 5, 2, 0.03698356625316998],
  [2, 5, 2, 0.09596142621250785],
  [5, 5, 2, 0.34528929702717304],
  [9, 5, 2, 0.7623103524463615],
  [20, 5, 50, 5.680054171914905],
  [100, 5, 50, 66.31925221797577],
  [14, 0.12, 0.22, 7.711250036266016],
  [1000, 10, 1.5, 59.58608672738318],
  [10000, 10, 50, 7652.122950485939],
  [500, 0.001, 50, 2278.993794660823],
  [10000, 9000, 0.5, 0.534835423000873],
  [30000, 9000, 0.5, 1.168167819108319],
  [100000, 50000, 20, 3.7527476614634176],
  [1000000, 10, 1, 41392.68515822504],
  [37, 12.5, 3.7, 2.1206440108388565],
  [3, 2.0, 0.8, 0.5400964226048073],
  [1, 1e-6, 0.04, 6.000005645768985],
  [300, 300, 4, 0.36174717346636553],
  [450, 300, 4, 0.8153615399065536],
  [1, 0.1925517642858755, 0.08243670918762498, 1.0243877713517324],
  [45, 43.80888684346757, 37.70457159856352, 0.3475612868794109],
  [1, 0.03827116068710408, 0.42535242231244885, 1.4439043014356918],
  [1423, 708.9202449435694, 0.046868736525126395, 1.0668623361540595],
  [764, 378.38326260575417, 33.13873080970707, 5.4174403759829],
  [5, 0.11077537095280048, 3.1157698325945677, 5.9717133507309805],
  [426, 20.93017782899517, 0.07095296029386416, 2.0715902311389565],
  [4, 0.10118398082602457, 0.17453625860878957, 2.8440450633181547],
  [3594, 717.8693620623525, 1.0138506121811395, 2.188666923235974],
];

describe('the tail of the negative binomial', () => {
  test.each(table)('count %d, mean %d, size %d', (count, mean, size, surprise) => {
    expect(Math.abs(surpriseAtLeast(count, mean, size) / surprise - 1)).toBeLessThan(3e-12);
  });

  test('is the sum of its probabilities', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.001, max: 50, noNaN: true }),
        fc.double({ min: 0.04, max: 50, noNaN: true }),
        (count, mean, size) => {
          let below = 0;
          let term = (size / (mean + size)) ** size;
          for (let j = 0; j < count; j += 1) {
            below += term;
            term *= ((j + size) / (j + 1)) * (mean / (mean + size));
          }
          expect(Math.exp(logTailProbability(count, mean, size))).toBeCloseTo(1 - below, 11);
        },
      ),
    );
  });

  test('grows less likely with the count, and more likely with the mean', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0.001, max: 500, noNaN: true }),
        fc.double({ min: 0.04, max: 50, noNaN: true }),
        (count, mean, size) => {
          const here = surpriseAtLeast(count, mean, size);
          expect(surpriseAtLeast(count + 1, mean, size)).toBeGreaterThanOrEqual(here);
          expect(surpriseAtLeast(count, mean * 1.1, size)).toBeLessThanOrEqual(here);
        },
      ),
    );
  });

  test('is certain for nothing, and refuses what is no distribution', () => {
    expect(surpriseAtLeast(0, 3, 2)).toBe(0);
    for (const [mean, size] of [
      [0, 1],
      [1, 0],
      [Infinity, 1],
      [1, Infinity],
      [NaN, 1],
    ] as const)
      expect(() => logTailProbability(1, mean, size)).toThrow(RangeError);
  });
});

test('ln Γ agrees with mpmath 1.3.0 at 50 digits', () => {
  for (const [x, expected] of [
    [0.001, 6.907178885383853],
    [0.037, 3.276586541328728],
    [0.5, 0.5723649429247001],
    [1.5, -0.12078223763524522],
    [11.9, 17.25847745059552],
    [12.1, 17.74700727079874],
    [100.25, 360.28455963776423],
    [12345.678, 103959.91990554606],
  ] as const)
    expect(Math.abs(logGamma(x) / expected - 1)).toBeLessThan(1e-13);
});
