// Laws about the server's anomalies and about findings published beside them.
import { z } from 'zod';
import type { ServerAnomaly, ServerContent } from './audit-server.ts';
import { announcedDispositions, outcomesOf, type LedgerFile } from './read-ledger.ts';
import { authorOf, type Report, type ToldWithBooks } from './told.ts';

const words: Readonly<Record<string, string>> = {
  acknowledged: 'true_positive',
  'false-positive': 'false_positive',
  escalated: 'escalated',
};

export function checkAnomalies(told: readonly ToldWithBooks[], server: ServerContent, report: Report): void {
  for (const row of server.anomalies) {
    checkRow(row, server, report);
    checkAuthor(row, told, report);
    if (row.finding !== null) checkPublished(row, told, server, report);
  }
  for (const [finding, rows] of Map.groupBy(server.anomalies, (row) => row.finding)) {
    if (finding !== null && rows.length > 1)
      report('a finding was published more than once', `${finding}: ${rows.length} times`);
  }
  for (const one of told) {
    checkOutcomes(one, server.anomalies, report);
    checkSeen(one, server.anomalies, report);
    checkPublishing(one, server.anomalies, report);
  }
}

function checkRow(row: ServerAnomaly, { changes }: ServerContent, report: Report): void {
  const own = changes.filter(({ row: changed, how }) => changed === row.id && how === 'UPDATE');
  if (own.length > 1 || own.some(({ wasReviewed }) => wasReviewed))
    report('an anomaly was judged more than once', `${row.id}: ${own.length} times`);
  const first = own[0];
  if ((first !== undefined) !== row.isReviewed || (first && first.words !== row.disposition))
    report('an anomaly does not hold its first disposition', row.id);
  if (row.isReviewed && row.reviewer === row.user)
    report('somebody judged an anomaly about themselves', row.id);
}

/** A row that a reviewer of ours judged carries a moment that was announced for just that. */
function checkAuthor(row: ServerAnomaly, told: readonly ToldWithBooks[], report: Report): void {
  const author = row.isReviewed ? authorOf(told, row.reviewer) : undefined;
  if (!author) return;
  const { everyEntry } = author.books;
  const announced = announcedDispositions({ entries: everyEntry });
  const isAnnounced = everyEntry.some(
    ({ id, type, actor, payload }) =>
      type === 'anomaly-disposition' &&
      actor === row.reviewer &&
      payload['anomaly'] === row.id &&
      words[String(payload['disposition'])] === row.disposition &&
      announced.get(id)?.includes(row.stamp ?? Number.NaN) === true,
  );
  if (!isAnnounced)
    report(
      'the server holds a disposition that no ledger announced',
      `${row.id}: ${row.disposition} at ${row.stamp}`,
    );
}

/** After a quiet sync every disposition that left has exactly one outcome, and it is what the server says. */
function checkOutcomes(
  { person, books, seen }: ToldWithBooks,
  anomalies: readonly ServerAnomaly[],
  report: Report,
): void {
  const byId = Map.groupBy(outcomesOf(books.current).dispositions, ({ id }) => id);
  const entries = new Map(books.current.entries.map((entry) => [entry.id, entry]));
  for (const [id, stamps] of announcedDispositions(books.current)) {
    const row = anomalies.find((anomaly) => anomaly.id === entries.get(id)?.payload['anomaly']);
    const outcomes = (byId.get(id) ?? []).map(({ outcome }) => outcome);
    const isOurs =
      typeof row?.stamp === 'number' && stamps.includes(row.stamp) && row.reviewer === entries.get(id)?.actor;
    const expected = isOurs ? ['applied', 'already-mine'] : ['superseded'];
    if (!row?.isReviewed || outcomes.length !== 1 || !expected.includes(outcomes[0]!))
      report(
        'a disposition that was sent has another outcome than the server tells',
        `${person.name}: ${id} has ${outcomes.join(' and ') || 'none'}, expected ${expected.join(' or ')}`,
      );
  }
  for (const { id, sync } of seen?.anomalies ?? []) {
    if (sync === 'unsent' || sync === 'unknown')
      report('a disposition is still open after a quiet sync', `${person.name}: ${id} is ${sync}`);
  }
}

function checkSeen(
  { person, books, seen }: ToldWithBooks,
  anomalies: readonly ServerAnomaly[],
  report: Report,
): void {
  if (seen === null) return;
  const shown = new Map(seen.anomalies.map((anomaly) => [anomaly.id, anomaly]));
  for (const row of anomalies) {
    const here = shown.get(row.id);
    const found = here?.server ?? null;
    if (
      !here ||
      (found?.disposition ?? null) !== row.disposition ||
      (found?.reviewedBy ?? null) !== row.reviewer
    )
      report('the anomalies show something else than the server has', `${person.name}: ${row.id}`);
    const ours = inForce(books.current, row.id);
    const isLost = ours !== null && row.isReviewed && words[ours] !== row.disposition;
    const isListed = seen.conflicts.some(({ anomaly }) => anomaly === row.id);
    if (isLost && !isListed)
      report('a disposition that came second has no conflict', `${person.name}: ${row.id}`);
  }
}

function inForce({ entries }: LedgerFile, anomaly: string): string | null {
  const ours = entries.findLast(
    ({ type, payload }) => type === 'anomaly-disposition' && payload['anomaly'] === anomaly,
  );
  return ours === undefined ? null : String(ours.payload['disposition']);
}

const publication = z.object({
  phase: z.enum(['sending', 'settled']),
  items: z.array(z.looseObject({ finding: z.string(), anomaly: z.string(), outcome: z.string().optional() })),
});

function checkPublished(
  row: ServerAnomaly,
  told: readonly ToldWithBooks[],
  { changes }: ServerContent,
  report: Report,
): void {
  const items = told.flatMap(({ books }) =>
    books.everyEntry
      .filter(({ type }) => type === 'publication')
      .map(({ payload }) => publication.parse(payload))
      .flatMap(({ phase, items: found }) => found.map((item) => ({ ...item, phase }))),
  );
  const about = items.filter(({ anomaly, finding }) => anomaly === row.id && finding === row.finding);
  if (!about.some(({ phase }) => phase === 'sending'))
    report('a finding was published without having been announced', row.id);
  if (about.filter(({ outcome }) => outcome === 'published').length > 1)
    report('two say that they published the same finding', row.id);
  const inserts = changes.filter(({ row: changed, how }) => changed === row.id && how === 'INSERT');
  if (inserts.length !== 1)
    report('a finding was published more than once', `${row.id}: ${inserts.length} times`);
}

/** Where publishing is on, nothing waits after a quiet sync, and what is called published is there. */
function checkPublishing(
  { person, seen }: ToldWithBooks,
  anomalies: readonly ServerAnomaly[],
  report: Report,
): void {
  if (seen === null) return;
  const { isOn, waiting, published } = seen.publication;
  if (isOn && waiting > 0)
    report('a finding is still to be published after a quiet sync', `${person.name}: ${waiting}`);
  for (const { finding, anomaly, outcome } of published) {
    if (!anomalies.some((row) => row.id === anomaly && row.finding === finding))
      report('a published finding is not there', `${person.name}: ${finding} (${outcome})`);
  }
}
