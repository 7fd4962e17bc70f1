// Single events by what was counted of them, and by their ids: exactly those, from any kind of table.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mapping } from '#shared/model/connection.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { customMapping } from '../../../src-main/source/connection.ts';
import { streamEvents } from '../../../src-main/source/events.ts';
import type { EventSpan } from '../../../src-main/source/known-event-query.ts';
import { readActorNames, readEventsByIds, readEventsOfSpans } from '../../../src-main/source/known-events.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, eventTable, type AuditDatabase } from './audit-database.ts';
import { collect as collectBatches } from './collect.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const strange = `o'Brien "x" \\ {,}`;
const start = parseInstant('2026-03-01T00:00:00Z');
const slot = 900_000_000;

let postgres: TestPostgres;
let database: AuditDatabase;
let client: SourceClient;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, eventTable);
  await database.admin(
    `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, event_type, severity, created_at)
     SELECT 'e' || g, CASE WHEN g % 5 = 0 THEN 'branch' ELSE 'primary' END,
            (ARRAY['ann', '', $1])[1 + g % 3], (ARRAY['read', 'write'])[1 + g % 2],
            CASE WHEN g % 50 = 0 THEN 'critical' END, '2026-03-01T00:00:00Z'::timestamptz + g * interval '61.000001 seconds'
       FROM generate_series(0, 599) g`,
    [strange],
  );
  await database.admin(`ALTER ROLE ${database.user} BYPASSRLS`);
  client = await database.open();
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

const collect = async (batches: ReturnType<typeof streamEvents>) => (await collectBatches(batches)).flat();
const everything = { sourceAccount: null, untilMicroseconds: null, after: null, batchSize: 100 };
const all = () => collect(streamEvents(client, mapping, everything));
const spanOf = (
  actor: string,
  action: string,
  from: number,
  slots: number,
  sourceAccount = 'primary',
): EventSpan => ({
  fromMicroseconds: start + from * slot,
  untilMicroseconds: start + (from + slots) * slot,
  sourceAccount,
  actor,
  action,
});

describe('events of spans', () => {
  it('are those of the span and no others, oldest first, whatever the names', async () => {
    const spans = [
      spanOf('ann', 'read', 3, 2),
      spanOf(strange, 'write', 0, 40),
      spanOf('', 'read', 8, 1, 'branch'),
      spanOf('nobody', 'read', 0, 40),
    ];
    const events = await all();
    const expected = spans.map((span) =>
      events.filter(
        (event) =>
          event.createdAtMicroseconds >= span.fromMicroseconds &&
          event.createdAtMicroseconds < span.untilMicroseconds &&
          [event.sourceAccount, event.actor, event.action].join() ===
            [span.sourceAccount, span.actor, span.action].join(),
      ),
    );
    expect(expected.map(({ length }) => length > 0)).toEqual([true, true, true, false]);
    expect(await readEventsOfSpans(client, mapping, null, spans, 500)).toEqual(expected);
    expect(await readEventsOfSpans(client, mapping, null, [], 500)).toEqual([]);
  });

  it('are the earliest where there are more than wanted', async () => {
    const span = spanOf('ann', 'read', 0, 40);
    const [whole] = await readEventsOfSpans(client, mapping, null, [span], 500);
    const [some, same] = await readEventsOfSpans(client, mapping, null, [span, span], 3);
    expect(some).toEqual(whole!.slice(0, 3));
    expect(same).toEqual(some);
  });

  it('do not include what begins where the span ends', async () => {
    const [event] = await all();
    const at = event!.createdAtMicroseconds;
    const span = { ...spanOf(event!.actor, event!.action, 0, 0, event!.sourceAccount), fromMicroseconds: at };
    expect(await readEventsOfSpans(client, mapping, null, [{ ...span, untilMicroseconds: at }], 9)).toEqual([
      [],
    ]);
    expect(
      await readEventsOfSpans(client, mapping, null, [{ ...span, untilMicroseconds: at + 1 }], 9),
    ).toEqual([[event]]);
  });

  it('come from a table without accounts, with ids that are UUIDs, and names and actions in JSON', async () => {
    await database.admin(`CREATE TABLE trail (key uuid, at timestamp, data jsonb);
      INSERT INTO trail SELECT gen_random_uuid(), '2026-03-01'::timestamp + g * interval '1 minute',
        jsonb_build_object('who', nullif('u' || g % 3, 'u1'), 'name', 'User ' || g % 3 || CASE WHEN g > 50 THEN ' Changed' ELSE '' END, 'what', 'x')
        FROM generate_series(0, 99) g;
      GRANT SELECT ON trail TO ${database.user}`);
    const custom: Mapping = customMapping({
      schema: 'public',
      table: 'trail',
      columns: {
        id: 'key',
        createdAt: 'at',
        actor: { column: 'data', jsonKey: 'who' },
        actorName: { column: 'data', jsonKey: 'name' },
        action: { column: 'data', jsonKey: 'what' },
      },
    });
    const events = await collect(streamEvents(client, custom, everything));
    const [found] = await readEventsOfSpans(client, custom, null, [spanOf('', 'x', 0, 96)], 500);
    expect(found).toEqual(events.filter(({ actor }) => actor === ''));
    expect(found).toHaveLength(33);
    const ids = [events[7]!.id, events[70]!.id, 'no uuid', '00000000-0000-4000-8000-000000000000'];
    expect((await readEventsByIds(client, custom, null, ids)).map(({ id }) => id).toSorted()).toEqual(
      [events[7]!.id, events[70]!.id].toSorted(),
    );
    const names = await readActorNames(client, custom, { sourceAccount: null, untilMicroseconds: null });
    const newest = Map.groupBy(names, ({ actor }) => actor);
    expect(new Map([...newest].map(([actor, own]) => [actor, own.length]))).toEqual(
      new Map([
        ['', 2],
        ['u0', 2],
        ['u2', 2],
      ]),
    );
    const last = newest.get('u0')!.toSorted((a, b) => b.microseconds - a.microseconds)[0]!;
    expect([last.name, formatInstant(last.microseconds)]).toEqual([
      'User 0 Changed',
      '2026-03-01T01:39:00.000Z',
    ]);
  });
});

describe('events by their ids, and events to keep', () => {
  it('are read from one account when only that is wanted', async () => {
    const ids = ['e4', 'e5', 'gone'];
    expect((await readEventsByIds(client, mapping, null, ids)).map(({ id }) => id).toSorted()).toEqual([
      'e4',
      'e5',
    ]);
    expect((await readEventsByIds(client, mapping, 'branch', ids)).map(({ id }) => id)).toEqual(['e5']);
    expect(await readEventsByIds(client, mapping, null, [])).toEqual([]);
  });

  it('are those of the named actions and the critical ones, page by page', async () => {
    const kept = (actions: string[]) =>
      collect(
        streamEvents(client, mapping, { ...everything, batchSize: 7, kept: { actions: new Set(actions) } }),
      );
    const events = await all();
    expect(await kept([])).toEqual(events.filter(({ severity }) => severity === 'critical'));
    expect(await kept(['write', strange])).toEqual(
      events.filter(({ severity, action }) => severity === 'critical' || action === 'write'),
    );
    expect(await readActorNames(client, mapping, { sourceAccount: null, untilMicroseconds: null })).toEqual(
      [],
    );
  });
});
