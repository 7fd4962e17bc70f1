import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultDetection,
  detectionSettings,
  type DetectionSettings,
} from '../../../src-shared/model/detection.ts';
import type { RefreshReport } from '../../../src-shared/model/workspace.ts';
import { formatInstant } from '../../../src-shared/time/instant.ts';
import { buildDetectors, type DetectorRequest } from '../../../src-main/analytics/build-detectors.ts';
import { markChangedSettings, settingsDigest } from '../../../src-main/analytics/changed-settings.ts';
import { evaluatePending } from '../../../src-main/analytics/evaluate.ts';
import { dryRun } from '../../../src-main/analytics/replay-dry-run.ts';
import { replayDay } from '../../../src-main/analytics/replay-day.ts';
import { judgeableDays, replayedDays } from '../../../src-main/analytics/replay.ts';
import { readFindings } from '../../../src-main/store/cache/findings.ts';
import { readPendingDays } from '../../../src-main/store/cache/pending.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import { removeSegmentsBefore } from '../../../src-main/store/cache/retention.ts';
import { insertRun, type RefreshRun } from '../../../src-main/store/cache/runs.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { insertFinding } from '../review/insert-finding.ts';
import { makeEvent, mirror, openCache } from '../../support/workspace.ts';

const hourUs = 3_600_000_000;
const dayUs = 24 * hourUs;
const startUs = Date.parse('2026-09-21T00:00:00Z') * 1000;
const startDay = startUs / dayUs;
const endUs = startUs + 40 * dayUs;

const ports = { onProgress: () => {}, breathe: async () => {} };
const requestOf = (settings: DetectionSettings): DetectorRequest => ({
  settings,
  shippedRules: [],
  locations: null,
});
const judging = (settings: DetectionSettings) => ({
  detection: requestOf(settings),
  zone: 'UTC',
  privilegedActions: [],
});
const settingsOf = (changes: Partial<DetectionSettings>) =>
  detectionSettings.parse({ ...defaultDetection, ...changes });

/** What a refresh of a mirror that is already there does. */
async function judge(cache: DatabaseHandle, settings: DetectionSettings, asOfUs = endUs): Promise<void> {
  const detection = requestOf(settings);
  markChangedSettings(cache, detection, asOfUs);
  await evaluatePending(cache, {
    ...ports,
    detectors: buildDetectors(detection).detectors,
    asOfMicroseconds: asOfUs,
    zone: 'UTC',
    privilegedActions: new Set(),
    holidays: new Set(),
    keepsCited: false,
  });
  insertRun(cache, runOf(asOfUs, settingsDigest(detection)), asOfUs);
}

function runOf(asOfUs: number, digest: string | undefined): RefreshRun {
  const counts = [
    'pulled',
    'duplicates',
    'events',
    'unattributed',
    'findings',
    'newFindings',
    'changedFindings',
    'reviews',
    'evaluated',
    'learning',
    'vanished',
    'ms',
  ];
  const report = { ...Object.fromEntries(counts.map((name) => [name, 0])), asOf: formatInstant(asOfUs) };
  return {
    finishedMicroseconds: asOfUs,
    replay: true,
    report: report as unknown as RefreshReport,
    provenance: {
      query: '',
      parameters: [],
      server: '',
      database: '',
      role: '',
      serverTime: '',
      snapshot: null,
      countsByDay: [],
      serverCount: 0,
      clockOffsetMs: 0,
      fullCount: { at: '', ms: 0, modifications: null, storage: null, added: 0 },
      readBy: 'copy',
      ...(digest === undefined ? {} : { settingsDigest: digest }),
    },
  };
}

const at = (hour: number, count: number, action = 'document.read') =>
  Array.from({ length: count }, (_, index) =>
    makeEvent({
      id: `h${hour}-${action}-${index}`,
      action,
      createdAtMicroseconds: startUs + hour * hourUs + index * 1_000_000,
    }),
  );

/** Two or three reads in every working hour of 40 days, and bursts of several sizes. */
const office = Array.from({ length: 40 * 24 }, (_, hour) =>
  hour % 24 >= 8 && hour % 24 < 17 ? at(hour, 2 + (hour % 2)) : [],
).flat();
const bursts = [
  ...at(700, 9),
  ...at(802, 14),
  ...at(850, 60, 'document.delete'),
  ...at(900, 25, 'document.delete'),
];

