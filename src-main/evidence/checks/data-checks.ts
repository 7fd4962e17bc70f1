// Checks of the data against itself: decisions against the ledger, population against decisions, counts of the source.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { canonicalJson } from '../entry-hash.ts';
import { keyIndex } from '../key-index.ts';
import { conflictsPart, ipePart, itemRows, ledgerPart, type ItemRow } from '../pack-contents.ts';
import { isDecided } from '../pack-counts.ts';
import { isAboutAnomaly, type Ipe, type PackedDecision, type ReviewConflictLine } from '../pack-input.ts';
import type { Projection } from '../projection.ts';
import { reconcile } from '../reconcile.ts';
import { anomalyRecords, checkAnomalyConflict } from './anomaly-conflict-checks.ts';
import { failCheck } from './check.ts';
import { areClosingsBacked } from './closings.ts';
import { ownActions } from './own-actions.ts';
import { lostSeconds } from './lost-seconds.ts';
import type { Sums } from './sums.ts';
import { take, type Watcher } from './watcher.ts';

function checkDecisionLine({ item, line }: ItemRow, projection: Projection, number: number): void {
  const isRight = isDecided(line)
    ? projection.isInForce(line) && projection.isBacked(line)
    : !projection.hasDecision(line.review);
  if (!isRight)
    failCheck('tampered', `decisions.jsonl, line ${number}, is not what the ledger says about this item.`);
  if (isDecided(line) && !isShownSo(line, item, projection))
    failCheck(
      'tampered',
      `decisions.jsonl, line ${number}, says otherwise than the ledger what was shown, or when.`,
    );
}

/** Absent in packs older than these. */
function isShownSo(
  { id, shownDigest, dwellMs, serverReviewedAt }: PackedDecision,
  { server }: ItemRow['item'],
  projection: Projection,
): boolean {
  return (
    (shownDigest === undefined || projection.wasAbout(id, shownDigest)) &&
    (dwellMs === undefined || projection.dwellMs(id) === dwellMs) &&
    (serverReviewedAt === undefined || serverReviewedAt === (server?.reviewedAt ?? null))
  );
}

function checkConflict(
  conflict: ReviewConflictLine,
  projection: Projection,
  closed: ReadonlyMap<string, LedgerEntry>,
  number: number,
): void {
  const { review, ours, server, cause, entries: trail = [], closings = [] } = conflict;
  if (server === null && cause !== 'row-altered')
    failCheck('tampered', `conflicts.jsonl, line ${number}, leaves out what the audit database held.`);
  if (ours.review !== review || !projection.isBacked(ours)) {
    failCheck('tampered', `conflicts.jsonl, line ${number}, is not what the ledger says about this item.`);
  }
  if (!areClosingsBacked(closings, { review }, closed) || !trail.every((id) => projection.hasEntry(id)))
    failCheck('tampered', `conflicts.jsonl, line ${number}, names what the ledger does not have.`);
}

export function watchDecisions(sums: Sums): Watcher {
  const closed = new Map<string, LedgerEntry>();
  const anomalies = anomalyRecords();
  let decided = 0;
  const seconds = lostSeconds();
  let conflicts = 0;
  return {
    name: 'decisions',
    takes: [
      take(ledgerPart, (line) => {
        anomalies.add(line);
        seconds.addEntry(line.entry);
        if (line.entry.type === 'conflict-closed') closed.set(line.entry.id, line.entry);
      }),
      take(itemRows, (row, number) => {
        checkDecisionLine(row, sums.projection(), number);
        if (!isDecided(row.line)) return;
        decided += 1;
        seconds.addDecision(row.line);
      }),
      take(conflictsPart, (conflict, number) => {
        if (isAboutAnomaly(conflict))
          checkAnomalyConflict(conflict, anomalies, sums.projection(), closed, number);
        else checkConflict(conflict, sums.projection(), closed, number);
        conflicts = number;
      }),
    ],
    end: () => {
      sums.projection();
      return `${decided} decisions in force and ${conflicts} conflicts backed by the ledger.${seconds.sentence()}`;
    },
  };
}

