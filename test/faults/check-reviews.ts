// Laws about review rows: each decided at most once, by the first to commit, by nobody's own hand; and every loser knows.
import type { ServerContent, ServerRow } from './audit-server.ts';
import { announcedDecisions, outcomesOf, type FileEntry, type LedgerFile } from './read-ledger.ts';
import { authorOf, type Report, type ToldWithBooks } from './told.ts';

const marker = /^\[rv1 d=(approve|flag|revoke) id=(\S+) h=([0-9a-f]{12}) /;
const words: Readonly<Record<string, string>> = { approve: 'certify', flag: 'modify', revoke: 'revoke' };
const sendable: readonly unknown[] = Object.values(words);

export function checkReviews(told: readonly ToldWithBooks[], server: ServerContent, report: Report): void {
  for (const row of server.rows) {
    checkRow(row, server, report);
    checkAuthor(row, told, report);
  }
  for (const one of told) {
    checkOutcomes(one, server.rows, report);
    checkSeen(one, server.rows, report);
    checkLosers(one, server.rows, report);
  }
}

function checkRow(row: ServerRow, { changes }: ServerContent, report: Report): void {
  const own = changes.filter(({ row: changed, how }) => changed === row.id && how === 'UPDATE');
  if (own.length > 1 || own.some(({ wasReviewed }) => wasReviewed))
    report('a row was decided more than once', `${row.id}: ${own.length} times`);
  const first = own[0];
  if ((first !== undefined) !== row.isReviewed || (first && first.words !== row.notes))
    report('a row does not hold its first decision', row.id);
  if (row.isReviewed && row.reviewer === row.actor) report('somebody reviewed their own action', row.id);
}

function checkAuthor(row: ServerRow, told: readonly ToldWithBooks[], report: Report): void {
  const match = marker.exec(row.notes ?? '');
  if (!match) return;
  const [, word = '', id = '', hash = ''] = match;
  const books = authorOf(told, row.reviewer)?.books;
  const decision = books?.everyEntry.find((entry) => entry.id === id);
  const isGenuine =
    decision?.type === 'decision' &&
    decision.hash.startsWith(hash) &&
    decision.actor === row.reviewer &&
    decision.payload['review'] === row.id &&
    decision.payload['decision'] === words[word];
  const law = isGenuine
    ? lawOfSending([...books!.kept, books!.current], id)
    : 'the server holds a decision that no ledger knows';
  if (law !== null) report(law, `${row.id}: ${row.notes}`);
}

/** A ledger that was restored may not know any more that a decision left; the one that was set aside does. */
function lawOfSending(ledgers: readonly LedgerFile[], id: string): string | null {
  const senders = ledgers.filter((ledger) => announcedDecisions(ledger).has(id));
  if (senders.length === 0) return 'a decision reached the server without having been announced';
  return senders.every((ledger) => isWithdrawn(ledger, id))
    ? 'the server holds a decision that was taken back'
    : null;
}

function isWithdrawn({ entries }: LedgerFile, decision: string): boolean {
  return entries.some(
    (entry) => entry.type === 'decision-withdrawn' && entry.payload['decision'] === decision,
  );
}

/** After a quiet sync everything that left has exactly one outcome, and it is what the server says. */
function checkOutcomes(
  { person, books, seen }: ToldWithBooks,
  rows: readonly ServerRow[],
  report: Report,
): void {
  const ledger = books.current;
  const byDecision = Map.groupBy(outcomesOf(ledger).decisions, ({ id }) => id);
  const decisions = new Map(decisionsOf(ledger).map((entry) => [entry.id, entry]));
  const announced = announcedDecisions(ledger);
  for (const id of announced) {
    const outcomes = (byDecision.get(id) ?? []).map(({ outcome }) => outcome);
    const expected = expectedOutcomes(decisions.get(id), rows);
    if (outcomes.length !== 1 || !expected.includes(outcomes[0]!))
      report(
        'a decision that was sent has another outcome than the server tells',
        `${person.name}: ${id} has ${outcomes.join(' and ') || 'none'}, expected ${expected.join(' or ')}`,
      );
  }
  for (const [id, outcomes] of byDecision) {
    if (!announced.has(id) && !outcomes.every(({ outcome }) => outcome === 'rejected'))
      report('a decision that was never announced has an outcome', `${person.name}: ${id}`);
  }
  for (const { id, sync } of seen?.queue ?? []) {
    if (sync === 'unsent' || sync === 'unknown')
      report('a decision is still open after a quiet sync', `${person.name}: ${id} is ${sync}`);
  }
}

function expectedOutcomes(decision: FileEntry | undefined, rows: readonly ServerRow[]): string[] {
  const row = rows.find(({ id }) => id === decision?.payload['review']);
  if (!decision || !row?.isReviewed) return ['nothing: it cannot be'];
  const isOurs = marker.exec(row.notes ?? '')?.[2] === decision.id;
  return isOurs ? ['applied', 'already-mine'] : ['superseded'];
}

/** Whatever was restored here: what the server has is seen. */
function checkSeen({ person, seen }: ToldWithBooks, rows: readonly ServerRow[], report: Report): void {
  if (seen === null) return;
  const shown = new Map(seen.queue.map((item) => [item.id, item.server]));
  for (const row of rows) {
    const server = shown.get(row.id);
    const differs = row.isReviewed
      ? server?.notes !== row.notes || server?.reviewer !== row.reviewer
      : server !== null;
    if (differs) report('the queue shows something else than the server has', `${person.name}: ${row.id}`);
  }
}

/** Whoever came second, and still holds to a decision, is shown both. */
function checkLosers(
  { person, books, seen }: ToldWithBooks,
  rows: readonly ServerRow[],
  report: Report,
): void {
  const listed = new Set(seen?.conflicts.map(({ review }) => review));
  for (const [review, decisions] of Map.groupBy(
    decisionsOf(books.current),
    ({ payload }) => payload['review'],
  )) {
    const ours = decisions.findLast(({ id }) => !isWithdrawn(books.current, id));
    const row = rows.find(({ id }) => id === review);
    if (!ours || !row?.isReviewed || !sendable.includes(ours.payload['decision'])) continue;
    const written = marker.exec(row.notes ?? '');
    const ownWord = decisions.find(({ id }) => id === written?.[2])?.payload['decision'];
    if (ownWord !== ours.payload['decision'] && !listed.has(row.id))
      report('a decision that came second has no conflict', `${person.name}: ${ours.id} about ${row.id}`);
  }
}

const decisionsOf = ({ entries }: LedgerFile): FileEntry[] =>
  entries.filter(({ type }) => type === 'decision');
