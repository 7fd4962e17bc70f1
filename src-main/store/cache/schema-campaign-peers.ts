// A step of the schema of cache.sqlite: who holds the same right in a frozen population. The index is made anew from the file.
import type { Migration } from '../migrate.ts';

export const campaignPeersMigration: Migration = {
  version: 38,
  name: 'peers of items of campaigns',
  sql: `
      DELETE FROM campaign_item;
      DELETE FROM campaign_index;
      ALTER TABLE campaign_item ADD COLUMN subject_type TEXT;
      -- An empty type is that of subjects without one. Without an entitlement: subjects of the type, whatever they hold, to be summed up.
      CREATE TABLE campaign_holders (
        index_id     INTEGER NOT NULL,
        subject_type TEXT NOT NULL,
        entitlement  TEXT,
        subjects     INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX campaign_holders_by_right ON campaign_holders (index_id, subject_type, entitlement);
      -- Of each right the first few who hold it, in the order of their ids: enough to name some beside any of them.
      CREATE TABLE campaign_first_holder (
        index_id     INTEGER NOT NULL,
        subject_type TEXT NOT NULL,
        entitlement  TEXT NOT NULL,
        subject      TEXT NOT NULL,
        subject_name TEXT,
        PRIMARY KEY (index_id, subject_type, entitlement, subject)
      ) STRICT, WITHOUT ROWID;
    `,
};
