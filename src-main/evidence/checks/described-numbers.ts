// Holds the numbers of the detectors a pack describes against the settings its ledger records.
import type { DetectionSettings } from '#shared/model/detection.ts';
import { dormantParameters } from '../../analytics/detectors/cube/dormant-parameters.ts';
import { driftParameters } from '../../analytics/detectors/cube/drift-parameters.ts';
import { gapParameters } from '../../analytics/detectors/cube/gap-parameters.ts';
import { peerParameters } from '../../analytics/detectors/cube/peer-parameters.ts';
import { rareTimeParameters } from '../../analytics/detectors/cube/rare-time-parameters.ts';
import { failBurstParameters } from '../../analytics/detectors/events/fail-burst-parameters.ts';
import { firstSeenParameters } from '../../analytics/detectors/events/first-seen-parameters.ts';
import { massParameters } from '../../analytics/detectors/events/mass-parameters.ts';
import { sodParameters } from '../../analytics/detectors/events/sod-parameters.ts';
import { nbParameters } from '../../analytics/detectors/nb/parameters.ts';
import { z3Method } from '../../analytics/detectors/z3.ts';
import { seriesDefaults } from '../../analytics/series/series-method.ts';
import { canonicalJson } from '../entry-hash.ts';
import type { Detector } from '../pack-input.ts';

type Numbers = Readonly<Record<string, number>>;

const numbersOf = (parameters: object): Numbers =>
  Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );

const defaults: ReadonlyMap<string, Numbers> = new Map(
  Object.entries({
    sod: sodParameters,
    fail_burst: failBurstParameters,
    mass: massParameters,
    nb: nbParameters,
    gap: gapParameters,
    series: seriesDefaults,
    dormant: dormantParameters,
    first_seen: firstSeenParameters,
    rare_time: rareTimeParameters,
    peer: peerParameters,
    drift: driftParameters,
    z3: z3Method,
  }).map(([id, parameters]) => [id, numbersOf(parameters)]),
);

/** @returns the first built-in detector whose numbers are not those in force; null when there is none. */
export function describedNumbers(
  detectors: readonly Detector[],
  { disabled, parameters: chosen }: DetectionSettings,
): string | null {
  const different = detectors.find(({ id, parameters }) => {
    const usual = defaults.get(id);
    if (usual === undefined) return false;
    // Those switched off are listed for their earlier findings; older packs have them without numbers.
    if (disabled.includes(id) && Object.keys(parameters).length === 0) return false;
    return canonicalJson({ ...usual, ...chosen[id] }) !== canonicalJson(parameters);
  });
  return different?.id ?? null;
}
