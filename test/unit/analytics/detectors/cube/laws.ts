// What holds for every detector over the cube, whatever it looks for.
import { expect } from 'vitest';
import type { Detector, Hit, Scope } from '../../../../../src-main/analytics/detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import type { ActivityDay } from '../../../../../src-main/analytics/history/activity.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import type { Segment } from '../../../../../src-main/analytics/history/segment.ts';
import { eventAt, randomFrom } from './office.ts';

/** A hit with its cited events as their ids, so that hits over differently cut segments compare. */
export function plain(hits: readonly Hit[]): unknown[] {
  return hits.map(({ events, ...hit }) => ({
    ...hit,
    events: events.map(({ segment, index }) => segment.idAt(index)),
  }));
}

export function run(detector: Detector, events: Iterable<HistoryEvent>, scope: Scope): Hit[] {
  return detector.run(buildHistory(events), scope);
}

/** Order of arrival, numbering, cutting, later events and the way a refresh is split change nothing. */
export function expectLaws(
  detector: Detector,
  events: readonly HistoryEvent[],
  scope: Scope,
  seed: number,
): void {
  const history = buildHistory(events);
  const expected = plain(detector.run(history, scope));
  const random = randomFrom(seed);
  const shuffled = events.toSorted(() => random() - 0.5);
  expect(plain(run(detector, shuffled, scope))).toEqual(expected);
  expect(plain(detector.run(renumbered(history), scope))).toEqual(expected);
  expect(plain(detector.run(recut(history, random), scope))).toEqual(expected);
  expect(plain(run(detector, [...events, ...laterEvents(events, scope)], scope))).toEqual(expected);
  const dayByDay = scope.days.flatMap((day) => detector.run(history, { ...scope, days: [day] }));
  expect(byStart(plain(dayByDay))).toEqual(byStart(expected));
}

function byStart(hits: unknown[]): unknown[] {
  const key = (hit: unknown) => JSON.stringify(hit);
  return hits.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Known and unknown actors, at the as-of itself and for days after it. */
function laterEvents(events: readonly HistoryEvent[], { untilMicroseconds }: Scope): HistoryEvent[] {
  return [0, 1, 3_600_000_000, 40 * 3_600_000_000].flatMap((after, at) =>
    ['newcomer', ...new Set(events.map(({ actor }) => actor))].map((actor) =>
      eventAt(untilMicroseconds + after, { actor, action: 'role_grant' }, `later-${at}-${actor}`),
    ),
  );
}

/** The same history with the numbers of actors and series the other way round. */
export function renumbered(history: History): History {
  const lastActor = history.actors.length - 1;
  const lastSeries = history.series.length - 1;
  return {
    ...history,
    actors: history.actors.toReversed(),
    series: history.series.toReversed().map((one) => ({ ...one, actor: lastActor - one.actor })),
    segments: history.segments.map((segment) => ({
      ...segment,
      series: segment.series.map((one) => lastSeries - one),
    })),
    activity: history.activity.map((day) => resorted(day, lastSeries)),
  };
}

function resorted({ day, series, slots, counts }: ActivityDay, lastSeries: number): ActivityDay {
  const places = [...series.keys()].toSorted((a, b) => series[b]! - series[a]! || slots[a]! - slots[b]!);
  return {
    day,
    series: Uint32Array.from(places, (place) => lastSeries - series[place]!),
    slots: Uint8Array.from(places, (place) => slots[place]!),
    counts: Uint32Array.from(places, (place) => counts[place]!),
  };
}

/** The same events in segments that end anywhere. */
export function recut(history: History, random: () => number): History {
  return {
    ...history,
    segments: history.segments.flatMap((segment) => {
      const cut = Math.floor(random() * (segment.length + 1));
      return [part(segment, 0, cut), part(segment, cut, segment.length)].filter(({ length }) => length > 0);
    }),
  };
}

function part(segment: Segment, from: number, to: number): Segment {
  return {
    length: to - from,
    microseconds: segment.microseconds.subarray(from, to),
    series: segment.series.subarray(from, to),
    idAt: (index) => segment.idAt(from + index),
    column: (field) => {
      const column = segment.column(field);
      return column && { codes: column.codes.subarray(from, to), values: column.values };
    },
  };
}

/** Every number of the explanation is in the evidence, as far as it is printed; dates, clock times and names apart. */
export function expectNumbersInEvidence(hit: Hit): void {
  const known = numbersIn(hit.evidence);
  const text = Object.values(hit.explanation)
    .filter((part) => typeof part === 'string')
    .join(' ')
    .replaceAll(/\d{1,2} [A-Z][a-z]+ \d{4}/g, '')
    .replaceAll(/\d{2}:\d{2}/g, '')
    .replaceAll(/[a-z_]+\/1|log10|[a-z]+-\d+/g, '');
  for (const [printed] of text.matchAll(/-?\d+(\.\d+)?(e[+-]?\d+)?/g)) {
    const value = Math.abs(Number(printed));
    const isKnown = known.some((one) => Math.abs(one - value) <= Math.abs(one) * 0.006);
    expect(isKnown, `${printed} of “${text}” is not in ${JSON.stringify(hit.evidence)}`).toBe(true);
  }
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [Math.abs(value)];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
