import { describe, expect, test } from 'vitest';
import { citeHours } from '../../../../../src-main/analytics/detectors/hours/cited-hours.ts';
import { citedEventsLimit } from '../../../../../src-main/analytics/detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import { burst, firstHour, staff, work } from '../nb/office.ts';
import { recut } from './told-otherwise.ts';

const hourOf = (event: HistoryEvent) => Math.floor(event.createdAtMicroseconds / 3_600_000_000);

describe('citing hours', () => {
  test('finds exactly the events of each group and hour, however segments are cut', () => {
    const events = work(staff, 1);
    const history = buildHistory(events);
    const groupOf = Int32Array.from(history.series, ({ actor }) => actor);
    const cited = history.actors.flatMap((_, group) =>
      [9, 10, 33, 500].map((hour) => ({ group, hour: firstHour + hour })),
    );
    for (const told of [history, recut(history, 13), recut(history, 100_000)]) {
      const found = citeHours(told, groupOf, history.actors.length, cited);
      for (const [index, { group, hour }] of cited.entries()) {
        const expected = events
          .filter((event) => event.actor === history.actors[group]!.actor && hourOf(event) === hour)
          .toSorted((a, b) => a.createdAtMicroseconds - b.createdAtMicroseconds)
          .map(({ id }) => id);
        expect(found[index]!.map((reference) => reference.segment.idAt(reference.index))).toEqual(expected);
      }
    }
  });

  test('leaves the newest out first', () => {
    const events = burst({ actor: 'dana' }, 'document.read', 5, citedEventsLimit + 20);
    const history = buildHistory(events);
    const [found] = citeHours(history, Int32Array.of(0), 1, [{ group: 0, hour: firstHour + 5 }]);
    expect(found!.map(({ segment, index }) => segment.idAt(index))).toEqual(
      events.slice(0, citedEventsLimit).map(({ id }) => id),
    );
  });
});
