// A step of the schema of cache.sqlite: events kept whole in less space, and a list of those that are still to be fetched.
import type { Migration } from '../migrate.ts';

/** How many different user agents are written once for all events; further ones stand in the rows. */
export const longestAgentList = 65_536;

export const keptEventsMigration: Migration = {
  version: 32,
  name: 'events kept whole',
  sql: `
      -- User agents are long and few: a row holds a number of one of these in place of the text.
      CREATE TABLE event_agent (id INTEGER PRIMARY KEY, agent TEXT NOT NULL UNIQUE) STRICT;
      INSERT INTO event_agent (agent)
        SELECT user_agent FROM event WHERE user_agent IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${longestAgentList};

      -- With row ids, which every index then holds in place of time and id.
      ALTER TABLE event RENAME TO event_before;
      CREATE TABLE event (
        created_us    INTEGER NOT NULL,
        id            TEXT NOT NULL,
        series_id     INTEGER NOT NULL REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED,
        actor_type    TEXT,
        resource_type TEXT,
        resource_id   TEXT,
        ip            TEXT,
        -- A text, or as an integer the id of one.
        user_agent    ANY,
        severity      TEXT,
        metadata      TEXT,
        is_whole      INTEGER NOT NULL
      ) STRICT;
      INSERT INTO event
        SELECT e.created_us, e.id, e.series_id, e.actor_type, e.resource_type, e.resource_id, e.ip, coalesce(a.id, e.user_agent),
               e.severity, e.metadata, e.is_whole
          FROM event_before e LEFT JOIN event_agent a ON a.agent = e.user_agent ORDER BY e.created_us, e.id;
      DROP TABLE event_before;
      CREATE UNIQUE INDEX event_by_id ON event (id, created_us);
      CREATE INDEX event_by_time ON event (created_us);
      CREATE INDEX event_by_series ON event (series_id, created_us);
      CREATE INDEX event_critical ON event (created_us) WHERE severity = 'critical';
      CREATE INDEX event_incomplete ON event (created_us) WHERE is_whole = 0;

      -- Events that findings cite and that are still to be fetched and kept whole: some of one hour in each row.
      CREATE TABLE cited_event (
        number   INTEGER PRIMARY KEY,
        hour     INTEGER NOT NULL,
        events   INTEGER NOT NULL,
        places   BLOB NOT NULL,
        ids      BLOB NOT NULL,
        checksum INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX cited_event_by_hour ON cited_event (hour);

      -- They go with the source they came from.
      CREATE TRIGGER source_left AFTER DELETE ON source_state BEGIN
        DELETE FROM event_agent;
        DELETE FROM cited_event;
      END;
    `,
};
