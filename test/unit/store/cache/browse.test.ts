// Leafing through a real mirror, against a list that is filtered and cut by the simplest means.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../../src-shared/model/audit-event.ts';
import { searchedFields, type EventFilter } from '../../../../src-shared/model/event-browser.ts';
import { hourOfWeekIn } from '../../../../src-shared/time/hour-of-week.ts';
import { parseInstant } from '../../../../src-shared/time/instant.ts';
import { countMatches } from '../../../../src-main/store/cache/browse/event-histogram.ts';
import {
  lookThrough,
  lookedThroughFrom,
  matchEvents,
} from '../../../../src-main/store/cache/browse/event-matches.ts';
import { readEventPage, type EventCut } from '../../../../src-main/store/cache/browse/event-page.ts';
import { tallyActions, tallyField } from '../../../../src-main/store/cache/browse/tally-values.ts';
import { iterateEvents } from '../../../../src-main/store/cache/events.ts';
import { batchWriter, claimMirror } from '../../../../src-main/store/cache/mirror.ts';
import { batchOf, type MirroredEvent } from '../../../../src-main/store/cache/mirrored-event.ts';
import { mirroredHistory } from '../../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import { makeEvent, mirror, openCache } from '../../../support/workspace.ts';

const zone = 'Europe/Berlin';
const hourOfWeek = hourOfWeekIn(zone);

function matchesOf(cache: DatabaseHandle, filter: EventFilter) {
  const edge = (text: string | undefined) => (text === undefined ? null : parseInstant(text));
  const context = {
    searched: searchedFields,
    from: edge(filter.from),
    to: edge(filter.to),
    zone,
    hourOfWeek,
  };
  return matchEvents(cache, mirroredHistory(cache), filter, context);
}

/** Oldest first, by the simplest means. */
const everything = (cache: DatabaseHandle): AuditEvent[] =>
  [...iterateEvents(cache, { from: null, to: null }, null)].map(({ event }) => event).toReversed();

const asciiLower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function holds(event: AuditEvent, word: string): boolean {
  const isPlain = /^[ -~]*$/.test(word);
  const wanted = word.toLowerCase();
  return searchedFields.some((field) => {
    if (field === 'id' && !(wanted.length >= 6 && /\d/.test(wanted))) return false;
    const text = event[field] ?? '';
    return (isPlain ? asciiLower(text) : text.toLowerCase()).includes(wanted);
  });
}

const valuesOf = (asked: string | string[] | undefined) => (asked === undefined ? null : [asked].flat());

function isMeant(event: AuditEvent, filter: EventFilter): boolean {
  const one = (value: string | null, asked: string | string[] | undefined) =>
    valuesOf(asked)?.includes(value ?? '') ?? true;
  const at = parseInstant(event.createdAt);
  const hours = filter.hourOfWeek === undefined ? null : [filter.hourOfWeek].flat();
  return (
    one(event.actor, filter.actor) &&
    one(event.action, filter.action) &&
    one(event.resourceId, filter.target) &&
    one(event.severity, filter.severity) &&
    (valuesOf(filter.address)?.some((asked) =>
      asked.endsWith('*')
        ? (event.ip ?? '').startsWith(asked.slice(0, -1)) && event.ip !== null
        : (event.ip ?? '') === asked,
    ) ??
      true) &&
    (hours === null || hours.includes(hourOfWeek(Math.floor(at / 900_000_000)))) &&
    (filter.from === undefined || at >= parseInstant(filter.from)) &&
    (filter.to === undefined || at < parseInstant(filter.to)) &&
    (filter.text ?? '').split(/\s+/).every((word) => holds(event, word))
  );
}