function filled(): DatabaseHandle {
  const cache = openCache();
  mirror(cache, [...office, ...bursts]);
  return cache;
}

const standing = (cache: DatabaseHandle) =>
  readFindings(cache)
    .filter(({ explainedAway }) => explainedAway === null)
    .map(({ id }) => id)
    .toSorted();

describe('a dry run', () => {
  test('of any settings is what judging with them then finds, in this mirror and in a new one', async () => {
    const changes = fc.record({
      threshold: fc.constantFrom(2.87, 3.5, 6, 20),
      count: fc.constantFrom(20, 50, 70),
      disabled: fc.subarray(['z3', 'gap', 'first_seen', 'dormant']),
    });
    await fc.assert(
      fc.asyncProperty(changes, async ({ threshold, count, disabled }) => {
        const settings = settingsOf({ disabled, parameters: { nb: { threshold }, mass: { count } } });
        const cache = filled();
        await judge(cache, defaultDetection);
        const before = standing(cache);
        const dry = await dryRun(cache, { ...judging(settings), confirmed: before }, ports);
        expect(standing(cache)).toEqual(before);
        const fresh = filled();
        await judge(fresh, settings);
        const expected = standing(fresh);
        expect(dry.appear.first.map(({ id }) => id).toSorted()).toEqual(
          expected.filter((id) => !before.includes(id)),
        );
        const vanished = before.filter((id) => !expected.includes(id));
        expect(dry.vanish.first.map(({ id }) => id).toSorted()).toEqual(vanished);
        expect(dry.confirmed.map(({ id }) => id).toSorted()).toEqual(vanished);
        await judge(cache, settings);
        // What is switched off is not judged again, so its findings stay as they were.
        const kept = before.filter((id) => disabled.some((detector) => id.startsWith(`${detector}-`)));
        expect(standing(cache)).toEqual([...new Set([...expected, ...kept])].toSorted());
      }),
      { numRuns: 6 },
    );
  });

  test('before anything was judged says nothing', async () => {
    const dry = await dryRun(filled(), { ...judging(defaultDetection), confirmed: [] }, ports);
    expect(dry).toMatchObject({ days: 0, from: null, appear: { total: 0 }, vanish: { total: 0 } });
  });

  test('does not call gone what late events had explained away before', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    const startMicroseconds = startUs + 30 * dayUs;
    insertFinding(cache, 'away', { startMicroseconds });
    const request = { ...judging(defaultDetection), confirmed: ['away'] };
    expect((await dryRun(cache, request, ports)).confirmed).toMatchObject([{ id: 'away' }]);
    insertFinding(cache, 'away', { startMicroseconds, version: 2, flagged: false });
    expect(await dryRun(cache, request, ports)).toMatchObject({ vanish: { total: 0 }, confirmed: [] });
  });

  test('says what it could not look for, and does not call its findings gone', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    insertFinding(cache, 'security.spray-1', {
      detector: 'security.password_spray',
      startMicroseconds: startUs + 30 * dayUs,
    });
    const settings = settingsOf({ presets: ['security'] });
    const dry = await dryRun(cache, { ...judging(settings), confirmed: [] }, ports);
    const lacking = dry.notEvaluable.map(({ id }) => id);
    expect(dry.notEvaluable.every(({ needs }) => needs !== '')).toBe(true);
    expect(lacking).not.toEqual([]);
    insertFinding(cache, 'lacking-1', { detector: lacking[0]!, startMicroseconds: startUs + 30 * dayUs });
    const again = await dryRun(cache, { ...judging(settings), confirmed: [] }, ports);
    const gone = again.vanish.first.map(({ id }) => id);
    expect(gone).toContain('security.spray-1');
    expect(gone).not.toContain('lacking-1');
  });

  test('can be cancelled between two detectors', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    const breathe = async () => {
      throw new Error('enough');
    };
    const request = { ...judging(defaultDetection), confirmed: [] };
    await expect(dryRun(cache, request, { ...ports, breathe })).rejects.toThrow('enough');
  });
});

