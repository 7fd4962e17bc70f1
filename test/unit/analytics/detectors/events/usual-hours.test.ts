import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourUses } from '../../../../../src-main/analytics/detectors/events/usual-hours.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import { localCalendar } from '../../../../../src-main/analytics/local-calendar.ts';
import { at, dayOf, event } from '../history-variants.ts';

const today = at('2026-11-04T00:00:00Z');
const hour = 3_600_000_000;

const happenings = fc.array(
  fc.record({
    // From 30 days before until the day after: clocks change on 25 October.
    hours: fc.integer({ min: -30 * 24, max: 48 }),
    actor: fc.constantFrom('dana', 'eli', ''),
    action: fc.constantFrom('record.read', 'record.update', 'record.share'),
  }),
  { minLength: 1, maxLength: 120 },
);

test('counts the events of the 28 days before, and those within a local hour, as looking at each would', () => {
  fc.assert(
    fc.property(happenings, fc.integer({ min: 0, max: 23 }), (list, clock) => {
      const history = buildHistory(
        list.map(({ hours, action, actor }) => event(today + hours * hour + 1, action, { actor })),
      );
      const localHour = localCalendar('Europe/Berlin', new Set());
      const asked = history.actors.map((_, actor) => ({ actor, hour: today / hour + clock }));
      const uses = hourUses(history, dayOf(today), asked, localHour);
      for (const [actor, { events, nearby }] of uses.entries()) {
        const before = list.filter(
          (one) => one.actor === history.actors[actor]!.actor && one.hours < 0 && one.hours >= -28 * 24,
        );
        const around = [23, 0, 1].map((apart) => (localHour(today / hour + clock).hour + apart) % 24);
        expect(events).toBe(before.length);
        expect(nearby).toBe(
          before.filter(({ hours }) => around.includes(localHour(today / hour + hours).hour)).length,
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('fewer than one in a hundred of at least fifty is unusual', () => {
  const use = (usual: number, rare: number) => {
    const history = buildHistory([
      ...Array.from({ length: usual }, (_, place) =>
        event(today - (2 + (place % 9)) * 24 * hour + 12 * hour, 'a'),
      ),
      ...Array.from({ length: rare }, () => event(today - 22 * hour, 'a')),
    ]);
    const asked = [{ actor: 0, hour: today / hour + 3 }];
    return hourUses(history, dayOf(today), asked, localCalendar('UTC', new Set()))[0]!.isUnusual;
  };
  expect(use(49, 0)).toBeNull();
  expect(use(50, 0)).toBe(true);
  expect(use(99, 1)).toBe(false);
  expect(use(100, 1)).toBe(true);
});
