// Schema of cache.sqlite: the mirror of the source, the activity cube and the findings; all of it can be pulled again.
import type { Migration } from '../migrate.ts';
import { campaignIndexNumbersMigration } from './schema-campaign-index-numbers.ts';
import { campaignItemsMigration } from './schema-campaign-items.ts';
import { campaignPeersMigration } from './schema-campaign-peers.ts';
import { clockMigration, clockStartMigration } from './schema-clock.ts';
import { findingTextMigration } from './schema-finding-text.ts';
import { keptEventsMigration } from './schema-kept-events.ts';
import { serverAnomaliesMigration } from './schema-server-anomalies.ts';
import { serverRowsMigration } from './schema-server-rows.ts';

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
  {
    version: 30,
    name: 'segments of columns',
    sql: `
      -- The mirror is laid out anew, so what it held is pulled and judged again.
      DROP TABLE event;
      DROP TABLE cube;
      DROP TABLE pending_hour;
      DROP TABLE day;
      DROP TABLE series;
      DROP TABLE actor;
      DROP TABLE finding_version;
      DELETE FROM refresh_run;
      UPDATE source_state SET watermark_us = NULL;

      -- Counted up by every write, so that a copy in memory knows what to read again.
      CREATE TABLE mirror_revision (
        one   INTEGER PRIMARY KEY CHECK (one = 1),
        -- Another one for every file and every source: what is in memory is never taken for what it is not.
        epoch INTEGER NOT NULL,
        names INTEGER NOT NULL,
        days  INTEGER NOT NULL
      ) STRICT;
      INSERT INTO mirror_revision VALUES (1, abs(random() % 9007199254740991), 0, 0);

      -- Numbered from 0 without holes.
      CREATE TABLE actor (
        id             INTEGER PRIMARY KEY,
        source_account TEXT NOT NULL,
        actor          TEXT NOT NULL,
        name           TEXT,
        name_us        INTEGER,
        first_us       INTEGER NOT NULL,
        last_us        INTEGER NOT NULL,
        revision       INTEGER NOT NULL,
        UNIQUE (source_account, actor)
      ) STRICT;
      CREATE INDEX actor_by_revision ON actor (revision);

      CREATE TABLE series (
        id       INTEGER PRIMARY KEY,
        actor_id INTEGER NOT NULL REFERENCES actor (id),
        action   TEXT NOT NULL,
        UNIQUE (actor_id, action)
      ) STRICT;

      -- Events of one UTC day, or of a part of it, column by column. Never changed: a segment is replaced by others.
      CREATE TABLE segment (
        id       INTEGER PRIMARY KEY AUTOINCREMENT,
        day      INTEGER NOT NULL,
        first_us INTEGER NOT NULL,
        last_us  INTEGER NOT NULL,
        events   INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX segment_by_day ON segment (day);
      CREATE TABLE segment_column (
        segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
        field      TEXT NOT NULL,
        kind       TEXT NOT NULL,
        body       BLOB NOT NULL,
        detail     BLOB,
        checksum   INTEGER NOT NULL,
        PRIMARY KEY (segment_id, field)
      ) STRICT;

      -- The activity cube, one row a UTC day: cells of quarter hours, because zones such as Asia/Kolkata start their hours on the half hour.
      CREATE TABLE day (
        day          INTEGER PRIMARY KEY,
        events       INTEGER NOT NULL,
        unattributed INTEGER NOT NULL,
        cells        BLOB NOT NULL,
        checksum     INTEGER NOT NULL,
        revision     INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX day_by_revision ON day (revision);

      -- Hours that received events since they were last judged: all of the day's, or these (series, hour of day).
      CREATE TABLE pending_day (
        day   INTEGER PRIMARY KEY,
        hours BLOB
      ) STRICT;

      -- With row ids: a row of this size would otherwise take a page of its own.
      CREATE TABLE finding_version (
        id             TEXT NOT NULL,
        version        INTEGER NOT NULL,
        flagged        INTEGER NOT NULL,
        detector       TEXT NOT NULL,
        method_version TEXT NOT NULL,
        source_account TEXT NOT NULL,
        actor          TEXT NOT NULL,
        entity_kind    TEXT NOT NULL,
        entity         TEXT NOT NULL,
        action         TEXT NOT NULL,
        start_us       INTEGER NOT NULL,
        end_us         INTEGER NOT NULL,
        count          INTEGER NOT NULL,
        score          REAL NOT NULL,
        threshold      REAL NOT NULL,
        severity       TEXT NOT NULL,
        explanation    TEXT NOT NULL,
        evidence       TEXT NOT NULL,
        event_ids      BLOB NOT NULL,
        found_us       INTEGER NOT NULL,
        PRIMARY KEY (id, version)
      ) STRICT;
      CREATE INDEX finding_by_start ON finding_version (start_us);

      -- Actions all of whose events are kept whole.
      CREATE TABLE kept_action (action TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      -- Events somebody named that were not here when the mirror had this revision.
      CREATE TABLE sought_event (id TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;

      -- Events kept whole, one row each: privileged ones, critical ones, those a review item or a finding is about.
      CREATE TABLE event (
        created_us    INTEGER NOT NULL,
        id            TEXT NOT NULL,
        series_id     INTEGER NOT NULL REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED,
        actor_type    TEXT,
        resource_type TEXT,
        resource_id   TEXT,
        ip            TEXT,
        user_agent    TEXT,
        severity      TEXT,
        metadata      TEXT,
        is_whole      INTEGER NOT NULL,
        PRIMARY KEY (created_us, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX event_by_id ON event (id);
      CREATE INDEX event_by_series ON event (series_id, created_us);
      CREATE INDEX event_critical ON event (created_us) WHERE severity = 'critical';
      CREATE INDEX event_incomplete ON event (created_us, id) WHERE is_whole = 0;
    `,
  },
  findingTextMigration,
  keptEventsMigration,
  serverRowsMigration,
  serverAnomaliesMigration,
  clockMigration,
  clockStartMigration,
  campaignItemsMigration,
  campaignPeersMigration,
  campaignIndexNumbersMigration,
];
