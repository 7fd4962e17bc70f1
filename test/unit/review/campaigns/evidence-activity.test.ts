// What the mirror tells of a subject: for many items the cells are put in order beforehand, which changes none of the answers.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slotsPerDay } from '../../../../src-main/analytics/history/activity.ts';
import { Dictionary } from '../../../../src-main/analytics/history/dictionary.ts';
import {
  activityOf,
  indexedCells,
  walkedCells,
  type ActivityScene,
} from '../../../../src-main/review/campaigns/evidence-activity.ts';
import { lastOf } from '../../../../src-main/review/sampling/draw.ts';
import { microsecondsPerSlot } from '../../../../src-shared/time/hour-of-week.ts';
import { openCache } from '../../../support/workspace.ts';

const firstDay = 20_000;
const actors = 4;
const actions = ['read', 'grant', 'delete'];
/** At the end of the last day, which are of the future. */
const unseenSlots = 40;
const microsecondsPerDay = microsecondsPerSlot * slotsPerDay;

const cell = fc.record({
  day: fc.nat(5),
  series: fc.nat(actors * actions.length - 1),
  slot: fc.nat(slotsPerDay - 1),
  count: fc.integer({ min: 1, max: 9 }),
});

/** A mirror with these cells; of a day they are in the order of series and slots, as everywhere. */
function sceneOf(
  cells: readonly (typeof cell extends fc.Arbitrary<infer Cell> ? Cell : never)[],
): ActivityScene {
  const byDay = Map.groupBy(cells, ({ day }) => day);
  const activity = [...byDay.keys()]
    .toSorted((a, b) => a - b)
    .map((day) => {
      const known = new Map(byDay.get(day)!.map((one) => [one.series * slotsPerDay + one.slot, one]));
      const inOrder = [...known].toSorted(([a], [b]) => a - b).map(([, one]) => one);
      return {
        day: firstDay + day,
        series: Uint32Array.from(inOrder, ({ series }) => series),
        slots: Uint8Array.from(inOrder, ({ slot }) => slot),
        counts: Uint32Array.from(inOrder, ({ count }) => count),
      };
    });
  const from = (firstDay + 1) * microsecondsPerDay;
  const to = (firstDay + 5) * microsecondsPerDay;
  const history = {
    actors: Array.from({ length: actors }, (_, number) => ({
      actor: `a${number}`,
      firstMicroseconds: from,
      lastMicroseconds: from,
    })),
    actions: new Dictionary(actions),
    // Interleaved, so that the series of one actor do not stand together.
    series: Array.from({ length: actors * actions.length }, (_, number) => ({
      actor: number % actors,
      action: Math.floor(number / actors),
    })),
    activity,
  };
  return {
    cache: openCache(),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of a mirror is looked at
    history: history as unknown as ActivityScene['history'],
    observed: { from: firstDay * microsecondsPerDay, to: (firstDay + 6) * microsecondsPerDay },
    end: to - unseenSlots * microsecondsPerSlot,
    zone: 'UTC',
    period: { from, to },
    privilegedActions: ['grant', 'delete'],
  };
}

test('cells in order by actor tell the same as all cells gone through', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 80 }), (cells) => {
      const scene = sceneOf(cells);
      const [indexed, walked] = [
        activityOf(scene, lastOf(indexedCells(scene))),
        activityOf(scene, walkedCells(scene)),
      ];
      for (const who of [[0], [3], [1, 2], [0, 1, 2, 3], []])
        for (const action of [null, 'read', 'grant', 'nothing']) {
          const told = indexed({ actors: who, action });
          expect(told).toEqual(walked({ actors: who, action }));
        }
      const { use } = indexed({ actors: [0, 1, 2, 3], action: 'read' });
      const kept = new Map(cells.map((one) => [`${one.day} ${one.series} ${one.slot}`, one]));
      const inPeriod = [...kept.values()].filter(
        ({ day, slot }) => day >= 1 && day < (slot < slotsPerDay - unseenSlots ? 5 : 4),
      );
      const sum = (some: typeof inPeriod) => some.reduce((total, { count }) => total + count, 0);
      expect(use).toMatchObject({
        events: sum(inPeriod),
        uses: sum(inPeriod.filter(({ series }) => series < actors)),
        days: [1, 2, 3, 4].map((day) => sum(inPeriod.filter((one) => one.day === day))),
      });
    }),
    { numRuns: 30 },
  );
});
