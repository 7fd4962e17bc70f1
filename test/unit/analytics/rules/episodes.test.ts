import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildHistory } from '../../../../src-main/analytics/history/build-history.ts';
import { episodesOf } from '../../../../src-main/analytics/rules/episodes.ts';
import { collectOccurrences, everyEvent } from '../../../../src-main/analytics/rules/occurrences.ts';
import { byActor } from '../../../../src-main/analytics/rules/subjects.ts';
import { countAtLeast } from '../../../../src-main/analytics/rules/windowed-rule.ts';
import { event, minuteUs, mondayUs } from './rule-history.ts';

interface Plain {
  start: number;
  last: number;
  events: Set<number>;
}

/** Counts of at least `minimum` within `window` minutes, folded with `cooldown`, written over plain numbers. */
function naive(times: readonly number[], minimum: number, window: number, cooldown: number): Plain[] {
  const sorted = times.toSorted((a, b) => a - b);
  const found: Plain[] = [];
  for (const [at, time] of sorted.entries()) {
    if (time < 0) continue;
    const inside = [...sorted.keys()].filter((other) => other <= at && sorted[other]! >= time - window);
    if (inside.length < minimum) continue;
    const current = found.at(-1);
    const first = sorted[inside[0]!]!;
    if (current && time - current.last <= cooldown) {
      current.last = time;
      for (const one of inside) current.events.add(one);
    } else {
      const floor = current ? current.last * minuteUs + 1 : 0;
      found.push({ start: Math.max(first * minuteUs, floor, 0), last: time, events: new Set(inside) });
    }
  }
  return found;
}

test('episodes are those of the plain definition', () => {
  const times = fc.array(fc.integer({ min: -60, max: 300 }), { maxLength: 60 });
  const small = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 5 }), small, small, (list, minimum, window, cooldown) => {
      const history = buildHistory(list.map((minute) => event(mondayUs + minute * minuteUs)));
      const occurrences = collectOccurrences(
        history,
        byActor(history),
        everyEvent,
        0,
        mondayUs + 1000 * minuteUs,
      );
      const pace = { windowMicroseconds: window * minuteUs, cooldownMicroseconds: cooldown * minuteUs };
      const episodes = episodesOf(occurrences, countAtLeast(minimum), pace, mondayUs);
      const expected = naive(list, minimum, window, cooldown);
      expect(
        episodes.map(({ startMicroseconds, endMicroseconds, count }) => [
          startMicroseconds - mondayUs,
          endMicroseconds - mondayUs,
          count,
        ]),
      ).toEqual(expected.map(({ start, last, events }) => [start, last * minuteUs + 1, events.size]));
    }),
    { numRuns: 500 },
  );
});
