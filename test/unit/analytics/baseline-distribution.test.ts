import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baselineDistribution } from '../../../src-main/analytics/baseline-distribution.ts';
import { buildHistory } from '../../../src-main/analytics/history/build-history.ts';
import { burst, firstHour } from './detectors/nb/office.ts';

const bursts = fc.array(
  fc.record({
    actor: fc.constantFrom('dana', 'lena'),
    action: fc.constantFrom('read', 'write'),
    hour: fc.nat({ max: 80 }),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 30 },
);
const question = fc.record({
  actor: fc.constantFrom('dana', 'lena', 'nobody'),
  action: fc.constantFrom('', 'read', 'write', 'unknown'),
  from: fc.nat({ max: 60 }),
  length: fc.integer({ min: 0, max: 40 }),
  every: fc.integer({ min: 1, max: 6 }),
});

test('every compared hour counts once, with what the actor did in it', () => {
  fc.assert(
    fc.property(bursts, question, (done, { actor, action, from, length, every }) => {
      const history = buildHistory(
        done.flatMap((one) => burst({ actor: one.actor }, one.action, one.hour, one.count)),
      );
      const hours = Array.from({ length }, (_, place) => from + place).filter((hour) => hour % every === 0);
      const expected = hours
        .map((hour) =>
          done
            .filter(
              (one) => one.actor === actor && one.hour === hour && (action === '' || one.action === action),
            )
            .reduce((sum, { count }) => sum + count, 0),
        )
        .toSorted((a, b) => a - b);
      const found = baselineDistribution(history, {
        sourceAccount: 'primary',
        actor,
        action,
        fromHour: firstHour + from,
        toHour: firstHour + from + length,
        isCompared: (hour) => (hour - firstHour) % every === 0,
      });
      expect(
        found.counts.flatMap(({ events, hours: many }) => Array.from({ length: many }, () => events)),
      ).toEqual(expected);
      expect(new Set(found.counts.map(({ events }) => events)).size).toBe(found.counts.length);
      expect(found).toMatchObject({
        hours: expected.length,
        activeHours: expected.filter((count) => count > 0).length,
        events: expected.reduce((sum, count) => sum + count, 0),
        highest: expected.at(-1) ?? 0,
      });
    }),
    { numRuns: 200 },
  );
});
