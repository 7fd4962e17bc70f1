// Choosing the table: presets by what the catalog shows, own mappings checked against it, nothing guessed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mapping } from '#shared/model/connection.ts';
import { customMapping } from '../../../src-main/source/connection.ts';
import { confirmMapping, resolveMapping } from '../../../src-main/source/mapping.ts';
import { streamEvents } from '../../../src-main/source/events.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { createAuditDatabase, eventTable, grant, revoke, type AuditDatabase } from './audit-database.ts';
import { collect } from './collect.ts';

let postgres: TestPostgres;
const opened: AuditDatabase[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await postgres?.stop();
});

async function databaseWith(sql: string): Promise<AuditDatabase> {
  const database = await createAuditDatabase(postgres, sql);
  opened.push(database);
  return database;
}

const auditLog = `CREATE TABLE np_audit_log (id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, action text NOT NULL,
  context jsonb, created_at timestamptz NOT NULL);`;

async function resolve(database: AuditDatabase, mapping: Mapping | null = null) {
  return resolveMapping(await database.open(), mapping);
}

describe('presets', () => {
  it('finds np_auditlog_events with every field', async () => {
    const { mapping, missingFields, warnings } = await resolve(await databaseWith(eventTable));
    expect(mapping).toMatchObject({
      preset: 'np_auditlog_events',
      schema: 'public',
      table: 'np_auditlog_events',
    });
    expect(mapping.columns.actorName).toEqual({ column: 'metadata', jsonKey: 'actor_name' });
    expect({ missingFields, warnings }).toEqual({ missingFields: [], warnings: [] });
  });

  it('finds np_audit_log, also in another schema, and says what it lacks', async () => {
    const database = await databaseWith(
      `CREATE SCHEMA audit; SET search_path = audit; ${auditLog} GRANT USAGE ON SCHEMA audit TO public; GRANT SELECT ON np_audit_log TO public;`,
    );
    const { mapping, missingFields } = await resolve(database);
    expect(mapping).toMatchObject({ preset: 'np_audit_log', schema: 'audit' });
    expect(missingFields).toEqual([
      'actorName',
      'actorType',
      'resourceType',
      'resourceId',
      'userAgent',
      'severity',
    ]);
  });

  it('finds np_audit_events under the same columns', async () => {
    const database = await databaseWith(
      `${eventTable} ALTER TABLE np_auditlog_events RENAME TO np_audit_events`,
    );
    expect((await resolve(database)).mapping.preset).toBe('np_audit_events');
  });

  it('prefers the table this user may read, and names the other one', async () => {
    const database = await databaseWith(`${eventTable} ${auditLog}`);
    expect((await resolve(database)).mapping.preset).toBe('np_auditlog_events');
    await revoke(database, 'SELECT ON np_auditlog_events');
    const { mapping, warnings } = await resolve(database);
    expect(mapping.preset).toBe('np_audit_log');
    expect(warnings).toEqual([expect.stringContaining('public.np_auditlog_events')]);
  });

  it('says so when no table is known', async () => {
    const problem = await problemOf(resolve(await databaseWith('CREATE TABLE something (a int)')));
    expect(problem.code).toBe('source-missing');
    expect(problem.message).toMatch(/none of the audit tables/);
  });
});

describe('what the catalog does not bear out', () => {
  it.each([
    [
      'a missing required column',
      'ALTER TABLE np_auditlog_events RENAME actor_user_id TO who',
      'source-missing',
      /no column actor_user_id, which should hold the actor/,
    ],
    [
      'a retyped required column',
      'ALTER TABLE np_auditlog_events ADD event_type2 bytea; ALTER TABLE np_auditlog_events DROP event_type; ALTER TABLE np_auditlog_events RENAME event_type2 TO event_type',
      'source-changed',
      /event_type .* type bytea, which cannot be read as the action/,
    ],
    [
      'a retyped optional column',
      "ALTER TABLE np_auditlog_events ALTER ip_address TYPE text[] USING '{}'::text[]",
      'source-changed',
      /type text\[\], which cannot be read as the IP address/,
    ],
    [
      'a metadata column that is no longer JSON',
      'ALTER TABLE np_auditlog_events ALTER metadata DROP DEFAULT, ALTER metadata TYPE text',
      'source-changed',
      /cannot be read as the actor name/,
    ],
  ] as const)('%s', async (_, change, code, sentence) => {
    const problem = await problemOf(resolve(await databaseWith(`${eventTable} ${change}`)));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(sentence);
  });

  it('a missing right on the table, on a required column, on the schema', async () => {
    const database = await databaseWith(eventTable);
    await revoke(database, 'SELECT ON np_auditlog_events');
    expect(await problemOf(resolve(database))).toMatchObject({ code: 'source-denied' });
    await grant(database, 'SELECT (id, created_at, event_type) ON np_auditlog_events');
    expect((await problemOf(resolve(database))).message).toMatch(/may not read the column actor_user_id/);
    await grant(database, 'SELECT ON np_auditlog_events');
    await database.admin('REVOKE USAGE ON SCHEMA public FROM public');
    expect((await problemOf(resolve(database))).message).toMatch(/may not look into the schema public/);
  });

  it('an optional column without a right, or gone, is a missing field', async () => {
    const database = await databaseWith(`${eventTable} ALTER TABLE np_auditlog_events DROP user_agent`);
    await revoke(database, 'SELECT ON np_auditlog_events');
    await grant(
      database,
      'SELECT (id, created_at, event_type, actor_user_id, source_account_id) ON np_auditlog_events',
    );
    const { missingFields, warnings } = await resolve(database);
    expect(missingFields).toContain('userAgent');
    expect(missingFields).toContain('ip');
    expect(warnings).toContain('This user may not read the column ip_address (IP address).');
  });

  it('a remembered mapping whose optional column went is refused when reading', async () => {
    const database = await databaseWith(eventTable);
    const { mapping } = await resolve(database);
    await confirmMapping(await database.open(), mapping);
    await database.admin('ALTER TABLE np_auditlog_events DROP severity');
    const client = await database.open();
    const scope = { sourceAccount: null, untilMicroseconds: null, after: null, batchSize: 10 };
    const problem = await problemOf(streamEvents(client, mapping, scope).next());
    expect(problem.code).toBe('source-changed');
    expect(problem.message).toMatch(/severity can no longer be read/);
  });
});

