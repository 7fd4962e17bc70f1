// A step of the schema of cache.sqlite: how far the clocks of database and computer were apart when they were compared last.
import type { Migration } from '../migrate.ts';

export const clockMigration: Migration = {
  version: 35,
  name: 'clock comparison',
  sql: `
      CREATE TABLE clock_comparison (
        one          INTEGER PRIMARY KEY CHECK (one = 1),
        compared_us  INTEGER NOT NULL,
        offset_ms    REAL NOT NULL
      ) STRICT;
    `,
};

export const clockStartMigration: Migration = {
  version: 36,
  name: 'since when the computer runs, at a comparison of clocks',
  sql: 'ALTER TABLE clock_comparison ADD COLUMN started_us INTEGER;',
};
