// What detectors remember of days and segments must not outlive them, nor what it was computed from.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Detector, Scope } from '../../../../../src-main/analytics/detector.ts';
import { dormant, dormantParameters } from '../../../../../src-main/analytics/detectors/dormant.ts';
import { driftDetector } from '../../../../../src-main/analytics/detectors/drift.ts';
import { gap, gapParameters } from '../../../../../src-main/analytics/detectors/gap.ts';
import { peer, peerParameters } from '../../../../../src-main/analytics/detectors/peer.ts';
import { rareTimeDetector } from '../../../../../src-main/analytics/detectors/rare-time.ts';
import { slotsPerDay, type ActivityDay } from '../../../../../src-main/analytics/history/activity.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import type { Segment } from '../../../../../src-main/analytics/history/segment.ts';
import { microsecondsPerDay, microsecondsPerHour } from '../../../../../src-shared/time/instant.ts';
import { plain } from './laws.ts';
import { firstDay, inHour, officeEvents, privilegedActions, range, scopeOf, zone } from './office.ts';

const detectors: readonly Detector[] = [
  driftDetector,
  rareTimeDetector,
  peer({ ...peerParameters, minimumMembers: 3, threshold: 0.3, ownSurprise: 0, minimumCount: 1 }),
  gap({ ...gapParameters, threshold: 1, minimumEvents: 20 }),
  dormant({ ...dormantParameters, silenceDays: 6, pastDays: 20 }),
];

const days = 44;
const judgedFrom = 24;

const everything = buildHistory([
  ...officeEvents({ seed: 5, days, people: 5, services: 1, perHour: 2 }),
  ...range(28, days).flatMap((day) => inHour(day, 10, 9, { actor: 'person-1' })),
  ...range(24, days).flatMap((day) => inHour(day, day % 24, 3, { actor: 'person-2' })),
  ...range(20, days).flatMap((day) =>
    inHour(day, 12, 2 + (day % 6), { actor: 'person-3', action: 'role_grant' }),
  ),
  ...[2, 3, 12, 27, 40].flatMap((day) => inHour(day, 11, 3, { actor: 'ida', sourceAccount: 'other' })),
  ...range(0, days).flatMap((day) => inHour(day, 9, 5, { actor: '', sourceAccount: 'other' })),
  ...inHour(39, 3, 4, { actor: 'late', sourceAccount: 'third', action: 'secret.accessed' }),
]);

/** One day of a history. */
interface Part {
  readonly cells: ActivityDay;
  readonly segment: Segment;
}

