// A finding shows the events it cites: those within it, and what led to it.
import { expect, test } from 'vitest';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { readCitedEvents } from '../../../src-main/store/cache/events.ts';
import { makeEvent, mirror, openCache } from '../../support/workspace.ts';

const startMicroseconds = 20_000 * microsecondsPerDay;
const finding = (...eventIds: string[]) => ({
  startMicroseconds,
  endMicroseconds: startMicroseconds + 1_000,
  eventIds,
});
const event = (id: string, offset: number, action = 'read') =>
  makeEvent({ id, createdAtMicroseconds: startMicroseconds + offset, action });

test('events within, the newest of its name before, and the one that ended it', () => {
  const cache = openCache();
  mirror(cache, [
    event('created', -12 * microsecondsPerDay),
    event('created', -9 * microsecondsPerDay),
    event('created', 5_000),
    event('approved', 0),
    event('returned', 1_000),
    event('other', 10),
    event('approved', -3_000),
  ]);
  const times = (ids: string[]) =>
    readCitedEvents(cache, finding(...ids)).map(({ id, createdAt }) => [
      id,
      Date.parse(createdAt) * 1000 - startMicroseconds,
    ]);
  expect(times(['approved'])).toEqual([['approved', 0]]);
  expect(times(['created', 'approved'])).toEqual([
    ['created', -9 * microsecondsPerDay],
    ['approved', 0],
  ]);
  expect(times(['returned'])).toEqual([['returned', 1_000]]);
  expect(times(['gone'])).toEqual([]);
});

test('what is older than any rule looks back is not taken for it', () => {
  const cache = openCache();
  mirror(cache, [event('created', -40 * microsecondsPerDay), event('approved', 0)]);
  expect(readCitedEvents(cache, finding('created', 'approved')).map(({ id }) => id)).toEqual(['approved']);
});
