// The same history told differently: other cuts, other numbers, another order. And what must not change by that.
import { expect } from 'vitest';
import { microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';
import type { Detector, Hit, Scope } from '../../../../src-main/analytics/detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../src-main/analytics/history/history.ts';
import type { CodedColumn, Segment, SegmentField } from '../../../../src-main/analytics/history/segment.ts';

/** Microseconds of an ISO instant. */
export const at = parseInstant;

export const dayOf = (microseconds: number): number => Math.floor(microseconds / microsecondsPerDay);

export function scopeOf(history: History, changes: Partial<Scope> = {}): Scope {
  return {
    days: history.activity.map(({ day }) => day),
    untilMicroseconds: Number.MAX_SAFE_INTEGER,
    touched: null,
    zone: 'UTC',
    privilegedActions: new Set(['role_grant', 'privilege.change']),
    holidays: new Set(),
    ...changes,
  };
}

let lastId = 0;

/** An event of dana’s, unless it says otherwise; ids ascend in the order of writing. */
export function event(
  time: string | number,
  action: string,
  details: Partial<Pick<HistoryEvent, 'actor' | 'actorName' | 'sourceAccount'>> & HistoryEvent['fields'] = {},
): HistoryEvent {
  const { actor = 'dana', actorName = null, sourceAccount = 'primary', ...fields } = details;
  lastId += 1;
  return {
    id: `e${String(lastId).padStart(8, '0')}`,
    createdAtMicroseconds: typeof time === 'number' ? time : at(time),
    sourceAccount,
    actor,
    actorName,
    action,
    fields,
  };
}

/** What a hit says, with ids instead of places: two equal descriptions are the same finding. */
export function describe(hit: Hit): unknown {
  const { events, ...rest } = hit;
  return { ...rest, events: events.map(({ segment, index }) => segment.idAt(index)) };
}

function select(segments: readonly Segment[], places: readonly (readonly [Segment, number])[]): Segment {
  const columns = new Map<SegmentField, CodedColumn>();
  const fields = ['actorType', 'resourceType', 'resourceId', 'ip', 'metadata', 'outcome'] as const;
  for (const field of fields) {
    if (segments.every((segment) => segment.column(field) === null)) continue;
    const texts = places.map(([segment, index]) => {
      const column = segment.column(field)!;
      return column.values[column.codes[index]!]!;
    });
    const values = [...new Set(texts)].toReversed();
    columns.set(field, { codes: Uint16Array.from(texts, (text) => values.indexOf(text)), values });
  }
  return {
    length: places.length,
    microseconds: Float64Array.from(places, ([segment, index]) => segment.microseconds[index]!),
    series: Uint32Array.from(places, ([segment, index]) => segment.series[index]!),
    idAt: (index) => places[index]![0].idAt(places[index]![1]),
    column: (field) => columns.get(field) ?? null,
  };
}

/** Some of the events of a segment, as one of its own. */
export function part(segment: Segment, isKept: (index: number) => boolean): Segment {
  const indexes = Array.from({ length: segment.length }, (_, index) => index).filter(isKept);
  return select(
    [segment],
    indexes.map((index) => [segment, index] as const),
  );
}

/** The same events in segments of so many events, which need not end with a day. */
export function recut(history: History, size: number): History {
  const places = history.segments.flatMap((segment) =>
    Array.from({ length: segment.length }, (_, index) => [segment, index] as const),
  );
  const segments: Segment[] = [];
  for (let from = 0; from < places.length; from += size)
    segments.push(select(history.segments, places.slice(from, from + size)));
  return { ...history, segments };
}

/** The same events with all actors and series numbered the other way round. */
export function renumbered(history: History): History {
  const lastActor = history.actors.length - 1;
  const lastSeries = history.series.length - 1;
  return {
    ...history,
    actors: history.actors.toReversed(),
    series: history.series.toReversed().map(({ actor, action }) => ({ actor: lastActor - actor, action })),
    segments: history.segments.map((segment) => ({
      ...segment,
      idAt: (index) => segment.idAt(index),
      column: (field) => segment.column(field),
      series: segment.series.map((number) => lastSeries - number),
    })),
    activity: history.activity.map((day) => {
      const order = [...day.series.keys()].toReversed();
      return {
        day: day.day,
        series: Uint32Array.from(order, (place) => lastSeries - day.series[place]!),
        slots: Uint8Array.from(order, (place) => day.slots[place]!),
        counts: Uint32Array.from(order, (place) => day.counts[place]!),
      };
    }),
  };
}

/** Everything a detector promises beside its rule. */
export function expectInvariants(
  detector: Detector,
  events: readonly HistoryEvent[],
  fields: ReadonlySet<SegmentField>,
  changes: Partial<Scope> = {},
): void {
  const history = buildHistory(events, fields);
  const scope = scopeOf(history, changes);
  const run = (over: History, within: Scope = scope) => detector.run(over, within).map(describe);
  const all = run(history);
  expect(run(buildHistory(events.toReversed(), fields))).toEqual(all);
  expect(run(recut(history, 7))).toEqual(all);
  // Another list of actions, because numbers belong to it.
  expect(run(renumbered(buildHistory(events, fields)))).toEqual(all);
  expect(scope.days.flatMap((day) => run(history, { ...scope, days: [day] }))).toEqual(all);
  for (const day of scope.days) expectNothingLater(detector, events, fields, { ...scope, days: [day] });
  for (const hit of detector.run(history, scope)) expectWellFormed(hit, scope);
}

/** What is found on a day is the same without the days after it, and with an as-of at its end. */
function expectNothingLater(
  detector: Detector,
  events: readonly HistoryEvent[],
  fields: ReadonlySet<SegmentField>,
  scope: Scope,
): void {
  const end = (scope.days[0]! + 1) * microsecondsPerDay;
  const past = buildHistory(
    events.filter(({ createdAtMicroseconds }) => createdAtMicroseconds < end),
    fields,
  );
  const whole = buildHistory(events, fields);
  const expected = detector.run(past, scope).map(describe);
  expect(detector.run(whole, scope).map(describe)).toEqual(expected);
  expect(detector.run(whole, { ...scope, untilMicroseconds: end }).map(describe)).toEqual(expected);
}

function expectWellFormed(hit: Hit, { days, untilMicroseconds }: Scope): void {
  expect(days).toContain(dayOf(hit.startMicroseconds));
  expect(hit.endMicroseconds).toBeGreaterThan(hit.startMicroseconds);
  expect(hit.score).toBeGreaterThanOrEqual(hit.threshold);
  expect(hit.events).toHaveLength(Math.min(hit.count, 500));
  for (const { segment, index } of hit.events)
    expect(segment.microseconds[index]!).toBeLessThan(untilMicroseconds);
  expectNumbersInEvidence(hit);
}

/** Every number a sentence says can be found in the evidence. */
export function expectNumbersInEvidence(hit: Hit): void {
  const evidence = JSON.stringify([hit.evidence, hit.actor, hit.entity, hit.action, hit.methodVersion]);
  const known = new Set(evidence.match(/\d+(\.\d+)?/g));
  const said = Object.values(hit.explanation)
    .join(' ')
    .replaceAll(/(?<=\d),(?=\d{3})/g, '');
  // The 1 is the formula's own; the others say which networks there are.
  const unknown = (said.match(/\d+(\.\d+)?/g) ?? []).filter((number) => !known.has(number) && number !== '1');
  expect(unknown, said).toEqual([]);
}
