// Reading in columns: the very values the paged reader yields, whatever is in the table and however it is read.
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mappedFields, type Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import type { BatchField, EventBatch } from '../../../src-main/source/columns/event-batch.ts';
import { openSnapshot } from '../../../src-main/source/columns/event-pool.ts';
import type { TimeSlice } from '../../../src-main/source/columns/slice-query.ts';
import { customMapping } from '../../../src-main/source/connection.ts';
import { streamEvents } from '../../../src-main/source/events.ts';
import { presets } from '../../../src-main/source/presets.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, type AuditDatabase } from './audit-database.ts';
import { rowsIn, slicesOf, type Row } from './batch-rows.ts';
import { collect } from './collect.ts';

const mapping = { ...presets[0]!, schema: 'public' };
const everything: TimeSlice = { fromMicroseconds: null, untilMicroseconds: null };
const allFields = mappedFields.filter(
  (field): field is BatchField => field !== 'id' && field !== 'createdAt',
);

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
});

interface Options {
  connections?: number;
  slices?: readonly TimeSlice[];
  fields?: readonly BatchField[];
  batchRows?: number;
  batchBytes?: number;
  sourceAccount?: string | null;
  open?: () => Promise<SourceClient>;
}

async function readAll(database: AuditDatabase, mapping: Mapping, options: Options = {}) {
  const pool = await openSnapshot(options.open ?? (() => database.open()), options.connections ?? 1);
  const batches: EventBatch[] = [];
  try {
    const report = await pool.read(
      mapping,
      {
        sourceAccount: options.sourceAccount ?? null,
        slices: options.slices ?? [everything],
        fields: options.fields ?? allFields,
        batchRows: options.batchRows ?? 1000,
        ...(options.batchBytes === undefined ? {} : { batchBytes: options.batchBytes }),
      },
      async (_, batch) => void batches.push(batch),
      async () => undefined,
    );
    return { report, batches, rows: byTimeAndId(batches.flatMap(rowsIn)) };
  } finally {
    await pool.close();
  }
}

const byTimeAndId = <T extends { createdAtMicroseconds: number; id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted(
    (a, b) =>
      a.createdAtMicroseconds - b.createdAtMicroseconds ||
      Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)),
  );

/** What the paged reader yields, without the fields the mapping does not have: a batch has no column for those. */
async function pagedRows(database: AuditDatabase, mapping: Mapping, sourceAccount: string | null = null) {
  const options = { sourceAccount, after: null, untilMicroseconds: null, batchSize: 500 };
  const events = (await collect(streamEvents(await database.open(), mapping, options))).flat();
  return byTimeAndId(events).map(
    (event): Row =>
      Object.fromEntries(
        Object.entries(event).filter(
          ([field]) =>
            field === 'createdAtMicroseconds' ||
            field === 'sourceAccount' ||
            mapping.columns[field as keyof Mapping['columns']],
        ),
      ) as Row,
  );
}

