import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classesOf } from '../../../../../src-main/analytics/detectors/events/action-classes.ts';
import { actionClass } from '../../../../../src-main/analytics/detectors/events/class-bits.ts';
import { indexesToAsk } from '../../../../../src-main/analytics/detectors/events/classed-events.ts';
import {
  eventsOfClasses,
  numberTexts,
  referenceTo,
  unlessRefused,
} from '../../../../../src-main/analytics/detectors/events/class-events.ts';
import { canonicalAddress } from '../../../../../src-main/analytics/detectors/events/network.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import { textAt } from '../../../../../src-main/analytics/history/segment.ts';
import { at, event, part, recut } from '../history-variants.ts';

const start = at('2026-11-01T00:00:00Z');
const hour = 3_600_000_000;

/** Mostly events of no class, so that segments with a list and without one both occur. */
const actions = fc.oneof(
  { weight: 12, arbitrary: fc.constant('record.read') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'record.delete',
      'record.export',
      'auth.login_failed',
      'role.grant',
      'order.create',
      'order.approve',
    ),
  },
);
const histories = fc
  .array(
    fc.record({
      hours: fc.nat(72),
      action: actions,
      outcome: fc.constantFrom(null, 'failure'),
      ip: fc.constantFrom(null, '', ' ', '192.0.2.1', '192.000.002.001', '::ffff:192.0.2.1', '192.0.2.2'),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((list) =>
    buildHistory(
      list.map(({ hours, action, ...details }) => event(start + hours * hour, action, details)),
      new Set(['outcome', 'ip']),
    ),
  );
const queries = fc.record({
  wanted: fc.constantFrom(
    actionClass.signIn,
    actionClass.deletion | actionClass.export,
    actionClass.grant,
    actionClass.approval,
    actionClass.creation,
    actionClass.creation | actionClass.deletion,
    actionClass.signIn | actionClass.deletion,
  ),
  from: fc.integer({ min: -1, max: 73 }).map((hours) => start + hours * hour),
  until: fc.integer({ min: -1, max: 73 }).map((hours) => start + hours * hour),
});

function naively(history: History, wanted: number, from: number, until: number): string[] {
  return history.segments.flatMap((segment) =>
    Array.from({ length: segment.length }, (_, index) => index)
      .filter((index) => {
        const time = segment.microseconds[index]!;
        const action = history.actions.valueOf(history.series[segment.series[index]!]!.action);
        const isRefused = textAt(segment, 'outcome', index) === 'failure';
        return time >= from && time < until && (classesOf(action) & wanted) !== 0 && !isRefused;
      })
      .map((index) => segment.idAt(index)),
  );
}

test('takes the events of the classes, whatever was asked before and however segments are cut', () => {
  fc.assert(
    fc.property(
      histories,
      fc.integer({ min: 1, max: 60 }),
      fc.array(queries, { minLength: 1, maxLength: 4 }),
      (whole, size, asked) => {
        for (const history of [whole, recut(whole, size)])
          for (const { wanted, from, until } of asked) {
            const found = eventsOfClasses(history, { wanted, from, until }, unlessRefused);
            const ids = Array.from({ length: found.length }, (_, place) => {
              const { segment, index } = referenceTo(history, found, place);
              return segment.idAt(index);
            });
            expect(ids).toEqual(naively(history, wanted, from, until));
          }
      },
    ),
    { numRuns: 200 },
  );
});

test('numbers texts by what they say, as one reading of each would', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 30 }), (whole, size) => {
      const history = recut(whole, size);
      const all = { wanted: actionClass.signIn | actionClass.deletion, from: -Infinity, until: Infinity };
      const found = eventsOfClasses(history, all, () => 1);
      const { numbers, texts } = numberTexts(history, found, 'ip', canonicalAddress);
      for (let place = 0; place < found.length; place += 1) {
        const { segment, index } = referenceTo(history, found, place);
        expect(texts[numbers[place]!] ?? null).toBe(canonicalAddress(textAt(segment, 'ip', index)));
      }
      expect(new Set(texts).size).toBe(texts.length);
    }),
  );
});

test('lists what is rare; says nowhere for what there is none of, and everywhere for what is frequent or not listed', () => {
  const quiet = Array.from({ length: 40 }, (_, place) => event(start + place, 'record.read'));
  const logins = Array.from({ length: 20 }, (_, place) => event(start + 100 + place, 'auth.login_failed'));
  const history = buildHistory([...quiet, ...logins, event(start + 200, 'record.delete')]);
  const ask = (wanted: number) => indexesToAsk(history, history.segments[0]!, wanted);
  expect(ask(actionClass.deletion)).toEqual(Uint32Array.of(60));
  expect(ask(actionClass.approval)).toEqual(new Uint32Array(0));
  expect(ask(actionClass.signIn)).toBeNull();
  expect(ask(actionClass.creation | actionClass.deletion)).toBeNull();
});

test('a segment that replaced another is looked at itself', () => {
  const history = buildHistory([
    ...Array.from({ length: 20 }, (_, place) => event(start + place, 'record.read')),
    event(start + 50, 'record.delete'),
    event(start + 60, 'record.delete'),
  ]);
  const query = { wanted: actionClass.deletion, from: start, until: start + hour };
  expect(eventsOfClasses(history, query, unlessRefused).length).toBe(2);
  const segments = [part(history.segments[0]!, (index) => index !== 20)];
  expect(eventsOfClasses({ ...history, segments }, query, unlessRefused).length).toBe(1);
});
