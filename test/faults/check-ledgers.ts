// Laws about one reviewer's ledgers: they hold, what was acknowledged is in them, and what a restoration gave up is accounted for.
import { sharedEntries } from './books.ts';
import type { FileEntry, LedgerFile } from './read-ledger.ts';
import type { Report, ToldWithBooks } from './told.ts';

export function checkLedgers(told: ToldWithBooks, report: Report): void {
  const { books, person, seen } = told;
  for (const { faults } of [...books.kept, books.current])
    for (const fault of faults) report('a ledger chain does not verify', `${person.name}: ${fault}`);
  if (seen && !seen.verification.ok)
    report('the ledger or a checkpoint does not verify', `${person.name}: ${seen.verification.summary}`);
  if (seen && !seen.rebuild.ok) report('the state differs from the one rebuilt', person.name);
  checkAcknowledged(told, report);
  checkBatches(told, report);
  for (const kept of books.kept) checkAccounted(kept, told, report);
}

function checkAcknowledged({ books, decisions, acts, person }: ToldWithBooks, report: Report): void {
  const byId = new Map(books.everyEntry.map((entry) => [entry.id, entry]));
  for (const { id, review, hash } of decisions) {
    const found = byId.get(id);
    if (found?.type !== 'decision' || found.payload['review'] !== review || found.hash !== hash)
      report('an acknowledged decision is not in its ledger', `${person.name}: ${id} about ${review}`);
  }
  const left = Map.groupBy(books.everyEntry, ({ type, subject }) => `${type} ${subject ?? ''}`);
  for (const [act, times] of Map.groupBy(acts, ({ type, subject }) => `${type} ${subject}`)) {
    if ((left.get(act)?.length ?? 0) < times.length)
      report('an acknowledged act is not in its ledger', `${person.name}: ${act}, ${times.length} times`);
  }
}

/** Several items decided together are all in the ledger, or none is. */
function checkBatches({ attempts, books, person }: ToldWithBooks, report: Report): void {
  const decisions = books.everyEntry.filter(
    ({ type, payload }) => type === 'decision' && payload['batch'] !== null,
  );
  for (const [batch, members] of Map.groupBy(decisions, ({ payload }) => payload['batch'])) {
    const reviews = members.map(({ payload }) => String(payload['review'])).toSorted();
    if (!attempts.includes(reviews.join()))
      report('a batch is in the ledger in part', `${person.name}: ${String(batch)}`);
  }
}

/** Entries that only a ledger set aside has were given up by a restoration that says how many. */
function checkAccounted(kept: LedgerFile, { books, person }: ToldWithBooks, report: Report): void {
  const lost = kept.entries.length - sharedEntries(kept.entries, books.current.entries);
  if (lost === 0) return;
  const isNamed = [...books.kept, books.current].some((ledger) =>
    ledger.entries.some((entry, place) => {
      if (entry.type !== 'ledger-restored') return false;
      return entry.payload['discarded'] === givenUp(kept, ledger.entries.slice(0, place));
    }),
  );
  if (!isNamed)
    report('a restoration that gave up entries is not on record', `${person.name}: ${lost} entries`);
}

function givenUp({ entries }: LedgerFile, restored: readonly FileEntry[]): number {
  return entries.length - sharedEntries(entries, restored);
}
