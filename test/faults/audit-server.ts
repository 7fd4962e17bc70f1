// The one database all reviewers share: its rows for a round, and a history of every change of them kept out of their sight.
import { Client } from 'pg';
import type { Random } from '../bench/fuzz/random.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { reviewedAction, tablesSql } from './audit-tables.ts';

export type ServerRow = {
  readonly id: string;
  readonly event: string | null;
  readonly actor: string | null;
  readonly reviewer: string | null;
  readonly isReviewed: boolean;
  readonly notes: string | null;
};

export type ServerAnomaly = {
  readonly id: string;
  readonly user: string | null;
  readonly reviewer: string | null;
  readonly isReviewed: boolean;
  readonly disposition: string | null;
  /** When it was reviewed, in microseconds since the epoch. */
  readonly stamp: number | null;
  /** The finding of ours that the row says it is. */
  readonly finding: string | null;
};

/** One change of a row, in the order of commits. */
export type ServerChange = {
  readonly source: 'reviews' | 'anomalies';
  readonly how: 'INSERT' | 'UPDATE';
  readonly row: string;
  readonly reviewer: string | null;
  /** The notes of a review, the disposition of an anomaly. */
  readonly words: string | null;
  readonly wasReviewed: boolean;
};

export type Asked = {
  readonly reviews: readonly { readonly id: string; readonly actor: string }[];
  readonly anomalies: readonly { readonly id: string; readonly user: string }[];
};

export type ServerContent = {
  readonly rows: readonly ServerRow[];
  readonly anomalies: readonly ServerAnomaly[];
  readonly changes: readonly ServerChange[];
};

export type AuditServer = {
  readonly port: number;
  /** Address for a reviewer who connects through another port. */
  readonly urlThrough: (port: number) => string;
  /** Replaces the rows to review; the history begins anew. */
  readonly ask: (asked: Asked) => Promise<void>;
  /** Somebody without this program decides a row, if it is still open. */
  readonly decideOutside: (row: string, reviewer: string) => Promise<void>;
  readonly content: () => Promise<ServerContent>;
  /** Resolves when no session of a reviewer is left. */
  readonly quiet: () => Promise<void>;
  /** The server dies without a goodbye and is started again. */
  readonly crash: () => Promise<void>;
  readonly crashes: () => number;
  readonly stop: () => Promise<void>;
};

const database = 'audit';
const login = { user: 'reviewer', password: 'a password for tests' };

export async function startAuditServer(): Promise<AuditServer> {
  const postgres = await startPostgres({ databases: [database] });
  let owner = await ownerOf(postgres);
  let crashes = 0;
  await owner.query(tablesSql(login, database));
  return {
    port: postgres.port,
    urlThrough: (port) =>
      `postgresql://${login.user}:${encodeURIComponent(login.password)}@127.0.0.1:${port}/${database}?sslmode=disable`,
    ask: (asked) => ask(owner, asked),
    decideOutside: async (row, reviewer) => {
      await owner.query(
        `UPDATE np_audit_privileged_reviews SET reviewer_id = $2, reviewed_at = clock_timestamp(), notes = 'by telephone'
         WHERE id = $1 AND reviewed_at IS NULL`,
        [row, reviewer],
      );
      await owner.query(
        `UPDATE np_audit_anomalies SET reviewed_by = $2, reviewed_at = clock_timestamp(), disposition = 'escalated'
         WHERE id = $1 AND reviewed_at IS NULL`,
        [row, reviewer],
      );
    },
    content: () => readContent(owner),
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

async function ask(owner: Client, { reviews, anomalies }: Asked): Promise<void> {
  await owner.query('TRUNCATE np_audit_privileged_reviews, np_audit_anomalies');
  await owner.query(
    `INSERT INTO np_audit_privileged_reviews (id, audit_log_id, action, actor_id, due_at)
     SELECT i.id, md5('1')::uuid, $3, i.actor, timestamptz '2026-11-20Z' + i.n * interval '1 minute'
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS i(id, actor, n)`,
    [reviews.map(({ id }) => id), reviews.map(({ actor }) => actor), reviewedAction],
  );
  await owner.query(
    `INSERT INTO np_audit_anomalies (id, user_id, anomaly_type, severity, z_score, detected_at, context)
     SELECT i.id, i.subject, 'freq_spike', 'medium', 4.2, timestamptz '2026-11-12Z' + i.n * interval '1 minute', '{"rate": 12}'
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS i(id, subject, n)`,
    [anomalies.map(({ id }) => id), anomalies.map(({ user }) => user)],
  );
  await owner.query('TRUNCATE harness.change');
}

async function readContent(owner: Client): Promise<ServerContent> {
  const { rows } = await owner.query<ServerRow>(
    `SELECT id, audit_log_id AS event, actor_id AS actor, reviewer_id AS reviewer, reviewed_at IS NOT NULL AS "isReviewed", notes
     FROM np_audit_privileged_reviews ORDER BY due_at`,
  );
  const anomalies = await owner.query<Omit<ServerAnomaly, 'stamp'> & { stamp: string | null }>(
    `SELECT id, user_id AS "user", reviewed_by AS reviewer, reviewed_at IS NOT NULL AS "isReviewed", disposition,
            (extract(epoch FROM reviewed_at) * 1000000)::bigint::text AS stamp, context -> 'countersign' ->> 'finding' AS finding
     FROM np_audit_anomalies ORDER BY detected_at, id`,
  );
  const changes = await owner.query<ServerChange>(
    'SELECT source, how, id AS row, reviewer, words, was_reviewed AS "wasReviewed" FROM harness.change ORDER BY seq',
  );
  return {
    rows,
    anomalies: anomalies.rows.map((row) => ({
      ...row,
      stamp: row.stamp === null ? null : Number(row.stamp),
    })),
    changes: changes.rows,
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