describe('a mapping of one’s own', () => {
  const table = `CREATE SCHEMA "Odd ""schema"; CREATE DOMAIN person AS varchar(40); CREATE TYPE verb AS ENUM ('did', 'saw');
    CREATE TABLE "Odd ""schema"."the log" ("No." bigint, "when" timestamp, person person, "what; --" verb, "from" inet, ok boolean, extra json);
    GRANT USAGE ON SCHEMA "Odd ""schema" TO public; GRANT SELECT ON "Odd ""schema"."the log" TO public;
    INSERT INTO "Odd ""schema"."the log" VALUES
      (1, '2026-03-01 10:00:00.000001', 'ann', 'did', '10.0.0.1', true, '{"it''s \\"x\\"":  "y", "n": null}'),
      (2, '2026-03-01 10:00:00', NULL, 'saw', '10.0.0.0/8', false, NULL),
      (3, 'infinity', 'ann', 'saw', NULL, NULL, NULL), (NULL, '2026-03-01 11:00:00', 'ann', 'saw', NULL, NULL, NULL)`;
  const columns = {
    id: 'No.',
    createdAt: 'when',
    actor: 'person',
    action: 'what; --',
    ip: 'from',
    severity: 'ok',
    metadata: 'extra',
    userAgent: { column: 'extra', jsonKey: 'it\'s "x"' },
  };
  const mappingOf = (more: object = {}) =>
    customMapping({ schema: 'Odd "schema', table: 'the log', columns: { ...columns, ...more } });

  it('reads odd names, domains, enumerations, networks, JSON keys and times without zone', async () => {
    const database = await databaseWith(table);
    const { mapping, warnings } = await resolve(database, mappingOf());
    expect(warnings).toEqual(['The column when has no time zone; its times are read as UTC.']);
    const scope = { sourceAccount: 'ours', untilMicroseconds: null, after: null, batchSize: 1 };
    const batches = await collect(streamEvents(await database.open(), mapping, scope));
    expect(batches.flat()).toEqual([
      {
        id: '2',
        createdAtMicroseconds: 1_772_359_200_000_000,
        sourceAccount: 'ours',
        actor: '',
        actorName: null,
        actorType: null,
        action: 'saw',
        resourceType: null,
        resourceId: null,
        ip: '10.0.0.0/8',
        userAgent: null,
        severity: 'false',
        metadata: null,
      },
      {
        id: '1',
        createdAtMicroseconds: 1_772_359_200_000_001,
        sourceAccount: 'ours',
        actor: 'ann',
        actorName: null,
        actorType: null,
        action: 'did',
        resourceType: null,
        resourceId: null,
        ip: '10.0.0.1',
        userAgent: 'y',
        severity: 'true',
        metadata: '{"it\'s \\"x\\"":  "y", "n": null}',
      },
    ]);
  });

  it('takes rule inputs, which are never missing, and notices when one has gone', async () => {
    const database = await databaseWith(table);
    const inputs = { outcome: 'ok', sessionId: { column: 'extra', jsonKey: 'session' }, bytes: 'size' };
    const { mapping, missingFields, warnings } = await resolve(database, mappingOf(inputs));
    expect(mapping.columns).toMatchObject({
      outcome: { column: 'ok' },
      sessionId: { column: 'extra', jsonKey: 'session' },
    });
    expect(mapping.columns.bytes).toBeUndefined();
    expect(missingFields).not.toContain('bytes');
    expect(missingFields).not.toContain('status');
    expect(warnings).toContain(
      'The mapping names a column size for the number of bytes, but the table has none.',
    );
    const client = await database.open();
    await confirmMapping(client, mapping);
    await database.admin('ALTER TABLE "Odd ""schema"."the log" DROP COLUMN extra');
    const problem = await problemOf(confirmMapping(client, mapping));
    expect(problem.code).toBe('source-changed');
    expect(problem.message).toMatch(/session id can no longer be read/);
  });

  it('warns of an optional column that is not there and refuses a table or required column that is not', async () => {
    const database = await databaseWith(table);
    const { missingFields, warnings } = await resolve(database, mappingOf({ actorType: 'kind' }));
    expect(missingFields).toContain('actorType');
    expect(warnings).toContainEqual(expect.stringContaining('names a column kind for the actor type'));
    expect((await problemOf(resolve(database, mappingOf({ id: 'nr' })))).code).toBe('source-missing');
    const { id: _id, ...incomplete } = columns;
    const withoutId = customMapping({ schema: 'Odd "schema', table: 'the log', columns: incomplete });
    expect((await problemOf(resolve(database, withoutId))).message).toMatch(/names no column for the id/);
    const elsewhere = customMapping({ schema: 'public', table: 'the log', columns });
    expect((await problemOf(resolve(database, elsewhere))).message).toMatch(/no table public.the log/);
  });
});
