import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { z3Detector } from '../../../src-main/analytics/detectors/z3-detector.ts';
import { evaluatePending } from '../../../src-main/analytics/evaluate.ts';
import { paragraphOf, readFindings, readFindingVersions } from '../../../src-main/store/cache/findings.ts';
import type { MirroredEvent } from '../../../src-main/store/cache/mirrored-event.ts';
import { claimMirror } from '../../../src-main/store/cache/mirror.ts';
import { readTotals } from '../../../src-main/store/cache/activity.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { makeEvent, mirror, openCache } from '../../support/workspace.ts';

const hourUs = 3_600_000_000;
const startUs = Date.parse('2026-09-21T00:00:00Z') * 1000;

const settings = {
  detectors: [z3Detector],
  zone: 'Europe/Berlin',
  privilegedActions: new Set<string>(),
  holidays: new Set<string>(),
  keepsCited: false,
};

const evaluate = (cache: DatabaseHandle, hour: number) =>
  evaluatePending(cache, {
    asOfMicroseconds: startUs + hour * hourUs,
    ...settings,
    onProgress: () => {},
    breathe: async () => {},
  });

const at = (hour: number, count: number, changes: Partial<MirroredEvent> = {}): MirroredEvent[] =>
  Array.from({ length: count }, (_, index) =>
    makeEvent({
      id: `h${hour}-${index}-${changes.actor ?? 'dana'}`,
      createdAtMicroseconds: startUs + hour * hourUs + index * 1000,
      ...changes,
    }),
  );

/** One event every fifth hour for four weeks, then a burst. */
const history = Array.from({ length: 134 }, (_, index) => at(index * 5, 1)).flat();
const burst = at(700, 9);

describe('evaluation', () => {
  test('freezes a finding with the events it is about', async () => {
    const cache = openCache();
    mirror(cache, [...history, ...burst]);
    const report = await evaluate(cache, 701);
    expect(report.newFindings).toBe(1);
    const [finding] = readFindings(cache);
    expect(finding).toMatchObject({
      detector: 'z3',
      actor: 'dana',
      action: 'document.read',
      count: 9,
      version: 1,
      severity: 'critical',
    });
    expect(finding!.eventIds).toEqual(burst.map((event) => event.id));
    expect(paragraphOf(finding!.explanationParts)).toContain('document.read 9 times by dana');
    expect(paragraphOf(finding!.explanationParts)).toContain('Europe/Berlin');
  });

  test('judges an hour only once it is complete, and then once', async () => {
    const cache = openCache();
    mirror(cache, [...history, ...burst]);
    expect((await evaluate(cache, 700)).newFindings).toBe(0);
    expect((await evaluate(cache, 701)).newFindings).toBe(1);
    expect(await evaluate(cache, 702)).toEqual({
      evaluated: 0,
      learning: 0,
      newFindings: 0,
      changedFindings: 0,
    });
  });

  test('late events make a new version and keep the old one', async () => {
    const cache = openCache();
    mirror(cache, [...history, ...burst]);
    await evaluate(cache, 701);
    mirror(cache, [makeEvent({ id: 'late', createdAtMicroseconds: startUs + 700 * hourUs + 5_000_000 })]);
    expect(await evaluate(cache, 710)).toMatchObject({ evaluated: 1, newFindings: 0, changedFindings: 1 });
    const id = readFindings(cache)[0]!.id;
    expect(readFindingVersions(cache, id).map(({ version, count }) => ({ version, count }))).toEqual([
      { version: 1, count: 9 },
      { version: 2, count: 10 },
    ]);
    expect(readFindings(cache)).toHaveLength(1);
  });

  test('seeing the same events again changes nothing', async () => {
    const cache = openCache();
    mirror(cache, [...history, ...burst]);
    await evaluate(cache, 701);
    expect(mirror(cache, [...history, ...burst]).duplicates).toBe(history.length + burst.length);
    expect((await evaluate(cache, 701)).evaluated).toBe(0);
    expect(readTotals(cache).events).toBe(history.length + burst.length);
  });

  test('ends when another program claims the mirror for another source meanwhile', async () => {
    const cache = openCache();
    mirror(cache, [...history, ...burst]);
    const work = evaluatePending(cache, {
      asOfMicroseconds: startUs + 701 * hourUs,
      ...settings,
      onProgress: () => {},
      breathe: async () => {
        claimMirror(cache, 'another');
        mirror(cache, at(1, 1, { actor: 'omar' }), 'another');
      },
    });
    await expect(work).rejects.toThrow(/another source/);
    expect(readFindings(cache)).toEqual([]);
    expect((await evaluate(cache, 701)).evaluated).toBe(1);
  });

  test('an event nobody is named for is counted and never judged', async () => {
    const cache = openCache();
    mirror(
      cache,
      [...history, ...burst].map((event) => ({ ...event, actor: '' })),
    );
    expect((await evaluate(cache, 701)).evaluated).toBe(0);
    expect(readTotals(cache)).toMatchObject({ unattributed: history.length + burst.length });
  });

  test('the same actor and action in two accounts are two series', async () => {
    const cache = openCache();
    mirror(cache, [...history, ...burst.map((event) => ({ ...event, sourceAccount: 'other' }))]);
    expect((await evaluate(cache, 701)).newFindings).toBe(0);
  });

  test('pulling in any pieces and refreshing at any hours finds the same', async () => {
    const whole = openCache();
    mirror(whole, [...history, ...burst, ...at(705, 7)]);
    await evaluate(whole, 720);
    const expected = readFindings(whole).map(({ foundMicroseconds: _when, ...finding }) => finding);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 719 }), { maxLength: 6 }), async (cuts) => {
        const pieces = openCache();
        let from = 0;
        for (const hour of [...cuts.toSorted((a, b) => a - b), 720]) {
          const inPiece = (event: MirroredEvent) =>
            event.createdAtMicroseconds >= startUs + from * hourUs &&
            event.createdAtMicroseconds < startUs + hour * hourUs;
          mirror(pieces, [...history, ...burst, ...at(705, 7)].filter(inPiece));
          await evaluate(pieces, hour);
          from = hour;
        }
        expect(readFindings(pieces).map(({ foundMicroseconds: _when, ...finding }) => finding)).toEqual(
          expected,
        );
      }),
      { numRuns: 15 },
    );
    expect(expected).toHaveLength(2);
  });
});
