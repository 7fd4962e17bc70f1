import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countByDay,
  countEvents,
  readSlices,
  readTopActors,
  readTotals,
} from '../../../src-main/store/cache/activity.ts';
import {
  iterateEvents,
  readEvent,
  readNeighbours,
  readPrivilegedEvents,
} from '../../../src-main/store/cache/events.ts';
import {
  capWatermark,
  claimMirror,
  mirrorGuard,
  readSourceState,
} from '../../../src-main/store/cache/mirror.ts';
import type { MirroredEvent } from '../../../src-main/store/cache/mirrored-event.ts';
import { cacheMigrations } from '../../../src-main/store/cache/schema.ts';
import { mirrorQueue, readServerReviews } from '../../../src-main/store/cache/server-reviews.ts';
import { openDatabase, type DatabaseHandle } from '../../../src-main/store/database.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import { cellsOf, eventsOf, type Cell } from '../../support/mirror.ts';
import { makeEvent, mirror, mirrorWriter, openCache, temporaryFolder } from '../../support/workspace.ts';

const dayUs = 86_400_000_000;

const bySeriesAndSlot = (a: Cell, b: Cell) => a.series - b.series || a.slot - b.slot;
const byDay = (a: { day: number }, b: { day: number }) => a.day - b.day;
const byActor = (a: { account: string; actor: string }, b: { account: string; actor: string }) =>
  a.account < b.account ? -1 : a.account > b.account ? 1 : a.actor < b.actor ? -1 : 1;

/** Every count the mirror keeps, computed a second time from the events alone. */
function recount(cache: DatabaseHandle) {
  const events = eventsOf(cache);
  const cells = Map.groupBy(
    events,
    (event) => `${event.series} ${Math.floor(event.microseconds / 900_000_000)}`,
  );
  const days = Map.groupBy(events, (event) => Math.floor(event.microseconds / dayUs));
  const spans = Map.groupBy(events, (event) => JSON.stringify([event.sourceAccount, event.actor]));
  return {
    cells: [...cells.values()]
      .map((all) => ({
        series: all[0]!.series,
        slot: Math.floor(all[0]!.microseconds / 900_000_000),
        count: all.length,
      }))
      .toSorted(bySeriesAndSlot),
    days: [...days]
      .map(([day, all]) => ({
        day,
        events: all.length,
        unattributed: all.filter(({ actor }) => actor === '').length,
      }))
      .toSorted(byDay),
    spans: [...spans.values()]
      .map((all) => ({
        account: all[0]!.sourceAccount,
        actor: all[0]!.actor,
        first: Math.min(...all.map(({ microseconds }) => microseconds)),
        last: Math.max(...all.map(({ microseconds }) => microseconds)),
      }))
      .toSorted(byActor),
  };
}

const kept = (cache: DatabaseHandle) => ({
  cells: cellsOf(cache).toSorted(bySeriesAndSlot),
  days: cache.prepare('SELECT day, events, unattributed FROM day ORDER BY day').all(),
  spans: (
    cache
      .prepare(
        'SELECT source_account AS account, actor, first_us AS first, last_us AS last FROM actor WHERE first_us <= last_us',
      )
      .all() as { account: string; actor: string; first: number; last: number }[]
  ).toSorted(byActor),
});

const anyEvent = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', '👻', 'ﬀ'),
    createdAtMicroseconds: fc.integer({ min: -4 * dayUs, max: 4 * dayUs }),
    actor: fc.constantFrom('', 'dana', 'omar'),
    action: fc.constantFrom('read', 'write'),
    sourceAccount: fc.constantFrom('primary', 'other'),
  })
  .map((changes) => makeEvent(changes));

