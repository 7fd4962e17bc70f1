// Appends entries to a ledger without end: notes each before it begins and again after it was acknowledged.
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { ledgerMigrations } from '../../../src-main/store/ledger/schema.ts';
import { migrate } from '../../../src-main/store/migrate.ts';

const [folder = '', seed = ''] = process.argv.slice(2);
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
const database = openDatabase(join(folder, 'ledger.sqlite'), 'ledger');
migrate(database, ledgerMigrations, () => {});
// Short, so that checkpoints of SQLite come often enough to be met.
database.pragma('wal_autocheckpoint = 25');
// Files rather than pipes: whoever stops this process can read them to their end at once.
const begun = openSync(join(folder, 'begun'), 'a');
const acknowledged = openSync(join(folder, 'acknowledged'), 'a');

let number = 0;
const ledger = openLedger(database, clock, () => `${seed}-${++number}`);
for (;;) {
  const id = ledger.newId();
  writeSync(begun, `${id}\n`);
  // Of any length: one page, or several.
  const note = 'x'.repeat((number * 7919) % 9_000);
  ledger.append(() => [{ id, type: 'unmask', subject: null, actor: 'writer', payload: { note } }]);
  writeSync(acknowledged, `${id}\n`);
}
