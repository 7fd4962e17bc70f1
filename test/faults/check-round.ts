// What must hold after a round, whatever died in it: told from the files, the server's rows and its history of them.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyPack } from '../../src-main/evidence/verify.ts';
import type { ServerChange, ServerRow } from './audit-server.ts';
import { announcedOf, outcomesOf, readLedgerFile, type FileEntry, type LedgerFile } from './read-ledger.ts';
import type { Person } from './reviewer.ts';
import type { AcknowledgedDecision, AcknowledgedExport } from './steps.ts';

export type Violation = { readonly law: string; readonly detail: string };

/** What one reviewer was told in a round, and what a look at the queue says at its end. */
export type Told = {
  readonly person: Person;
  readonly folder: string;
  /** The reviews of each attempt to decide, sorted and joined, whatever came of it. */
  readonly attempts: readonly string[];
  readonly decisions: readonly AcknowledgedDecision[];
  readonly withdrawn: readonly string[];
  readonly exports: readonly AcknowledgedExport[];
  readonly queue: readonly { readonly id: string; readonly sync: string | null }[];
};

export type Server = { readonly rows: readonly ServerRow[]; readonly changes: readonly ServerChange[] };

type Report = (law: string, detail: string) => void;

/** Checks a whole round; `conflicts` counts decisions that came second. */
export function checkRound(
  told: readonly Told[],
  server: Server,
): { violations: Violation[]; conflicts: number; applied: number } {
  const violations: Violation[] = [];
  const report: Report = (law, detail) => void violations.push({ law, detail });
  const ledgers = told.map((one) => ({ ...one, ledger: readLedgerFile(join(one.folder, 'ledger.sqlite')) }));
  checkServer(server, ledgers, report);
  for (const one of ledgers) {
    for (const fault of one.ledger.faults) report('a ledger chain does not verify', fault);
    checkAcknowledged(one, one.ledger, report);
    checkBatches(one, one.ledger, report);
    checkOutcomes(one, one.ledger, server.rows, report);
    checkFiles(one, report);
  }
  const all = ledgers.flatMap(({ ledger }) => outcomesOf(ledger));
  const count = (...names: string[]) => all.filter(({ outcome }) => names.includes(outcome)).length;
  return { violations, conflicts: count('superseded'), applied: count('applied', 'already-mine') };
}

