// Schema of cache.sqlite: the mirror of the source, the activity cube and the findings; all of it can be pulled again.
import type { Migration } from '../migrate.ts';

export const cacheMigrations: readonly Migration[] = [
  {
    version: 10,
    name: 'mirror, cube, findings',
    sql: `
      CREATE TABLE source_state (
        one              INTEGER PRIMARY KEY CHECK (one = 1),
        identity         TEXT NOT NULL,
        watermark_us     INTEGER,
        has_review_table INTEGER NOT NULL DEFAULT 0
      ) STRICT;

      CREATE TABLE actor (
        id             INTEGER PRIMARY KEY,
        source_account TEXT NOT NULL,
        actor          TEXT NOT NULL,
        name           TEXT,
        first_us       INTEGER NOT NULL,
        last_us        INTEGER NOT NULL,
        UNIQUE (source_account, actor)
      ) STRICT;

      CREATE TABLE series (
        id       INTEGER PRIMARY KEY,
        actor_id INTEGER NOT NULL REFERENCES actor (id),
        action   TEXT NOT NULL,
        UNIQUE (actor_id, action)
      ) STRICT;

      CREATE TABLE event (
        created_us    INTEGER NOT NULL,
        id            TEXT NOT NULL,
        series_id     INTEGER NOT NULL REFERENCES series (id),
        actor_type    TEXT,
        resource_type TEXT,
        resource_id   TEXT,
        ip            TEXT,
        user_agent    TEXT,
        severity      TEXT,
        metadata      TEXT,
        PRIMARY KEY (created_us, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX event_by_id ON event (id);
      CREATE INDEX event_by_series ON event (series_id, created_us);
      CREATE INDEX event_critical ON event (created_us) WHERE severity = 'critical';

      -- Quarter hours, because zones such as Asia/Kolkata start their hours on the half hour.
      CREATE TABLE cube (
        series_id INTEGER NOT NULL REFERENCES series (id),
        slot      INTEGER NOT NULL,
        count     INTEGER NOT NULL,
        PRIMARY KEY (series_id, slot)
      ) STRICT, WITHOUT ROWID;

      -- Hours that received events since they were last judged.
      CREATE TABLE pending_hour (
        series_id INTEGER NOT NULL REFERENCES series (id),
        hour      INTEGER NOT NULL,
        PRIMARY KEY (series_id, hour)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE finding_version (
        id             TEXT NOT NULL,
        version        INTEGER NOT NULL,
        flagged        INTEGER NOT NULL,
        detector       TEXT NOT NULL,
        source_account TEXT NOT NULL,
        actor          TEXT NOT NULL,
        action         TEXT NOT NULL,
        start_us       INTEGER NOT NULL,
        count          INTEGER NOT NULL,
        score          REAL NOT NULL,
        threshold      REAL NOT NULL,
        severity       TEXT NOT NULL,
        explanation    TEXT NOT NULL,
        evidence       TEXT NOT NULL,
        event_ids      TEXT NOT NULL,
        found_us       INTEGER NOT NULL,
        PRIMARY KEY (id, version)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE server_review (
        id            TEXT PRIMARY KEY,
        tenant_id     TEXT,
        audit_log_id  TEXT,
        action        TEXT NOT NULL,
        actor_id      TEXT,
        due_us        INTEGER NOT NULL,
        reviewer_id   TEXT,
        reviewed_us   INTEGER,
        notes         TEXT
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE refresh_run (
        id          INTEGER PRIMARY KEY,
        finished_us INTEGER NOT NULL,
        as_of_us    INTEGER NOT NULL,
        replay      INTEGER NOT NULL,
        report      TEXT NOT NULL,
        provenance  TEXT NOT NULL
      ) STRICT;
    `,
  },
  {
    version: 20,
    name: 'counts by day, times of names',
    sql: `
      -- Kept in step with the cube, so that counting never needs to read it.
      CREATE TABLE day (
        day          INTEGER PRIMARY KEY,
        events       INTEGER NOT NULL,
        unattributed INTEGER NOT NULL
      ) STRICT;
      INSERT INTO day (day, events, unattributed)
        SELECT (c.slot - ((c.slot % 96) + 96) % 96) / 96, sum(c.count), sum(CASE WHEN a.actor = '' THEN c.count ELSE 0 END)
          FROM cube c JOIN series s ON s.id = c.series_id JOIN actor a ON a.id = s.actor_id GROUP BY 1;

      -- When the actor was last called by this name: an event that arrives late must not bring an old name back.
      ALTER TABLE actor ADD COLUMN name_us INTEGER;
      UPDATE actor SET name_us = last_us WHERE name IS NOT NULL;
    `,
  },
];
