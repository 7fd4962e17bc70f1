// A step of the schema of cache.sqlite: every version of the source's review rows, pull by pull, and what changed in its schema.
import type { Migration } from '../migrate.ts';

export const serverRowsMigration: Migration = {
  version: 33,
  name: 'versions of review rows',
  sql: `
      -- Why an item cannot be told apart from others, and times that cannot be placed, as the database writes them.
      ALTER TABLE server_review ADD COLUMN identity_fault TEXT;
      ALTER TABLE server_review ADD COLUMN due_text TEXT;
      ALTER TABLE server_review ADD COLUMN reviewed_text TEXT;

      -- One row each time the whole review table was read; the time is the server's, where it was asked for.
      CREATE TABLE queue_pull (id INTEGER PRIMARY KEY AUTOINCREMENT, read_us INTEGER) STRICT;

      -- What a pull showed of a row, written only when it differs from what the pull before showed. What a given pull showed
      -- is each row's newest version up to it; a version that is not visible says that the row was gone.
      CREATE TABLE server_row_version (
        number         INTEGER PRIMARY KEY,
        review_id      TEXT NOT NULL,
        pull_id        INTEGER NOT NULL REFERENCES queue_pull (id),
        is_visible     INTEGER NOT NULL,
        tenant_id      TEXT,
        audit_log_id   TEXT,
        action         TEXT,
        actor_id       TEXT,
        due_us         INTEGER,
        reviewer_id    TEXT,
        reviewed_us    INTEGER,
        notes          TEXT,
        identity_fault TEXT,
        due_text       TEXT,
        reviewed_text  TEXT,
        UNIQUE (review_id, pull_id)
      ) STRICT;
      CREATE INDEX server_row_version_by_pull ON server_row_version (pull_id);
      CREATE INDEX server_row_version_gone ON server_row_version (review_id) WHERE is_visible = 0;

      INSERT INTO queue_pull (read_us) SELECT NULL FROM source_state WHERE has_review_table = 1;
      INSERT INTO server_row_version (review_id, pull_id, is_visible, tenant_id, audit_log_id, action, actor_id, due_us, reviewer_id, reviewed_us, notes)
        SELECT r.id, p.id, 1, r.tenant_id, r.audit_log_id, r.action, r.actor_id, r.due_us, r.reviewer_id, r.reviewed_us, r.notes
          FROM server_review r, queue_pull p;

      -- Why nothing is sent: the database is not as it was when the workspace was connected to it.
      CREATE TABLE schema_drift (
        one         INTEGER PRIMARY KEY CHECK (one = 1),
        expected    TEXT NOT NULL,
        since_us    INTEGER NOT NULL,
        differences TEXT NOT NULL
      ) STRICT;

      CREATE TRIGGER server_row_version_refuses_update BEFORE UPDATE ON server_row_version
        BEGIN SELECT RAISE(ABORT, 'what a pull showed does not change'); END;
      CREATE TRIGGER server_row_version_refuses_delete BEFORE DELETE ON server_row_version
        WHEN EXISTS (SELECT 1 FROM source_state)
        BEGIN SELECT RAISE(ABORT, 'what a pull showed does not change'); END;
      CREATE TRIGGER source_left_its_rows AFTER DELETE ON source_state BEGIN
        DELETE FROM server_row_version;
        DELETE FROM queue_pull;
        DELETE FROM schema_drift;
      END;
    `,
};
