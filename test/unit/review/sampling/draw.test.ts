import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, integer, property, string, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawRecipe, drawSample, hashOfKeys } from '../../../../src-main/review/sampling/draw.ts';
import { judgementalSize } from '../../../../src-main/review/sampling/judgemental.ts';
import { faultInPlan, makeSamplingPlan } from '../../../../src-main/review/sampling/plan.ts';

const key = string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(
  (text) => !/[\0\n\r]/.test(text),
);
const keys = uniqueArray(key, { minLength: 1, maxLength: 30 });
const judgemental = { kind: 'judgemental', frequency: 'daily', reason: null } as const;

function inShell(script: string, population: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-draw-'));
  try {
    writeFileSync(join(folder, 'keys.txt'), population.map((one) => `${one}\n`).join(''));
    return execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a drawn sample', () => {
  it('is what sha256sum and sort give', () => {
    assert(
      property(
        keys,
        string({ unit: 'grapheme-ascii', minLength: 1 }),
        integer({ min: 1, max: 30 }),
        (population, seed, size) => {
          const drawn = drawSample(population, seed, size);
          expect(inShell(drawRecipe(seed, size), population)).toBe(drawn.map((one) => `${one}\n`).join(''));
          expect(inShell('LC_ALL=C sort keys.txt | sha256sum | cut -c1-64', population).trim()).toBe(
            hashOfKeys(population),
          );
        },
      ),
      { numRuns: 6 },
    );
  });

  it('does not depend on the order of the population, and a larger one holds the smaller', () => {
    assert(
      property(
        keys,
        integer({ min: 0, max: 30 }),
        array(integer(), { minLength: 30, maxLength: 30 }),
        (population, size, order) => {
          const shuffled = population.toSorted(
            (a, b) => order[population.indexOf(a)]! - order[population.indexOf(b)]!,
          );
          expect(drawSample(shuffled, 'seed', size)).toEqual(drawSample(population, 'seed', size));
          expect(drawSample(population, 'seed', size + 1).slice(0, size)).toEqual(
            drawSample(population, 'seed', size),
          );
        },
      ),
    );
  });

  it('is refused where a key could not be a line of a file', () => {
    for (const population of [['a', 'a'], ['a\nb'], ['']])
      expect(() => drawSample(population, 'seed', 1)).toThrow(/No sample was drawn/);
  });
});

describe('a sampling plan', () => {
  const population = Array.from({ length: 90 }, (_, index) => `item-${index}`);

  it('follows from population, method and seed, and a change of any is noticed', () => {
    const plan = makeSamplingPlan({ method: judgemental, keys: population, seed: null, size: null });
    expect(plan).toMatchObject({ size: 25, seedSource: 'population', populationSize: 90 });
    expect(faultInPlan(plan, population)).toBeNull();
    expect(faultInPlan(plan, [...population, 'one more'])).toMatch(/another population/);
    expect(faultInPlan({ ...plan, seed: 'chosen' }, population)).toMatch(/hash of the population/);
    expect(faultInPlan({ ...plan, drawn: [...plan.drawn.slice(1), plan.drawn[0]!] }, population)).toMatch(
      /Other items/,
    );
    expect(faultInPlan({ ...plan, size: 3, drawn: plan.drawn.slice(0, 3) }, population)).toMatch(/say why 3/);
  });

  it('takes another size only with a reason, or where it is more than was computed', () => {
    const attribute = {
      kind: 'attribute',
      confidence: 0.9,
      tolerableRate: 0.1,
      allowedDeviations: 0,
      model: 'hypergeometric',
    } as const;
    const request = { keys: population, seed: '2026-Q4 of the auditor' };
    expect(() => makeSamplingPlan({ ...request, method: attribute, size: 5 })).toThrow(/asks for 20 items/);
    expect(makeSamplingPlan({ ...request, method: attribute, size: 40 }).drawn).toHaveLength(40);
    expect(() => makeSamplingPlan({ ...request, method: judgemental, size: 40 })).toThrow(/say why/);
    const reasoned = { ...judgemental, reason: 'A new system.' };
    expect(makeSamplingPlan({ ...request, method: reasoned, size: 40 })).toMatchObject({
      size: 40,
      seedSource: 'auditor',
    });
    expect(() => makeSamplingPlan({ ...request, method: judgemental, keys: [], size: null })).toThrow(
      /empty/,
    );
  });
});

it('custom says how many occurrences of a control are tested', () => {
  const usual = (['annual', 'quarterly', 'monthly', 'weekly', 'daily', 'several-a-day'] as const).map(
    (frequency) => judgementalSize(frequency, 10_000).usual,
  );
  expect(usual).toEqual([1, 2, 3, 5, 25, 25]);
  expect([1, 4, 12, 52, 366, 367].map((size) => judgementalSize('ad-hoc', size))).toEqual([
    { usual: 1, least: 1, most: 1 },
    { usual: 2, least: 2, most: 2 },
    { usual: 3, least: 2, most: 5 },
    { usual: 5, least: 5, most: 15 },
    { usual: 25, least: 15, most: 40 },
    { usual: 25, least: 25, most: 60 },
  ]);
  expect(judgementalSize('daily', 7).most).toBe(7);
});
