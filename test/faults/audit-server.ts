// The one database all reviewers share: the published tables, and a history of every decision kept out of their sight by a trigger.
import { Client } from 'pg';
import { createReaderSql, grantReaderSql, schemaSql } from '../../src-main/sample/schema.ts';
import type { Random } from '../bench/fuzz/random.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

export type ServerRow = {
  readonly id: string;
  readonly actor: string | null;
  readonly reviewer: string | null;
  readonly isReviewed: boolean;
  readonly notes: string | null;
};

/** One change of a row from undecided, or from decided, in the order of commits. */
export type ServerChange = {
  readonly row: string;
  readonly reviewer: string | null;
  readonly notes: string | null;
  readonly wasReviewed: boolean;
};

export type AuditServer = {
  readonly port: number;
  /** Address for a reviewer who connects through another port. */
  readonly urlThrough: (port: number) => string;
  /** Replaces the rows to review; the history begins anew. */
  readonly ask: (rows: readonly { readonly id: string; readonly actor: string }[]) => Promise<void>;
  /** Somebody without this program decides a row, if it is still open. */
  readonly decideOutside: (row: string, reviewer: string) => Promise<void>;
  readonly rows: () => Promise<ServerRow[]>;
  readonly changes: () => Promise<ServerChange[]>;
  /** Resolves when no session of a reviewer is left. */
  readonly quiet: () => Promise<void>;
  /** The server dies without a goodbye and is started again. */
  readonly crash: () => Promise<void>;
  readonly crashes: () => number;
  readonly stop: () => Promise<void>;
};

const database = 'audit';
const login = { user: 'reviewer', password: 'a password for tests' };
export const reviewedAction = 'document.export';

const historySql = `
  CREATE SCHEMA harness;
  CREATE TABLE harness.change (seq bigserial PRIMARY KEY, id uuid, reviewer uuid, notes text, was_reviewed boolean);
  CREATE FUNCTION harness.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    INSERT INTO harness.change (id, reviewer, notes, was_reviewed)
    VALUES (NEW.id, NEW.reviewer_id, NEW.notes, OLD.reviewed_at IS NOT NULL);
    RETURN NULL;
  END $$;
  CREATE TRIGGER note AFTER UPDATE ON np_audit_privileged_reviews FOR EACH ROW EXECUTE FUNCTION harness.note();`;

/** A fortnight of a few people at work; enough for every part of a refresh to have something to do. */
const eventsSql = `
  INSERT INTO np_auditlog_events (id, actor_user_id, actor_type, event_type, resource_type, created_at)
  SELECT md5(n::text)::uuid::text, md5('actor' || n % 7)::uuid::text, 'user',
         (ARRAY['auth.login', 'document.read', '${reviewedAction}'])[1 + n % 3], 'document',
         timestamptz '2026-11-02 06:00Z' + n * interval '47 minutes'
  FROM generate_series(1, 400) AS n`;

export async function startAuditServer(): Promise<AuditServer> {
  const postgres = await startPostgres({ databases: [database] });
  let owner = await ownerOf(postgres);
  let crashes = 0;
  await owner.query(`${schemaSql}${historySql}${eventsSql}`);
  await owner.query(createReaderSql(login.user, login.password) + grantReaderSql(login.user, database));
  return {
    port: postgres.port,
    urlThrough: (port) =>
      `postgresql://${login.user}:${encodeURIComponent(login.password)}@127.0.0.1:${port}/${database}?sslmode=disable`,
    ask: async (rows) => {
      await owner.query('TRUNCATE np_audit_privileged_reviews, harness.change');
      await owner.query(
        `INSERT INTO np_audit_privileged_reviews (id, audit_log_id, action, actor_id, due_at)
         SELECT i.id, md5('1')::uuid, $3, i.actor, timestamptz '2026-11-20Z' + i.n * interval '1 minute'
         FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS i(id, actor, n)`,
        [rows.map(({ id }) => id), rows.map(({ actor }) => actor), reviewedAction],
      );
    },
    decideOutside: async (row, reviewer) =>
      void (await owner.query(
        `UPDATE np_audit_privileged_reviews SET reviewer_id = $2, reviewed_at = clock_timestamp(), notes = 'by telephone'
         WHERE id = $1 AND reviewed_at IS NULL`,
        [row, reviewer],
      )),
    rows: async () =>
      (
        await owner.query<ServerRow>(
          `SELECT id, actor_id AS actor, reviewer_id AS reviewer, reviewed_at IS NOT NULL AS "isReviewed", notes
           FROM np_audit_privileged_reviews ORDER BY due_at`,
        )
      ).rows,
    changes: async () =>
      (
        await owner.query<ServerChange>(
          'SELECT id AS row, reviewer, notes, was_reviewed AS "wasReviewed" FROM harness.change ORDER BY seq',
        )
      ).rows,
    quiet: async () => {
      const sessions = 'SELECT 1 FROM pg_stat_activity WHERE usename = $1';
      while ((await owner.query(sessions, [login.user])).rowCount !== 0) continue;
    },
    crash: async () => {
      crashes += 1;
      await postgres.stopServer('crash');
      await postgres.startServer();
      owner = await ownerOf(postgres);
    },
    crashes: () => crashes,
    stop: async () => {
      await owner.end();
      await postgres.stop();
    },
  };
}

async function ownerOf(postgres: TestPostgres): Promise<Client> {
  const owner = new Client({ connectionString: postgres.url(database) });
  // A crash breaks it; the next one replaces it.
  owner.on('error', () => undefined);
  await owner.connect();
  return owner;
}

/** A random UUID that the seed alone decides. */
export function uuidFrom(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
