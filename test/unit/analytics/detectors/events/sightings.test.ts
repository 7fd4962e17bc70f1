import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dictionary } from '../../../../../src-main/analytics/history/dictionary.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import { sightingsOf, type TrailName } from '../../../../../src-main/analytics/detectors/events/sightings.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import type { Segment, SegmentField } from '../../../../../src-main/analytics/history/segment.ts';
import { at, dayOf, event, part, recut } from '../history-variants.ts';

const events = [
  event('2026-11-01T09:00:00Z', 'record.read', { ip: '192.0.2.1', resourceType: 'record' }),
  event('2026-11-01T10:00:00Z', 'record.read', { ip: '192.0.2.2', resourceType: '' }),
  event('2026-11-01T11:00:00Z', 'auth.login_failed', { ip: '198.51.100.1' }),
  event('2026-11-01T12:00:00Z', 'ConsoleLogin', { ip: '198.51.100.1', outcome: 'failure' }),
  event('2026-11-01T13:00:00Z', 'ConsoleLogin', { ip: '192.0.2.1', outcome: 'success' }),
  event('2026-11-02T09:00:00Z', 'record.read', { ip: '192.0.2.1', actor: 'eli' }),
  event('2026-11-02T10:00:00Z', 'record.read', { ip: '192.0.2.1', resourceType: ' record ' }),
];

const wide = { values: 100, accountActions: 100 };
const trailNames: TrailName[] = ['action', 'network', 'address', 'resourceType', 'accountAction'];

/** “subject value clock”, in time order; the account is told by its number. */
function told(history: History, name: TrailName, limits = wide): string[] {
  const { trails, texts } = sightingsOf(history, limits);
  const { length, subjects, values, microseconds } = trails[name].pairs;
  const kind = name === 'accountAction' ? 'action' : name;
  return Array.from({ length }, (_, place) => {
    const clock = new Date(microseconds[place]! / 1000).toISOString().slice(8, 13);
    const subject = subjects[place]!;
    const who = name === 'accountAction' ? subject : history.actors[subject]!.actor;
    return `${who} ${texts[kind].valueOf(values[place]!)} ${clock}`;
  });
}

/** Days on which actors were seen at all, as “actor day”. */
function active(history: History, name: TrailName, limits = wide): string[] {
  const { trails } = sightingsOf(history, limits);
  return [...history.actors.keys()].flatMap((actor) =>
    trails[name].active.between(actor, -Infinity, Infinity).map((day) => `${actor} ${day}`),
  );
}

test('one entry per actor and value, at its first time; failed logins are none', () => {
  const history = buildHistory(events);
  expect(told(history, 'action')).toEqual([
    'dana record.read 01T09',
    'dana ConsoleLogin 01T13',
    'eli record.read 02T09',
  ]);
  expect(told(history, 'network')).toEqual(['dana 192.0.2.0/24 01T09', 'eli 192.0.2.0/24 02T09']);
  expect(told(history, 'address')).toEqual([
    'dana 192.0.2.1 01T09',
    'dana 192.0.2.2 01T10',
    'eli 192.0.2.1 02T09',
  ]);
  expect(told(history, 'resourceType')).toEqual(['dana record 01T09']);
  expect(told(history, 'accountAction')).toEqual(['0 record.read 01T09', '0 ConsoleLogin 01T13']);
});

test('active is who was seen with anything of the kind, new or not', () => {
  const history = recut(buildHistory(events), 100);
  const [first, second] = [dayOf(at('2026-11-01T00:00:00Z')), dayOf(at('2026-11-02T00:00:00Z'))];
  const both = [`0 ${first}`, `0 ${second}`];
  expect(active(history, 'action')).toEqual([...both, `1 ${second}`]);
  expect(active(history, 'resourceType')).toEqual(both);
});

test('a field that is not mirrored says nothing', () => {
  const history = buildHistory(events, new Set(['ip']));
  expect(told(history, 'resourceType')).toEqual([]);
  expect(told(history, 'network')).toHaveLength(3);
});

test('times so large that no day follows are read to the end', () => {
  const last = event('2026-11-03T09:00:00Z', 'record.update');
  const history = buildHistory([...events, { ...last, createdAtMicroseconds: Infinity }]);
  expect(sightingsOf(history, wide).trails.action.pairs.length).toBe(4);
});