const marker = /^\[rv1 d=(approve|flag|revoke) id=(\S+) h=([0-9a-f]{12}) /;
const words: Readonly<Record<string, string>> = { approve: 'certify', flag: 'modify', revoke: 'revoke' };

function checkServer(
  { rows, changes }: Server,
  ledgers: readonly (Told & { readonly ledger: LedgerFile })[],
  report: Report,
): void {
  for (const row of rows) {
    const own = changes.filter((change) => change.row === row.id);
    if (own.length > 1 || own.some(({ wasReviewed }) => wasReviewed))
      report('a row was decided more than once', `${row.id}: ${own.length} times`);
    const first = own[0];
    if ((first !== undefined) !== row.isReviewed || (first && first.notes !== row.notes))
      report('a row does not hold its first decision', row.id);
    if (row.isReviewed && row.reviewer === row.actor) report('somebody reviewed their own action', row.id);
    const match = marker.exec(row.notes ?? '');
    if (!match) continue;
    const [, word = '', id, hash = ''] = match;
    const author = ledgers.find(({ person }) => person.id === row.reviewer);
    const decision = author?.ledger.entries.find((entry) => entry.id === id);
    const isGenuine =
      decision?.type === 'decision' &&
      decision.hash.startsWith(hash) &&
      decision.payload['review'] === row.id &&
      decision.payload['decision'] === words[word];
    if (!isGenuine) report('the server holds a decision that no ledger knows', `${row.id}: ${row.notes}`);
    else if (isWithdrawn(author!.ledger, decision.id))
      report('the server holds a decision that was taken back', `${row.id}: ${row.notes}`);
    else if (!announcedOf(author!.ledger).has(decision.id))
      report('a decision reached the server without having been announced', `${row.id}: ${row.notes}`);
  }
}

function isWithdrawn({ entries }: LedgerFile, decision: string): boolean {
  return entries.some(
    (entry) => entry.type === 'decision-withdrawn' && entry.payload['decision'] === decision,
  );
}

function checkAcknowledged(told: Told, ledger: LedgerFile, report: Report): void {
  const byId = new Map(ledger.entries.map((entry) => [entry.id, entry]));
  for (const { id, review, hash } of told.decisions) {
    const found = byId.get(id);
    if (found?.type !== 'decision' || found.payload['review'] !== review || found.hash !== hash)
      report('an acknowledged decision is not in its ledger', `${told.person.name}: ${id} about ${review}`);
  }
  const withdrawals = ledger.entries.filter(({ type }) => type === 'decision-withdrawn');
  for (const review of told.withdrawn) {
    if (!withdrawals.some(({ subject }) => subject === review))
      report('an acknowledged withdrawal is not in its ledger', `${told.person.name}: ${review}`);
  }
}

/** Several items decided together are all in the ledger, or none is. */
function checkBatches(told: Told, { entries }: LedgerFile, report: Report): void {
  const decisions = entries.filter(({ type, payload }) => type === 'decision' && payload['batch'] !== null);
  for (const [batch, members] of Map.groupBy(decisions, ({ payload }) => payload['batch'])) {
    const reviews = members.map(({ payload }) => String(payload['review'])).toSorted();
    if (!told.attempts.includes(reviews.join()))
      report('a batch is in the ledger in part', `${told.person.name}: ${String(batch)}`);
  }
}

/** After a quiet sync everything that left has exactly one outcome, and it is what the server says. */
function checkOutcomes(told: Told, ledger: LedgerFile, rows: readonly ServerRow[], report: Report): void {
  const name = told.person.name;
  const byDecision = Map.groupBy(outcomesOf(ledger), ({ decision }) => decision);
  const decisions = new Map(
    ledger.entries.filter(({ type }) => type === 'decision').map((entry) => [entry.id, entry]),
  );
  for (const id of announcedOf(ledger)) {
    const outcomes = (byDecision.get(id) ?? []).map(({ outcome }) => outcome);
    const expected = expectedOutcomes(decisions.get(id), rows);
    if (outcomes.length !== 1 || !expected.includes(outcomes[0]!))
      report(
        'a decision that was sent has another outcome than the server tells',
        `${name}: ${id} has ${outcomes.join(' and ') || 'none'}, expected ${expected.join(' or ')}`,
      );
  }
  for (const id of byDecision.keys()) {
    if (!announcedOf(ledger).has(id) && !byDecision.get(id)!.every(({ outcome }) => outcome === 'rejected'))
      report('a decision that was never announced has an outcome', `${name}: ${id}`);
  }
  for (const { id, sync } of told.queue) {
    if (sync === 'unsent' || sync === 'unknown')
      report('a decision is still open after a quiet sync', `${name}: ${id} is ${sync}`);
  }
}

function expectedOutcomes(decision: FileEntry | undefined, rows: readonly ServerRow[]): string[] {
  const row = rows.find(({ id }) => id === decision?.payload['review']);
  if (!decision || !row?.isReviewed) return ['nothing: it cannot be'];
  const isOurs = marker.exec(row.notes ?? '')?.[2] === decision.id;
  return isOurs ? ['applied', 'already-mine'] : ['superseded'];
}

function checkFiles(told: Told, report: Report): void {
  const { folder } = told;
  const damaged = readdirSync(folder).filter((name) => name.includes('.damaged-'));
  if (damaged.length > 0) report('a kill damaged the local copy', damaged.join(', '));
  const packs = [folder, join(folder, 'packs')]
    .filter((directory) => existsSync(directory))
    .flatMap((directory) => readdirSync(directory).map((name) => join(directory, name)))
    .filter((file) => file.endsWith('.zip'));
  for (const file of packs) {
    const { verdict, summary } = verifyPack(readFileSync(file), { now: new Date().toISOString() });
    if (verdict !== 'unpinned') report('a pack is not whole', `${file}: ${summary}`);
  }
  for (const { file, sha256 } of told.exports) {
    const found = existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : null;
    if (found !== sha256) report('an acknowledged pack is not there', file);
  }
}
