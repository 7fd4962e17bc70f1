// Chooses, line by line, what of the data a report lists in full; the rest is counted, and stands in the data files.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import { decisionKinds, type Decision, type DecisionKind, type Review } from '#shared/model/review.ts';
import { severityRank } from '#shared/model/severity.ts';
import type { DecisionLine } from '../pack-contents.ts';
import { isDecided } from '../pack-counts.ts';
import type { Conflict } from '../pack-input.ts';
import { changeTypes } from '../parts/configuration-part.ts';
import { isWithin, type ReviewWindow } from '../parts/review-window.ts';
import { collectConduct, type Conduct } from './collect-conduct.ts';
import { countHoursOfWeek, type HoursOfWeek } from './collect-hours.ts';

/** How many lines of each kind are listed. */
export const listedAtMost = {
  decisions: 2000,
  undecided: 500,
  conflicts: 500,
  findings: 500,
  exceptions: 200,
  changes: 500,
} as const;

/** The first lines of something, and how many there are. */
export type Listed<Row> = { readonly rows: readonly Row[]; readonly total: number };
export type DecidedRow = { readonly item: Review; readonly made: Decision };

export type GrantedRow = {
  readonly granted: LedgerEntry;
  readonly ended: LedgerEntry | null;
  readonly hidden: number;
};

/** Everything a report lists or counts beside the counts of the statement. Its size does not grow with the data. */
export type ReportRows = {
  /** By decision, those that are not “certify” first; in order of due time. */
  readonly decided: ReadonlyMap<DecisionKind, Listed<DecidedRow>>;
  readonly undecided: Listed<Review>;
  readonly conflicts: Listed<Conflict>;
  /** The most severe first, then the earlier. */
  readonly findings: Listed<Finding>;
  readonly exceptions: Listed<GrantedRow>;
  readonly changes: Listed<LedgerEntry>;
  readonly conduct: Conduct;
  /** Null where the zone of the workspace is not known to this computer. */
  readonly findingHours: HoursOfWeek | null;
};

/** Takes the lines of a pack one by one, in the order of its files. */
export type RowCollector = {
  readonly addItem: (item: Review, line: DecisionLine) => void;
  readonly addEntry: (entry: LedgerEntry) => void;
  readonly addFinding: (finding: Finding) => void;
  readonly addConflict: (conflict: Conflict) => void;
  readonly rows: () => ReportRows;
};

/** The order in which decisions are listed: what takes rights away or leaves something open comes first. */
const listingOrder: readonly DecisionKind[] = ['revoke', 'modify', 'escalate', 'abstain', 'certify'];

function firstOf<Row>(limit: number) {
  const rows: Row[] = [];
  let total = 0;
  return {
    add: (row: Row): void => {
      total += 1;
      if (rows.length < limit) rows.push(row);
    },
    listed: (): Listed<Row> => ({ rows: [...rows], total }),
  };
}

const bySeverity = (left: Finding, right: Finding): number =>
  severityRank(right.severity) - severityRank(left.severity) ||
  compare(left.start, right.start) ||
  compare(left.id, right.id);
const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function mostSevere(limit: number) {
  let rows: Finding[] = [];
  let total = 0;
  const cut = () => (rows = rows.toSorted(bySeverity).slice(0, limit));
  return {
    add: (finding: Finding): void => {
      total += 1;
      rows.push(finding);
      if (rows.length >= 2 * limit) cut();
    },
    listed: (): Listed<Finding> => ({ rows: cut(), total }),
  };
}

function decisionLists() {
  const lists = new Map(decisionKinds.map((kind) => [kind, firstOf<DecidedRow>(listedAtMost.decisions)]));
  return {
    add: (row: DecidedRow): void => lists.get(row.made.decision)?.add(row),
    /** One limit for all of them together. */
    listed: (): Map<DecisionKind, Listed<DecidedRow>> => {
      let left: number = listedAtMost.decisions;
      return new Map(
        listingOrder.map((kind) => {
          const { rows = [], total = 0 } = lists.get(kind)?.listed() ?? {};
          const shown = rows.slice(0, left);
          left -= shown.length;
          return [kind, { rows: shown, total }];
        }),
      );
    },
  };
}

function exceptionList() {
  const granted = firstOf<LedgerEntry>(listedAtMost.exceptions);
  const ended = new Map<string, LedgerEntry>();
  const hidden = new Map<string, number>();
  return {
    addEntry: (entry: LedgerEntry): void => {
      if (entry.type === 'exception-granted') granted.add(entry);
      if (entry.type === 'exception-ended') ended.set(entry.subject ?? '', entry);
    },
    addFinding: ({ suppressedBy, blindCheck }: Finding): void => {
      if (suppressedBy !== null && !blindCheck) hidden.set(suppressedBy, (hidden.get(suppressedBy) ?? 0) + 1);
    },
    listed: (): Listed<GrantedRow> => {
      const { rows, total } = granted.listed();
      const rowOf = (entry: LedgerEntry): GrantedRow => ({
        granted: entry,
        ended: ended.get(entry.subject ?? '') ?? null,
        hidden: hidden.get(entry.subject ?? '') ?? 0,
      });
      return { rows: rows.map(rowOf), total };
    },
  };
}

/**
 * @param zone IANA zone in which hours of the week are counted.
 * @param window since when changes to the configuration are listed.
 */
export function collectRows(zone: string, window: ReviewWindow = { from: null }): RowCollector {
  const decided = decisionLists();
  const undecided = firstOf<Review>(listedAtMost.undecided);
  const conflicts = firstOf<Conflict>(listedAtMost.conflicts);
  const findings = mostSevere(listedAtMost.findings);
  const exceptions = exceptionList();
  const changes = firstOf<LedgerEntry>(listedAtMost.changes);
  const conduct = collectConduct();
  const hours = countHoursOfWeek(zone);
  return {
    addItem: (item, line) => (isDecided(line) ? decided.add({ item, made: line }) : undecided.add(item)),
    addEntry: (entry) => {
      if (changeTypes.has(entry.type) && isWithin(window, entry.wall_time)) changes.add(entry);
      exceptions.addEntry(entry);
      conduct.addEntry(entry);
    },
    addFinding: (finding) => {
      findings.add(finding);
      exceptions.addFinding(finding);
      hours.add(finding.start);
    },
    addConflict: conflicts.add,
    rows: () => ({
      decided: decided.listed(),
      undecided: undecided.listed(),
      conflicts: conflicts.listed(),
      findings: findings.listed(),
      exceptions: exceptions.listed(),
      changes: changes.listed(),
      conduct: conduct.conduct(),
      findingHours: hours.counts(),
    }),
  };
}
