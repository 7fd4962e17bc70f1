// A step of the schema of cache.sqlite: numbers of indices are given out once, whichever process asks. Indices are made anew.
import type { Migration } from '../migrate.ts';

export const campaignIndexNumbersMigration: Migration = {
  version: 39,
  name: 'numbers of indices of campaigns',
  sql: `
      DELETE FROM campaign_index;
      DELETE FROM campaign_item;
      DELETE FROM campaign_holders;
      DELETE FROM campaign_first_holder;
      -- One row. Two processes that index one campaign at the same time must not write to one number.
      CREATE TABLE campaign_index_number (last INTEGER NOT NULL) STRICT;
      INSERT INTO campaign_index_number VALUES (0);
    `,
};
