import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hit } from '../../../../../src-main/analytics/detector.ts';
import { byTimeAndName, nameRanks } from '../../../../../src-main/analytics/detectors/hours/hit-order.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';

const name = fc.constantFrom('a', 'B', 'é', 'aa', 'Z', '\u{1F600}', '');

test('ranks of series order them as hits of the same hour are ordered', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, name, name), { minLength: 1, maxLength: 20 }), (drawn) => {
      const history = buildHistory(
        drawn.map(([sourceAccount, actor, action], at) => ({
          id: String(at),
          createdAtMicroseconds: at,
          sourceAccount,
          actor,
          action,
        })),
      );
      const numbers = [...history.series.keys()];
      const ranks = nameRanks(history, numbers);
      const named = (number: number) => {
        const { actor, action } = history.series[number]!;
        return { startMicroseconds: 0, ...history.actors[actor]!, action: history.actions.valueOf(action) };
      };
      expect(numbers.toSorted((a, b) => ranks.get(a)! - ranks.get(b)!)).toEqual(
        numbers.toSorted((a, b) => byTimeAndName(named(a) as unknown as Hit, named(b) as unknown as Hit)),
      );
    }),
  );
});