function checkItem({ item, line }: ItemRow, projection: Projection, number: number): void {
  if (line.review !== item.id) {
    failCheck('tampered', `Item ${number} of the population has no line of its own in decisions.jsonl.`);
  }
  if (!isDecided(line)) {
    if (item.decisionId !== null || item.decision !== null || line.status !== item.status) {
      failCheck(
        'tampered',
        `Item ${number} of the population has a decision that decisions.jsonl does not have.`,
      );
    }
    return;
  }
  if (item.decisionId !== line.id || item.decision !== line.decision) {
    failCheck('tampered', `Item ${number} of the population shows another decision than decisions.jsonl.`);
  }
  // An item that changed since was another person's when it was decided; the ledger check has seen to that.
  if (item.actor === line.reviewer && projection.wasAbout(line.id, item.digest)) {
    failCheck('tampered', `Item ${number} of the population was decided by the person it is about.`);
  }
}

/** @param reserve told what the pack holds in order, but nobody should pass over */
export function watchPopulation(sums: Sums, reserve: (sentence: string) => void): Watcher {
  const ids = keyIndex();
  const own = ownActions();
  let items = 0;
  return {
    name: 'population',
    takes: [
      take(itemRows, (row, number) => {
        if (ids.add(row.item.id) < items) failCheck('tampered', 'An item is in the population twice.');
        items = number;
        const projection = sums.projection();
        checkItem(row, projection, number);
        if (isDecided(row.line) && projection.isOwnAction(row.line.id))
          own.add(`${row.item.id} by ${row.line.reviewerName}`);
      }),
      take(conflictsPart, (conflict) => {
        if (!isAboutAnomaly(conflict) && ids.find(conflict.review) < 0)
          failCheck('tampered', 'A conflict is about an item that is not in the population.');
      }),
    ],
    end: () => {
      if (!sums.isParallel)
        failCheck('tampered', 'Population and decisions do not have the same number of items.');
      sums.projection();
      own.reserve('decided', reserve);
      return `${items} items, each with its decision or marked as undecided; ${own.sentence('decided')}`;
    },
  };
}

/** An interrupted refresh leaves counts that do not add up; then the population must not be called complete. */
function isComplete({ rows, serverRows, days }: Ipe): boolean {
  const inDays = days.reduce((sum, one) => sum + one.mirrored, 0);
  const agree = days.every(({ mirrored, server }) => server === null || server === mirrored);
  return agree && inDays === rows && serverRows === rows;
}

function describeIpe(ipe: Ipe): string {
  if ((ipe.first === null) !== (ipe.rows === 0) || (ipe.last === null) !== (ipe.rows === 0)) {
    failCheck('tampered', 'The first and last mirrored event do not fit their number.');
  }
  if (ipe.completeness === 'complete' && !isComplete(ipe)) {
    failCheck('tampered', 'The population is called complete, but its counts do not agree.');
  }
  const counts = describeReconciliation(ipe);
  return `${ipe.rows} events in ${ipe.days.length} days; completeness: ${ipe.completeness}.${counts}`;
}

/** Absent in packs older than it. */
function describeReconciliation(ipe: Ipe): string {
  if (ipe.reconciliation === undefined) return '';
  const again = reconcile(ipe);
  if (canonicalJson(ipe.reconciliation) !== canonicalJson(again))
    failCheck('tampered', 'The reconciliation of the population does not follow from its counts.');
  const words = { agree: 'agree', differ: 'DIFFER', unknown: 'could not be compared' } as const;
  return ` The two independent counts ${words[again.outcome]}: ${again.agreeingDays} days agree, ${again.differingDays} differ, ${again.uncountedDays} were not counted.`;
}

export function watchIpe(): Watcher {
  let found = '';
  return {
    name: 'ipe',
    takes: [take(ipePart, (ipe) => void (found = describeIpe(ipe)))],
    end: () => found,
  };
}
