import { array, assert, integer, nat, pre, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src-main/sample/generate/random.ts';

function sequence(random: Random, length: number): number[] {
  return Array.from({ length }, () => random.next());
}

describe('Random', () => {
  it('repeats itself for the same seed and label, and for no other', () => {
    const first = sequence(new Random(1, 'events'), 50);
    expect(sequence(new Random(1, 'events'), 50)).toEqual(first);
    expect(sequence(new Random(2, 'events'), 50)).not.toEqual(first);
    expect(sequence(new Random(1, 'event'), 50)).not.toEqual(first);
  });

  it('is spread evenly over 0 to 1', () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (const value of sequence(new Random(3, 'even'), 100_000)) {
      counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('draws whole numbers between both ends, reaching them', () => {
    assert(
      property(nat(), integer({ min: -50, max: 50 }), nat(6), (seed, low, width) => {
        const random = new Random(seed, 'between');
        const drawn = new Set(Array.from({ length: 300 }, () => random.between(low, low + width)));
        expect(Math.min(...drawn)).toBe(low);
        expect(Math.max(...drawn)).toBe(low + width);
      }),
    );
  });

  it('never picks what has no weight', () => {
    assert(
      property(nat(), array(nat(5), { minLength: 1, maxLength: 8 }), (seed, weights) => {
        pre(weights.some((weight) => weight > 0));
        const random = new Random(seed, 'weights');
        for (let count = 0; count < 50; count += 1) {
          expect(weights[random.pickWeighted(weights)]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('makes version 4 UUIDs, all different', () => {
    const random = new Random(1, 'uuid');
    const made = Array.from({ length: 20_000 }, () => random.uuid());
    expect(new Set(made).size).toBe(made.length);
    for (const uuid of made)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