describe('the mirror', () => {
  test('keeps counts, days and spans in step with its events, whatever comes in whatever pieces, before 1970 too', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyEvent, { maxLength: 12 }), { maxLength: 6 }), (batches) => {
        const cache = openCache();
        for (const batch of batches) mirror(cache, batch);
        expect(kept(cache)).toEqual(recount(cache));
        const { events } = readTotals(cache);
        expect([...countByDay(cache).values()].reduce((sum, count) => sum + count, 0)).toBe(events);
        expect(countEvents(cache, { from: null, to: null })).toBe(events);
      }),
      { numRuns: 25 },
    );
  });

  test('an id used at two times is two events, and each is found at its own', () => {
    const cache = openCache();
    const [first, second] = [1_000_000, 2_000_000].map((createdAtMicroseconds) =>
      makeEvent({ id: 'twice', createdAtMicroseconds }),
    );
    mirror(cache, [first!, second!]);
    expect(readTotals(cache).events).toBe(2);
    expect(readEvent(cache, 'twice')?.createdAt).toBe('1970-01-01T00:00:01.000Z');
    expect(readEvent(cache, 'twice', 2_000_000)?.createdAt).toBe('1970-01-01T00:00:02.000Z');
    expect(readEvent(cache, 'twice', 3_000_000)).toBeNull();
  });

  test('an actor goes by the newest name, in whatever order the events arrive', () => {
    const named = [
      makeEvent({ createdAtMicroseconds: 10, actorName: 'Dana Maiden' }),
      makeEvent({ createdAtMicroseconds: 20, actorName: 'Dana Married' }),
      makeEvent({ createdAtMicroseconds: 30, actorName: null }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(named, { minLength: 3 }), fc.boolean(), (events, atOnce) => {
        const cache = openCache();
        for (const batch of atOnce ? [events] : events.map((event) => [event])) mirror(cache, batch);
        expect(readTopActors(cache, { from: null, to: null }, 1)[0]?.actorName).toBe('Dana Married');
      }),
      { numRuns: 20 },
    );
  });

  test('an event seen again under another actor leaves no trace of that actor', () => {
    const cache = openCache();
    const event = makeEvent({ id: 'x', createdAtMicroseconds: 5_000_000 });
    mirror(cache, [event]);
    expect(mirror(cache, [{ ...event, actor: 'pseudonym' }]).duplicates).toBe(1);
    mirror(cache, [makeEvent({ id: 'y', createdAtMicroseconds: 9_000_000, actor: 'pseudonym' })]);
    const actors = readTopActors(cache, { from: null, to: null }, 10);
    expect(actors.find(({ actor }) => actor === 'pseudonym')).toMatchObject({
      count: 1,
      firstSeen: '1970-01-01T00:00:09.000Z',
    });
  });

  test('ranks actors alike from the counts and from the events', () => {
    const cache = openCache();
    mirror(
      cache,
      Array.from({ length: 60 }, (_, index) => makeEvent({ actor: ['', 'a', 'b', 'c'][index % 4]! })),
    );
    const counted = readTopActors(cache, { from: null, to: null }, 2);
    expect(counted).toEqual(readTopActors(cache, { from: 0, to: Number.MAX_SAFE_INTEGER }, 2));
    expect(counted.map(({ actor, count }) => [actor, count])).toEqual([
      ['a', 15],
      ['b', 15],
    ]);
  });

  test('a batch that fails leaves nothing, and the next one does not rely on it', () => {
    const cache = openCache();
    mirror(cache, []);
    const write = mirrorWriter(cache);
    const broken = { ...makeEvent({ actor: 'new' }), metadata: {} as unknown as string };
    expect(() => write([makeEvent({ actor: 'new' }), broken])).toThrow();
    expect(readTotals(cache).events).toBe(0);
    expect(readSourceState(cache)?.watermarkMicroseconds).toBeNull();
    write([makeEvent({ actor: 'new' })]);
    expect(kept(cache)).toEqual(recount(cache));
  });

  test('two sources never mix: work begun on one ends when the mirror is claimed for another', () => {
    const folder = temporaryFolder();
    const cache = openCache(folder);
    mirror(cache, [makeEvent()], 'one');
    const write = mirrorWriter(cache);
    const assertSameSource = mirrorGuard(cache);
    const other = openDatabase(cache.name, 'cache');
    claimMirror(other, 'two');
    expect(() => write([makeEvent()])).toThrow(/another source/);
    expect(() => mirrorQueue(cache, { rows: [] }, assertSameSource)).toThrow(/another source/);
    expect(readTotals(other)).toMatchObject({ events: 0, firstMicroseconds: null });
    expect([...countByDay(other)]).toEqual([]);
    mirrorWriter(other)([makeEvent()]);
    expect(kept(other)).toEqual(recount(other));
    other.close();
  });

  test('claiming the same source keeps everything, and a queue that may not be read keeps what it held', () => {
    const cache = openCache();
    mirror(cache, [makeEvent()], 'one');
    const item = {
      id: 'r',
      tenantId: null,
      auditLogId: null,
      action: 'role_grant',
      actorId: null,
      dueAtMicroseconds: 0,
      reviewerId: null,
      reviewedAtMicroseconds: null,
      notes: null,
    };
    mirrorQueue(cache, { rows: [item] }, mirrorGuard(cache));
    claimMirror(cache, 'one');
    mirrorQueue(cache, { rows: null, cause: 'denied' }, mirrorGuard(cache));
    expect(readServerReviews(cache)).toEqual([item]);
    expect(readSourceState(cache)?.hasReviewTable).toBe(true);
    mirrorQueue(cache, { rows: null, cause: 'absent' }, mirrorGuard(cache));
    expect(readServerReviews(cache)).toEqual([]);
    expect(readSourceState(cache)?.hasReviewTable).toBe(false);
    expect(readTotals(cache).events).toBe(1);
  });

  test('the watermark follows the newest event read and can be pulled back, never forward', () => {
    const cache = openCache();
    mirror(cache, [makeEvent({ createdAtMicroseconds: 100 })]);
    mirror(cache, [makeEvent({ createdAtMicroseconds: 50 })]);
    expect(readSourceState(cache)?.watermarkMicroseconds).toBe(100);
    capWatermark(cache, 500);
    expect(readSourceState(cache)?.watermarkMicroseconds).toBe(100);
    capWatermark(cache, 70);
    expect(readSourceState(cache)?.watermarkMicroseconds).toBe(70);
  });

  test('holds a hundred thousand actors and a megabyte of metadata verbatim', () => {
    const cache = openCache();
    const large = JSON.stringify({ text: 'ä'.repeat(1_000_000) });
    mirror(
      cache,
      Array.from({ length: 100_000 }, (_, index) => makeEvent({ actor: `actor-${index}` })),
    );
    mirror(cache, [makeEvent({ id: 'large 👻', metadata: large, createdAtMicroseconds: 1 })]);
    expect(readTopActors(cache, { from: null, to: null }, 100_001)).toHaveLength(100_001);
    expect(readEvent(cache, 'large 👻')?.metadata).toBe(large);
    expect(readTotals(cache).events).toBe(100_001);
  });

  test('names privileged events by action or by severity, once each, up to a moment', () => {
    const cache = openCache();
    mirror(cache, [
      makeEvent({ id: '1', action: 'role_grant', severity: 'critical', createdAtMicroseconds: 10 }),
      makeEvent({ id: '2', action: 'read', severity: 'critical', createdAtMicroseconds: 20 }),
      makeEvent({ id: '3', action: 'role_grant', createdAtMicroseconds: 30 }),
      makeEvent({ id: '4', action: 'read', createdAtMicroseconds: 30 }),
    ]);
    const ids = (until: number | null) =>
      readPrivilegedEvents(cache, ['role_grant'], until).map((event) => event.id);
    expect(ids(null)).toEqual(['1', '2', '3']);
    expect(ids(20)).toEqual(['1', '2']);
  });

  test('counts up to a moment stop at that moment', () => {
    const cache = openCache();
    const at = 20_000 * dayUs + 1_000;
    mirror(
      cache,
      [at - dayUs, at, at + 1, at + dayUs].map((createdAtMicroseconds) =>
        makeEvent({ createdAtMicroseconds }),
      ),
    );
    expect([...countByDay(cache, at)]).toEqual([
      [19_999, 1],
      [20_000, 1],
    ]);
    expect(readTotals(cache, at)).toMatchObject({ events: 2, lastMicroseconds: at });
    expect(readTotals(cache, at + dayUs).events).toBe(4);
  });

  test('reads events, counts and cells of one actor and action alike', () => {
    const cache = openCache();
    const events: MirroredEvent[] = Array.from({ length: 40 }, (_, index) =>
      makeEvent({
        actor: index % 2 ? 'a' : 'b',
        action: index % 3 ? 'x' : 'y',
        createdAtMicroseconds: index * 400_000_000,
      }),
    );
    mirror(cache, events);
    for (const edges of [
      { from: null, to: null },
      { from: 900_000_000, to: 9_000_000_000 },
      { from: 900_000_001, to: 9_000_000_001 },
    ]) {
      for (const names of [{}, { actor: 'a' }, { action: 'y' }, { actor: 'b', action: 'x' }]) {
        const filter = { ...edges, ...names };
        const expected = events.filter(
          (event) =>
            (edges.from === null || event.createdAtMicroseconds >= edges.from) &&
            (edges.to === null || event.createdAtMicroseconds < edges.to) &&
            (filter.actor === undefined || event.actor === filter.actor) &&
            (filter.action === undefined || event.action === filter.action),
        );
        const ids = [...iterateEvents(cache, filter, null)].map(({ event }) => event.id);
        expect(ids).toEqual(expected.map(({ id }) => id).toReversed());
        expect(countEvents(cache, filter)).toBe(expected.length);
        expect(readSlices(cache, filter).reduce((sum, slice) => sum + slice.count, 0)).toBe(expected.length);
        const middle = [...iterateEvents(cache, filter, null)][3]!.cursor;
        expect([...iterateEvents(cache, filter, middle)].map(({ event }) => event.id)).toEqual(ids.slice(4));
      }
    }
  });

  test('neighbours are the same actor’s events around one, without it', () => {
    const cache = openCache();
    const events = [10, 20, 20, 30, 40].map((createdAtMicroseconds, index) =>
      makeEvent({ id: `n${index}`, createdAtMicroseconds }),
    );
    mirror(cache, [...events, makeEvent({ actor: 'other', createdAtMicroseconds: 25 })]);
    const centre = readEvent(cache, 'n2')!;
    expect(readNeighbours(cache, centre, 20, 1).map(({ id }) => id)).toEqual(['n1', 'n3']);
    expect(readNeighbours(cache, centre, 20, 9).map(({ id }) => id)).toEqual(['n0', 'n1', 'n3', 'n4']);
    expect(readNeighbours(cache, centre, 20, 9, 10).map(({ id }) => id)).toEqual(['n0', 'n1', 'n3']);
    expect(readNeighbours(cache, centre, 20, 9, 9).map(({ id }) => id)).toEqual(['n1']);
  });
});

test('a cache of an earlier schema is laid out anew, and asks for its events again', () => {
  const database = openDatabase(`${temporaryFolder()}/cache.sqlite`, 'cache');
  migrate(database, cacheMigrations.slice(0, 2), () => {});
  database.exec(`INSERT INTO source_state (one, identity, watermark_us) VALUES (1, 'here', 99);
    INSERT INTO actor (id, source_account, actor, first_us, last_us) VALUES (2, 'p', 'dana', 5, 9);
    INSERT INTO series VALUES (2, 2, 'x');
    INSERT INTO cube VALUES (2, 0, 3);`);
  migrate(database, cacheMigrations, () => {});
  expect(readSourceState(database)).toMatchObject({ identity: 'here', watermarkMicroseconds: null });
  expect(readTotals(database)).toMatchObject({ events: 0, firstMicroseconds: null });
  mirrorWriter(database)([makeEvent()]);
  expect(kept(database)).toEqual(recount(database));
  database.close();
});