const start = Date.parse('2026-10-24T20:00:00Z') * 1000;
const word = fc.constantFrom('alpha', 'BETA', 'gamma delta', 'Émile', 'x', '');
const madeEvent = fc.record({
  // Few times and few ids, so that several events share a time.
  minute: fc.integer({ min: 0, max: 4000 }),
  id: fc.integer({ min: 0, max: 999_999 }).map((number) => `evt-${String(number).padStart(6, '0')}`),
  actor: fc.constantFrom('', 'dana', 'Émile', 'svc'),
  action: fc.constantFrom('document.read', 'role.grant'),
  ip: fc.constantFrom(null, '', '10.0.0.1', '10.0.1.9'),
  severity: fc.constantFrom(null, 'info', 'critical'),
  resourceId: fc.constantFrom(null, 'doc-1', 'doc-2'),
  note: fc.tuple(word, fc.string({ unit: 'grapheme', maxLength: 8 })),
});
const events = fc
  .uniqueArray(madeEvent, { selector: ({ id }) => id, minLength: 1, maxLength: 60 })
  .map((all) =>
    all.map(({ minute, note, ...rest }): MirroredEvent =>
      makeEvent({
        ...rest,
        createdAtMicroseconds: start + Math.floor(minute / 400) * 400 * 60_000_000,
        metadata: JSON.stringify({ note: note.join(' ') }),
      }),
    ),
  );
const conditions = fc.record({
  actor: fc.constantFrom('dana', '', ['Émile', 'svc']),
  action: fc.constantFrom('role.grant', ['document.read', 'role.grant']),
  address: fc.constantFrom('10.0.0.1', '10.0.*', ''),
  severity: fc.constantFrom('', 'critical'),
  target: fc.constantFrom('doc-1', ['doc-2', '']),
  hourOfWeek: fc.constantFrom(143, [144, 146, 149, 2, 13]),
  from: fc.constantFrom('2026-10-25T00:07:00.000Z'),
  to: fc.constantFrom('2026-10-26T22:00:00.000Z'),
  text: fc.constantFrom(
    'alpha',
    'Beta',
    'émile',
    'dana alpha',
    'evt-00',
    'GAMMA x',
    'nothing at all',
    'note":',
  ),
});
/** Few conditions at a time: most of all together match nothing. */
const filters: fc.Arbitrary<EventFilter> = fc
  .tuple(
    conditions,
    fc.subarray(['actor', 'action', 'address', 'severity', 'target', 'hourOfWeek', 'from', 'to', 'text'], {
      maxLength: 2,
    }),
  )
  .map(([all, chosen]) => Object.fromEntries(Object.entries(all).filter(([name]) => chosen.includes(name))));

const cutAt = ({ createdAt, id }: AuditEvent): EventCut => ({ microseconds: parseInstant(createdAt), id });

