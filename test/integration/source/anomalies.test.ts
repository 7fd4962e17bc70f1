// The source's table of anomalies on a real server: read whole and verbatim, written only by compare-and-set, in words it allows.
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInAccount, readAnomalies, type SourceAnomaly } from '../../../src-main/source/anomalies.ts';
import { insertFinding, type PublishedRow } from '../../../src-main/source/anomaly-insert.ts';
import {
  contextDigest,
  type DispositionIntent,
  type DispositionResult,
} from '../../../src-main/source/anomaly-outcomes.ts';
import { findAnomalyTable, type AnomalyTable } from '../../../src-main/source/anomaly-table.ts';
import { allowedWords, dispositionWords, wordOf } from '../../../src-main/source/anomaly-words.ts';
import { serverMicroseconds } from '../../../src-main/source/anomaly-write-query.ts';
import { dispositionDelivery } from '../../../src-main/source/anomaly-write.ts';
import { sendBatches } from '../../../src-main/source/send-batches.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, grant, type AuditDatabase } from './audit-database.ts';

let postgres: TestPostgres;
const opened: AuditDatabase[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await postgres?.stop();
});

const publishedCheck = `CHECK (disposition IN ('false_positive', 'true_positive', 'escalated'))`;
const tableSql = ({
  disposition = `text ${publishedCheck}`,
  stamp = 'timestamptz',
  key = 'PRIMARY KEY',
} = {}) =>
  `CREATE TABLE np_audit_anomalies (
     id uuid ${key} DEFAULT gen_random_uuid(), tenant_id uuid, user_id uuid,
     anomaly_type text CHECK (anomaly_type IN ('bulk_delete', 'new_ip', 'freq_spike')), severity text, z_score numeric(6,2),
     detected_at timestamptz, context jsonb, reviewed_by uuid, reviewed_at ${stamp}, disposition ${disposition});`;

async function databaseWith(sql = tableSql(), rows = 1): Promise<AuditDatabase> {
  const database = await createAuditDatabase(postgres, sql);
  opened.push(database);
  await grant(database, 'UPDATE (reviewed_by, reviewed_at, disposition), INSERT ON np_audit_anomalies');
  await database.admin(
    `INSERT INTO np_audit_anomalies (user_id, anomaly_type, severity, z_score, detected_at, context)
     SELECT '2222abcd-0000-4000-8000-000000000000', 'freq_spike', 'high', 6.20, '2026-03-01T00:00:00.123456Z', '{"b": 1, "a": "ü"}'
     FROM generate_series(1, ${rows})`,
  );
  return database;
}

async function readAll(client: SourceClient): Promise<SourceAnomaly[]> {
  const rows: SourceAnomaly[] = [];
  await readAnomalies(client, (some) => rows.push(...some));
  return rows;
}

async function tableOf(client: SourceClient): Promise<AnomalyTable> {
  const found = await findAnomalyTable(client);
  if (found.state !== 'present') throw new Error(found.sentence);
  return found.anomalyTable;
}

const rita = '0a0b0c0d-0000-4000-8000-00000000000f';

async function intentFor(
  client: SourceClient,
  row: SourceAnomaly,
  changes: Partial<DispositionIntent> = {},
): Promise<DispositionIntent> {
  const stamp = await serverMicroseconds(client);
  return {
    dispositionId: ulid(),
    anomalyId: row.id,
    shown: { ...row, contextSha256: contextDigest(row.context) },
    reviewerId: rita,
    ownIds: [rita],
    word: 'true_positive',
    stampMicroseconds: stamp,
    stamps: [stamp],
    ...changes,
  };
}

async function write(client: SourceClient, intents: DispositionIntent[]): Promise<DispositionResult[]> {
  const results: DispositionResult[] = [];
  const anomalyTable = await tableOf(client);
  await sendBatches(dispositionDelivery(client, anomalyTable), [intents], {
    ahead: 0,
    settle: (some) => void results.push(...some),
  });
  return results;
}

