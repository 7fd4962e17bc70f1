// Very many different actors, once: how much memory they take, and whether every one of them is counted.
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { readTopActors, readTotals } from '../../../src-main/store/cache/activity.ts';
import { batchWriter } from '../../../src-main/store/cache/mirror.ts';
import { batchOf } from '../../../src-main/store/cache/mirrored-event.ts';
import type { Violation } from './detector-laws.ts';
import { everyDetector } from './every-detector.ts';
import { judge, openMirror, withMirror } from './mirror.ts';

const firstUs = Date.UTC(2026, 5, 1) * 1000;
const perBatch = 50_000;

export interface Crowd {
  readonly violations: readonly Violation[];
  /** Highest resident memory seen, less what it was before, in bytes. */
  readonly bytes: number;
}

/** @param actors how many, one event each, over ten days. */
export async function crowd(actors: number): Promise<Crowd> {
  const before = process.memoryUsage.rss();
  let most = before;
  const note = () => void (most = Math.max(most, process.memoryUsage.rss()));
  const violations = await withMirror(async (path) => {
    const database = openMirror(path);
    try {
      const write = batchWriter(database);
      for (let from = 0; from < actors; from += perBatch) {
        const events = Array.from({ length: Math.min(perBatch, actors - from) }, (_, at) =>
          oneOf(from + at, actors),
        );
        const blank = {
          actorType: null,
          resourceType: null,
          resourceId: null,
          ip: null,
          userAgent: null,
          severity: null,
          metadata: null,
        };
        const batch = batchOf(events.map((event) => ({ ...blank, ...event, actorName: null })));
        write([batch], { watermarkMicroseconds: null, keptActions: new Set(), isWhole: true });
        note();
      }
      await judge(database, everyDetector(false), firstUs + 11 * 86_400_000_000, 'UTC');
      note();
      const found = [
        readTotals(database).events,
        readTopActors(database, { from: null, to: null }, actors).length,
      ];
      note();
      return found.every((count) => count === actors)
        ? []
        : [{ law: 'a crowd is counted whole', detector: '', detail: `${actors} but ${found.join(' and ')}` }];
    } finally {
      database.close();
    }
  });
  return { violations, bytes: most - before };
}

function oneOf(number: number, actors: number): HistoryEvent {
  const createdAtMicroseconds = firstUs + Math.floor((number / actors) * 10 * 86_400_000_000);
  return {
    id: `c${number}`,
    createdAtMicroseconds,
    sourceAccount: 'primary',
    actor: `actor-${number}`,
    action: 'read',
  };
}
