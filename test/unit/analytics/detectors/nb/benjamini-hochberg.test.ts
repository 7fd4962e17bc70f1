import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TestFamily } from '../../../../../src-main/analytics/detectors/nb/benjamini-hochberg.ts';

/** The procedure as it is usually written: the largest k with p(k) <= k q / m; the k smallest survive. */
function survivors(probabilities: readonly number[], tests: number, rate: number): number {
  const sorted = probabilities.toSorted((a, b) => a - b);
  let survive = 0;
  for (const [index, p] of sorted.entries()) if (p <= ((index + 1) * rate) / tests) survive = index + 1;
  return survive;
}

describe('Benjamini and Hochberg', () => {
  test('lets the same tests survive as the procedure in its textbook form', () => {
    const surprise = fc.double({ min: 0, max: 8, noNaN: true });
    fc.assert(
      fc.property(
        fc.uniqueArray(surprise, { maxLength: 60 }),
        fc.uniqueArray(surprise, { maxLength: 20 }),
        fc.integer({ min: 0, max: 3000 }),
        (first, second, others) => {
          const family = new TestFamily(0.05);
          family.add(first);
          family.add(second);
          const all = [...new Set([...first, ...second])];
          fc.pre(all.length === first.length + second.length);
          const tests = all.length + others;
          const standing = family.standings(tests);
          const expected = survivors(
            all.map((s) => 10 ** -s),
            tests,
            0.05,
          );
          expect(all.filter((s) => standing(s).survives)).toHaveLength(expected);
          for (const s of all) expect(standing(s).rank).toBe(all.filter((other) => other > s).length + 1);
        },
      ),
    );
  });

  test('the published example: with these fifteen p-values four survive at 0.05', () => {
    // Benjamini and Hochberg 1995, section 4.1.
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    const family = new TestFamily(0.05);
    family.add(p.map((value) => -Math.log10(value)));
    const standing = family.standings(15);
    expect(p.filter((value) => standing(-Math.log10(value)).survives)).toHaveLength(4);
  });

  test('equal surprises share the better rank', () => {
    const family = new TestFamily(0.05);
    family.add([3, 5, 3, 1]);
    const standing = family.standings(100);
    expect([5, 3, 1].map((s) => standing(s).rank)).toEqual([1, 2, 4]);
    expect(standing(5).tests).toBe(100);
  });
});
