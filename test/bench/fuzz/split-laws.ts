// However a refresh is split, what is found in the end is the same.
import { isDeepStrictEqual } from 'node:util';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Detector } from '../../../src-main/analytics/detector.ts';
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { firstDifference, withoutRepeats, type Violation } from './detector-laws.ts';
import { judge, openMirror, withMirror } from './mirror.ts';
import { deliver, type Arrived } from './mirror-laws.ts';
import { deliveriesOf } from './random-batches.ts';
import type { Random } from './random.ts';

/** Everything that stands out by its newest version, by detector: names, counts, scores, and what is cited. */
export function standingFindings(database: DatabaseHandle): Map<string, object[]> {
  const found = database
    .prepare(
      `SELECT id, detector, count, score, severity, start_us, end_us, hex(event_ids) AS events FROM finding_version f
        WHERE flagged = 1 AND version = (SELECT max(version) FROM finding_version v WHERE v.id = f.id) ORDER BY id`,
    )
    .all() as { detector: string }[];
  return Map.groupBy(found, ({ detector }) => detector);
}

/** Refreshes at some hours on the way, each with what had happened by then; the file is closed and opened in between. */
export async function brokenSplitLaws(
  detectors: readonly Detector[],
  all: readonly HistoryEvent[],
  zone: string,
  random: Random,
): Promise<Violation[]> {
  const events = withoutRepeats(all);
  const times = events.map(({ createdAtMicroseconds }) => createdAtMicroseconds);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const end = (Math.floor(last / microsecondsPerDay) + 1) * microsecondsPerDay;
  const stops = Array.from({ length: 1 + random.below(5) }, () => first + random.below(end - first)).toSorted(
    (a, b) => a - b,
  );
  const whole = await refreshAt(detectors, events, zone, [end], random);
  const split = await refreshAt(detectors, events, zone, [...stops, end], random);
  const violations: Violation[] = [];
  for (const { id } of detectors) {
    const [wanted = [], found = []] = [whole.get(id), split.get(id)];
    if (isDeepStrictEqual(found, wanted)) continue;
    const hours = stops.map((stop) => (stop / microsecondsPerHour).toFixed(2)).join(', ');
    violations.push({
      law: 'splitting a refresh finds the same',
      detector: id,
      detail: `split at hours ${hours} of ${end / microsecondsPerHour}: ${firstDifference(wanted, found)}`,
    });
  }
  return violations;
}

async function refreshAt(
  detectors: readonly Detector[],
  events: readonly HistoryEvent[],
  zone: string,
  stops: readonly number[],
  random: Random,
): Promise<Map<string, object[]>> {
  return withMirror(async (path) => {
    const arrived: Arrived = new Map();
    let from = -Infinity;
    for (const stop of stops) {
      const piece = events.filter(({ createdAtMicroseconds: at }) => at > from && at <= stop);
      const database = openMirror(path);
      try {
        deliver(database, deliveriesOf(piece, random), random, arrived);
        await judge(database, detectors, stop, zone);
        if (stop === stops.at(-1)) return standingFindings(database);
      } finally {
        database.close();
      }
      from = stop;
    }
    return new Map();
  });
}
