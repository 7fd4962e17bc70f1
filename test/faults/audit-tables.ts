// What the harness puts into its audit database: the published tables, the rights of a reviewer, events, and a history nobody sees.
import { createReaderSql, grantReaderSql, schemaSql } from '../../src-main/sample/schema.ts';

export const reviewedAction = 'document.export';
/** Privileged actions of so many events wait for somebody to create their reviews. */
export const privilegedEvents = 4;

/** Every change of the two tables that reviewers write to, in the order of commits on each row. */
const historySql = `
  CREATE SCHEMA harness;
  CREATE TABLE harness.change (seq bigserial PRIMARY KEY, source text, how text, id uuid, reviewer uuid, words text, was_reviewed boolean);
  CREATE FUNCTION harness.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    IF TG_TABLE_NAME = 'np_audit_anomalies' THEN
      INSERT INTO harness.change (source, how, id, reviewer, words, was_reviewed)
      VALUES ('anomalies', TG_OP, NEW.id, NEW.reviewed_by, NEW.disposition, TG_OP = 'UPDATE' AND OLD.reviewed_at IS NOT NULL);
    ELSE
      INSERT INTO harness.change (source, how, id, reviewer, words, was_reviewed)
      VALUES ('reviews', TG_OP, NEW.id, NEW.reviewer_id, NEW.notes, TG_OP = 'UPDATE' AND OLD.reviewed_at IS NOT NULL);
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER note AFTER INSERT OR UPDATE ON np_audit_privileged_reviews FOR EACH ROW EXECUTE FUNCTION harness.note();
  CREATE TRIGGER note AFTER INSERT OR UPDATE ON np_audit_anomalies FOR EACH ROW EXECUTE FUNCTION harness.note();`;

/**
 * A fortnight of a few people at work, so that every part of a refresh has something to do; a burst that stands out; and
 * privileged actions.
 */
const eventsSql = `
  INSERT INTO np_auditlog_events (id, actor_user_id, actor_type, event_type, resource_type, created_at)
  SELECT md5(n::text)::uuid::text, md5('actor' || n % 7)::uuid::text, 'user',
         (ARRAY['auth.login', 'document.read', '${reviewedAction}'])[1 + n % 3], 'document',
         timestamptz '2026-11-02 06:00Z' + n * interval '47 minutes'
  FROM generate_series(1, 400) AS n
  UNION ALL
  SELECT md5('burst' || n)::uuid::text, md5('actor3')::uuid::text, 'user', 'document.read', 'document',
         timestamptz '2026-11-14 10:00Z' + n * interval '10 seconds'
  FROM generate_series(1, 200) AS n
  UNION ALL
  SELECT md5('privileged' || n)::uuid::text, md5('actor' || n)::uuid::text, 'user', 'role_grant', 'role',
         timestamptz '2026-11-13 09:00Z' + n * interval '90 minutes'
  FROM generate_series(1, ${privilegedEvents}) AS n;`;

const insertable = 'id, tenant_id, audit_log_id, action, actor_id, due_at';

/** Everything but the rows of a round. */
export function tablesSql(
  login: { readonly user: string; readonly password: string },
  database: string,
): string {
  return `${schemaSql}${historySql}${eventsSql}
    ${createReaderSql(login.user, login.password)}${grantReaderSql(login.user, database)}
    GRANT INSERT (${insertable}) ON np_audit_privileged_reviews TO ${login.user};
    GRANT UPDATE (reviewed_by, reviewed_at, disposition), INSERT ON np_audit_anomalies TO ${login.user};`;
}
