// Reading the review queue, whatever the types of its identities and however strange its times.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { inAccount, readReviewTable } from '../../../src-main/source/reviews.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, reviewTable, revoke, type AuditDatabase } from './audit-database.ts';

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

const uuid = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

describe('readReviewTable', () => {
  it('reads every row in order of its due time, exact to the microsecond', async () => {
    const database = await databaseWith(reviewTable('uuid', 'varchar(200)'));
    await database.admin(
      `INSERT INTO np_audit_privileged_reviews VALUES
       ($1, $2, $3, 'role_grant', $4, '2026-03-02T00:00:00.000001Z', NULL, NULL, NULL),
       ($2, NULL, NULL, 'schema_alter', NULL, '2026-03-01', $3, '2026-03-03T12:00:00.5+02:00', 'seen')`,
      [1, 2, 3, 4].map(uuid),
    );
    const reading = await readReviewTable(await database.open());
    expect(reading).toEqual({
      readAtMicroseconds: expect.any(Number),
      rows: [
        {
          id: uuid(2),
          tenantId: null,
          auditLogId: null,
          action: 'schema_alter',
          actorId: null,
          dueAtMicroseconds: parseInstant('2026-03-01'),
          reviewerId: uuid(3),
          notes: 'seen',
          reviewedAtMicroseconds: parseInstant('2026-03-03T10:00:00.5Z'),
          hasUnplaceableTime: false,
        },
        {
          id: uuid(1),
          tenantId: uuid(2),
          auditLogId: uuid(3),
          action: 'role_grant',
          actorId: uuid(4),
          dueAtMicroseconds: parseInstant('2026-03-02T00:00:00.000001Z'),
          reviewerId: null,
          notes: null,
          reviewedAtMicroseconds: null,
          hasUnplaceableTime: false,
        },
      ],
      columns: expect.objectContaining({ reviewer_id: 'uuid', notes: 'character varying(200)' }),
      notesMaximumLength: 200,
    });
  });

  it('keeps infinite times at the edges: due never or always, and reviewed all the same', async () => {
    const database = await databaseWith(reviewTable('text'));
    await database.admin(
      `INSERT INTO np_audit_privileged_reviews (id, action, due_at, reviewed_at) VALUES
       ($1, 'x', 'infinity', NULL), ($2, 'x', '-infinity', 'infinity'), ($3, 'x', '9999-01-01', NULL)`,
      [1, 2, 3].map(uuid),
    );
    const { rows } = await readReviewTable(await database.open());
    expect(
      rows?.map(({ id, dueAtMicroseconds, reviewedAtMicroseconds, hasUnplaceableTime }) => [
        id,
        dueAtMicroseconds,
        reviewedAtMicroseconds,
        hasUnplaceableTime,
      ]),
    ).toEqual([
      [uuid(2), Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true],
      [uuid(3), Number.MAX_SAFE_INTEGER, null, true],
      [uuid(1), Number.MAX_SAFE_INTEGER, null, true],
    ]);
    for (const edge of [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER])
      expect(parseInstant(formatInstant(edge))).toBe(edge);
  });

  it('says which: no table, no right, not as published', async () => {
    const none = await databaseWith('CREATE TABLE something (a int)');
    expect(await readReviewTable(await none.open())).toMatchObject({ rows: null, cause: 'absent' });
    const denied = await databaseWith(reviewTable());
    await revoke(denied, 'SELECT ON np_audit_privileged_reviews');
    expect(await readReviewTable(await denied.open())).toMatchObject({ rows: null, cause: 'denied' });
    const changed = await databaseWith(
      `${reviewTable()} ALTER TABLE np_audit_privileged_reviews ALTER due_at TYPE text`,
    );
    const reading = await readReviewTable(await changed.open());
    expect(reading).toMatchObject({ rows: null, cause: 'changed' });
    expect('sentence' in reading && reading.sentence).toMatch(/due_at .* unexpected type text/);
    const shortened = await databaseWith(
      `${reviewTable()} ALTER TABLE np_audit_privileged_reviews DROP tenant_id`,
    );
    expect(await readReviewTable(await shortened.open())).toMatchObject({
      sentence: expect.stringMatching(/no column tenant_id/),
    });
  });
});

describe('inAccount', () => {
  const mappedTo = (column: string) => ({
    preset: 'custom',
    schema: 'public',
    table: 'np_audit_log',
    columns: { sourceAccount: { column } },
  });

  it('leaves out rows of other tenants where events name their account in tenant_id, and only there', async () => {
    const database = await databaseWith(reviewTable('uuid', 'text'));
    await database.admin(
      `INSERT INTO np_audit_privileged_reviews VALUES
       ($1, $3, NULL, 'role_grant', NULL, '2026-03-01', NULL, NULL, NULL),
       ($2, $4, NULL, 'role_grant', NULL, '2026-03-01', NULL, NULL, NULL)`,
      [1, 2, 3, 4].map(uuid),
    );
    const reading = await readReviewTable(await database.open());
    const ids = (column: string, sourceAccount: string | null) =>
      inAccount(reading, { sourceAccount, mapping: mappedTo(column) }).rows?.map((row) => row.id);
    expect(ids('tenant_id', uuid(3))).toEqual([uuid(1)]);
    expect(ids('tenant_id', null)).toEqual([uuid(1), uuid(2)]);
    expect(ids('source_account_id', 'primary')).toEqual([uuid(1), uuid(2)]);
  });
});
