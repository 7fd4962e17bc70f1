// Events kept whole: noted before they are fetched, completed once, and read back as they came.
import { expect, describe, test } from 'vitest';
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { EventReference } from '../../../src-main/analytics/history/segment.ts';
import { agentNumbers } from '../../../src-main/store/cache/event-agents.ts';
import {
  noteCited,
  readCited,
  readWantedHours,
  strikeCited,
} from '../../../src-main/store/cache/cited-events.ts';
import { readEvent } from '../../../src-main/store/cache/events.ts';
import {
  keepEvents,
  readIncompleteEvents,
  rowKeeper,
  wholeEvents,
} from '../../../src-main/store/cache/kept-events.ts';
import { claimMirror } from '../../../src-main/store/cache/mirror.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import { cacheMigrations } from '../../../src-main/store/cache/schema.ts';
import { longestAgentList } from '../../../src-main/store/cache/schema-kept-events.ts';
import { openDatabase, type DatabaseHandle } from '../../../src-main/store/database.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { join } from 'node:path';
import { makeEvent, mirror, openCache, temporaryFolder } from '../../support/workspace.ts';

const hour = 480_000;
const at = (offset: number) => hour * microsecondsPerHour + offset;
const event = (id: string, offset: number) =>
  makeEvent({ id, createdAtMicroseconds: at(offset), userAgent: 'curl/8', metadata: '{"a":1}' });

function referencesOf(cache: DatabaseHandle): EventReference[] {
  return mirroredHistory(cache).segments.flatMap((segment) =>
    Array.from({ length: segment.length }, (_, index) => ({ segment, index })),
  );
}

function mirrored(offsets: readonly number[]): DatabaseHandle {
  const cache = openCache();
  mirror(
    cache,
    offsets.map((offset) => event(`e${offset}`, offset)),
  );
  cache.exec('DELETE FROM event');
  return cache;
}

const keptRows = (cache: DatabaseHandle) => cache.prepare('SELECT count(*) FROM event').pluck().get();

describe('cited events', () => {
  test('are noted by the hour, each as it is, and are no rows yet', () => {
    const offsets = [0, 5, microsecondsPerHour, 3 * microsecondsPerHour + 7];
    const cache = mirrored(offsets);
    keepEvents(cache, referencesOf(cache), false);
    expect(keptRows(cache)).toBe(0);
    expect(readWantedHours(cache)).toEqual([
      { hour, events: 2 },
      { hour: hour + 1, events: 1 },
      { hour: hour + 3, events: 1 },
    ]);
    const { events } = readCited(cache, hour, hour + 2);
    expect(events.map(({ id, createdAtMicroseconds }) => [id, createdAtMicroseconds])).toEqual(
      offsets.slice(0, 3).map((offset) => [`e${offset}`, at(offset)]),
    );
  });

  test('noted while others were fetched are not struck off with them', () => {
    const cache = mirrored([1, 2]);
    const [first, second] = referencesOf(cache);
    noteCited(cache, [first!]);
    const { last } = readCited(cache, hour, hour);
    noteCited(cache, [second!]);
    strikeCited(cache, hour, hour, last);
    expect(readCited(cache, hour, hour).events.map(({ id }) => id)).toEqual(['e2']);
  });

  test('that a disk changed are not taken for others', () => {
    const cache = mirrored([1]);
    noteCited(cache, referencesOf(cache));
    cache.exec('UPDATE cited_event SET places = zeroblob(16)');
    expect(() => readCited(cache, hour, hour)).toThrow(/damaged/);
  });

  test('and agents go when the mirror is of another source', () => {
    const cache = mirrored([1]);
    noteCited(cache, referencesOf(cache));
    expect(cache.prepare('SELECT agent FROM event_agent').pluck().all()).toEqual(['curl/8']);
    claimMirror(cache, 'another');
    expect(readWantedHours(cache)).toEqual([]);
    expect(cache.prepare('SELECT agent FROM event_agent').pluck().all()).toEqual([]);
  });
});

