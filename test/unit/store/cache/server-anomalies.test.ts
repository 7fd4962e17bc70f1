// The mirror of the source's anomalies: every version kept, nothing forgotten while the table cannot be read.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { claimMirror, mirrorGuard } from '../../../../src-main/store/cache/mirror.ts';
import {
  mirrorAnomalies,
  readAlteredAnomalies,
  readAnomalyReading,
  readAnomalyVersions,
  readServerAnomalies,
  readServerAnomaly,
  type AnomalyReadingState,
  type ServerAnomalyRow,
} from '../../../../src-main/store/cache/server-anomalies.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import { makeAnomalyRow } from '../../../support/anomaly.ts';
import { openCache } from '../../../support/workspace.ts';

let cache: DatabaseHandle;

beforeEach(() => {
  cache = openCache();
  claimMirror(cache, 'one');
});

function pull(
  rows: readonly ServerAnomalyRow[],
  nowMicroseconds: number,
  state: AnomalyReadingState = 'read',
): void {
  const mirror = mirrorAnomalies(cache, nowMicroseconds, mirrorGuard(cache));
  mirror.add(rows);
  mirror.finish(state);
}

describe('mirrorAnomalies', () => {
  test('writes a further version only when something in the row differs', () => {
    pull([makeAnomalyRow('a')], 1);
    pull([makeAnomalyRow('a')], 2);
    pull([makeAnomalyRow('a', { score: '9.99' })], 3);
    expect(
      readAnomalyVersions(cache, 'a').map(({ score, seenMicroseconds }) => [score, seenMicroseconds]),
    ).toEqual([
      ['9.99', 3],
      ['6.20', 1],
    ]);
    expect([...readAlteredAnomalies(cache).keys()]).toEqual(['a']);
    expect(readAnomalyReading(cache)).toEqual({ state: 'read', readMicroseconds: 3 });
  });

  test('a row that vanished stays, and says since when; one that came back says so', () => {
    pull([makeAnomalyRow('a'), makeAnomalyRow('b')], 1);
    pull([makeAnomalyRow('b')], 2);
    pull([makeAnomalyRow('b')], 3);
    expect(readServerAnomaly(cache, 'a')).toMatchObject({ vanishedMicroseconds: 2 });
    pull([makeAnomalyRow('a'), makeAnomalyRow('b')], 4);
    expect(readServerAnomaly(cache, 'a')).toMatchObject({
      vanishedMicroseconds: null,
      returnedMicroseconds: 4,
      version: 1,
    });
  });

  test('a table that may not be read any more is no reason to call its rows vanished', () => {
    pull([makeAnomalyRow('a')], 1);
    pull([], 2, 'denied');
    expect(readServerAnomaly(cache, 'a')!.vanishedMicroseconds).toBeNull();
    pull([], 3, 'absent');
    expect(readServerAnomaly(cache, 'a')!.vanishedMicroseconds).toBe(3);
  });

  test('a pull that broke off calls nothing vanished, and does not spoil the next', () => {
    pull([makeAnomalyRow('a'), makeAnomalyRow('b')], 1);
    mirrorAnomalies(cache, 2, mirrorGuard(cache)).add([makeAnomalyRow('a')]);
    expect(readServerAnomalies(cache).every((row) => row.vanishedMicroseconds === null)).toBe(true);
    pull([makeAnomalyRow('b')], 3);
    expect(readServerAnomaly(cache, 'a')!.vanishedMicroseconds).toBe(3);
  });

  test('goes with the source it came from, and refuses to mix two', () => {
    pull([makeAnomalyRow('a')], 1);
    const mirror = mirrorAnomalies(cache, 2, mirrorGuard(cache));
    claimMirror(cache, 'two');
    expect(readServerAnomalies(cache)).toEqual([]);
    expect(readAnomalyReading(cache)).toBeNull();
    expect(() => mirror.add([makeAnomalyRow('a')])).toThrow(/another source/);
  });

  test('after any pulls the newest version is what was seen last, and only the last pull’s rows are there', () => {
    const score = fc.constantFrom('1.00', '2.00', null);
    const pulls = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), score, { noNullPrototype: true }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(pulls, (history) => {
        claimMirror(cache, `source ${made++}`);
        for (const [time, seen] of history.entries())
          pull(
            Object.entries(seen).map(([id, score]) => makeAnomalyRow(id, { score })),
            time + 1,
          );
        const last = new Map(history.flatMap((seen) => Object.entries(seen)));
        const found = readServerAnomalies(cache);
        expect(new Map(found.map((row) => [row.id, row.score]))).toEqual(last);
        expect(
          found
            .filter((row) => row.vanishedMicroseconds === null)
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(Object.keys(history.at(-1)!).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

let made = 0;
