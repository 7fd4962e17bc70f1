// Detectors find the same over the mirror as over the events themselves.
import { isDeepStrictEqual } from 'node:util';
import type { Detector } from '../../../src-main/analytics/detector.ts';
import { buildHistory } from '../../../src-main/analytics/history/build-history.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { allFields, firstDifference, plainHits, wholeScope, type Violation } from './detector-laws.ts';
import type { Arrived } from './mirror-laws.ts';

export function brokenParityLaws(
  database: DatabaseHandle,
  arrived: Arrived,
  detectors: readonly Detector[],
  zone: string,
): Violation[] {
  const direct = buildHistory(arrived.values(), allFields);
  const mirrored = mirroredHistory(database, true);
  const scope = wholeScope(direct, zone);
  return detectors.flatMap((detector) => {
    const wanted = plainHits(detector.run(direct, scope));
    const found = plainHits(detector.run(mirrored, scope));
    if (isDeepStrictEqual(found, wanted)) return [];
    const detail = firstDifference(wanted, found);
    return [{ law: 'the mirror shows what the events show', detector: detector.id, detail }];
  });
}
