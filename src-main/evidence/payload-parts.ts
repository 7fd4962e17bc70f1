// The data files of a pack that are written and read row by row. A further one is defined in a file of its own and listed here.
import {
  conflictsPart,
  decisionsPart,
  detectorsPart,
  findingsPart,
  ipePart,
  ledgerPart,
  populationPart,
} from './pack-contents.ts';
import { anomaliesPart } from './parts/anomalies-part.ts';
import { campaignItemsPart, campaignsPart } from './parts/campaign-part.ts';
import { configurationPart } from './parts/configuration-part.ts';
import { controlsPart } from './parts/controls-part.ts';
import { exceptionsPart } from './parts/exceptions-part.ts';
import { populationAfterPart } from './parts/population-after-part.ts';
import { proofsPart } from './parts/proofs-part.ts';
import { samplingPart } from './parts/sampling-part.ts';
import { tableNames } from './pack-csv.ts';
import type { PayloadPart } from './payload-part.ts';
import { printedReportFile } from './report/report-files.ts';

/**
 * In the order in which they are written and read: what a row is compared with comes before it. The population and its
 * decisions lie side by side and are read together, between the ledger and these.
 */
export const partsBeforeItems: readonly PayloadPart<unknown>[] = [ipePart, detectorsPart, ledgerPart];
export const partsAfterItems: readonly PayloadPart<unknown>[] = [
  findingsPart,
  conflictsPart,
  anomaliesPart,
  populationAfterPart,
  configurationPart,
  exceptionsPart,
  proofsPart,
  samplingPart,
  controlsPart,
  campaignsPart,
  campaignItemsPart,
];

const everyPart = [...partsBeforeItems, populationPart, decisionsPart, ...partsAfterItems];

export const checkpointFile = 'data/checkpoint.txt';

/** Every file that may be below data/. */
export const payloadNames: readonly string[] = [
  ...everyPart.map(({ name }) => name),
  ...tableNames,
  checkpointFile,
  'data/report.html',
  printedReportFile,
  'data/statement.json',
].toSorted();

/** Packs made before there were these lack them. */
export const optionalNames: ReadonlySet<string> = new Set([
  ...everyPart.filter(({ isOptional }) => isOptional).map(({ name }) => name),
  printedReportFile,
]);