describe('readAnomalies', () => {
  it('reads every row of a long table, each once', async () => {
    const database = await databaseWith(tableSql(), 10_001);
    const rows = await readAll(await database.open());
    expect(new Set(rows.map(({ id }) => id)).size).toBe(10_001);
    expect(rows).toHaveLength(10_001);
    expect(rows[0]).toMatchObject({ score: '6.20', context: '{"a": "ü", "b": 1}', reviewedBy: null });
    expect(rows[0]!.detectedMicroseconds).toBe(Date.parse('2026-03-01T00:00:00.123Z') * 1000 + 456);
  });

  it('takes rows as they come: nothing set, times at infinity, long and crooked text', async () => {
    const database = await databaseWith(tableSql(), 0);
    const crooked = `\u202egnihtyna\u0007 ${'x'.repeat(1_000_000)}`;
    await database.admin(
      `INSERT INTO np_audit_anomalies (detected_at, context) VALUES (NULL, NULL), ('infinity', to_jsonb($1::text)), ('-infinity', '[]')`,
      [crooked],
    );
    const rows = await readAll(await database.open());
    expect(rows.map(({ detectedMicroseconds }) => detectedMicroseconds)).toEqual([null, null, null]);
    expect(new Set(rows.map(({ detectedText }) => detectedText))).toEqual(
      new Set(['-infinity', 'infinity', null]),
    );
    expect(JSON.parse(rows.find(({ detectedText }) => detectedText === 'infinity')!.context!)).toBe(crooked);
  });

  it('says why there is nothing to read', async () => {
    const none = await createAuditDatabase(postgres, 'SELECT 1');
    const changed = await createAuditDatabase(postgres, 'CREATE TABLE np_audit_anomalies (id uuid)');
    const denied = await createAuditDatabase(postgres, 'SELECT 1');
    opened.push(none, changed, denied);
    await denied.admin(tableSql());
    const read = async (database: AuditDatabase) => readAnomalies(await database.open(), () => undefined);
    expect(await read(none)).toMatchObject({ state: 'absent' });
    expect(await read(changed)).toMatchObject({ state: 'changed' });
    expect(await read(denied)).toMatchObject({ state: 'denied' });
  });

  it('is limited to the account only where the events name their account in tenant_id', () => {
    const row = { tenant: 'a' } as SourceAnomaly;
    const mappedTo = (column: string) => ({
      preset: 'custom',
      schema: 'public',
      table: 't',
      columns: { sourceAccount: { column } },
    });
    const keeps = (sourceAccount: string | null, column: string) =>
      isInAccount({ sourceAccount, mapping: mappedTo(column) })(row);
    expect([keeps('a', 'tenant_id'), keeps('b', 'tenant_id')]).toEqual([true, false]);
    expect([keeps('b', 'source_account_id'), keeps(null, 'tenant_id')]).toEqual([true, true]);
  });
});

describe('allowedWords', () => {
  const wordsOf = async (disposition: string) => {
    const database = await databaseWith(tableSql({ disposition }), 0);
    const client = await database.open();
    return allowedWords(client, await tableOf(client), 'disposition', dispositionWords);
  };

  it('asks the table itself, whatever form its rule has', async () => {
    const published = await wordsOf(`text ${publishedCheck}`);
    expect([...published.words].toSorted()).toEqual(['escalated', 'false_positive', 'true_positive']);
    expect(wordOf('acknowledged', published.words)).toBe('true_positive');
    const documented = await wordsOf(
      `varchar(40) CHECK (disposition IS NULL OR disposition ~ '^(acknowledged|false-positive)$')`,
    );
    expect([
      wordOf('acknowledged', documented.words),
      wordOf('false-positive', documented.words),
      wordOf('escalated', documented.words),
    ]).toEqual(['acknowledged', 'false-positive', null]);
    expect((await wordsOf('text')).isLimited).toBe(false);
  });

  it('reads the labels of an enumeration, and writes them', async () => {
    const database = await databaseWith(
      `CREATE TYPE verdict AS ENUM ('true_positive', 'escalated'); ${tableSql({ disposition: 'verdict' })}`,
    );
    const client = await database.open({ purpose: 'write' });
    const { words } = await allowedWords(client, await tableOf(client), 'disposition', dispositionWords);
    expect([...words].toSorted()).toEqual(['escalated', 'true_positive']);
    const [row] = await readAll(client);
    expect(await write(client, [await intentFor(client, row!)])).toMatchObject([{ outcome: 'applied' }]);
  });
});

