// Reading the mirror piece by piece comes to what reading it at once comes to, whoever writes meanwhile.
import { expect, test } from 'vitest';
import { mirroredHistory, readPiece } from '../../../src-main/store/cache/resident.ts';
import { readWeekCounts } from '../../../src-main/store/cache/week-counts.ts';
import { warmHistory, weekOf } from '../../../src-main/store/cache/week.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { makeEvent, mirror, mirrorWriter, openCache, temporaryFolder } from '../../support/workspace.ts';

const dayMicroseconds = 86_400_000_000;
const first = Date.parse('2026-09-01T08:00:00Z') * 1000;

/** `count` events of as many actors, on `days` days from the given one on. */
const eventsOf = (name: string, count: number, days: number, firstDay = 0) =>
  Array.from({ length: count }, (_, place) =>
    makeEvent({
      id: `${name}-${place}`,
      actor: `${name} ${place}`,
      action: `action ${place % 3}`,
      createdAtMicroseconds: first + (firstDay + (place % days)) * dayMicroseconds + place,
    }),
  ).toSorted((a, b) => a.createdAtMicroseconds - b.createdAtMicroseconds);

function contentOf(cache: DatabaseHandle) {
  const { actors, actions, series, activity, infos, fields } = mirroredHistory(cache);
  return { actors, actions: actions.values, series, activity, infos, fields };
}

test('piece by piece, with writes of another connection in between', () => {
  const folder = temporaryFolder();
  const writer = openCache(folder);
  mirror(writer, eventsOf('early', 9_000, 12));
  const reader = openCache(folder);
  let pieces = 1;
  while (!readPiece(reader)) {
    pieces += 1;
    // A new actor, a changed actor and a changed day; then a whole new day, when names are read already.
    if (pieces === 2)
      mirrorWriter(writer)([...eventsOf('early', 30, 1, 4), ...eventsOf('meanwhile', 40, 1, 13)]);
    if (pieces === 9) mirrorWriter(writer)(eventsOf('meanwhile', 30, 2, 40));
  }
  expect(pieces).toBeGreaterThan(12);
  expect(contentOf(reader)).toEqual(contentOf(openCache(folder)));
});

test('somebody who cannot wait gets everything in the middle of it', () => {
  const folder = temporaryFolder();
  mirror(openCache(folder), eventsOf('early', 9_000, 5));
  const reader = openCache(folder);
  expect(readPiece(reader)).toBe(false);
  expect(contentOf(reader)).toEqual(contentOf(openCache(folder)));
  expect(readPiece(reader)).toBe(true);
});

test('another source in the middle of it is read from the start', () => {
  const folder = temporaryFolder();
  const writer = openCache(folder);
  mirror(writer, eventsOf('early', 9_000, 5));
  const reader = openCache(folder);
  for (let piece = 0; piece < 4; piece += 1) readPiece(reader);
  mirror(writer, eventsOf('other', 10, 2), 'another source');
  while (!readPiece(reader));
  expect(contentOf(reader)).toEqual(contentOf(openCache(folder)));
  expect(mirroredHistory(reader).actors).toHaveLength(10);
});

test('an index is made once for cells that stay as they are, and anew when they change', async () => {
  const folder = temporaryFolder();
  const writer = openCache(folder);
  mirror(writer, eventsOf('early', 50, 5));
  const reader = openCache(folder);
  const index = async (zone: string) => weekOf(reader, await warmHistory(reader), zone);
  const before = await index('UTC');
  expect(await index('UTC')).toBe(before);
  expect((await index('Asia/Kolkata')).hourOfPlace).not.toEqual(before.hourOfPlace);
  mirrorWriter(writer)(eventsOf('late', 1, 1, 9));
  expect((await index('UTC')).days).toHaveLength(6);
});

test('a heatmap counts what a day received after it was asked for the first time', async () => {
  const folder = temporaryFolder();
  const writer = openCache(folder);
  mirror(writer, eventsOf('early', 60, 5));
  const reader = openCache(folder);
  const everything = { from: null, to: null };
  // From the second day to within a quarter hour of the fourth.
  const range = { from: first + dayMicroseconds, to: first + 3 * dayMicroseconds + 30 };
  const totals = async () => {
    const [all, some] = [
      await readWeekCounts(reader, 'Asia/Kolkata', everything, 'actor'),
      await readWeekCounts(reader, 'Asia/Kolkata', range, 'series'),
    ];
    return [all.cells.total, some.cells.total];
  };
  expect(await totals()).toEqual([60, 24 + 6]);
  // Known actors and new ones, on a day that is in the range and on one that is not.
  mirrorWriter(writer)([...eventsOf('late', 7, 1, 2), ...eventsOf('early again', 5, 1, 4)]);
  expect(await totals()).toEqual([72, 24 + 6 + 7]);
});