describe('what is kept while a history grows', () => {
  /** Counts how often the events of a segment are read. */
  function watched(segment: Segment, reads: number[], place: number): Segment {
    return {
      length: segment.length,
      microseconds: segment.microseconds,
      series: segment.series,
      idAt: (index) => segment.idAt(index),
      column: (field) => {
        if (field === 'outcome') reads[place]! += 1;
        return segment.column(field);
      },
    };
  }

  test('a segment is read once; from one that was replaced on they are read again', () => {
    const history = recut(buildHistory(events), 2);
    const reads = [0, 0, 0, 0];
    const segments = history.segments.map((segment, place) => watched(segment, reads, place));
    told({ ...history, segments: segments.slice(0, 3) }, 'action');
    expect(reads).toEqual([1, 1, 1, 0]);
    told({ ...history, segments }, 'action');
    expect(reads).toEqual([1, 1, 1, 1]);
    told({ ...history, segments: segments.with(2, watched(segments[2]!, [0, 0, 0], 2)) }, 'action');
    expect(reads).toEqual([1, 1, 2, 2]);
  });

  test('wider limits are met by reading everything again, narrower ones by what is known', () => {
    const history = buildHistory(events);
    const narrow = { values: 1, accountActions: 1 };
    expect(told(history, 'address', narrow)).toEqual(told(history, 'address'));
    const more = [...events, event('2026-11-03T09:00:00Z', 'record.read', { ip: '192.0.2.3' })];
    const longer = buildHistory(more);
    expect(told(longer, 'address', narrow)).not.toContain('dana 192.0.2.3 03T09');
    expect(told(longer, 'address', wide)).toContain('dana 192.0.2.3 03T09');
    expect(told(longer, 'address', narrow)).toContain('dana 192.0.2.3 03T09');
  });

  test('a reading that failed leaves nothing half read behind', () => {
    const history = buildHistory(events);
    let reads = 0;
    const whole = history.segments[1]!;
    const broken: Segment = {
      ...whole,
      get microseconds() {
        reads += 1;
        // The actions are read by then, the addresses are not.
        if (reads > 2) throw new Error('gone');
        return whole.microseconds;
      },
    };
    const first = { ...history, segments: history.segments.slice(0, 1) };
    expect(told(first, 'action')).toHaveLength(2);
    expect(() => told({ ...history, segments: [...first.segments, broken] }, 'action')).toThrow('gone');
    expect(told(first, 'action')).toHaveLength(2);
    expect(told(history, 'action')).toHaveLength(3);
  });

  const start = at('2026-11-01T00:00:00Z');
  const fields = new Set<SegmentField>(['ip', 'resourceType', 'outcome']);
  const anything = fc.record({
    hours: fc.integer({ min: 0, max: 5 * 24 }),
    actor: fc.constantFrom('', 'dana', 'eli'),
    sourceAccount: fc.constantFrom('primary', 'other'),
    action: fc.constantFrom('record.read', 'record.update', 'auth.login_failed', 'ConsoleLogin'),
    ip: fc.constantFrom('192.0.2.1', '192.0.2.2', '198.51.100.1', '198.51.100.2', null),
    resourceType: fc.constantFrom('record', 'user', null),
    outcome: fc.constantFrom(null, 'failure'),
  });
  const histories = fc
    .array(anything, { minLength: 1, maxLength: 40 })
    .map((list) =>
      list.map(({ hours, action, ...details }) => event(start + hours * 3_600_000_000, action, details)),
    );
  /** Cut after so many events, and without which of the segments. */
  const changes = fc.array(
    fc.record({ size: fc.integer({ min: 1, max: 12 }), missing: fc.nat(8), replaced: fc.nat(8) }),
    { minLength: 1, maxLength: 4 },
  );

  function expectAsFresh(history: History, limits: typeof wide): void {
    const fresh = { ...history, actions: new Dictionary(history.actions.values) };
    for (const name of trailNames) {
      expect(told(history, name, limits)).toEqual(told(fresh, name, limits));
      expect(active(history, name, limits)).toEqual(active(fresh, name, limits));
    }
  }

  test('whatever segments come, go and are replaced, it is what a first reading gives', () => {
    fc.assert(
      fc.property(histories, changes, fc.nat(2), (list, turns, values) => {
        const whole = buildHistory(list, fields);
        const limits = { values, accountActions: values };
        sightingsOf(whole, limits);
        for (const { size, missing, replaced } of turns) {
          const cut = recut(whole, size);
          // Some of the segments stay the same objects from the turn before.
          for (const segments of [cut.segments, cut.segments.toSpliced(missing, 1)]) {
            if (segments.length === 0) continue;
            const place = Math.min(replaced, segments.length - 1);
            const half = part(segments[place]!, (index) => index % 2 === 0);
            for (const now of [segments, segments.with(place, half)])
              expectAsFresh({ ...whole, segments: now }, limits);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});