/** Texts that something on the way might trip over; PostgreSQL has none with a zero character. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\\',
    "'",
    '"',
    '\\N',
    '\\.',
    'NULL',
    '\ufeff',
    '🦊',
    'é',
    'e\u0301',
    "a'b\\c",
    'x'.repeat(70_000),
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
  fc.constantFrom('dana', 'kim', 'svc-backup'),
);
const hostileTime = fc.oneof(
  fc.constantFrom(
    'infinity',
    '-infinity',
    '1700-01-01T00:00:00Z',
    '1699-12-31T23:59:59.999999Z',
    '2254-12-31T23:59:59.999999Z',
    '2255-01-01T00:00:00Z',
    '0044-03-15 BC',
    '1969-12-31T23:59:59.999999Z',
    '1999-12-31T23:59:59.999999Z',
    '2000-01-01T00:00:00.000001Z',
  ),
  fc
    .integer({ min: 0, max: 86_399_999_999 })
    .map((at) => new Date(1_772_323_200_000 + at / 1000).toISOString()),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 });

describe('reading in columns agrees with reading in pages', () => {
  it('on the published table, whatever it holds', async () => {
    const database = await createAuditDatabase(
      postgres,
      `${eventTable} ALTER TABLE np_auditlog_events DISABLE ROW LEVEL SECURITY`,
    );
    const event = fc.record({
      time: hostileTime,
      account: hostileText,
      actor: hostileText,
      name: maybe(hostileText),
      action: hostileText,
      more: fc.array(maybe(hostileText), { minLength: 6, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 60 }),
        fc.constantFrom(1, 7, 1000),
        fc.constantFrom(1, 3),
        async (events, batchRows, connections) => {
          await database.admin('TRUNCATE np_auditlog_events');
          for (const [index, { time, account, actor, name, action, more }] of events.entries())
            await database.admin(
              `INSERT INTO np_auditlog_events (id, created_at, source_account_id, actor_user_id, event_type, metadata,
                 actor_type, resource_type, resource_id, ip_address, user_agent, severity)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
              [
                `e-${index}`,
                time,
                account,
                actor,
                action,
                JSON.stringify({ actor_name: name, n: 1e2 }),
                ...more,
              ],
            );
          const slices = slicesOf('1900-01-01', '2026-03-01T12:00:00Z');
          const { rows, report } = await readAll(database, mapping, { batchRows, connections, slices });
          const expected = await pagedRows(database, mapping);
          expect(rows).toEqual(expected);
          expect(report).toEqual({ way: 'copy', connections, rows: expected.length });
        },
      ),
      { numRuns: 25 },
    );
    await database.close();
  });

  const ownTable = (id: string, metadata: string) => `
    CREATE DOMAIN person AS varchar(40); CREATE TYPE verb AS ENUM ('did', 'saw');
    CREATE TABLE log (no ${id}, at timestamp, who person, verb verb, origin inet, network cidr, ok boolean, size numeric,
      kind char(8), extra ${metadata});
    INSERT INTO log SELECT ${id === 'uuid' ? "md5('salt' || g)::uuid" : id === 'bigint' ? '(g - 3) * 4611686018427387' : "repeat('ä', g) || '\\'"},
      ('2026-03-01'::timestamp + g * interval '1 hour 1 microsecond'), nullif('Ann ' || g % 3, 'Ann 2'), (ARRAY['did', 'saw'])[1 + g % 2]::verb,
      (ARRAY['10.0.0.1', '10.0.0.0/8', '::1', 'fe80::/32', '2001:db8::1/128', '0.0.0.0/0', '::/0', NULL])[1 + g % 8]::inet,
      (ARRAY['10.0.0.1/32', '10.0.0.0/8', '::1/128', NULL])[1 + g % 4]::cidr, (ARRAY[true, false, NULL])[1 + g % 3], g / 7.0, 'k' || g % 2,
      (CASE WHEN g % 5 <> 0 THEN '{"b": 1,  "a": "x\\u00e9", "status": ' || g % 4 || ', "deep": {"c": [1, 2]}, "n": null}' END)::${metadata}
    FROM generate_series(1, 40) g;
    INSERT INTO log (no, at, who, verb) VALUES (NULL, '2026-03-01', 'nobody', 'did');`;
  const ownColumns = {
    id: 'no',
    createdAt: 'at',
    actor: 'who',
    action: 'verb',
    ip: 'origin',
    severity: 'ok',
    resourceId: 'network',
    resourceType: 'kind',
    actorType: { column: 'extra', jsonKey: 'deep' },
    userAgent: { column: 'extra', jsonKey: 'n' },
    actorName: { column: 'extra', jsonKey: 'it\'s \\ "a"' },
    metadata: 'extra',
  };

  it.each([
    ['uuid', 'jsonb'],
    ['uuid', 'json'],
    ['bigint', 'json'],
    ['text', 'jsonb'],
  ])('on a table of one’s own: ids %s, metadata %s', async (id, metadata) => {
    const database = await createAuditDatabase(postgres, ownTable(id, metadata));
    const own = customMapping({ schema: 'public', table: 'log', columns: ownColumns });
    const expected = await pagedRows(database, own);
    expect(expected).toHaveLength(40);
    expect((await readAll(database, own)).rows).toEqual(expected);
    const first = (await readAll(database, own)).batches[0]!;
    expect(first.ids.kind).toBe(id === 'uuid' ? 'uuid' : 'text');
    await database.close();
  });

  it('on few columns: fields the table lacks have no column, and the chosen account stands for all', async () => {
    const database = await createAuditDatabase(postgres, ownTable('bigint', 'json'));
    const { id, createdAt, actor, action } = ownColumns;
    const own = customMapping({ schema: 'public', table: 'log', columns: { id, createdAt, actor, action } });
    const { batches, rows } = await readAll(database, own, { sourceAccount: "o'ne\\" });
    expect([...batches[0]!.columns.keys()].toSorted()).toEqual(['action', 'actor', 'sourceAccount']);
    expect(rows).toEqual(await pagedRows(database, own, "o'ne\\"));
    expect((await readAll(database, own)).rows[0]?.sourceAccount).toBe('primary');
    expect((await readAll(database, own, { fields: [] })).batches[0]!.columns.size).toBe(0);
    await database.close();
  });

  it('and reads rule inputs as their columns print', async () => {
    const database = await createAuditDatabase(postgres, ownTable('bigint', 'jsonb'));
    const inputs = { bytes: 'size', outcome: 'ok', status: { column: 'extra', jsonKey: 'status' } };
    const { id, createdAt, actor, action } = ownColumns;
    const columns = { id, createdAt, actor, action, ...inputs };
    const own = customMapping({ schema: 'public', table: 'log', columns });
    const { rows } = await readAll(database, own, { fields: ['bytes', 'outcome', 'status', 'path'] });
    const expected = await database.admin(
      `SELECT size::text AS bytes, ok::text AS outcome, extra ->> 'status' AS status FROM log WHERE no IS NOT NULL ORDER BY at`,
    );
    expect(rows.map(({ bytes, outcome, status }) => ({ bytes, outcome, status }))).toEqual(expected);
    await database.close();
  });
});

describe('a batch', () => {
  it('holds large metadata whole and ends early when it has grown large', async () => {
    const database = await createAuditDatabase(postgres, eventTable);
    await database.admin(`INSERT INTO np_auditlog_events (id, event_type, created_at, metadata)
      SELECT 'e' || g, 'x', '2026-03-01'::timestamptz + g * interval '1 second', jsonb_build_object('t', repeat(chr(64 + g), 1048576))
      FROM generate_series(1, 12) g`);
    const { batches, rows } = await readAll(database, mapping, { batchBytes: 3_000_000 });
    expect(batches.map((batch) => batch.length)).toEqual([3, 3, 3, 3]);
    expect(rows).toEqual(await pagedRows(database, mapping));
    await database.close();
  });

  it('codes what repeats and gives up where nothing does', async () => {
    const database = await createAuditDatabase(postgres, eventTable);
    await database.admin(`INSERT INTO np_auditlog_events (id, event_type, actor_user_id, resource_id, created_at)
      SELECT g::text, 'type.' || g % 300, 'user-' || g % 70000, 'r' || g, '2026-03-01'::timestamptz + g * interval '1 second'
      FROM generate_series(1, 150000) g`);
    const { batches, rows } = await readAll(database, mapping, {
      batchRows: 50_000,
      fields: ['action', 'actor', 'resourceId', 'severity'],
    });
    const kinds = (field: BatchField) =>
      batches.map(({ columns }) => {
        const column = columns.get(field)!;
        return column.kind === 'coded' ? column.codes.constructor.name : column.kind;
      });
    expect(kinds('severity')).toEqual(['Uint8Array', 'Uint8Array', 'Uint8Array']);
    expect(kinds('action')).toEqual(['Uint16Array', 'Uint16Array', 'Uint16Array']);
    expect(kinds('resourceId')).toEqual(['plain', 'plain', 'plain']);
    expect(new Set(rows.map((row) => row.resourceId)).size).toBe(150_000);
    expect(
      rows.every(
        ({ id, resourceId, actor }) => resourceId === `r${id}` && actor === `user-${Number(id) % 70_000}`,
      ),
    ).toBe(true);
    await database.close();
  });
});

describe('quoting', () => {
  it.each(['on', 'off'])(
    'keeps an account one value with standard_conforming_strings %s',
    async (setting) => {
      const database = await createAuditDatabase(
        postgres,
        `${eventTable} ALTER TABLE np_auditlog_events DISABLE ROW LEVEL SECURITY`,
      );
      await database.admin(`ALTER ROLE ${database.user} SET standard_conforming_strings = ${setting}`);
      const accounts = [
        "o'brien",
        "\\'; DROP TABLE np_auditlog_events; --",
        '\\',
        "\\\\'",
        '"',
        '$$',
        "' OR true --",
        'ü\n',
      ];
      for (const [index, account] of accounts.entries())
        await database.admin(
          `INSERT INTO np_auditlog_events (id, source_account_id, event_type, created_at) VALUES ($1, $2, 'x', '2026-03-01')`,
          [`e${index}`, account],
        );
      for (const [index, sourceAccount] of accounts.entries()) {
        const { rows } = await readAll(database, mapping, { sourceAccount });
        expect(rows.map(({ id }) => id)).toEqual([`e${index}`]);
      }
      expect((await readAll(database, mapping, { sourceAccount: 'nobody' })).rows).toEqual([]);
      await database.close();
    },
  );

  it('keeps a JSON key one value', async () => {
    const database = await createAuditDatabase(postgres, eventTable);
    const key = "a'b\\'c\" || $1; --";
    await database.admin(
      `INSERT INTO np_auditlog_events (id, event_type, created_at, metadata) VALUES ('e', 'x', '2026-03-01', $1)`,
      [JSON.stringify({ [key]: 'found' })],
    );
    const hostile = {
      ...mapping,
      columns: { ...mapping.columns, actorName: { column: 'metadata', jsonKey: key } },
    };
    expect((await readAll(database, hostile)).rows[0]?.actorName).toBe('found');
    await database.close();
  });

  it('tells an account that is no UUID where the column is one, as the paged reader does', async () => {
    const database = await createAuditDatabase(
      postgres,
      'CREATE TABLE np_audit_log (id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, action text, context jsonb, created_at timestamptz)',
    );
    const log = { ...presets[1]!, schema: 'public' };
    const problem = await problemOf(readAll(database, log, { sourceAccount: 'primary' }));
    expect(problem.message).toMatch(/source account may not have the right form/);
    await database.close();
  });
});
