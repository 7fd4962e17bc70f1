// Appends to the ledger of a workspace until it is ended; prints the number of entries after each append that came back.
import { setImmediate } from 'node:timers/promises';
import { ulid } from 'ulid';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { openLedgerFile } from '../../../src-main/review/open-ledger.ts';
import { writeHeadNote } from '../../../src-main/store/ledger/head-note.ts';

const [directory = ''] = process.argv.slice(2);
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
const { database } = openLedgerFile(directory, clock.nowMs);
const ledger = openLedger(database, clock, () => ulid(), {
  onAppended: ({ checkpointed }) => writeHeadNote(directory, checkpointed),
});
const payload = { text: 'x'.repeat(2000) };
for (;;) {
  ledger.append(() => [{ type: 'unmask', subject: null, actor: 'rita', payload }]);
  process.stdout.write(`${ledger.state().entries}\n`);
  await setImmediate();
}
