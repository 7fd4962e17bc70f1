// Keyboard rules: a mistyped jump never decides, and selections stop at the ends.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextKeyStep } from '../../../../src-renderer/components/key-sequence.ts';
import { movedSelection } from '../../../../src-renderer/components/selection-move.ts';

const bound = ['j', 'k', 'e', 'c', 'g e', 'g q', '?'];

describe('nextKeyStep', () => {
  it('runs single keys and waits for the second of two', () => {
    expect(nextKeyStep(bound, null, 'j')).toEqual({ kind: 'run', keys: 'j' });
    expect(nextKeyStep(bound, null, 'g')).toEqual({ kind: 'wait', prefix: 'g' });
    expect(nextKeyStep(bound, 'g', 'e')).toEqual({ kind: 'run', keys: 'g e' });
  });

  it('does nothing when a prefix is followed by a key that completes nothing', () => {
    expect(nextKeyStep(bound, 'g', 'c')).toEqual({ kind: 'none' });
    expect(nextKeyStep(bound, null, 'x')).toEqual({ kind: 'none' });
  });

  it('after a prefix never runs a single key', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'c', 'e', 'j', 'k', 'q', '?'), (key) => {
        const step = nextKeyStep(bound, 'g', key);
        if (step.kind === 'run') expect(step.keys.startsWith('g ')).toBe(true);
      }),
    );
  });
});

describe('movedSelection', () => {
  const ids = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 });

  it('starts at the end it comes from', () => {
    expect(movedSelection(['a', 'b'], null, 1)).toBe('a');
    expect(movedSelection(['a', 'b'], null, -1)).toBe('b');
    expect(movedSelection(['a', 'b'], 'gone', 1)).toBe('a');
    expect(movedSelection([], 'a', 1)).toBeNull();
  });

  it('always names an item of the list, and a step there and back returns unless an end was met', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.integer({ min: -30, max: 30 }), (order, start, steps) => {
        const from = order[start % order.length] ?? '';
        const to = movedSelection(order, from, steps);
        expect(order).toContain(to);
        const inside = order.indexOf(from) + steps;
        if (inside >= 0 && inside < order.length) expect(movedSelection(order, to, -steps)).toBe(from);
      }),
    );
  });
});
