// Checks of the data against itself: decisions against the ledger, population against decisions, counts of the source.
import type { Decision, Review } from '#shared/model/review.ts';
import { canonicalJson } from '../entry-hash.ts';
import { secondOf } from '../../review/four-eyes.ts';
import type { DecisionLine } from '../pack-contents.ts';
import { isDecided } from '../pack-counts.ts';
import type { Conflict, Ipe } from '../pack-input.ts';
import type { Projection, RecordedDecision } from '../projection.ts';
import { failCheck, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';

function isRecorded(made: Decision, recorded: RecordedDecision | undefined): boolean {
  return (
    recorded !== undefined &&
    made.id === recorded.id &&
    made.hash === recorded.hash &&
    made.review === recorded.review &&
    made.decision === recorded.decision &&
    made.reason === recorded.reason &&
    made.reviewer === recorded.reviewer &&
    made.reviewerName === recorded.reviewerName &&
    made.decidedAt === recorded.decidedAt &&
    made.supersedes === recorded.supersedes &&
    made.batch === recorded.batch
  );
}

/** Both reviewers of a decision that needs two are what the ledger says. */
function isSeconded({ second }: Decision, recorded: RecordedDecision, projection: Projection): boolean {
  const { identities, concurrences } = projection.independence;
  const expected = secondOf(identities, recorded, concurrences.get(recorded.id) ?? []);
  return canonicalJson(second ?? null) === canonicalJson(expected);
}

function isBacked(made: Decision, recorded: RecordedDecision | undefined, projection: Projection): boolean {
  return isRecorded(made, recorded) && recorded !== undefined && isSeconded(made, recorded, projection);
}

function checkDecisionLine(line: DecisionLine, projection: Projection, number: number): void {
  const inForce = projection.inForce.get(line.review);
  if (isDecided(line) ? !isBacked(line, inForce, projection) : inForce !== undefined) {
    failCheck('tampered', `decisions.jsonl, line ${number}, is not what the ledger says about this item.`);
  }
}

/** Every note with which a conflict was closed is an entry of the ledger, to the letter. */
function checkClosings(conflicts: readonly Conflict[], pack: OpenedPack): void {
  const entries = new Map(pack.contents().ledger.map(({ entry }) => [entry.id, entry]));
  for (const [index, { review, closings = [], entries: trail = [] }] of conflicts.entries()) {
    const isBacked = closings.every(({ entry: id, by, byName, at, ...closed }) => {
      const entry = entries.get(id);
      return (
        entry?.type === 'conflict-closed' &&
        entry.actor === by &&
        entry.wall_time === at &&
        canonicalJson(entry.payload) === canonicalJson({ ...closed, review, reviewerName: byName })
      );
    });
    if (isBacked && trail.every((id) => entries.has(id))) continue;
    failCheck('tampered', `conflicts.jsonl, line ${index + 1}, names what the ledger does not have.`);
  }
}

function checkDecisions(pack: OpenedPack): string {
  const { decisions, conflicts } = pack.contents();
  const projection = pack.projection();
  for (const [index, line] of decisions.entries()) checkDecisionLine(line, projection, index + 1);
  for (const [index, { review, ours }] of conflicts.entries()) {
    if (ours.review !== review || !isBacked(ours, projection.recorded.get(ours.id), projection)) {
      failCheck(
        'tampered',
        `conflicts.jsonl, line ${index + 1}, is not what the ledger says about this item.`,
      );
    }
  }
  checkClosings(conflicts, pack);
  const decided = decisions.filter(isDecided).length;
  return `${decided} decisions in force and ${conflicts.length} conflicts backed by the ledger.`;
}

function checkItem(
  item: Review,
  line: DecisionLine | undefined,
  projection: Projection,
  number: number,
): void {
  if (line?.review !== item.id) {
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
  if (item.actor === line.reviewer && projection.recorded.get(line.id)?.digest === item.digest) {
    failCheck('tampered', `Item ${number} of the population was decided by the person it is about.`);
  }
}

function checkPopulation(pack: OpenedPack): string {
  const { population, decisions, conflicts } = pack.contents();
  if (new Set(population.map((item) => item.id)).size < population.length) {
    failCheck('tampered', 'An item is in the population twice.');
  }
  if (decisions.length !== population.length) {
    failCheck('tampered', 'Population and decisions do not have the same number of items.');
  }
  const projection = pack.projection();
  for (const [index, item] of population.entries()) checkItem(item, decisions[index], projection, index + 1);
  const ids = new Set(population.map((item) => item.id));
  if (conflicts.some(({ review }) => !ids.has(review))) {
    failCheck('tampered', 'A conflict is about an item that is not in the population.');
  }
  return `${population.length} items, each with its decision or marked as undecided; nobody decided about themselves.`;
}

/** An interrupted refresh leaves counts that do not add up; then the population must not be called complete. */
function isComplete({ rows, serverRows, days }: Ipe): boolean {
  const inDays = days.reduce((sum, one) => sum + one.mirrored, 0);
  const agree = days.every(({ mirrored, server }) => server === null || server === mirrored);
  return agree && inDays === rows && serverRows === rows;
}

function checkIpe(pack: OpenedPack): string {
  const { ipe } = pack.contents();
  if ((ipe.first === null) !== (ipe.rows === 0) || (ipe.last === null) !== (ipe.rows === 0)) {
    failCheck('tampered', 'The first and last mirrored event do not fit their number.');
  }
  if (ipe.completeness === 'complete' && !isComplete(ipe)) {
    failCheck('tampered', 'The population is called complete, but its counts do not agree.');
  }
  return `${ipe.rows} events in ${ipe.days.length} days; completeness: ${ipe.completeness}.`;
}

export const dataChecks: readonly Check<OpenedPack>[] = [
  { name: 'ipe', needs: ['contents'], run: checkIpe },
  { name: 'decisions', needs: ['contents'], run: checkDecisions },
  { name: 'population', needs: ['contents'], run: checkPopulation },
];
