// What a mirror with fewer fields left out is fetched for the events that findings cite, also after being stopped in between.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeKeptEvents } from '../../../src-main/analytics/keep.ts';
import type { EventReference } from '../../../src-main/analytics/history/segment.ts';
import { gatherHours } from '../../../src-main/analytics/wanted-events.ts';
import { openSnapshot, type EventPool } from '../../../src-main/source/columns/event-pool.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { batchOf } from '../../../src-main/store/cache/mirrored-event.ts';
import { readWantedHours } from '../../../src-main/store/cache/cited-events.ts';
import { readEvent } from '../../../src-main/store/cache/events.ts';
import { keepEvents } from '../../../src-main/store/cache/kept-events.ts';
import { batchWriter, claimMirror } from '../../../src-main/store/cache/mirror.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { makeEvent, openCache } from '../../support/workspace.ts';
import { createAuditDatabase, eventTable, type AuditDatabase } from '../source/audit-database.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const startMs = Date.parse('2026-03-01T00:00:00Z');
const events = 3_000;

let postgres: TestPostgres;
let database: AuditDatabase;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, eventTable);
  // Two of every minute, so that a time alone names none of them.
  await database.admin(`INSERT INTO np_auditlog_events (id, event_type, actor_user_id, created_at, user_agent, metadata)
    SELECT 'e' || g, 'read', 'dana', '2026-03-01'::timestamptz + (g / 2) * interval '1 minute', 'agent ' || g % 3,
           jsonb_build_object('g', g) FROM generate_series(0, ${events - 1}) g`);
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

/** A mirror without long texts, and one event the source never had. */
function bareMirror(): { cache: DatabaseHandle; references: EventReference[] } {
  const cache = openCache();
  claimMirror(cache, 'test');
  const made = Array.from({ length: events + 1 }, (_, g) =>
    makeEvent({
      id: g === events ? 'vanished' : `e${g}`,
      createdAtMicroseconds: (startMs + Math.floor(g / 2) * 60_000) * 1000,
      action: 'read',
      metadata: null,
      resourceType: 'mirrored',
    }),
  );
  batchWriter(cache)([batchOf(made)], {
    watermarkMicroseconds: null,
    keptActions: new Set(),
    isWhole: false,
  });
  const references = mirroredHistory(cache).segments.flatMap((segment) =>
    Array.from({ length: segment.length }, (_, index) => ({ segment, index })),
  );
  return { cache, references };
}

async function withPool<Result>(
  work: (pool: EventPool) => Promise<Result>,
  connections = 2,
): Promise<Result> {
  const pool = await openSnapshot(() => database.open(), connections);
  try {
    return await work(pool);
  } finally {
    await pool.close();
  }
}

const signal = new AbortController().signal;
const count = (cache: DatabaseHandle, condition = 'true') =>
  cache.prepare(`SELECT count(*) FROM event WHERE ${condition}`).pluck().get();

test('of the cited events, each once, with every field; of a vanished one what was mirrored', async () => {
  const { cache, references } = bareMirror();
  const cited = references.filter((_, place) => place % 3 === 0);
  keepEvents(cache, [...cited, ...cited, references.at(-1)!], false);
  await withPool((pool) => completeKeptEvents(pool, cache, mapping, null, signal));
  expect(count(cache)).toBe(new Set([...cited, references.at(-1)!]).size);
  expect(count(cache, 'is_whole = 0')).toBe(0);
  for (const { segment, index } of cited.slice(0, 50)) {
    const id = segment.idAt(index);
    if (id === 'vanished') continue;
    const g = Number(id.slice(1));
    expect(readEvent(cache, id, segment.microseconds[index])).toMatchObject({
      userAgent: `agent ${g % 3}`,
      metadata: `{"g": ${g}}`,
    });
  }
  const gone = mirroredHistory(cache);
  const last = gone.segments.at(-1)!;
  expect(readEvent(cache, 'vanished', last.microseconds[last.length - 1])).toMatchObject({
    resourceType: 'mirrored',
    metadata: null,
  });
  expect(readWantedHours(cache)).toEqual([]);
});

test('by one session as by several, and nothing is asked for when nothing is wanted', async () => {
  const { cache, references } = bareMirror();
  keepEvents(cache, references, false);
  await withPool((pool) => completeKeptEvents(pool.first, cache, mapping, null, signal), 1);
  expect(count(cache, 'is_whole = 1')).toBe(events + 1);
  const before = cache.prepare('SELECT total_changes()').pluck().get();
  await withPool((pool) => completeKeptEvents(pool, cache, mapping, null, signal));
  expect(cache.prepare('SELECT total_changes()').pluck().get()).toBe(before);
});

test('what a stop left is fetched by the next call', async () => {
  const { cache, references } = bareMirror();
  keepEvents(cache, references, false);
  const stop = new AbortController();
  stop.abort();
  await expect(
    withPool((pool) => completeKeptEvents(pool, cache, mapping, null, stop.signal)),
  ).rejects.toMatchObject({ code: 'cancelled' });
  expect(readWantedHours(cache).length).toBeGreaterThan(0);
  await withPool((pool) => completeKeptEvents(pool, cache, mapping, null, signal));
  expect(count(cache, 'is_whole = 1')).toBe(events + 1);
  expect(readWantedHours(cache)).toEqual([]);
});

test('hours are put together up to a size, and none is cut or lost', () => {
  const hours = [1, 2, 5, 6].map((hour) => ({ hour, events: hour * 10 }));
  expect(gatherHours(hours, 50)).toEqual([
    { from: 1, until: 2, events: 30 },
    { from: 5, until: 5, events: 50 },
    { from: 6, until: 6, events: 60 },
  ]);
});
