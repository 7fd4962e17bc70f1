// The numbers of the further data files, counted where these are in the pack, and absent where they are not.
import type { StatementCounts } from '../pack-counts.ts';
import type { Rows } from '../payload-part.ts';
import { anomaliesPart } from './anomalies-part.ts';
import { campaignItemsPart, campaignsPart } from './campaign-part.ts';
import { configurationPart } from './configuration-part.ts';
import { controlsPart } from './controls-part.ts';
import { exceptionsPart } from './exceptions-part.ts';
import { populationAfterPart } from './population-after-part.ts';
import { proofsPart } from './proofs-part.ts';
import { samplingPart } from './sampling-part.ts';

type Counts = Partial<
  Pick<
    StatementCounts,
    | 'anomalies'
    | 'anomaliesOpen'
    | 'configurationChanges'
    | 'exceptions'
    | 'exceptionsInForce'
    | 'proofs'
    | 'sampled'
    | 'controls'
    | 'populationNew'
    | 'populationRemoved'
    | 'populationChanged'
    | 'campaigns'
    | 'campaignItems'
    | 'campaignItemsOpen'
    | 'returnedFiles'
  >
>;

/** Looks at rows of one kind on their way. */
type Counted = { readonly of: Rows<unknown>; run(row: unknown): void };
const counted = <Row>(of: Rows<Row>, run: (row: Row) => void): { of: Rows<Row>; run(row: Row): void } => ({
  of,
  run,
});

/** @param has whether the pack holds, or will hold, the file of this name. */
export function countParts(has: (name: string) => boolean) {
  const counts = {
    anomalies: 0,
    anomaliesOpen: 0,
    configurationChanges: 0,
    exceptions: 0,
    exceptionsInForce: 0,
    proofs: 0,
    sampled: 0,
    controls: 0,
    populationNew: 0,
    populationRemoved: 0,
    populationChanged: 0,
    campaigns: 0,
    campaignItems: 0,
    campaignItemsOpen: 0,
  };
  const returned = new Set<string>();
  const takes: readonly Counted[] = [
    counted(anomaliesPart, ({ status }) => {
      counts.anomalies += 1;
      if (status === 'open') counts.anomaliesOpen += 1;
    }),
    counted(configurationPart, () => void (counts.configurationChanges += 1)),
    counted(exceptionsPart, ({ standing }) => {
      counts.exceptions += 1;
      if (standing === 'in-force') counts.exceptionsInForce += 1;
    }),
    counted(proofsPart, () => void (counts.proofs += 1)),
    counted(samplingPart, ({ plan }) => void (counts.sampled = plan?.drawn.length ?? 0)),
    counted(controlsPart, (controls) => void (counts.controls = controls.length)),
    counted(populationAfterPart, ({ change }) => {
      if (change === 'new') counts.populationNew += 1;
      if (change === 'removed') counts.populationRemoved += 1;
      if (change === 'changed') counts.populationChanged += 1;
    }),
    counted(campaignsPart, ({ imports }) => {
      counts.campaigns += 1;
      for (const { fileSha256, kept } of imports) if (kept !== undefined) returned.add(fileSha256);
    }),
    counted(campaignItemsPart, ({ outcome }) => {
      counts.campaignItems += 1;
      if (outcome === null) counts.campaignItemsOpen += 1;
    }),
  ];
  const ofPart: readonly [Rows<unknown>, readonly (keyof typeof counts)[]][] = [
    [anomaliesPart, ['anomalies', 'anomaliesOpen']],
    [configurationPart, ['configurationChanges']],
    [exceptionsPart, ['exceptions', 'exceptionsInForce']],
    [proofsPart, ['proofs']],
    [samplingPart, ['sampled']],
    [controlsPart, ['controls']],
    [populationAfterPart, ['populationNew', 'populationRemoved', 'populationChanged']],
    [campaignsPart, ['campaigns']],
    [campaignItemsPart, ['campaignItems', 'campaignItemsOpen']],
  ];
  return {
    takes,
    counts: (): Counts => ({
      ...Object.fromEntries(
        ofPart.flatMap(([part, names]) => (has(part.rows) ? names.map((name) => [name, counts[name]]) : [])),
      ),
      ...(returned.size > 0 && { returnedFiles: returned.size }),
    }),
  };
}
