// Sessions, hours of the week and days, against the simplest way to count them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourOfWeekIn } from '../../../src-shared/time/hour-of-week.ts';
import { buildHistory } from '../../../src-main/analytics/history/build-history.ts';
import { hourBaseline } from '../../../src-main/analytics/hour-baseline.ts';
import { peerActivityOf } from '../../../src-main/analytics/peer-activity.ts';
import { sessionsOf } from '../../../src-main/analytics/sessions.ts';
import { countActivity, daysUpTo, describeUsual } from '../../../src-main/analytics/usual-activity.ts';
import { watchStages } from '../../../src-main/analytics/refresh-stages.ts';

const minute = 60_000_000;

test('sessions hold every event once, with shorter pauses within than between', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 })
    .map((minutes) => minutes.map((at) => at * 10 * minute).toSorted((a, b) => a - b));
  fc.assert(
    fc.property(times, (all) => {
      const sessions = sessionsOf(all, 30 * minute);
      expect(sessions.flatMap(({ first, end }) => all.slice(first, end))).toEqual(all);
      for (const [place, { first, end }] of sessions.entries()) {
        expect(end).toBeGreaterThan(first);
        for (let at = first + 1; at < end; at += 1) expect(all[at]! - all[at - 1]!).toBeLessThan(30 * minute);
        if (place > 0) expect(all[first]! - all[first - 1]!).toBeGreaterThanOrEqual(30 * minute);
      }
    }),
  );
});

const zone = 'Europe/Berlin';
const hourOfWeek = hourOfWeekIn(zone);
// Two weeks around the night in which the clocks go back.
const start = Date.parse('2026-10-18T22:00:00Z') * 1000;
const events = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 14 * 24 * 4 }).map((slot) => start + slot * 15 * minute),
      actor: fc.constantFrom('dana', 'otto', ''),
      action: fc.constantFrom('read', 'grant'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((all) =>
    all.map(({ at, ...rest }, place) => ({
      ...rest,
      id: `${place}`,
      createdAtMicroseconds: at,
      sourceAccount: 'primary',
    })),
  );

test('a baseline counts each hour as often as it came round, and every event once', () => {
  fc.assert(
    fc.property(events, (all) => {
      const history = buildHistory(all);
      const range = { from: start, to: start + 14 * 24 * 60 * minute };
      const isTheirs = (series: number) => history.actors[history.series[series]!.actor]!.actor === 'dana';
      const own = all.filter(({ actor, createdAtMicroseconds: at }) => actor === 'dana' && at < range.to);
      const baseline = hourBaseline(history.activity, isTheirs, hourOfWeek, range);
      // 02:00 on Sunday comes twice in the first of the two weeks.
      expect(baseline.map(({ hours }) => hours)).toEqual(
        Array.from({ length: 168 }, (_, hour) => (hour === 6 * 24 + 2 ? 3 : hour === 6 * 24 + 23 ? 1 : 2)),
      );
      for (const { hourOfWeek: hour, events: counted, mean, hours } of baseline) {
        const wanted = own.filter(
          ({ createdAtMicroseconds: at }) => hourOfWeek(Math.floor(at / (15 * minute))) === hour,
        );
        expect(counted).toBe(wanted.length);
        expect(mean).toBe(wanted.length / hours);
      }
    }),
    { numRuns: 50 },
  );
});

test('days and weeks of an actor add up to what they did, and a day before the mirror began is a gap', () => {
  fc.assert(
    fc.property(events, (all) => {
      const history = buildHistory(all);
      const dana = history.actors.findIndex(({ actor }) => actor === 'dana');
      const action = history.actions.find('grant') ?? -1;
      const span = daysUpTo(start + 13 * 24 * 60 * minute, zone);
      const isActor = (number: number) => number === dana;
      const counted = countActivity(history, span, { isActor, action }, hourOfWeek);
      const usual = describeUsual(
        span,
        counted,
        { from: start, to: start + 30 * 24 * 60 * minute },
        { zone, firstSeen: null },
      );
      const dayOf = (at: number) => new Date(at / 1000).toLocaleDateString('sv-SE', { timeZone: zone });
      const own = all.filter(({ actor }) => actor === 'dana');
      for (const { day, all: every, same } of usual.days) {
        const wanted = own.filter(({ createdAtMicroseconds: at }) => dayOf(at) === day);
        const isGap = day < '2026-10-19';
        expect(every).toBe(isGap ? null : wanted.length);
        expect(same).toBe(isGap ? null : wanted.filter((event) => event.action === 'grant').length);
      }
      const peers = peerActivityOf(history.actors, counted.byActor, isActor);
      const inSpan = (at: number) => dayOf(at) <= usual.days.at(-1)!.day;
      const grants = (who: string) =>
        all.filter(
          ({ actor, action: what, createdAtMicroseconds: at }) =>
            actor === who && what === 'grant' && inSpan(at),
        ).length;
      expect(peers.own).toBe(grants('dana'));
      expect(peers.total).toBe(grants('dana') + grants('otto'));
      expect(peers.rank).toBe(grants('dana') === 0 ? null : grants('otto') > grants('dana') ? 2 : 1);
      expect(peers.peers.map(({ actor }) => actor)).toEqual(grants('otto') > 0 ? ['otto'] : []);
    }),
    { numRuns: 50 },
  );
});

test('stages of a refresh take as long together as from the first to the end', () => {
  let now = 0;
  const told: string[] = [];
  const watch = watchStages(
    (step) => told.push(step),
    () => now,
  );
  for (const [step, done, after] of [
    ['Connecting', 0, 5],
    ['Reading events', 10, 20],
    ['Judging', 1, 30],
    ['Reading events', 40, 7],
    ['Reading events', 12, 1],
  ] as const) {
    watch.onProgress(step, done, null, 'events');
    now += after;
  }
  expect(watch.stages()).toEqual([
    { step: 'Connecting', ms: 5, done: 0, unit: 'events' },
    { step: 'Reading events', ms: 28, done: 40, unit: 'events' },
    { step: 'Judging', ms: 30, done: 1, unit: 'events' },
  ]);
  expect(told).toHaveLength(5);
});
