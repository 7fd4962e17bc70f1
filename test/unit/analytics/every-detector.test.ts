// What every detector promises beside its rule, over histories made of chance and malice; `npm run fuzz` tries others.
import { describe, expect, test } from 'vitest';
import { parseInstant } from '#shared/time/instant.ts';
import { buildHistory, type HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { allFields, brokenDetectorLaws, wholeScope, type Violation } from '../../bench/fuzz/detector-laws.ts';
import { everyDetector } from '../../bench/fuzz/every-detector.ts';
import { randomHistory } from '../../bench/fuzz/random-history.ts';
import { randomFrom } from '../../bench/fuzz/random.ts';

const delivered = everyDetector(false);
const sensitive = everyDetector(true);

type Change = (event: HistoryEvent, at: number) => HistoryEvent;

const told = (violations: readonly Violation[]): string[] =>
  violations.map(({ law, detector, detail }) => `${detector}: ${law}\n${detail}`);

describe('every detector', () => {
  test.each([1, 2, 3, 4])('keeps its promises, as delivered (%i)', (seed) => {
    const random = randomFrom(seed);
    const { zone, events } = randomHistory(random, 35);
    expect(told(brokenDetectorLaws(delivered, events, zone, random).violations)).toEqual([]);
  });

  test.each([21, 22, 23, 24])(
    'keeps its promises when it is so sensitive that much is found (%i)',
    (seed) => {
      const random = randomFrom(seed);
      const { zone, events } = randomHistory(random, 20);
      const { violations, hits } = brokenDetectorLaws(sensitive, events, zone, random);
      expect(told(violations)).toEqual([]);
      expect(hits).toBeGreaterThan(100);
    },
  );

  test('these histories make every built-in detector find something', () => {
    const found = new Set<string>();
    for (let seed = 40; seed < 52; seed += 1) {
      const { zone, events } = randomHistory(randomFrom(seed), 30);
      const history = buildHistory(events, allFields);
      const scope = wholeScope(history, zone);
      for (const detector of sensitive) if (detector.run(history, scope).length > 0) found.add(detector.id);
    }
    const builtIn = sensitive.filter(({ id }) => !/[.:]/.test(id)).map(({ id }) => id);
    expect(builtIn.filter((id) => !found.has(id))).toEqual([]);
  });

  test.each<[string, Change]>([
    ['one actor has all events', (event) => ({ ...event, actor: 'dana' })],
    ['nobody is named', (event) => ({ ...event, actor: '' })],
    ['every event has an actor of its own', (event) => ({ ...event, actor: event.id })],
    ['all happens at one time', (event) => ({ ...event, createdAtMicroseconds: parseInstant('2026-10-25') })],
    ['all texts are empty', (event) => ({ ...event, action: '', sourceAccount: '', fields: {} })],
    [
      'a megabyte of metadata',
      (event, at) =>
        at > 3
          ? event
          : {
              ...event,
              fields: { ...event.fields, metadata: JSON.stringify({ role: 'x'.repeat(1_000_000) }) },
            },
    ],
  ])('keeps its promises where %s', (_what, change) => {
    const random = randomFrom(7);
    const { events } = randomHistory(random, 16);
    const changed = events.map(change);
    expect(told(brokenDetectorLaws(sensitive, changed, 'Australia/Lord_Howe', random).violations)).toEqual(
      [],
    );
  });
});