/** The places of a segment as a segment of their own, and its cells counted anew. */
function partOf(day: number, segment: Segment, places: readonly number[]): Part {
  const cells = new Map<number, number>();
  for (const place of places) {
    const slot = Math.floor((segment.microseconds[place]! - day * microsecondsPerDay) / 900_000_000);
    const key = segment.series[place]! * slotsPerDay + slot;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const keys = Float64Array.from(cells.keys()).toSorted();
  return {
    cells: {
      day,
      series: Uint32Array.from(keys, (key) => Math.floor(key / slotsPerDay)),
      slots: Uint8Array.from(keys, (key) => key % slotsPerDay),
      counts: Uint32Array.from(keys, (key) => cells.get(key)!),
    },
    segment: {
      length: places.length,
      microseconds: Float64Array.from(places, (place) => segment.microseconds[place]!),
      series: Uint32Array.from(places, (place) => segment.series[place]!),
      idAt: (index) => segment.idAt(places[index]!),
      column: (field) => {
        const column = segment.column(field);
        return (
          column && { ...column, codes: column.codes.slice().map((_, at) => column.codes[places[at]!]!) }
        );
      },
    },
  };
}

/** Each day whole, without some hours at noon, with every third event missing, and empty but for its first event. */
const variants = everything.segments.map((segment, at) => {
  const { day } = everything.activity[at]!;
  const places = [...segment.series.keys()];
  const hourOf = (place: number) => Math.floor(segment.microseconds[place]! / microsecondsPerHour) % 24;
  return [
    places,
    places.filter((place) => hourOf(place) < 8 || hourOf(place) > 11),
    places.filter((place) => place % 3 > 0),
    places.slice(0, 1),
  ].map((kept) => partOf(day, segment, kept));
});

const historyOf = (parts: readonly Part[]): History => ({
  ...everything,
  activity: parts.map(({ cells }) => cells),
  segments: parts.map(({ segment }) => segment),
});

/** The same history with nothing in it that anybody has seen before. */
function unseen(history: History): History {
  return {
    ...history,
    actors: history.actors.map((actor) => ({ ...actor })),
    series: history.series.map((series) => ({ ...series })),
    activity: history.activity.map(({ day, series, slots, counts }) => {
      return { day, series: series.slice(), slots: slots.slice(), counts: counts.slice() };
    }),
    segments: history.segments.map((segment) => ({ ...segment, series: segment.series.slice() })),
  };
}

const anyScope = fc
  .record({
    from: fc.integer({ min: judgedFrom, max: days - 1 }),
    length: fc.integer({ min: 1, max: 6 }),
    // Mostly whole days; else the last one has not ended.
    missingHours: fc.constantFrom(0, 0, 0, 13, 20),
    zone: fc.constantFrom(zone, zone, 'UTC', 'Asia/Kolkata'),
    holidays: fc.constantFrom([], ['2026-09-29', '2026-09-30']),
    privileged: fc.constantFrom([...privilegedActions], ['write'], []),
  })
  .map(({ from, length, missingHours, holidays, privileged, ...rest }): Scope => {
    const judged = range(from, Math.min(days, from + length));
    const until = (firstDay + judged.at(-1)! + 1) * microsecondsPerDay - missingHours * microsecondsPerHour;
    return scopeOf(judged, {
      untilMicroseconds: until,
      zone: rest.zone,
      holidays: new Set(holidays),
      privilegedActions: new Set(privileged),
    });
  });

const anyChange = fc.record({
  /** Which days become which variant before the scope is judged. */
  replaced: fc.array(fc.tuple(fc.nat({ max: days - 1 }), fc.nat({ max: 3 })), { maxLength: 3 }),
  scope: anyScope,
});

test('days that were replaced, other zones and other privileged actions are judged as if seen for the first time', () => {
  const found = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(anyChange, { minLength: 2, maxLength: 5 }), (changes) => {
      const parts = variants.map(([whole]) => whole!);
      for (const { replaced, scope } of changes) {
        for (const [day, variant] of replaced) parts[day] = variants[day]![variant]!;
        const history = historyOf(parts);
        for (const detector of detectors) {
          const hits = detector.run(history, scope);
          expect(plain(hits)).toEqual(plain(detector.run(unseen(history), scope)));
          found.set(detector.id, (found.get(detector.id) ?? 0) + hits.length);
        }
      }
    }),
    { numRuns: 25 },
  );
  expect([...found].filter(([, hits]) => hits === 0)).toEqual([]);
});

test('actors and series that came later are seen', () => {
  const actors: (typeof everything.actors)[number][] = [];
  const series: (typeof everything.series)[number][] = [];
  const found = new Map<string, number>();
  for (const until of [30, 39, 40, days]) {
    const activity = everything.activity.slice(0, until);
    const segments = everything.segments.slice(0, until);
    // Numbers are given in the order of time, so the first days need the first of them, and share the lists with later ones.
    const last = segments.reduce((most, one) => one.series.reduce((a, b) => Math.max(a, b), most), 0);
    series.push(...everything.series.slice(series.length, last + 1));
    const lastActor = series.reduce((most, { actor }) => Math.max(most, actor), 0);
    actors.push(...everything.actors.slice(actors.length, lastActor + 1));
    const history = { ...everything, actors, series, activity, segments };
    for (const detector of detectors) {
      const hits = detector.run(history, scopeOf(range(judgedFrom, until)));
      expect(plain(hits)).toEqual(plain(detector.run(unseen(history), scopeOf(range(judgedFrom, until)))));
      found.set(detector.id, hits.length);
    }
  }
  expect([...found].filter(([, hits]) => hits === 0)).toEqual([]);
});
