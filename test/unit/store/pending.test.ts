// Which days are still to be judged: those with events not looked at yet, and the day that is not over.
import { describe, expect, test } from 'vitest';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { readPendingDays, readPendingHours, settleDay } from '../../../src-main/store/cache/pending.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { makeEvent, mirror, openCache } from '../../support/workspace.ts';

const day = 20_000;
const at = (hour: number, id = `at-${hour}`) =>
  makeEvent({ id, createdAtMicroseconds: day * microsecondsPerDay + hour * 3_600_000_000 });
const settle = (cache: DatabaseHandle, hour: number) =>
  settleDay(
    cache,
    mirroredHistory(cache).activity.find((cells) => cells.day === day)!,
    day * 24 + hour,
  );

describe('a pending day', () => {
  test('stays pending until it is over, also when nothing else happens in it', () => {
    const cache = openCache();
    mirror(cache, [at(3)]);
    expect(readPendingHours(cache, day)).toBeNull();
    settle(cache, 10);
    expect(readPendingDays(cache, day * 24 + 11)).toEqual([day]);
    expect(readPendingHours(cache, day)).toEqual(new Map());
    settle(cache, 11);
    expect(readPendingDays(cache, (day + 1) * 24)).toEqual([day]);
    settle(cache, 24);
    expect(readPendingDays(cache, (day + 2) * 24)).toEqual([]);
  });

  test('knows the hours that were not over when it was judged, and those that came late', () => {
    const cache = openCache();
    mirror(cache, [at(3), at(12)]);
    settle(cache, 10);
    expect([...readPendingHours(cache, day)!.values()]).toEqual([[day * 24 + 12]]);
    mirror(cache, [at(2)]);
    expect([...readPendingHours(cache, day)!.values()]).toEqual([[day * 24 + 2, day * 24 + 12]]);
    // The hour that begins at the as-of was not looked at.
    settle(cache, 12);
    expect([...readPendingHours(cache, day)!.values()]).toEqual([[day * 24 + 12]]);
    settle(cache, 13);
    expect(readPendingHours(cache, day)).toEqual(new Map());
  });
});