test('pages from the newest, from the oldest, from any event and from any place of the list hold what a plain filter holds', async () => {
  await fc.assert(
    fc.asyncProperty(events, filters, fc.integer({ min: 1, max: 9 }), async (made, filter, limit) => {
      const cache = openCache();
      mirror(cache, made);
      const wanted = everything(cache)
        .filter((event) => isMeant(event, filter))
        .toReversed();
      const matches = () => matchesOf(cache, filter);
      // Downwards, page by page.
      const down: AuditEvent[] = [];
      let page = await readEventPage(matches(), { from: 'newest' }, limit);
      for (;;) {
        expect(page.position).toBe(page.events.length === 0 ? null : down.length);
        expect(page.hasNewer).toBe(down.length > 0);
        down.push(...page.events);
        expect(page.hasOlder).toBe(down.length < wanted.length);
        if (!page.hasOlder) break;
        page = await readEventPage(matches(), { olderThan: cutAt(page.events.at(-1)!) }, limit);
      }
      expect(down).toEqual(wanted);
      // Upwards from the end.
      const up: AuditEvent[] = [];
      page = await readEventPage(matches(), { from: 'oldest' }, limit);
      for (;;) {
        up.unshift(...page.events);
        expect(page.hasNewer).toBe(up.length < wanted.length);
        if (!page.hasNewer) break;
        page = await readEventPage(matches(), { newerThan: cutAt(page.events[0]!) }, limit);
      }
      expect(up).toEqual(wanted);
      const offset = Math.floor(wanted.length / 2);
      page = await readEventPage(matches(), { offset }, limit);
      expect(page.events).toEqual(wanted.slice(offset, offset + limit));
      const jump = start + 30 * 3_600_000_000;
      page = await readEventPage(matches(), { olderThan: { microseconds: jump, id: '' } }, limit);
      expect(page.events).toEqual(
        wanted.filter((event) => parseInstant(event.createdAt) < jump).slice(0, limit),
      );
      cache.close();
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('counts over time and by value are those of the same list', async () => {
  await fc.assert(
    fc.asyncProperty(events, filters, async (made, filter) => {
      const cache = openCache();
      mirror(cache, made);
      const wanted = everything(cache).filter((event) => isMeant(event, filter));
      const matches = matchesOf(cache, filter);
      await lookThrough(matches, { withinMs: Infinity, nowMs: () => 0 });
      const hours = Array.from({ length: 75 }, (_, hour) => start + (hour - 2) * 3_600_000_000);
      const { total, counts, countedFrom } = countMatches(matches, hours);
      expect({ total, countedFrom }).toEqual({ total: wanted.length, countedFrom: null });
      const inBucket = (bucket: number) =>
        wanted.filter(({ createdAt }) => {
          const at = parseInstant(createdAt);
          return at >= hours[bucket]! && at < hours[bucket + 1]!;
        }).length;
      expect([...counts]).toEqual(hours.slice(1).map((_, bucket) => inBucket(bucket)));
      const tally = (value: (event: AuditEvent) => string | null) =>
        Object.fromEntries(
          [...Map.groupBy(wanted, value)]
            .filter(([text]) => text !== null && text !== '')
            .map(([text, own]) => [
              text,
              {
                count: own.length,
                firstMicroseconds: parseInstant(own[0]!.createdAt),
                lastMicroseconds: parseInstant(own.at(-1)!.createdAt),
              },
            ]),
        );
      expect(Object.fromEntries(tallyActions(matches))).toEqual(tally(({ action }) => action));
      expect(Object.fromEntries(tallyField(matches, 'ip') ?? [])).toEqual(tally(({ ip }) => ip));
      cache.close();
    }),
    { numRuns: 30 },
  );
}, 60_000);

describe('a larger mirror', () => {
  // Long texts that differ are searched as bytes, and only where a segment has many of them.
  const made = Array.from({ length: 4000 }, (_, place) =>
    makeEvent({
      id: `event-${String(place).padStart(6, '0')}`,
      createdAtMicroseconds: start + place * 60_000_000,
      metadata: `{"request": "${(place * 2_654_435_761) % 4_294_967_296}", "who": "${place % 1000 === 7 ? 'ÉLODIE Nadal' : 'Nobody'}"}`,
    }),
  );
  const written = () => {
    const cache = openCache();
    claimMirror(cache, 'test');
    const options = { watermarkMicroseconds: null, keptActions: new Set<string>(), isWhole: true };
    batchWriter(cache)([batchOf(made)], options);
    return cache;
  };

  test.each(['nadal', 'élodie', 'NOBODY', 'nobody"}', 'event-000123', '2654435761', 'y"}{"r'])(
    'finds %s where it stands, and nowhere else',
    async (text) => {
      const cache = written();
      const { events: found } = await readEventPage(matchesOf(cache, { text }), { from: 'oldest' }, 5000);
      const wanted = everything(cache).filter((event) => holds(event, text));
      expect(found).toEqual(wanted.toReversed());
      if (text === 'y"}{"r') expect(found).toEqual([]);
      else expect(found.length).toBeGreaterThan(0);
    },
  );

  test('counts from the newest on, says how far it came, and goes on from there', async () => {
    const cache = written();
    const matches = matchesOf(cache, { text: 'nobody' });
    let now = 0;
    // A day a tick: there are four days.
    await lookThrough(matches, { withinMs: 2, nowMs: () => (now += 1) });
    expect(lookedThroughFrom(matches)).toBeGreaterThan(0);
    const partly = countMatches(matches, []);
    expect(partly.countedFrom).not.toBeNull();
    await lookThrough(matches, { withinMs: Infinity, nowMs: () => now });
    const { total, countedFrom } = countMatches(matches, []);
    expect({ total, countedFrom }).toEqual({ total: 3996, countedFrom: null });
    expect(partly.total).toBeLessThan(total);
  });

  test('what a refresh adds is found by the same question', async () => {
    const cache = written();
    const ask = () => readEventPage(matchesOf(cache, { text: 'latecomer' }), { from: 'newest' }, 10);
    expect((await ask()).events).toEqual([]);
    const late = makeEvent({
      id: 'late',
      createdAtMicroseconds: start + 5 * 60_000_000,
      metadata: '"latecomer"',
    });
    const options = { watermarkMicroseconds: null, keptActions: new Set<string>(), isWhole: true };
    batchWriter(cache)([batchOf([late])], options);
    expect((await ask()).events.map(({ id }) => id)).toEqual(['late']);
  });
});
