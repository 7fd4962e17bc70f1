// Chooses, line by line, what of the data a report lists in full; the rest is counted, and stands in the data files.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import { decisionKinds, type Decision, type DecisionKind, type Review } from '#shared/model/review.ts';
import { severityRank } from '#shared/model/severity.ts';
import type { DecisionLine } from '../pack-contents.ts';
import { isDecided } from '../pack-counts.ts';
import type { Conflict } from '../pack-input.ts';
import { changeTypes } from '../parts/configuration-part.ts';
import type { ExceptionLine } from '../parts/exceptions-part.ts';
import type { PopulationAfterLine } from '../parts/population-after-part.ts';
import { isWithin, type ReviewWindow } from '../parts/review-window.ts';
import type { SamplingFile } from '../parts/sampling-part.ts';
import type { CampaignItemLine, CampaignLine } from '../parts/campaign-lines.ts';
import { collectCampaigns, type CampaignRows } from './collect-campaigns.ts';
import { collectDaily, type DailyRows } from './daily-days.ts';
import { collectAnomalies, type AnomalyRows } from './collect-anomalies.ts';
import { collectConduct, type Conduct } from './collect-conduct.ts';
import { collectExceptionRows, type ExceptionRows } from './collect-exceptions.ts';
import { firstOf, type Listed } from './collect-first.ts';
import { countHoursOfWeek, type HoursOfWeek } from './collect-hours.ts';
import { collectPopulationChanges, type PopulationChanges } from './collect-population-changes.ts';
import { collectSample, type SampleRows } from './collect-sample.ts';
import { collectStandings, type StandingCounts } from './collect-standing.ts';
import { collectUndecided, type UndecidedRows } from './collect-undecided.ts';

/** How many lines of each kind are listed. */
export const listedAtMost = {
  decisions: 2000,
  undecided: 500,
  /** Who reviewed items in the database that have no decision here. */
  reviewersElsewhere: 50,
  anomalies: 500,
  conflicts: 500,
  findings: 500,
  exceptions: 200,
  changes: 500,
  /** Of each kind of change. */
  populationChanges: 200,
} as const;

export type DecidedRow = { readonly item: Review; readonly made: Decision };

/** Everything a report lists or counts beside the counts of the statement. Its size does not grow with the data. */
export type ReportRows = {
  /** By decision, those that are not “certify” first; in order of due time. */
  readonly decided: ReadonlyMap<DecisionKind, Listed<DecidedRow>>;
  readonly standings: StandingCounts;
  /** In order of due time, whoever reviewed them; editions before the third listed these. */
  readonly undecidedInOrder: Listed<Review>;
  readonly undecided: UndecidedRows;
  readonly anomalies: AnomalyRows;
  readonly conflicts: Listed<Conflict>;
  /** The most severe first, then the earlier. */
  readonly findings: Listed<Finding>;
  readonly exceptions: ExceptionRows;
  /** Null where no sample was drawn. */
  readonly sample: SampleRows | null;
  readonly populationChanges: PopulationChanges;
  readonly changes: Listed<LedgerEntry>;
  readonly conduct: Conduct;
  readonly campaigns: CampaignRows;
  /** Null where no day of the log was ever put on record. */
  readonly daily: DailyRows | null;
  /** Null where the zone of the workspace is not known to this computer. */
  readonly findingHours: HoursOfWeek | null;
};

/** Takes the lines of a pack one by one, in the order of its files. */
export type RowCollector = {
  readonly addItem: (item: Review, line: DecisionLine) => void;
  readonly addEntry: (entry: LedgerEntry) => void;
  readonly addFinding: (finding: Finding) => void;
  readonly addConflict: (conflict: Conflict) => void;
  readonly addAnomaly: (anomaly: ServerAnomaly) => void;
  readonly addException: (line: ExceptionLine) => void;
  /** After the items. */
  readonly addSampling: (file: SamplingFile) => void;
  readonly addPopulationChange: (line: PopulationAfterLine) => void;
  readonly addCampaign: (line: CampaignLine) => void;
  /** After the campaigns. */
  readonly addCampaignItem: (line: CampaignItemLine) => void;
  readonly rows: () => ReportRows;
};

/** The order in which decisions are listed: what takes rights away or leaves something open comes first. */
const listingOrder: readonly DecisionKind[] = ['revoke', 'modify', 'escalate', 'abstain', 'certify'];

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

/**
 * @param zone IANA zone in which hours of the week are counted.
 * @param window since when changes to the configuration are listed.
 */
export function collectRows(zone: string, window: ReviewWindow = { from: null }): RowCollector {
  const decided = decisionLists();
  const standings = collectStandings();
  const undecidedInOrder = firstOf<Review>(listedAtMost.undecided);
  const undecided = collectUndecided(listedAtMost.undecided, listedAtMost.reviewersElsewhere);
  const anomalies = collectAnomalies(listedAtMost.anomalies);
  const conflicts = firstOf<Conflict>(listedAtMost.conflicts);
  const findings = mostSevere(listedAtMost.findings);
  const exceptions = collectExceptionRows(listedAtMost.exceptions);
  const sample = collectSample();
  const populationChanges = collectPopulationChanges(listedAtMost.populationChanges);
  const changes = firstOf<LedgerEntry>(listedAtMost.changes);
  const conduct = collectConduct();
  const campaigns = collectCampaigns();
  const daily = collectDaily();
  const hours = countHoursOfWeek(zone);
  return {
    addItem: (item, line) => {
      sample.addItem(item.id, line.decision);
      if (isDecided(line)) {
        decided.add({ item, made: line });
        standings.add(item, line);
      } else {
        undecidedInOrder.add(item);
        undecided.add(item);
      }
    },
    addEntry: (entry) => {
      if (changeTypes.has(entry.type) && isWithin(window, entry.wall_time)) changes.add(entry);
      conduct.addEntry(entry);
      campaigns.addEntry(entry);
      daily.addEntry(entry);
    },
    addFinding: (finding) => {
      findings.add(finding);
      daily.addFinding(finding);
      hours.add(finding.start);
    },
    addConflict: conflicts.add,
    addAnomaly: anomalies.add,
    addException: exceptions.add,
    addSampling: ({ plan }) => sample.addPlan(plan),
    addPopulationChange: populationChanges.add,
    addCampaign: campaigns.add,
    addCampaignItem: campaigns.addItem,
    rows: () => ({
      decided: decided.listed(),
      standings: standings.counts(),
      undecidedInOrder: undecidedInOrder.listed(),
      undecided: undecided.rows(),
      anomalies: anomalies.rows(),
      conflicts: conflicts.listed(),
      findings: findings.listed(),
      exceptions: exceptions.rows(),
      sample: sample.sample(),
      populationChanges: populationChanges.changes(),
      changes: changes.listed(),
      conduct: conduct.conduct(),
      campaigns: campaigns.rows(),
      daily: daily.rows(),
      findingHours: hours.counts(),
    }),
  };
}
