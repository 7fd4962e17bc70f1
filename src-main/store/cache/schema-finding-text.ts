// A step of the schema of cache.sqlite: what findings say is written as patterns, each once, and what fills them in.
import type { Migration } from '../migrate.ts';

export const findingTextMigration: Migration = {
  version: 31,
  name: 'patterns of findings',
  sql: `
      CREATE TABLE finding_pattern (
        id       INTEGER PRIMARY KEY,
        -- To find one by: an index on the texts would hold all of them again.
        checksum INTEGER NOT NULL,
        pattern  TEXT NOT NULL
      ) STRICT;
      CREATE INDEX finding_pattern_by_checksum ON finding_pattern (checksum);

      ALTER TABLE finding_version RENAME TO finding_before;
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
        -- Evidence, a line feed, explanation, both as JSON, once the blanks are filled in.
        pattern_id     INTEGER NOT NULL REFERENCES finding_pattern (id),
        blanks         TEXT NOT NULL,
        event_ids      BLOB NOT NULL,
        found_us       INTEGER NOT NULL,
        PRIMARY KEY (id, version)
      ) STRICT;
      -- What was found before becomes a pattern each, without blanks: it reads as it did, and no other finding shares it.
      INSERT INTO finding_pattern (id, checksum, pattern)
        SELECT rowid, -1, evidence || char(10) || explanation FROM finding_before;
      INSERT INTO finding_version (rowid, id, version, flagged, detector, method_version, source_account, actor, entity_kind, entity,
                                   action, start_us, end_us, count, score, threshold, severity, pattern_id, blanks, event_ids, found_us)
        SELECT rowid, id, version, flagged, detector, method_version, source_account, actor, entity_kind, entity,
               action, start_us, end_us, count, score, threshold, severity, rowid, '', event_ids, found_us FROM finding_before;
      DROP TABLE finding_before;
      CREATE INDEX finding_by_start ON finding_version (start_us);

      CREATE TRIGGER source_left_patterns AFTER DELETE ON source_state BEGIN
        DELETE FROM finding_pattern;
      END;
    `,
};
