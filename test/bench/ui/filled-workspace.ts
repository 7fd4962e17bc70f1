// A workspace of the wanted size: the bench’s events in a PostgreSQL, a queue over them, connected and refreshed.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestPostgres } from '../../support/postgres.ts';
import { createDataset, type Dataset } from '../speed/dataset.ts';
import type { ScreenBenchArguments } from './arguments.ts';

const program = fileURLToPath(new URL('../../../src-main/cli.ts', import.meta.url));

/** One review item for every so many events, evenly over their time. */
const itemsSql = `
  INSERT INTO np_audit_privileged_reviews (audit_log_id, action, actor_id, due_at)
  SELECT id::uuid, event_type, md5(actor_user_id)::uuid, created_at + interval '7 days'
    FROM (SELECT *, row_number() OVER (ORDER BY created_at, id) AS place FROM np_auditlog_events) AS numbered
   WHERE place % ($1::int / $2::int) = 0
   LIMIT $2::int`;

export async function fillWorkspace(
  postgres: TestPostgres,
  workspace: string,
  { events, actors, items }: ScreenBenchArguments,
): Promise<Dataset> {
  const dataset = await createDataset(postgres, 'audit', { events, actors, nowMs: Date.now() });
  await postgres.query(itemsSql, [events, items], dataset.database);
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, [program, '--workspace', workspace, '--json', ...words], {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: workspace,
        XDG_CONFIG_HOME: join(workspace, 'settings'),
        COUNTERSIGN_PASSPHRASE: 'bench',
      },
      maxBuffer: 2 ** 28,
    });
  await run('connect', '--url', postgres.url(dataset.database), '--zone', 'UTC');
  await run('reviewer', '--name', 'Bench', '--id', 'a2b6f0d4-7c1e-4f53-9a08-5d3e7c9b1f20');
  await run('refresh');
  return dataset;
}