describe('a replay', () => {
  test('of every day twice is the same, and together they are what was found', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    const found: string[] = [];
    for (let day = startDay; day < startDay + 40; day += 1) {
      const request = { ...judging(defaultDetection), day };
      const first = await replayDay(cache, request, ports);
      expect(await replayDay(cache, request, ports)).toEqual(first);
      found.push(...first.hits.map(({ id }) => id));
    }
    expect(found.toSorted()).toEqual(standing(cache));
    expect(found.length).toBeGreaterThan(3);
    await expect(
      replayDay(cache, { ...judging(defaultDetection), day: startDay + 40 }, ports),
    ).rejects.toThrow(/No refresh has reached/);
  });

  test('leaves hours of confirmed findings out of what is usual', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    const day = Math.floor(startDay + 802 / 24);
    const confirmed = [{ sourceAccount: 'primary', actor: 'dana', hour: startUs / hourUs + 700 }];
    const confirmedIn = async (detection: DetectorRequest) => {
      const { hits } = await replayDay(cache, { ...judging(defaultDetection), day, detection }, ports);
      return hits.find(({ detector }) => detector === 'nb')!.evidence['confirmedHours'];
    };
    expect(await confirmedIn(requestOf(defaultDetection))).toBe(0);
    expect(await confirmedIn({ ...requestOf(defaultDetection), confirmed })).toBe(1);
  });

  test('looks at the last 180 days with events, and at none whose rows were cut off', () => {
    const cache = openCache();
    const events = Array.from({ length: 250 }, (_, day) => at(day * 24, 1)).flat();
    mirror(cache, events);
    const until = startUs + 250 * dayUs;
    const days = judgeableDays(mirroredHistory(cache), until);
    expect(days).toHaveLength(replayedDays);
    expect(days.at(-1)).toBe(startDay + 249);
    expect(judgeableDays(mirroredHistory(cache), until - dayUs + 1).at(-1)).toBe(startDay + 249);
    expect(judgeableDays(mirroredHistory(cache), until - dayUs).at(-1)).toBe(startDay + 248);
    cache.prepare('DELETE FROM pending_day').run();
    removeSegmentsBefore(cache, startUs + 200 * dayUs);
    expect(judgeableDays(mirroredHistory(cache), until)[0]).toBe(startDay + 201);
  });
});

describe('changed settings', () => {
  const pending = (cache: DatabaseHandle) => readPendingDays(cache, endUs / hourUs);

  test('have the recent days judged again, once', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    expect(markChangedSettings(cache, requestOf(defaultDetection), endUs)).toBe(0);
    expect(pending(cache)).toEqual([]);
    const settings = settingsOf({ holidays: ['2026-10-03'] });
    expect(markChangedSettings(cache, requestOf(settings), endUs)).toBe(40);
    expect(pending(cache)).toHaveLength(40);
    await judge(cache, settings);
    expect(pending(cache)).toEqual([]);
    expect(markChangedSettings(cache, requestOf(settings), endUs)).toBe(0);
  });

  test('a run that did not say what it judged with judged with the defaults', async () => {
    const cache = filled();
    await judge(cache, defaultDetection);
    insertRun(cache, runOf(endUs, undefined), endUs);
    expect(markChangedSettings(cache, requestOf(defaultDetection), endUs)).toBe(0);
    expect(markChangedSettings(cache, requestOf(settingsOf({ disabled: ['z3'] })), endUs)).toBe(40);
  });

  test('differ by settings, by the location file, and by shipped rules where these run', () => {
    const shipped = { ...requestOf(defaultDetection), shippedRules: [{ name: 'a', text: 'b' }] };
    const rules = settingsOf({ presets: ['rules'] });
    expect(settingsDigest(shipped)).toBe(settingsDigest(requestOf(defaultDetection)));
    expect(settingsDigest({ ...shipped, settings: rules })).not.toBe(settingsDigest(requestOf(rules)));
    expect(settingsDigest({ ...shipped, locations: '' })).not.toBe(settingsDigest(shipped));
    expect(settingsDigest({ ...shipped, confirmed: [] })).toBe(settingsDigest(shipped));
  });
});
