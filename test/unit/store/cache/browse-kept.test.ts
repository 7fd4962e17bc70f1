// Leafing through a mirror that holds counts, and a few events whole.
import { expect, test } from 'vitest';
import { readEventPage } from '../../../../src-main/store/cache/browse/event-page.ts';
import { matchEvents } from '../../../../src-main/store/cache/browse/event-matches.ts';
import { countWriter, keepFetchedEvents } from '../../../../src-main/store/cache/cell-days.ts';
import { claimMirror } from '../../../../src-main/store/cache/mirror.ts';
import { mirroredHistory } from '../../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import { makeEvent, openCache } from '../../../support/workspace.ts';

const day = Date.parse('2026-11-02T00:00:00Z') * 1000;
const hour = 3_600_000_000;

function counted(cache: DatabaseHandle): void {
  const one = (value: string) => ({ kind: 'coded' as const, codes: new Uint8Array(1), values: [value] });
  countWriter(cache)({
    batches: [
      {
        length: 1,
        slots: Int32Array.of(day / 900_000_000),
        counts: Float64Array.of(500),
        columns: new Map([
          ['sourceAccount', one('primary')],
          ['actor', one('dana')],
          ['action', one('document.read')],
        ]),
      },
    ],
    actorNames: [],
    kept: [],
    watermarkMicroseconds: day + hour,
    nowMicroseconds: day + hour,
  });
}

const idsIn = async (cache: DatabaseHandle, text?: string) => {
  const history = mirroredHistory(cache);
  expect(history.onlyCounts).toBe(true);
  const context = {
    searched: ['metadata', 'ip', 'userAgent'] as const,
    from: null,
    to: null,
    zone: 'UTC',
    hourOfWeek: () => 0,
  };
  const matches = matchEvents(cache, history, text === undefined ? {} : { text }, context);
  return (await readEventPage(matches, { from: 'newest' }, 10)).events.map(({ id }) => id);
};

test('those kept whole are found by what they say, and by those fetched later as well', async () => {
  const cache = openCache();
  claimMirror(cache, 'test');
  counted(cache);
  expect(await idsIn(cache)).toEqual([]);
  const made = (id: string, hours: number, userAgent: string) =>
    makeEvent({
      id,
      createdAtMicroseconds: day + hours * hour,
      userAgent,
      metadata: `{"note": "${id} Note"}`,
    });
  keepFetchedEvents(cache, [made('b', 2, 'curl'), made('a', 2, 'Firefox')]);
  expect(await idsIn(cache)).toEqual(['b', 'a']);
  expect(await idsIn(cache, 'NOTE firefox')).toEqual(['a']);
  keepFetchedEvents(cache, [made('c', 1, 'Firefox')]);
  expect(await idsIn(cache, 'firefox')).toEqual(['a', 'c']);
});