describe('rows', () => {
  const row = (metadata: string | null, agent: string | null = null) => ({
    createdAtMicroseconds: at(1),
    id: 'e1',
    series: 0,
    text: (field: string) => (field === 'metadata' ? metadata : field === 'userAgent' ? agent : null),
  });

  test('are completed once, and never made less than they are', () => {
    const cache = mirrored([1]);
    rowKeeper(cache)(row(null), false);
    expect(readIncompleteEvents(cache, at(0), at(9)).map(({ id }) => id)).toEqual(['e1']);
    // Read at once where many are asked about, and looked up where few are.
    const isWhole = () => [10, 0].map((asked) => wholeEvents(cache, at(0), at(9), asked)(row(null)));
    expect(isWhole()).toEqual([false, false]);
    rowKeeper(cache, 'complete')(row('{"b":2}', 'lynx'), true);
    expect(readEvent(cache, 'e1', at(1))).toMatchObject({ metadata: '{"b":2}', userAgent: 'lynx' });
    expect(isWhole()).toEqual([true, true]);
    rowKeeper(cache)(row('{"c":3}'), true);
    rowKeeper(cache, 'complete')(row('{"d":4}'), true);
    expect(readEvent(cache, 'e1', at(1))).toMatchObject({ metadata: '{"b":2}', userAgent: 'lynx' });
    expect(readWantedHours(cache)).toEqual([]);
  });

  test.each(['7', '007', '', 'Mozilla/5.0', '1e3'])('give the agent “%s” back as a text', (agent) => {
    const cache = mirrored([1]);
    rowKeeper(cache)(row(null, agent), true);
    expect(cache.prepare('SELECT typeof(user_agent) FROM event').pluck().get()).toBe('integer');
    expect(readEvent(cache, 'e1', at(1))?.userAgent).toBe(agent);
  });

  test('hold the text itself once too many agents differ', () => {
    const cache = mirrored([1]);
    cache.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${longestAgentList})
      INSERT OR IGNORE INTO event_agent (agent) SELECT 'agent ' || i FROM n LIMIT ${longestAgentList - 1}`);
    const numberOf = agentNumbers(cache);
    expect([numberOf('one more'), numberOf('7'), numberOf('agent 5')].map((stored) => typeof stored)).toEqual(
      ['string', 'string', 'bigint'],
    );
    rowKeeper(cache)(row(null, '7'), true);
    expect(readEvent(cache, 'e1', at(1))?.userAgent).toBe('7');
  });
});

test('a file of the earlier layout keeps its events, complete or not', () => {
  const cache = openDatabase(join(temporaryFolder(), 'cache.sqlite'), 'cache');
  migrate(
    cache,
    cacheMigrations.filter(({ version }) => version <= 30),
    () => {},
  );
  cache.exec(`INSERT INTO actor VALUES (0, 'primary', 'dana', NULL, NULL, 1, 2, 1);
    INSERT INTO series VALUES (0, 0, 'read');
    INSERT INTO event VALUES (2, 'b', 0, 'user', NULL, NULL, '10.0.0.1', 'curl/8', 'info', '{}', 1),
      (2, 'a', 0, NULL, NULL, NULL, NULL, '7', NULL, NULL, 1), (1, 'c', 0, NULL, NULL, NULL, NULL, NULL, 'critical', NULL, 0)`);
  migrate(cache, cacheMigrations, () => {});
  expect(readEvent(cache, 'b', 2)).toMatchObject({ actorType: 'user', ip: '10.0.0.1', userAgent: 'curl/8' });
  expect(readEvent(cache, 'a', 2)?.userAgent).toBe('7');
  expect(readIncompleteEvents(cache, 0, 9)).toEqual([{ id: 'c', createdAtMicroseconds: 1, series: 0 }]);
  expect(cache.pragma('foreign_key_check')).toEqual([]);
  cache.close();
});
