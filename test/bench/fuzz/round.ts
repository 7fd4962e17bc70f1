// One round of fuzzing: a random history, and every law there is held against it.
import type { Detector } from '../../../src-main/analytics/detector.ts';
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { brokenDetectorLaws, type Violation } from './detector-laws.ts';
import { everyDetector } from './every-detector.ts';
import { brokenMirrorLaws, deliver, type Arrived } from './mirror-laws.ts';
import { openMirror, withMirror } from './mirror.ts';
import { brokenParityLaws } from './parity-laws.ts';
import { deliveriesOf } from './random-batches.ts';
import { randomHistory } from './random-history.ts';
import { randomFrom, type Random } from './random.ts';
import { brokenSplitLaws } from './split-laws.ts';

export interface Round {
  readonly seed: number;
  readonly events: number;
  readonly hits: number;
  readonly violations: readonly Violation[];
}

const delivered = everyDetector(false);
const sensitive = everyDetector(true);

/** The same seed gives the same round. */
export async function fuzzRound(seed: number): Promise<Round> {
  const random = randomFrom(seed);
  const detectors = random.chance(0.6) ? sensitive : delivered;
  const { zone, events } = randomHistory(random, 14 + random.below(30));
  if (events.length === 0) return { seed, events: 0, hits: 0, violations: [] };
  const { violations, hits } = brokenDetectorLaws(detectors, events, zone, random);
  const found = [
    ...violations,
    ...(await mirrorViolations(events, zone, detectors, random)),
    ...(await brokenSplitLaws(detectors, events, zone, random)),
  ];
  return { seed, events: events.length, hits, violations: found };
}

/** Some events come once more under another actor, without a name: what was mirrored first stays, and only names are taken from a repeat. */
export async function mirrorViolations(
  events: readonly HistoryEvent[],
  zone: string,
  detectors: readonly Detector[],
  random: Random,
): Promise<Violation[]> {
  const renamed = random
    .shuffled(events)
    .slice(0, 20)
    .map((event) => ({ ...event, actor: 'somebody else', actorName: null }));
  return withMirror(async (path) => {
    const arrived: Arrived = new Map();
    const database = openMirror(path);
    try {
      return [
        ...deliver(database, deliveriesOf([...events, ...renamed], random), random, arrived),
        ...(await brokenMirrorLaws(database, arrived, zone)),
        ...brokenParityLaws(database, arrived, detectors, zone),
      ];
    } finally {
      database.close();
    }
  });
}
