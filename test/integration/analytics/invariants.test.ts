// Through the real mirror: nothing lost, nothing counted twice, and the same findings however the work was cut.
import { describe, expect, test } from 'vitest';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { evaluatePending } from '../../../src-main/analytics/evaluate.ts';
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { countByDay, readTotals } from '../../../src-main/store/cache/activity.ts';
import { readSegmentInfos } from '../../../src-main/store/cache/segments.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import { crowd } from '../../bench/fuzz/crowd.ts';
import { withoutRepeats, type Violation } from '../../bench/fuzz/detector-laws.ts';
import { everyDetector } from '../../bench/fuzz/every-detector.ts';
import { brokenMirrorLaws, deliver, type Arrived } from '../../bench/fuzz/mirror-laws.ts';
import { judge, openMirror, withMirror } from '../../bench/fuzz/mirror.ts';
import { deliveriesOf } from '../../bench/fuzz/random-batches.ts';
import { randomHistory } from '../../bench/fuzz/random-history.ts';
import { randomFrom } from '../../bench/fuzz/random.ts';
import { mirrorViolations } from '../../bench/fuzz/round.ts';
import { brokenSplitLaws, standingFindings } from '../../bench/fuzz/split-laws.ts';

const sensitive = everyDetector(true);
/**
 * What lasts until the as-of is told anew by the next refresh, and what it was called before stands beside it (gap); what
 * only ends later is not written again while its count and its events stay the same.
 */
const lasting = /^gap$/;
const settled = sensitive.filter(({ id }) => !lasting.test(id));

const told = (violations: readonly Violation[]): string[] =>
  violations.map(({ law, detector, detail }) => `${detector}: ${law}\n${detail}`);

describe('the mirror', () => {
  test.each([1, 2, 3, 4])(
    'conserves every count and every text, in whatever pieces events come (%i)',
    async (seed) => {
      const random = randomFrom(seed);
      const { zone, events } = randomHistory(random, 25);
      expect(told(await mirrorViolations(events, zone, settled, random))).toEqual([]);
    },
  );

  test('cuts a day of 300,000 events into segments that take late ones up, and stays exact', async () => {
    const random = randomFrom(5);
    const dayUs = Date.UTC(2026, 9, 25) * 1000;
    const events = Array.from({ length: 300_000 }, (_, at): HistoryEvent => ({
      id: `b${at}`,
      createdAtMicroseconds: dayUs + Math.floor((at / 300_000) * microsecondsPerDay),
      sourceAccount: 'primary',
      actor: at % 7 === 0 ? '' : `actor-${at % 50}`,
      action: at % 3 === 0 ? 'read' : 'write',
      fields: {},
    }));
    await withMirror(async (path) => {
      const database = openMirror(path);
      const arrived: Arrived = new Map();
      try {
        expect(told(deliver(database, [[events.slice(0, 280_000)]], random, arrived))).toEqual([]);
        const late = random
          .shuffled(events)
          .slice(0, 3_000)
          .map((event) => ({ ...event, id: `late-${event.id}` }));
        expect(told(deliver(database, [[late], [events.slice(270_000)], [late]], random, arrived))).toEqual(
          [],
        );
        expect(readSegmentInfos(database).length).toBeGreaterThan(1);
        expect(told(await brokenMirrorLaws(database, arrived, 'Europe/Berlin'))).toEqual([]);
        expect(readTotals(database).events).toBe(303_000);
      } finally {
        database.close();
      }
    });
  });

  test('takes events at the edges of what can be placed, a megabyte of metadata and ids used at several times', async () => {
    const edges = [Date.UTC(1700, 0, 1) * 1000, -1, 0, 1, Date.UTC(2255, 0, 1) * 1000 - 1];
    const metadata = JSON.stringify({ note: 'é👻'.repeat(200_000) });
    const events = edges.flatMap((createdAtMicroseconds, at): HistoryEvent[] =>
      ['same', 'ﬀ', '👻', String(at)].map((id) => ({
        id,
        createdAtMicroseconds,
        sourceAccount: '',
        actor: id,
        action: '',
        fields: { metadata: id === 'same' ? metadata : null },
      })),
    );
    await withMirror(async (path) => {
      const database = openMirror(path);
      const arrived: Arrived = new Map();
      const random = randomFrom(6);
      try {
        expect(told(deliver(database, deliveriesOf(events, random), random, arrived))).toEqual([]);
        expect(told(await brokenMirrorLaws(database, arrived, 'UTC'))).toEqual([]);
        expect([...countByDay(database).keys()]).toEqual([
          ...new Set(edges.map((at) => Math.floor(at / microsecondsPerDay))),
        ]);
        const history = mirroredHistory(database);
        expect(history.actors.map(({ firstMicroseconds }) => firstMicroseconds)).toContain(edges[0]);
      } finally {
        database.close();
      }
    });
  });

  test('counts a crowd of forty thousand actors, one event each', async () => {
    expect(told((await crowd(40_000)).violations)).toEqual([]);
  });
});

describe('a refresh', () => {
  test.each([11, 12, 13, 14, 15])('finds the same when it is split into any pieces (%i)', async (seed) => {
    const random = randomFrom(seed);
    const { zone, events } = randomHistory(random, 18);
    expect(told(await brokenSplitLaws(settled, events, zone, random))).toEqual([]);
  });

  test.each([16, 17])(
    'finds the same when it is broken off in the middle and begun again (%i)',
    async (seed) => {
      const random = randomFrom(seed);
      const { zone, events } = randomHistory(random, 18);
      const all = withoutRepeats(events);
      const asOf =
        Math.max(...all.map(({ createdAtMicroseconds }) => createdAtMicroseconds)) + microsecondsPerDay;
      const findings = async (breaks: number) =>
        withMirror(async (path) => {
          deliverAll(path, all, seed);
          for (let time = 0; time < breaks; time += 1)
            await breakOff(path, 5 + random.below(150), asOf, zone);
          const database = openMirror(path);
          try {
            await judge(database, sensitive, asOf, zone);
            const versions = database
              .prepare('SELECT count(*) FROM finding_version WHERE version > 1')
              .pluck()
              .get();
            return { versions, standing: standingFindings(database) };
          } finally {
            database.close();
          }
        });
      const undisturbed = await findings(0);
      expect(undisturbed.standing.size).toBeGreaterThan(10);
      expect(await findings(4)).toEqual(undisturbed);
    },
  );
});

function deliverAll(path: string, events: readonly HistoryEvent[], seed: number): void {
  const database = openMirror(path);
  const random = randomFrom(seed);
  deliver(database, deliveriesOf(events, random), random, new Map());
  database.close();
}

/** Ends at one of the moments at which a refresh lets others in between; what is open then is lost. */
async function breakOff(path: string, after: number, asOfMicroseconds: number, zone: string): Promise<void> {
  const database = openMirror(path);
  let breaths = 0;
  const work = evaluatePending(database, {
    detectors: sensitive,
    asOfMicroseconds,
    zone,
    privilegedActions: new Set(['role_grant', 'privilege.change']),
    holidays: new Set(),
    keepsCited: false,
    onProgress: () => undefined,
    breathe: () => ((breaths += 1) > after ? Promise.reject(new Error('broken off')) : Promise.resolve()),
  });
  await work.catch((error: unknown) => expect(String(error)).toContain('broken off'));
  database.close();
}
