// What must hold after a round, whatever died in it: told from the files, the server's rows and its history of them.
import type { ServerContent } from './audit-server.ts';
import { readBooks } from './books.ts';
import { checkAnomalies } from './check-anomalies.ts';
import { checkCreated } from './check-created.ts';
import { checkFiles } from './check-files.ts';
import { checkLedgers } from './check-ledgers.ts';
import { checkReviews } from './check-reviews.ts';
import { checkSeconds } from './check-seconds.ts';
import { outcomesOf } from './read-ledger.ts';
import type { Report, Told, Violation } from './told.ts';

export type RoundCounts = {
  readonly applied: number;
  /** Decisions and dispositions that came second. */
  readonly conflicts: number;
  readonly disposed: number;
  readonly published: number;
  readonly created: number;
};

/** Checks a whole round. */
export async function checkRound(
  told: readonly Told[],
  server: ServerContent,
): Promise<RoundCounts & { readonly violations: Violation[] }> {
  const violations: Violation[] = [];
  const report: Report = (law, detail) => void violations.push({ law, detail });
  const all = told.map((one) => ({ ...one, books: readBooks(one.folder) }));
  checkReviews(all, server, report);
  checkAnomalies(all, server, report);
  checkCreated(all, server, report);
  for (const one of all) {
    checkLedgers(one, report);
    checkSeconds(one, report);
    await checkFiles(one, report);
  }
  const outcomes = all.map(({ books }) => outcomesOf(books.current));
  const decided = outcomes.flatMap(({ decisions }) => decisions.map(({ outcome }) => outcome));
  const disposed = outcomes.flatMap(({ dispositions }) => dispositions.map(({ outcome }) => outcome));
  const isApplied = (outcome: string) => outcome === 'applied' || outcome === 'already-mine';
  const inserted = server.changes.filter(({ how }) => how === 'INSERT');
  return {
    violations,
    applied: decided.filter(isApplied).length,
    conflicts: [...decided, ...disposed].filter((outcome) => outcome === 'superseded').length,
    disposed: disposed.filter(isApplied).length,
    published: inserted.filter(({ source }) => source === 'anomalies').length,
    created: inserted.filter(({ source }) => source === 'reviews').length,
  };
}
