import { expect, test } from 'vitest';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import {
  sightingsOf,
  type SightingKind,
} from '../../../../../src-main/analytics/detectors/events/sightings.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import { event, recut } from '../history-variants.ts';

const events = [
  event('2026-11-01T09:00:00Z', 'record.read', { ip: '192.0.2.1', resourceType: 'record' }),
  event('2026-11-01T10:00:00Z', 'record.read', { ip: '192.0.2.2', resourceType: '' }),
  event('2026-11-01T11:00:00Z', 'auth.login_failed', { ip: '198.51.100.1' }),
  event('2026-11-01T12:00:00Z', 'ConsoleLogin', { ip: '198.51.100.1', outcome: 'failure' }),
  event('2026-11-01T13:00:00Z', 'ConsoleLogin', { ip: '192.0.2.1', outcome: 'success' }),
  event('2026-11-02T09:00:00Z', 'record.read', { ip: '192.0.2.1', actor: 'eli' }),
  event('2026-11-02T10:00:00Z', 'record.read', { ip: '192.0.2.1', resourceType: ' record ' }),
];

/** “actor value clock”, by segment. */
function told(history: History, kind: SightingKind): string[][] {
  const { segments, texts } = sightingsOf(history);
  return segments.map((segment) =>
    Array.from(segment[kind]!.first, (time, at) => {
      const clock = new Date(time / 1000).toISOString().slice(8, 13);
      return `${history.actors[segment[kind]!.actors[at]!]!.actor} ${texts[kind].valueOf(segment[kind]!.values[at]!)} ${clock}`;
    }),
  );
}

test('one entry per actor, value and day, at its first time; failed logins are none', () => {
  const history = buildHistory(events);
  expect(told(history, 'action')).toEqual([
    ['dana record.read 01T09', 'dana ConsoleLogin 01T13'],
    ['eli record.read 02T09', 'dana record.read 02T10'],
  ]);
  expect(told(history, 'network')).toEqual([
    ['dana 192.0.2.0/24 01T09'],
    ['eli 192.0.2.0/24 02T09', 'dana 192.0.2.0/24 02T10'],
  ]);
  expect(told(history, 'address')[0]).toEqual(['dana 192.0.2.1 01T09', 'dana 192.0.2.2 01T10']);
  expect(told(history, 'resourceType')).toEqual([['dana record 01T09'], ['dana record 02T10']]);
});

test('days are told apart within a segment', () => {
  const history = recut(buildHistory(events), 100);
  expect(told(history, 'network')).toEqual([
    ['dana 192.0.2.0/24 01T09', 'eli 192.0.2.0/24 02T09', 'dana 192.0.2.0/24 02T10'],
  ]);
});

test('a segment is read once, also when the history grows', () => {
  const history = buildHistory(events);
  const grown = { ...history, segments: history.segments.slice(0, 1) };
  const [first] = sightingsOf(grown).segments;
  expect(sightingsOf(history).segments[0]).toBe(first);
  expect(sightingsOf(history).segments).toHaveLength(2);
});

test('a field that is not mirrored is null, which is not the same as empty', () => {
  const [segment] = sightingsOf(buildHistory(events, new Set(['ip']))).segments;
  expect(segment!.resourceType).toBeNull();
  expect(segment!.network).not.toBeNull();
});