describe('dispositionDelivery', () => {
  it('writes once and recognises its own write by any stamp it was sent with', async () => {
    const database = await databaseWith();
    const client = await database.open({ purpose: 'write' });
    const [row] = await readAll(client);
    const intent = await intentFor(client, row!);
    expect(await write(client, [intent])).toMatchObject([
      { outcome: 'applied', server: { disposition: 'true_positive', reviewedBy: rita } },
    ]);
    const later = await serverMicroseconds(client);
    const again = { ...intent, stampMicroseconds: later, stamps: [...intent.stamps, later] };
    expect(await write(client, [again])).toMatchObject([{ outcome: 'already-mine' }]);
    expect(await write(client, [{ ...again, stamps: [later] }])).toMatchObject([{ outcome: 'superseded' }]);
    const [after] = await readAll(client);
    expect(after!.reviewedMicroseconds).toBe(intent.stampMicroseconds);
  });

  it('writes nothing over what changed, vanished, is about the reviewer, or was judged without a time', async () => {
    const database = await databaseWith(tableSql(), 5);
    const client = await database.open({ purpose: 'write' });
    const rows = await readAll(client);
    const intents = await Promise.resolve(rows).then(async (all) => {
      const made: DispositionIntent[] = [];
      for (const row of all) made.push(await intentFor(client, row));
      return made;
    });
    await database.admin(`UPDATE np_audit_anomalies SET context = '{}' WHERE id = $1`, [rows[0]!.id]);
    await database.admin('DELETE FROM np_audit_anomalies WHERE id = $1', [rows[1]!.id]);
    await database.admin(`UPDATE np_audit_anomalies SET disposition = 'escalated' WHERE id = $1`, [
      rows[2]!.id,
    ]);
    const own = { ...intents[3]!, ownIds: ['2222abcd-0000-4000-8000-000000000000'] };
    const results = await write(client, [intents[0]!, intents[1]!, intents[2]!, own, intents[4]!]);
    const outcomeOf = (intent: DispositionIntent) =>
      results.find(({ dispositionId }) => dispositionId === intent.dispositionId)?.outcome;
    expect(intents.map(outcomeOf)).toEqual(['changed', 'not-visible', 'superseded', 'rejected', 'applied']);
  });

  it('sets a bad row aside and writes the others', async () => {
    const database = await databaseWith(
      `${tableSql()}
       CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.severity = 'odd' THEN RAISE EXCEPTION 'no' USING ERRCODE = '23514'; END IF; RETURN NEW; END $$;
       CREATE TRIGGER refuse BEFORE UPDATE OF disposition ON np_audit_anomalies FOR EACH ROW EXECUTE FUNCTION refuse();`,
      4,
    );
    await database.admin(
      `UPDATE np_audit_anomalies SET severity = 'odd' WHERE id = (SELECT id FROM np_audit_anomalies ORDER BY id LIMIT 1)`,
    );
    const client = await database.open({ purpose: 'write' });
    const intents: DispositionIntent[] = [];
    for (const row of await readAll(client)) intents.push(await intentFor(client, row));
    const results = await write(client, intents);
    expect(results.map(({ outcome }) => outcome).toSorted()).toEqual([
      'applied',
      'applied',
      'applied',
      'rejected',
    ]);
  });

  it('refuses tables in which a write of its own could not be recognised', async () => {
    const coarse = await databaseWith(tableSql({ stamp: 'timestamptz(3)' }), 0);
    const keyless = await databaseWith(tableSql({ key: '' }), 0);
    expect((await tableOf(await coarse.open())).cannotDispose).toMatch(/does not keep microseconds/);
    expect((await tableOf(await keyless.open())).cannotDispose).toMatch(/No unique index/);
    expect((await tableOf(await keyless.open())).cannotPublish).toMatch(/No unique index/);
  });
});

describe('insertFinding', () => {
  const row: PublishedRow = {
    finding: 'nb-1',
    anomaly: '11111111-2222-8333-8444-555555555555',
    user: null,
    anomalyType: 'freq_spike',
    severity: 'high',
    zScore: null,
    detectedAt: '2026-03-01T00:00:00.000Z',
    context: { countersign: { finding: 'nb-1' } },
  };

  it('adds a finding once, leaves a stranger’s row alone, and says which rule refused one', async () => {
    const database = await databaseWith(tableSql(), 0);
    const client = await database.open({ purpose: 'write' });
    const table = await tableOf(client);
    expect(await insertFinding(client, table, row)).toMatchObject({ outcome: 'published' });
    expect(await insertFinding(client, table, row)).toMatchObject({ outcome: 'already-there' });
    const other = { ...row, finding: 'nb-2', context: { countersign: { finding: 'nb-2' } } };
    expect(await insertFinding(client, table, other)).toMatchObject({ outcome: 'taken' });
    const wordless = { ...row, anomaly: row.anomaly.replace('1111', '9999'), anomalyType: 'drift' };
    expect(await insertFinding(client, table, wordless)).toMatchObject({
      outcome: 'rejected',
      detail: expect.stringContaining('A rule of the database'),
    });
    expect(await readAll(client)).toHaveLength(1);
  });
});
