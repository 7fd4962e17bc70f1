// The fingerprint of a real schema: the same while nothing changes, and in words exactly what did.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../../../src-main/source/client.ts';
import { resolveMapping } from '../../../src-main/source/mapping.ts';
import { schemaDifferences } from '../../../src-main/source/schema-differences.ts';
import { takeFingerprint } from '../../../src-main/source/schema-fingerprint.ts';
import { schemaFingerprint, type SchemaFingerprint } from '../../../src-main/source/schema-shape.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, eventTable, grant, reviewTable, type AuditDatabase } from './audit-database.ts';

let postgres: TestPostgres;
let database: AuditDatabase;
let mapping: Mapping;
let session: SourceClient;

const anomalies = `CREATE TABLE np_audit_anomalies (id uuid PRIMARY KEY, tenant_id uuid, user_id uuid, anomaly_type text NOT NULL,
  severity text NOT NULL, z_score numeric(6,2), detected_at timestamptz NOT NULL, context jsonb, reviewed_by uuid,
  reviewed_at timestamptz, disposition text);`;
const reviews = 'np_audit_privileged_reviews';

beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, eventTable + reviewTable() + anomalies);
  await database.admin(
    `CREATE POLICY own_rows ON ${reviews} FOR ALL TO PUBLIC USING (tenant_id IS NULL);
     CREATE POLICY decide_once ON ${reviews} FOR UPDATE USING (reviewed_at IS NULL)`,
  );
  session = await database.open();
  mapping = (await resolveMapping(session, null)).mapping;
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

const take = (): Promise<SchemaFingerprint> => takeFingerprint(session, mapping);

/** What a change and its reversal are seen as; afterwards everything is as before. */
async function seen(change: string, reversal: string): Promise<string[]> {
  const before = await take();
  await database.admin(change.replaceAll('READER', `"${database.user}"`));
  try {
    return schemaDifferences(before, await take()).map(({ sentence }) => sentence);
  } finally {
    await database.admin(reversal.replaceAll('READER', `"${database.user}"`));
    expect(await take()).toEqual(before);
  }
}

