// What the connect report says about the review table's own protection, as the login finds it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectionReport } from '#shared/model/connection.ts';
import { writeGrants } from '../../../src-main/source/grants.ts';
import { inspectSource } from '../../../src-main/source/inspect.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, eventTable, grant, reviewTable, type AuditDatabase } from './audit-database.ts';

let postgres: TestPostgres;
let database: AuditDatabase;
beforeAll(async () => {
  postgres = await startPostgres();
  database = await createAuditDatabase(postgres, `${eventTable} ${reviewTable()}`);
});
afterAll(async () => {
  await database?.close();
  await postgres?.stop();
});

async function inspect() {
  const client = await database.open();
  const report = await inspectSource(client, database.profile(), Date.now);
  expect(inspectionReport.parse(report)).toEqual(report);
  return { ...report, text: report.sentences.join('\n') };
}

it('follows what the DBA does', async () => {
  const table = 'np_audit_privileged_reviews';
  const bare = await inspect();
  expect(bare.reviewTable).toMatchObject({
    canCreate: false,
    guard: { decidedOnce: false, selfReviewRefused: false, policies: [], excess: [] },
  });
  expect(bare.text).toContain('The database has no guard on the review table: this program never overwrites');
  expect(bare.text).toContain('“countersign grants” prints the SQL');
  expect(bare.text).not.toContain('reviews create');

  const { apply, rollback } = writeGrants({
    reviewerRole: database.user,
    events: { schema: 'public', name: 'np_auditlog_events' },
    withInsert: true,
  });
  await database.admin(apply);
  const guarded = await inspect();
  expect(guarded.reviewTable).toMatchObject({
    canDecide: true,
    canCreate: true,
    guard: { decidedOnce: true, selfReviewRefused: true, excess: [] },
  });
  expect(guarded.text).toContain(
    'The database itself guards decisions (policies countersign_as_before and countersign_guard_decisions)',
  );
  expect(guarded.text).toContain('“countersign reviews create --dry-run” lists');
  expect(guarded.warnings.join('\n')).not.toContain('review table');

  await database.admin(rollback);
  await grant(database, `UPDATE (action), DELETE ON ${table}`);
  const loose = await inspect();
  expect(loose.reviewTable?.guard?.excess).toEqual(['DELETE', 'UPDATE of action']);
  expect(loose.warnings.join('\n')).toContain(
    'This user holds DELETE and UPDATE of action on the review table',
  );

  await database.admin(`CREATE VIEW queue AS SELECT * FROM ${table}`);
  await grant(database, 'UPDATE (notes) ON queue');
  expect((await inspect()).warnings.join('\n')).toMatch(
    /writing through the view public.queue, which no policy binds/,
  );

  await database.admin(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY reading ON ${table} FOR SELECT USING (true);
    CREATE POLICY once ON ${table} FOR UPDATE USING (reviewed_at IS NULL) WITH CHECK (reviewed_at IS NOT NULL AND reviewer_id IS DISTINCT FROM actor_id)`);
  expect((await inspect()).text).toContain('The database itself guards decisions (policy once)');
  await database.admin(`ALTER POLICY once ON ${table} WITH CHECK (true)`);
  expect((await inspect()).text).toContain('but would accept one by the actor');
  await database.admin(`CREATE POLICY wide ON ${table} FOR ALL USING (true)`);
  expect((await inspect()).text).toContain('(policies once and wide: no guard that can be read off)');
});
