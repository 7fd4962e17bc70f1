import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeMethod } from '#shared/model/sampling.ts';
import {
  assessSample,
  attributeSampleSize,
  tolerableDeviations,
} from '../../../../src-main/review/sampling/attribute.ts';

const method = (
  confidence: number,
  tolerableRate: number,
  allowedDeviations = 0,
  model: AttributeMethod['model'] = 'binomial',
): AttributeMethod => ({ kind: 'attribute', confidence, tolerableRate, allowedDeviations, model });

const endless = 1_000_000;

/** Ways to choose, as whole numbers without end. */
function choose(from: number, chosen: number): bigint {
  let ways = 1n;
  for (let index = 0; index < chosen; index += 1) ways = (ways * BigInt(from - index)) / BigInt(index + 1);
  return chosen < 0 || chosen > from ? 0n : ways;
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, index) => index);

/** P(X ≤ k) ≤ risk in whole numbers only; rates and risks in ten-thousandths. */
function isBinomialEnough(size: number, allowed: number, rate: number, risk: number): boolean {
  const chance = sum(
    upTo(Math.min(allowed, size)).map(
      (found) =>
        choose(size, found) * BigInt(rate) ** BigInt(found) * BigInt(10_000 - rate) ** BigInt(size - found),
    ),
  );
  return chance * 10_000n <= BigInt(risk) * 10_000n ** BigInt(size);
}

function isFiniteEnough(
  size: number,
  allowed: number,
  population: number,
  deviating: number,
  risk: number,
): boolean {
  const ways = sum(
    upTo(allowed).map((found) => choose(deviating, found) * choose(population - deviating, size - found)),
  );
  return ways * 10_000n <= BigInt(risk) * choose(population, size);
}

describe('the size of a sample', () => {
  // Exact binomial, n for 0, 1 and 2 allowed deviations.
  it.each([
    [0.9, 0.05, [45, 77, 105]],
    [0.9, 0.06, [38, 64, 88]],
    [0.9, 0.07, [32, 55, 75]],
    [0.9, 0.08, [28, 48, 65]],
    [0.9, 0.1, [22, 38, 52]],
    [0.95, 0.05, [59, 93, 124]],
    [0.95, 0.06, [49, 78, 103]],
    [0.95, 0.07, [42, 66, 88]],
    [0.95, 0.08, [36, 58, 77]],
    [0.95, 0.1, [29, 46, 61]],
  ])('at %d confidence and a tolerable rate of %d', (confidence, rate, sizes) => {
    expect(
      [0, 1, 2].map((allowed) => attributeSampleSize(method(confidence, rate, allowed), endless)),
    ).toEqual(sizes);
  });

  // Exact hypergeometric, no deviation allowed: 90 % and 10 %, then 95 % and 5 %.
  it.each([
    [50, 18, 31],
    [100, 20, 45],
    [250, 21, 51],
    [500, 22, 56],
  ])('of a population of %i', (population, tenPercent, fivePercent) => {
    expect(attributeSampleSize(method(0.9, 0.1, 0, 'hypergeometric'), population)).toBe(tenPercent);
    expect(attributeSampleSize(method(0.95, 0.05, 0, 'hypergeometric'), population)).toBe(fivePercent);
  });

  it('is the smallest that is enough, counted in whole numbers', () => {
    const rate = integer({ min: 100, max: 2500 });
    const risk = constantFrom(100, 500, 1000, 2000);
    assert(
      property(rate, risk, integer({ min: 0, max: 4 }), (rateIn, riskIn, allowed) => {
        const size = attributeSampleSize(method(1 - riskIn / 10_000, rateIn / 10_000, allowed), endless);
        expect(isBinomialEnough(size, allowed, rateIn, riskIn)).toBe(true);
        expect(isBinomialEnough(size - 1, allowed, rateIn, riskIn)).toBe(false);
      }),
      { numRuns: 60 },
    );
    assert(
      property(
        integer({ min: 20, max: 400 }),
        rate,
        risk,
        integer({ min: 0, max: 3 }),
        (population, rateIn, riskIn, allowed) => {
          const deviating = Math.ceil((population * rateIn) / 10_000);
          if (deviating <= allowed) return;
          const asked = method(1 - riskIn / 10_000, rateIn / 10_000, allowed, 'hypergeometric');
          const size = attributeSampleSize(asked, population);
          expect(isFiniteEnough(size, allowed, population, deviating, riskIn)).toBe(true);
          expect(
            size === allowed + 1 || !isFiniteEnough(size - 1, allowed, population, deviating, riskIn),
          ).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts tolerable deviations without rounding faults', () => {
    expect([
      tolerableDeviations(100, 0.07),
      tolerableDeviations(50, 0.05),
      tolerableDeviations(250_000, 0.0001),
    ]).toEqual([7, 3, 25]);
  });

  it('refuses what no sample could show', () => {
    expect(() => attributeSampleSize(method(0.95, 0.05, 3, 'hypergeometric'), 40)).toThrow(
      /so no sample can allow that many/,
    );
  });
});

describe('the upper limit', () => {
  it('without deviations has a closed form', () => {
    for (const tested of [1, 29, 59, 300]) {
      const { upperLimit } = assessSample(method(0.95, 0.05), endless, tested, 0);
      expect(upperLimit).toBeCloseTo(1 - 0.05 ** (1 / tested), 12);
    }
  });

  it('agrees with the size: as many as were allowed support the population, one more does not', () => {
    assert(
      property(
        integer({ min: 30, max: 400 }),
        integer({ min: 0, max: 3 }),
        constantFrom('binomial' as const, 'hypergeometric' as const),
        (population, allowed, model) => {
          const asked = method(0.9, 0.1, allowed, model);
          if (model === 'hypergeometric' && tolerableDeviations(population, 0.1) <= allowed) return;
          const size = attributeSampleSize(asked, population);
          // An endless population can ask for more than this one has.
          if (model === 'binomial' && size === population) return;
          expect(assessSample(asked, population, size, allowed).isSupported).toBe(true);
          const tooMany = assessSample(asked, population, size, allowed + 1);
          expect(tooMany.upperLimit).toBeGreaterThan(
            assessSample(asked, population, size, allowed).upperLimit,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is certain once everything is tested, and says nothing before anything is', () => {
    const asked = method(0.95, 0.05, 0, 'hypergeometric');
    expect(assessSample(asked, 40, 40, 3)).toMatchObject({ upperLimit: 3 / 40, isSupported: false });
    expect(assessSample(asked, 40, 40, 1)).toMatchObject({ upperLimit: 1 / 40, isSupported: true });
    expect(assessSample(asked, 40, 0, 0)).toMatchObject({ upperLimit: 1, isSupported: false });
  });
});