describe('the fingerprint', () => {
  it('is the same as long as the schema is, reads back as it was stored, and holds what is there', async () => {
    const [first, second] = [await take(), await take()];
    expect(second).toEqual(first);
    expect(schemaFingerprint.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    expect(first.tables.reviews).toMatchObject({
      columns: {
        action: { type: 'text', nullable: false, select: true, update: false },
        notes: { type: 'text', nullable: true, select: true, update: true },
      },
      privileges: ['SELECT'],
      rowSecurity: { enabled: false, forced: false, applies: false },
      policies: { decide_once: { command: 'UPDATE', permissive: true, using: '(reviewed_at IS NULL)' } },
    });
    expect(first.tables.events?.reads).toContain('actor_user_id');
    expect(first.tables.anomalies?.columns['disposition']).toMatchObject({ type: 'text', update: false });
  });

  it.each([
    ['further columns', `ALTER TABLE ${reviews} ADD extra text`, `ALTER TABLE ${reviews} DROP extra`],
    [
      'columns of events nobody reads',
      'ALTER TABLE np_auditlog_events ADD extra text',
      'ALTER TABLE np_auditlog_events DROP extra',
    ],
    ['further rights', `GRANT INSERT ON ${reviews} TO READER`, `REVOKE INSERT ON ${reviews} FROM READER`],
    [
      'policies of others',
      `CREATE POLICY audit ON ${reviews} TO pg_monitor USING (true)`,
      `DROP POLICY audit ON ${reviews}`,
    ],
    [
      'another owner',
      `ALTER TABLE ${reviews} OWNER TO pg_monitor`,
      `ALTER TABLE ${reviews} OWNER TO postgres`,
    ],
    [
      'an index and a comment',
      `CREATE INDEX i ON ${reviews} (due_at); COMMENT ON TABLE ${reviews} IS 'x'`,
      `DROP INDEX i; COMMENT ON TABLE ${reviews} IS NULL`,
    ],
  ])('is no obstacle: %s', async (_, change, reversal) => {
    expect(await seen(change, reversal)).toEqual([]);
  });

  it.each([
    [
      `ALTER TABLE ${reviews} RENAME notes TO remarks`,
      `ALTER TABLE ${reviews} RENAME remarks TO notes`,
      /^The column notes of public\.np_audit_privileged_reviews is not there any more\.$/,
    ],
    [
      `ALTER TABLE ${reviews} ALTER notes TYPE varchar(80)`,
      `ALTER TABLE ${reviews} ALTER notes TYPE text`,
      /^The column notes of .* has the type character varying\(80\); it was text\.$/,
    ],
    [
      `ALTER TABLE ${reviews} ALTER notes SET NOT NULL`,
      `ALTER TABLE ${reviews} ALTER notes DROP NOT NULL`,
      /^The column notes of .* may not be empty any more\.$/,
    ],
    [
      `ALTER TABLE ${reviews} ALTER action DROP NOT NULL`,
      `ALTER TABLE ${reviews} ALTER action SET NOT NULL`,
      /^The column action of .* may be empty; it could not be before\.$/,
    ],
    [
      `REVOKE UPDATE (reviewer_id, notes) ON ${reviews} FROM READER`,
      `GRANT UPDATE (reviewer_id, notes) ON ${reviews} TO READER`,
      /^This user may not write decisions to .* the right to change the columns notes and reviewer_id is gone\.$/,
    ],
    [
      `ALTER TABLE ${reviews} ENABLE ROW LEVEL SECURITY`,
      `ALTER TABLE ${reviews} DISABLE ROW LEVEL SECURITY`,
      /^Row-level security on .* was switched on\.$/,
    ],
    [
      `ALTER TABLE ${reviews} FORCE ROW LEVEL SECURITY`,
      `ALTER TABLE ${reviews} NO FORCE ROW LEVEL SECURITY`,
      /^Row-level security on .* binds its owner\.$/,
    ],
    [
      `DROP POLICY decide_once ON ${reviews}`,
      `CREATE POLICY decide_once ON ${reviews} FOR UPDATE USING (reviewed_at IS NULL)`,
      /^The policy decide_once of .* is gone\.$/,
    ],
    [
      `ALTER POLICY decide_once ON ${reviews} USING (true)`,
      `ALTER POLICY decide_once ON ${reviews} USING (reviewed_at IS NULL)`,
      /^The policy decide_once of .* is another one\.$/,
    ],
    [
      `ALTER TABLE ${reviews} RENAME TO hidden`,
      `ALTER TABLE hidden RENAME TO ${reviews}`,
      /^The table public\.np_audit_privileged_reviews is not there any more\.$/,
    ],
    [
      'ALTER TABLE np_auditlog_events RENAME severity TO level',
      'ALTER TABLE np_auditlog_events RENAME level TO severity',
      /^The column severity of public\.np_auditlog_events is not there any more\.$/,
    ],
    [
      'ALTER TABLE np_audit_anomalies ALTER disposition TYPE varchar(20)',
      'ALTER TABLE np_audit_anomalies ALTER disposition TYPE text',
      /^The column disposition of public\.np_audit_anomalies has the type/,
    ],
  ])('says of “%s” what it did', async (change, reversal, sentence) => {
    expect(await seen(change, reversal)).toEqual([expect.stringMatching(sentence)]);
  });

  it('says that columns can no longer be read, each of them', async () => {
    const before = await take();
    await database.admin(`REVOKE SELECT ON np_audit_anomalies FROM "${database.user}"`);
    const sentences = schemaDifferences(before, await take()).map(({ sentence }) => sentence);
    expect(sentences).toHaveLength(11);
    expect(sentences[0]).toBe(
      'This user may no longer read the column anomaly_type of public.np_audit_anomalies.',
    );
    await grant(database, 'SELECT ON np_audit_anomalies');
  });

  it('keeps conditions, as the database prints them, apart from the sentences', async () => {
    const before = await take();
    await database.admin(`ALTER POLICY decide_once ON ${reviews} USING (tenant_id IS NOT NULL)`);
    expect(schemaDifferences(before, await take())).toEqual([
      {
        sentence: 'The policy decide_once of public.np_audit_privileged_reviews is another one.',
        detail:
          'It is permissive for UPDATE to public USING (tenant_id IS NOT NULL); it was permissive for UPDATE to public USING (reviewed_at IS NULL).',
      },
    ]);
    await database.admin(`ALTER POLICY decide_once ON ${reviews} USING (reviewed_at IS NULL)`);
  });
});
