// Schema of ledger.sqlite: append-only by trigger, so that not even our own code can rewrite a decision.
import type { Migration } from '../migrate.ts';

export const ledgerMigrations: readonly Migration[] = [
  {
    version: 10,
    name: 'entries',
    sql: `
      CREATE TABLE entry (
        seq  INTEGER PRIMARY KEY,
        id   TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TRIGGER entry_refuses_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
      CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
      CREATE TRIGGER entry_refuses_gaps BEFORE INSERT ON entry
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
        BEGIN SELECT RAISE(ABORT, 'ledger entries follow each other'); END;
    `,
  },
];
