// A step of the schema of cache.sqlite: where each item of a frozen population stands in its file, and what lists narrow by.
import type { Migration } from '../migrate.ts';

export const campaignItemsMigration: Migration = {
  version: 37,
  name: 'items of campaigns',
  sql: `
      CREATE TABLE campaign_index (
        id       INTEGER PRIMARY KEY,
        campaign TEXT NOT NULL UNIQUE,
        -- Of the file it was made from; another one by now makes it anew.
        sha256   TEXT NOT NULL
      ) STRICT;
      CREATE TABLE campaign_item (
        index_id     INTEGER NOT NULL,
        key          TEXT NOT NULL,
        offset       INTEGER NOT NULL,
        bytes        INTEGER NOT NULL,
        subject      TEXT NOT NULL,
        subject_name TEXT,
        entitlement  TEXT NOT NULL,
        resource     TEXT,
        manager      TEXT,
        owner        TEXT,
        privileged   TEXT NOT NULL,
        -- A bit for each rule that came to yes, in the order of the model.
        flags        INTEGER NOT NULL,
        PRIMARY KEY (index_id, key)
      ) STRICT, WITHOUT ROWID;
    `,
};
