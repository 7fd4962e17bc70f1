import fc from 'fast-check';
import { expect, test } from 'vitest';
import { peer, peerParameters } from '../../../../../src-main/analytics/detectors/peer.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import type { Segment } from '../../../../../src-main/analytics/history/segment.ts';
import { plain } from './laws.ts';
import { inHour, range, scopeOf } from './office.ts';

const lenient = peer({
  ...peerParameters,
  windowDays: 5,
  minimumCount: 1,
  minimumMembers: 2,
  minimumActorDays: 3,
  threshold: 0.05,
  ownSurprise: 0,
});

const typeOn = (day: number, who: number) =>
  ['user', 'clerk', '', 'admin'][Math.floor(day / 2 + who / 3) % 4]!;

/** Nine people who change their types every other day, each in another hour. */
const byDay = buildHistory(
  range(0, 24).flatMap((day) =>
    range(0, 9).flatMap((who) => {
      const fields = { actorType: typeOn(day, who) };
      const about = { actor: `person-${who}`, fields };
      const granted = inHour(day, 10 + who, (day + who) % 4, { ...about, action: 'role_grant' });
      return (day * who) % 7 === 6 ? [] : [...inHour(day, 2 * who, 2, about), ...granted];
    }),
  ),
);

/** The same events in segments of so many days each. */
function glued(history: History, daysEach: number): History {
  const groups = Map.groupBy(history.segments.keys(), (at) => Math.floor(at / daysEach));
  return {
    ...history,
    segments: [...groups.values()].map((places) => join(places.map((at) => history.segments[at]!))),
  };
}

function join(segments: readonly Segment[]): Segment {
  const places = segments.flatMap((segment) =>
    [...segment.series.keys()].map((at) => [segment, at] as const),
  );
  return {
    length: places.length,
    microseconds: Float64Array.from(places, ([segment, at]) => segment.microseconds[at]!),
    series: Uint32Array.from(places, ([segment, at]) => segment.series[at]!),
    idAt: (index) => places[index]![0].idAt(places[index]![1]),
    column: (field) => {
      const texts = places.map(([segment, at]) => {
        const column = segment.column(field);
        return column && column.values[column.codes[at]!]!;
      });
      const values = [...new Set(texts)];
      return { codes: Uint8Array.from(texts, (text) => values.indexOf(text)), values };
    },
  };
}

test('the type is that of the newest event in the window, in whichever order days are judged and wherever segments end', () => {
  let found = 0;
  const questions = fc.array(fc.tuple(fc.integer({ min: 6, max: 23 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 2,
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5 }), questions, (daysEach, asked) => {
      const history = glued(byDay, daysEach);
      for (const [from, length] of asked) {
        const scope = scopeOf(range(from, Math.min(24, from + length)));
        const hits = lenient.run(history, scope);
        expect(plain(hits)).toEqual(
          plain(lenient.run({ ...byDay, segments: byDay.segments.map((one) => ({ ...one })) }, scope)),
        );
        found += hits.filter(({ evidence }) => evidence['groupKind'] === 'actor type').length;
      }
    }),
    { numRuns: 40 },
  );
  expect(found).toBeGreaterThan(20);
});
