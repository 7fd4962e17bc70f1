import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detector } from '../../../../../src-main/analytics/detector.ts';
import { nbDetector } from '../../../../../src-main/analytics/detectors/nb/nb-detector.ts';
import { z3Detector } from '../../../../../src-main/analytics/detectors/z3-detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import type { Actor, History } from '../../../../../src-main/analytics/history/history.ts';
import { seriesDetector } from '../../../../../src-main/analytics/series/series-detector.ts';
import { plain, scopeOf } from '../hours/told-otherwise.ts';
import { burst, staff, work } from './office.ts';

const usual = work(staff, 7, 5);
const names = ['dana', 'omar', 'sync', 'nora', 'vera'];
const types = ['user', 'service', '', undefined];

const late = fc
  .record({
    actor: fc.constantFrom(...names),
    actorType: fc.constantFrom(...types),
    action: fc.constantFrom('document.read', 'document.edit', 'role.grant'),
    hour: fc.nat({ max: 7 * 7 * 24 - 1 }),
    count: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ actor, actorType, action, hour, count }) =>
    burst({ actor, ...(actorType === undefined ? {} : { actorType }) }, action, hour, count),
  );

/** What a mirror holds after events came: the same lists of names, and new objects only for the days that changed. */
function mirrored(all: History, events: readonly HistoryEvent[], before: History | null): History {
  const now = buildHistory(events, all.fields);
  const numberOf = new Map(all.series.map(({ actor, action }, at) => [keyOf(all, actor, action), at]));
  const renumber = (series: number) => {
    const { actor, action } = now.series[series]!;
    return numberOf.get(keyOf(now, actor, action))!;
  };
  const known = (day: number) => before?.activity.findIndex((one) => one.day === day) ?? -1;
  const activity = now.activity.map((one) => {
    const order = [...one.series.keys()].toSorted(
      (a, b) => renumber(one.series[a]!) - renumber(one.series[b]!) || one.slots[a]! - one.slots[b]!,
    );
    const made = {
      day: one.day,
      series: Uint32Array.from(order, (at) => renumber(one.series[at]!)),
      slots: Uint8Array.from(order, (at) => one.slots[at]!),
      counts: Uint32Array.from(order, (at) => one.counts[at]!),
    };
    const old = before?.activity[known(one.day)];
    return old && JSON.stringify(old) === JSON.stringify(made) ? old : made;
  });
  const segments = now.segments.map((segment, at) => {
    const place = known(now.activity[at]!.day);
    if (before && place >= 0 && before.activity[place] === activity[at]) return before.segments[place]!;
    return { ...segment, series: segment.series.map(renumber) };
  });
  // The list stays the same, as a mirror's does; what is in it changes.
  const actors = all.actors.map(
    (one) =>
      now.actors.find(
        ({ actor, sourceAccount }) => actor === one.actor && sourceAccount === one.sourceAccount,
      ) ?? { ...one, firstMicroseconds: Number.MAX_SAFE_INTEGER },
  );
  (all.actors as Actor[]).splice(0, actors.length, ...actors);
  return { ...all, activity, segments };
}

const keyOf = ({ actors, actions }: History, actor: number, action: number) =>
  JSON.stringify([actors[actor]!.sourceAccount, actors[actor]!.actor, actions.valueOf(action)]);

const detectors: readonly Detector[] = [nbDetector, z3Detector, seriesDetector()];

describe('what is remembered of a day', () => {
  test.each(detectors)('is forgotten by $id when the day is replaced', (detector) => {
    fc.assert(
      fc.property(fc.array(late, { minLength: 1, maxLength: 4 }), (batches) => {
        let events: HistoryEvent[] = usual;
        const all = buildHistory([...usual, ...batches.flat()]);
        let before: History | null = null;
        for (const batch of [[], ...batches]) {
          events = [...events, ...batch];
          before = mirrored(all, events, before);
          const fresh = buildHistory(events, all.fields);
          expect(plain(detector.run(before, scopeOf(before)))).toEqual(
            plain(detector.run(fresh, scopeOf(fresh))),
          );
        }
      }),
      { numRuns: 4 },
    );
  });

  test.each(detectors)('$id says the same of days judged together and one by one', (detector) => {
    fc.assert(
      fc.property(fc.array(late, { maxLength: 6 }), (batches) => {
        const history = buildHistory([...usual, ...batches.flat()]);
        const { days } = scopeOf(history);
        const single = days.flatMap((day) => detector.run(history, scopeOf(history, { days: [day] })));
        expect(plain(single)).toEqual(plain(detector.run(history, scopeOf(history))));
      }),
      { numRuns: 6 },
    );
  });
});
