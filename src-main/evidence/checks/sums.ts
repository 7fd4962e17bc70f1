// What several checks need of the rows together: the state of the ledger, all counts, and what a report lists.
import {
  conflictsPart,
  detectorsPart,
  findingsPart,
  ipePart,
  itemRows,
  ledgerPart,
} from '../pack-contents.ts';
import { countPack, type StatementCounts } from '../pack-counts.ts';
import type { Detector, Ipe } from '../pack-input.ts';
import { anomaliesPart } from '../parts/anomalies-part.ts';
import { campaignItemsPart, campaignsPart } from '../parts/campaign-part.ts';
import { controlsPart } from '../parts/controls-part.ts';
import { countParts } from '../parts/count-parts.ts';
import { exceptionsPart } from '../parts/exceptions-part.ts';
import { populationAfterPart } from '../parts/population-after-part.ts';
import type { ReviewWindow } from '../parts/review-window.ts';
import { samplingPart } from '../parts/sampling-part.ts';
import { projectDecisions, type Projection } from '../projection.ts';
import { collectRows, type ReportRows } from '../report/collect-rows.ts';
import { defaultControls, type Control } from '../report/controls.ts';
import {
  countFacts,
  decisionFact,
  findingFacts,
  populationFacts,
  type Fact,
  type Facts,
} from '../report/facts.ts';
import { take, type Watcher } from './watcher.ts';

export type Sums = {
  readonly watcher: Watcher;
  /**
   * Complete once the ledger has gone by.
   * @throws Problem `store-damaged` when the ledger contradicts itself.
   */
  readonly projection: () => Projection;
  /** @throws Problem as {@link Sums.projection} */
  readonly counts: () => StatementCounts;
  readonly reportRows: () => ReportRows;
  readonly singles: () => {
    readonly ipe: Ipe;
    readonly detectors: readonly Detector[];
    readonly controls: readonly Control[];
  };
  /** Every fact of the data, for reports of old that listed all of them; collected only where `forOldReport` asked for it. */
  readonly everyFact: () => Facts;
  /** Whether population and decisions have as many lines; set when both have gone by. */
  isParallel: boolean;
};

function forgivingProjector() {
  const projector = projectDecisions();
  let fault: { readonly error: unknown } | null = null;
  let projection: Projection | null = null;
  return {
    add: (line: Parameters<typeof projector.add>[0]): void => {
      if (fault !== null) return;
      try {
        projector.add(line);
      } catch (error) {
        fault = { error };
      }
    },
    projection: (): Projection => {
      if (fault !== null) throw fault.error;
      return (projection ??= projector.end());
    },
  };
}

/** Keeps the single values of the pack. */
function keepSingles() {
  let ipe: Ipe | null = null;
  let detectors: readonly Detector[] = [];
  let controls: readonly Control[] = defaultControls;
  return {
    takes: [
      take(ipePart, (found) => void (ipe = found)),
      take(detectorsPart, (found) => void (detectors = found)),
      take(controlsPart, (found) => void (controls = found)),
    ],
    values: () => {
      if (ipe === null) throw new TypeError('The rows have not gone by yet.');
      return { ipe, detectors, controls };
    },
  };
}

/** Facts about single rows; those about all of them are added at the end. */
function collectFacts() {
  const facts = new Map<string, Fact>();
  return {
    facts,
    takes: [
      take(itemRows, ({ line }) => void facts.set(...decisionFact(line.review, line.decision))),
      take(findingsPart, (finding) => {
        for (const [name, fact] of findingFacts(finding)) facts.set(name, fact);
      }),
    ],
  };
}

export type SumOptions = {
  /** IANA zone in which the report counts hours of the week. */
  readonly zone: string;
  /** Whether the report is one of those that listed everything; then memory grows with its length. */
  readonly forOldReport: boolean;
  /** Since when changes bear on the pack; null is since the ledger began. */
  readonly period: ReviewWindow;
  /** Whether the pack holds a file of this name. */
  readonly has: (name: string) => boolean;
};

export function sumRows({ zone, forOldReport, period, has }: SumOptions): Sums {
  const singles = keepSingles();
  const every = collectFacts();
  const { add, projection } = forgivingProjector();
  const counter = countPack(projection);
  const report = collectRows(zone, period);
  const others = countParts(has);
  let countFault: { readonly error: unknown } | null = null;
  const counting = (count: () => void): void => {
    if (countFault !== null) return;
    try {
      count();
    } catch (error) {
      countFault = { error };
    }
  };
  return {
    isParallel: true,
    projection,
    counts: () => {
      if (countFault !== null) throw countFault.error;
      return { ...counter.counts(), ...others.counts() };
    },
    reportRows: () => report.rows(),
    singles: singles.values,
    everyFact: () =>
      new Map([...countFacts(counter.counts()), ...populationFacts(singles.values().ipe), ...every.facts]),
    watcher: {
      name: 'sums',
      takes: [
        ...singles.takes,
        ...(forOldReport ? every.takes : []),
        take(ledgerPart, (line) => {
          add(line);
          counter.addEntry(line);
          report.addEntry(line.entry);
        }),
        take(itemRows, (row) => {
          counting(() => counter.addItem(row));
          report.addItem(row.item, row.line);
        }),
        take(findingsPart, (finding) => {
          counter.addFinding(finding);
          report.addFinding(finding);
        }),
        take(conflictsPart, (conflict) => {
          counter.addConflict(conflict);
          report.addConflict(conflict);
        }),
        take(anomaliesPart, report.addAnomaly),
        take(populationAfterPart, report.addPopulationChange),
        take(exceptionsPart, report.addException),
        take(samplingPart, report.addSampling),
        take(campaignsPart, report.addCampaign),
        take(campaignItemsPart, report.addCampaignItem),
        ...others.takes,
      ],
      end: () => '',
    },
  };
}
