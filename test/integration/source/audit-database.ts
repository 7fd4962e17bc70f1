// A real database with the published audit tables and a login granted what a careful DBA would grant.
import { randomUUID } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { unlimitedMirror, type ConnectionProfile } from '#shared/model/connection.ts';
import { connectSource, type SessionOptions, type SourceClient } from '../../../src-main/source/client.ts';
import type { TestPostgres } from '../../support/postgres.ts';

export const eventTable = `
  CREATE TABLE np_auditlog_events (
    id text NOT NULL, source_account_id text NOT NULL DEFAULT 'primary', actor_user_id text NOT NULL DEFAULT '',
    actor_type text, event_type text NOT NULL, resource_type text, resource_id text, ip_address text, user_agent text,
    metadata jsonb NOT NULL DEFAULT '{}', severity text, created_at timestamptz NOT NULL DEFAULT now(),
    source_plugin text DEFAULT '', target_plugin text DEFAULT '', tenant_id uuid,
    PRIMARY KEY (id, created_at)
  ) PARTITION BY RANGE (created_at);
  CREATE TABLE np_auditlog_events_default PARTITION OF np_auditlog_events DEFAULT;
  CREATE INDEX ON np_auditlog_events (source_account_id, created_at DESC);
  ALTER TABLE np_auditlog_events ENABLE ROW LEVEL SECURITY;
  CREATE POLICY account_select ON np_auditlog_events FOR SELECT
    USING (source_account_id = current_setting('app.source_account_id', true));
  CREATE POLICY no_update ON np_auditlog_events FOR UPDATE USING (false);
  CREATE POLICY no_delete ON np_auditlog_events FOR DELETE USING (false);`;

/** @param reviewerType Type of the identity columns actor_id and reviewer_id. */
export function reviewTable(reviewerType = 'uuid', notesType = 'text'): string {
  return `CREATE TABLE np_audit_privileged_reviews (
    id uuid PRIMARY KEY, tenant_id uuid, audit_log_id uuid, action text NOT NULL, actor_id ${reviewerType},
    due_at timestamptz NOT NULL, reviewer_id ${reviewerType}, reviewed_at timestamptz, notes ${notesType});`;
}

export interface AuditDatabase {
  database: string;
  user: string;
  password: string;
  /** Runs SQL as superuser. */
  admin: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  profile: (overrides?: Partial<ConnectionProfile>) => ConnectionProfile;
  /** A session of the careful login; closed by `close`. */
  open: (options?: Partial<SessionOptions>, overrides?: Partial<ConnectionProfile>) => Promise<SourceClient>;
  close: () => Promise<void>;
}

export const patience: SessionOptions = {
  purpose: 'read',
  statementTimeoutMs: 30_000,
  connectTimeoutMs: 10_000,
};

/** Creates a database of its own, with `sql` run in it and SELECT granted on every table, UPDATE on the review columns. */
export async function createAuditDatabase(postgres: TestPostgres, sql: string): Promise<AuditDatabase> {
  const database = `audit_${randomUUID().replaceAll('-', '')}`;
  const user = `reader_${database}`;
  const password = `it's a "secret" / with ? & #`;
  await postgres.createDatabase(database);
  const admin: AuditDatabase['admin'] = (text, values) => postgres.query(text, values, database);
  await admin(sql);
  await admin(`CREATE ROLE ${escapeIdentifier(user)} LOGIN PASSWORD 'it''s a "secret" / with ? & #'`);
  await admin(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${escapeIdentifier(user)}`);
  if (sql.includes('np_audit_privileged_reviews'))
    await admin(
      `GRANT UPDATE (reviewer_id, reviewed_at, notes) ON np_audit_privileged_reviews TO ${escapeIdentifier(user)}`,
    );
  const profile: AuditDatabase['profile'] = (overrides = {}) => ({
    host: postgres.host,
    port: postgres.port,
    database,
    mirror: unlimitedMirror,
    user,
    tls: 'off',
    caFile: null,
    sourceAccount: null,
    zone: 'UTC',
    mapping: null,
    ...overrides,
  });
  const sessions: SourceClient[] = [];
  return {
    database,
    user,
    password,
    admin,
    profile,
    open: async (options = {}, overrides = {}) => {
      const client = await connectSource(profile(overrides), password, { ...patience, ...options });
      sessions.push(client);
      return client;
    },
    close: async () => {
      await Promise.all(sessions.map((client) => client.end()));
    },
  };
}

/** Grants something to the careful login. */
export function grant(database: AuditDatabase, right: string): Promise<unknown> {
  return database.admin(`GRANT ${right} TO ${escapeIdentifier(database.user)}`);
}

export function revoke(database: AuditDatabase, right: string): Promise<unknown> {
  return database.admin(`REVOKE ${right} FROM ${escapeIdentifier(database.user)}`);
}

/** Returns once the server has ended every session of the careful login; it notices a broken one a little later. */
export async function untilNobodyIsLeft(database: AuditDatabase): Promise<void> {
  const text = 'SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE usename = $1';
  while ((await database.admin(text, [database.user]))[0]?.sessions !== 0);
}
