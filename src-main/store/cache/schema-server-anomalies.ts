// A step of the schema of cache.sqlite: the rows of the source's own anomaly table, each version as it was read.
import type { Migration } from '../migrate.ts';

export const serverAnomaliesMigration: Migration = {
  version: 34,
  name: 'server anomalies',
  sql: `
      CREATE TABLE anomaly_reading (
        one     INTEGER PRIMARY KEY CHECK (one = 1),
        pull    INTEGER NOT NULL,
        state   TEXT,
        read_us INTEGER
      ) STRICT;

      -- Never changed: a row that differs from its newest version gets a further one.
      CREATE TABLE server_anomaly_version (
        id            TEXT NOT NULL,
        version       INTEGER NOT NULL,
        tenant        TEXT,
        user          TEXT,
        anomaly_type  TEXT,
        severity      TEXT,
        score         TEXT,
        detected_text TEXT,
        detected_us   INTEGER,
        context       TEXT,
        reviewed_by   TEXT,
        reviewed_text TEXT,
        reviewed_us   INTEGER,
        disposition   TEXT,
        seen_us       INTEGER NOT NULL,
        PRIMARY KEY (id, version)
      ) STRICT;
      CREATE TABLE server_anomaly (
        id          TEXT PRIMARY KEY,
        version     INTEGER NOT NULL,
        pull        INTEGER NOT NULL,
        vanished_us INTEGER,
        returned_us INTEGER
      ) STRICT, WITHOUT ROWID;

      CREATE TRIGGER anomalies_left AFTER DELETE ON source_state BEGIN
        DELETE FROM anomaly_reading;
        DELETE FROM server_anomaly;
        DELETE FROM server_anomaly_version;
      END;
    `,
};
