// The published audit schema, as SQL: what the sample database holds and what its reader may do.
import { escapeIdentifier, escapeLiteral } from 'pg';

export const auditTables = [
  'np_auditlog_events',
  'np_audit_anomalies',
  'np_audit_privileged_reviews',
] as const;

/** The three tables without their secondary indexes, which are quicker to build when the rows are there. */
export const tablesSql = `
CREATE TABLE np_auditlog_events (
  id                text        NOT NULL,
  source_account_id text        NOT NULL DEFAULT 'primary',
  actor_user_id     text        NOT NULL DEFAULT '',
  actor_type        text        NOT NULL,
  event_type        text        NOT NULL,
  resource_type     text        NOT NULL DEFAULT '',
  resource_id       text        NOT NULL DEFAULT '',
  ip_address        text        NOT NULL DEFAULT '',
  user_agent        text        NOT NULL DEFAULT '',
  metadata          jsonb       NOT NULL DEFAULT '{}',
  severity          text        NOT NULL DEFAULT 'info',
  created_at        timestamptz NOT NULL DEFAULT now(),
  source_plugin     text        NOT NULL DEFAULT '',
  target_plugin     text        NOT NULL DEFAULT '',
  tenant_id         uuid,
  PRIMARY KEY (id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE np_auditlog_events_default PARTITION OF np_auditlog_events DEFAULT;

CREATE TABLE np_audit_anomalies (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id    uuid,
  user_id      uuid,
  anomaly_type text NOT NULL
    CHECK (anomaly_type IN ('bulk_delete', 'new_ip', 'impossible_travel', 'after_hours_admin', 'freq_spike')),
  severity     text NOT NULL DEFAULT 'medium' CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  z_score      numeric(6,2),
  detected_at  timestamptz NOT NULL DEFAULT now(),
  context      jsonb,
  reviewed_by  uuid,
  reviewed_at  timestamptz,
  disposition  text CHECK (disposition IN ('false_positive', 'true_positive', 'escalated'))
);

CREATE TABLE np_audit_privileged_reviews (
  id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id    uuid,
  audit_log_id uuid,
  action       text NOT NULL,
  actor_id     uuid,
  due_at       timestamptz NOT NULL,
  reviewer_id  uuid,
  reviewed_at  timestamptz,
  notes        text
);
`;

export const indexesSql = `
CREATE INDEX idx_np_auditlog_account_time ON np_auditlog_events (source_account_id, created_at DESC);
CREATE INDEX idx_np_auditlog_event_type ON np_auditlog_events (event_type);
CREATE INDEX idx_np_auditlog_actor_user ON np_auditlog_events (actor_user_id);
CREATE INDEX idx_np_auditlog_source_plugin ON np_auditlog_events (source_plugin) WHERE source_plugin <> '';
CREATE INDEX idx_np_auditlog_target_plugin ON np_auditlog_events (target_plugin) WHERE target_plugin <> '';
CREATE INDEX idx_np_auditlog_tenant ON np_auditlog_events (tenant_id) WHERE tenant_id IS NOT NULL;

CREATE INDEX idx_audit_anomalies_tenant ON np_audit_anomalies (tenant_id) WHERE tenant_id IS NOT NULL;
CREATE INDEX idx_audit_anomalies_user ON np_audit_anomalies (user_id);
CREATE INDEX idx_audit_anomalies_severity ON np_audit_anomalies (severity, detected_at DESC);
CREATE INDEX idx_audit_anomalies_unreviewed ON np_audit_anomalies (detected_at DESC) WHERE reviewed_at IS NULL;

CREATE INDEX idx_privileged_reviews_tenant ON np_audit_privileged_reviews (tenant_id) WHERE tenant_id IS NOT NULL;
CREATE INDEX idx_privileged_reviews_overdue ON np_audit_privileged_reviews (due_at) WHERE reviewed_at IS NULL;
CREATE INDEX idx_privileged_reviews_actor ON np_audit_privileged_reviews (actor_id);
`;

/** Enabled and not forced, as published: the table's owner is not bound by it. */
export const rowSecuritySql = `
ALTER TABLE np_auditlog_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY np_auditlog_select ON np_auditlog_events FOR SELECT
  USING (source_account_id = current_setting('app.source_account_id', true));
CREATE POLICY np_auditlog_insert ON np_auditlog_events FOR INSERT
  WITH CHECK (source_account_id = current_setting('app.source_account_id', true));
CREATE POLICY np_auditlog_no_update ON np_auditlog_events FOR UPDATE USING (false);
CREATE POLICY np_auditlog_no_delete ON np_auditlog_events FOR DELETE USING (false);
`;

/** The whole published schema, for a database without rows. */
export const schemaSql = `${tablesSql}${indexesSql}${rowSecuritySql}`;

/** A role that may sign in and nothing else. */
export function createReaderSql(role: string, password: string): string {
  const limits = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT';
  return `CREATE ROLE ${escapeIdentifier(role)} ${limits} PASSWORD ${escapeLiteral(password)};`;
}

/** What a careful administrator grants a review workstation: read everything, write three columns of each table of verdicts. */
export function grantReaderSql(role: string, database: string): string {
  const reader = escapeIdentifier(role);
  return `
REVOKE ALL ON DATABASE ${escapeIdentifier(database)} FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CONNECT ON DATABASE ${escapeIdentifier(database)} TO ${reader};
GRANT USAGE ON SCHEMA public TO ${reader};
GRANT SELECT ON ${auditTables.join(', ')} TO ${reader};
GRANT UPDATE (reviewer_id, reviewed_at, notes) ON np_audit_privileged_reviews TO ${reader};
GRANT UPDATE (reviewed_by, reviewed_at, disposition) ON np_audit_anomalies TO ${reader};
`;
}
