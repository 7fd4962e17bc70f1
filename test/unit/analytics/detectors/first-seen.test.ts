import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hit, Scope } from '../../../../src-main/analytics/detector.ts';
import { firstSeen, firstSeenDetector } from '../../../../src-main/analytics/detectors/first-seen.ts';
import { firstSeenParameters } from '../../../../src-main/analytics/detectors/events/first-seen-parameters.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { Dictionary } from '../../../../src-main/analytics/history/dictionary.ts';
import type { History } from '../../../../src-main/analytics/history/history.ts';
import type { SegmentField } from '../../../../src-main/analytics/history/segment.ts';
import {
  at,
  dayOf,
  describe as describeHit,
  event,
  expectInvariants,
  expectNumbersInEvidence,
  part,
  scopeOf,
} from './history-variants.ts';

const hour = 3_600_000_000;
const day = 24 * hour;
const today = at('2026-11-04T00:00:00Z');
const fields = new Set<SegmentField>(['ip', 'resourceType', 'outcome']);

type Details = NonNullable<Parameters<typeof event>[2]>;

/** So many days of ordinary work until yesterday, 3 events a day at 9, 10 and 11. */
function usual(days: number, details: Details = {}): HistoryEvent[] {
  return Array.from({ length: days }, (_, back) =>
    [9, 10, 11].map((clock) =>
      event(today - (back + 1) * day + clock * hour, 'record.read', {
        ip: '192.0.2.9',
        resourceType: 'record',
        ...details,
      }),
    ),
  ).flat();
}

const now = (action: string, details: Details = {}, clock = 10) =>
  event(today + clock * hour, action, { ip: '192.0.2.9', resourceType: 'record', ...details });

/** What is found today. */
function run(events: HistoryEvent[], changes: Partial<Scope> = {}, parameters = firstSeenParameters): Hit[] {
  const history = buildHistory(events, fields);
  const hits = firstSeen(parameters).run(history, scopeOf(history, { days: [dayOf(today)], ...changes }));
  for (const hit of hits) expectNumbersInEvidence(hit);
  return hits;
}

const ofActors = (hits: Hit[]) => hits.filter(({ entity }) => entity.kind === 'actor');

describe('a first time', () => {
  test.each<[string, string, Details, object]>([
    ['action', 'record.update', {}, { newActions: [{ value: 'record.update', events: 1 }] }],
    [
      'network',
      'record.read',
      { ip: '198.51.100.7' },
      { newNetworks: [{ value: '198.51.100.0/24' }], newAddresses: [] },
    ],
    [
      'address in a known network',
      'record.read',
      { ip: '192.0.2.200' },
      { newAddresses: [{ value: '192.0.2.200' }] },
    ],
    [
      'kind of resource',
      'record.read',
      { resourceType: 'invoice' },
      { newResourceTypes: [{ value: 'invoice' }] },
    ],
  ])('%s', (_name, action, details, evidence) => {
    const hits = run([...usual(20), now(action, details)]);
    expect(hits).toMatchObject([
      {
        entity: { kind: 'actor', value: 'dana' },
        severity: 'low',
        count: 1,
        startMicroseconds: today,
        endMicroseconds: today + 10 * hour + 1,
        evidence,
      },
    ]);
    expect(hits[0]!.score).toBeGreaterThanOrEqual(0.95);
  });

  test('the same things as ever are none, however they are spelt', () => {
    expect(run([...usual(20), now('record.read', { ip: '::ffff:192.000.002.009' })])).toEqual([]);
  });

  test('folds a day into one finding, which keeps its name', () => {
    const events = [
      ...usual(20),
      now('record.update'),
      now('record.update'),
      now('record.share', { ip: '198.51.100.7' }, 11),
    ];
    const [hit, ...others] = run(events);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ count: 3, startMicroseconds: today, action: '', severity: 'medium' });
    expect(hit!.explanation.what).toContain(
      '“record.update” and “record.share” and the network “198.51.100.0/24”',
    );
  });

  test('a failed login is not the actor’s act: neither new, nor known afterwards', () => {
    const stranger = { ip: '198.51.100.7', outcome: 'failure' };
    expect(run([...usual(20), now('auth.login_failed', stranger), now('ConsoleLogin', stranger)])).toEqual(
      [],
    );
    const before = event(today - 3 * day, 'auth.login_failed', { ip: '198.51.100.7' });
    const [hit] = run([...usual(20), before, now('record.read', { ip: '198.51.100.7' })]);
    expect(hit).toMatchObject({ evidence: { newNetworks: [{ value: '198.51.100.0/24' }] } });
    const inside = now('record.read', { ip: '198.51.100.7' });
    expect(run([...usual(20), inside, now('ConsoleLogin', stranger, 11)])).toMatchObject([{ count: 1 }]);
  });

  test('of nobody is nobody’s', () => {
    expect(ofActors(run([...usual(20, { actor: '' }), now('record.update', { actor: '' })]))).toEqual([]);
  });

  test('an as-of before it does not know of it', () => {
    const events = [...usual(20), now('record.update')];
    expect(run(events, { untilMicroseconds: today + 10 * hour })).toEqual([]);
    expect(run(events, { untilMicroseconds: today + 10 * hour + 1 })).toHaveLength(1);
  });
});

describe('who is judged', () => {
  test('known for 14 days', () => {
    expect(ofActors(run([...usual(14), now('record.update')]))).toHaveLength(1);
    expect(ofActors(run([...usual(13), now('record.update')]))).toEqual([]);
  });

  test('active on 7 of them, the first not counted', () => {
    const active = (days: number) => [
      ...usual(20).filter(
        ({ createdAtMicroseconds: time }) => time < today - 19 * day || time >= today - days * day,
      ),
      now('record.update'),
    ];
    expect(ofActors(run(active(7)))).toHaveLength(1);
    expect(ofActors(run(active(6)))).toEqual([]);
  });

  test('with at most 60 values of the kind', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, place) => event(today - 40 * day + place, `action.${place}`, {}));
    const found = (count: number) =>
      ofActors(run([...many(count), ...usual(39), now('record.update')])).length === 1;
    expect(found(59)).toBe(true);
    expect(found(60)).toBe(false);
  });

  test('to whom new things do not happen all the time: p = 1 − e^(−rate), decayed', () => {
    // One new action a week: about 0.14 an active day.
    const restless = [7, 14, 21].map((back) => event(today - back * day + 9 * hour, `action.${back}`));
    expect(ofActors(run([...usual(28), ...restless, now('record.update')]))).toEqual([]);
    // Nothing on every fourth day, so that decay by days and decay by active days differ.
    const active = Array.from({ length: 28 }, (_, place) => 28 - place).filter(
      (back) => back % 4 !== 0 || back === 28,
    );
    const work = active.flatMap((back) =>
      usual(1).map((one) => ({
        ...one,
        id: `${one.id}-${back}`,
        createdAtMicroseconds: one.createdAtMicroseconds - (back - 1) * day,
      })),
    );
    const [hit] = run([...work, restless[2]!, now('record.update')]);
    const weights = active.filter((back) => back < 28).map((back) => 0.95 ** back);
    const rate = 0.95 ** 21 / weights.reduce((sum, weight) => sum + weight, 0);
    const { action: numbers } = hit!.evidence['numbers'] as Record<string, Record<string, number>>;
    expect(numbers!['rate']).toBeCloseTo(rate, 12);
    expect(numbers!['probability']).toBeCloseTo(1 - Math.exp(-rate), 12);
    expect(numbers).toMatchObject({ knownDays: 28, activeDays: 21, valuesBefore: 2 });
    expect(hit!.score).toBeCloseTo(Math.exp(-rate), 12);
  });
});

describe('severity', () => {
  const busy = Array.from({ length: 28 }, (_, back) => usual(28 - back)).flat();

  test('medium when the new action is privileged', () => {
    expect(run([...usual(20), now('role_grant')])).toMatchObject([{ severity: 'medium' }]);
    expect(run([...usual(20), now('StopLogging')])).toMatchObject([{ severity: 'medium' }]);
  });

  test('medium when action and network are both new, high when at an unusual hour too', () => {
    const both = { ip: '198.51.100.7' };
    expect(run([...busy, now('record.update', both)])).toMatchObject([{ severity: 'medium' }]);
    const [night] = run([...busy, now('record.update', both, 3)]);
    expect(night).toMatchObject({
      severity: 'high',
      evidence: { usualHours: { isUnusual: true, nearby: 0 } },
    });
    expect(night!.explanation.alsoSeen).toContain('The hour is unusual too');
    expect(run([...busy, now('record.update', both, 12)])).toMatchObject([{ severity: 'medium' }]);
    expect(run([...busy, now('record.update', both, 13)])).toMatchObject([{ severity: 'high' }]);
    // 03:00 UTC is 11:00 in Singapore, 10:00 UTC is 18:00 there.
    expect(run([...busy, now('record.update', both, 3)], { zone: 'Asia/Singapore' })).toMatchObject([
      { severity: 'high' },
    ]);
    expect(run([...busy, now('record.update', both, 10)], { zone: 'Asia/Singapore' })).toMatchObject([
      { severity: 'medium' },
    ]);
  });

  test('unknown hours are said to be unknown, and not taken for unusual', () => {
    const few = usual(20).filter((_, place) => place % 3 === 0);
    const [hit] = run([...few, now('record.update', { ip: '198.51.100.7' }, 3)]);
    expect(hit).toMatchObject({ severity: 'medium', evidence: { usualHours: { isUnusual: null } } });
    expect(hit!.explanation.confidence).toContain('Usual hours are not known');
  });
});

describe('a whole source account', () => {
  test('has its own first time, unless the finding of the actor tells it', () => {
    const [hit, ...others] = run([
      ...usual(20),
      now('record.update', { actor: 'new' }),
      now('record.update', { actor: '' }),
    ]);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      entity: { kind: 'account', value: 'primary' },
      actor: '',
      count: 2,
      evidence: { actors: ['', 'new'] },
    });
    const [told, ...more] = run([...usual(20), now('record.update')]);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ entity: { kind: 'actor' }, evidence: { newToAccount: ['record.update'] } });
  });

  test('is not surprised by what others do there', () => {
    const [hit, ...others] = run([
      ...usual(20),
      ...usual(20, { actor: 'eli' }),
      event(today - 5 * day, 'record.update', { actor: 'eli' }),
      now('record.update'),
    ]);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ entity: { kind: 'actor' }, evidence: { newToAccount: [] } });
  });
});

test('fields that are not mirrored are said not to be looked at', () => {
  const history = buildHistory([...usual(20), now('record.update')], new Set());
  const [hit] = firstSeenDetector.run(history, scopeOf(history, { days: [dayOf(today)] }));
  expect(hit).toMatchObject({ evidence: { looksAt: ['action'] } });
  expect(hit!.explanation.confidence).toContain('not mirrored');
});

test('every parameter changes the answer', () => {
  const events = [...usual(20), event(today - 9 * day, 'action.9'), now('record.update')];
  const count = (changes: Partial<typeof firstSeenParameters>) =>
    ofActors(run(events, {}, { ...firstSeenParameters, probability: 0.2, ...changes })).length;
  expect(count({})).toBe(1);
  expect(count({ minimumKnownDays: 21 })).toBe(0);
  expect(count({ minimumActiveDays: 20 })).toBe(0);
  expect(count({ maximumValues: 1 })).toBe(0);
  expect(count({ probability: 0.01 })).toBe(0);
  expect(count({ dailyDecay: 0.5, probability: 0.01 })).toBe(1);
  const unknown = [...usual(20), now('record.update', { actor: 'new' })];
  expect(run(unknown, {}, { ...firstSeenParameters, maximumAccountActions: 0 })).toEqual([]);
});

describe('any history', () => {
  const anything = fc.record({
    hours: fc.integer({ min: 0, max: 12 * 24 }),
    actor: fc.constantFrom('', 'dana', 'eli'),
    action: fc.constantFrom(
      'record.read',
      'record.update',
      'role_grant',
      'auth.login_failed',
      'ConsoleLogin',
    ),
    ip: fc.constantFrom('192.0.2.1', '192.0.2.2', '198.51.100.1', null),
    resourceType: fc.constantFrom('record', 'user', null),
    outcome: fc.constantFrom(null, 'failure'),
  });
  const histories = fc
    .array(anything, { minLength: 1, maxLength: 70 })
    .map((list) => list.map(({ hours, action, ...details }) => event(today + hours * hour, action, details)));
  const lenient = {
    minimumKnownDays: 3,
    minimumActiveDays: 1,
    maximumValues: 2,
    maximumAccountActions: 3,
    dailyDecay: 0.5,
    probability: 0.6,
  };

  test('keeps what every detector promises', () => {
    fc.assert(
      fc.property(histories, (events) =>
        expectInvariants(firstSeen(lenient), events, fields, { zone: 'Europe/Berlin' }),
      ),
      { numRuns: 100 },
    );
  });

  test('is the same after a day was replaced, an old one too, and for any as-of and days', () => {
    const asked = fc.record({ place: fc.nat(12), keeps: fc.nat(3), until: fc.nat(12), from: fc.nat(12) });
    fc.assert(
      fc.property(histories, fc.array(asked, { minLength: 1, maxLength: 4 }), (events, turns) => {
        const whole = buildHistory(events, fields);
        let { segments } = whole;
        for (const { place, keeps, until, from } of turns) {
          // Another day is changed each time; it may come back as it was.
          const at = place % segments.length;
          const source = keeps === 3 ? whole.segments[at]! : segments[at]!;
          segments = segments.with(at, keeps === 3 ? source : part(source, (index) => index % 3 !== keeps));
          const scope = scopeOf(whole, {
            days: scopeOf(whole).days.slice(from % segments.length),
            untilMicroseconds: today + (until + 1) * day + 11 * hour,
          });
          const find = (history: History) =>
            firstSeen(lenient)
              .run(history, scope)
              .map((hit) => describeHit(hit));
          const fresh = { ...whole, segments, actions: new Dictionary(whole.actions.values) };
          expect(find({ ...whole, segments })).toEqual(find(fresh));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('finds the new actions of an actor that a count over all days finds', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const history = buildHistory(events, fields);
        const found = ofActors(firstSeen(lenient).run(history, scopeOf(history)))
          .flatMap(({ actor, startMicroseconds, evidence }) =>
            (evidence['newActions'] as { value: string }[]).map(
              ({ value }) => `${actor} ${dayOf(startMicroseconds)} ${value}`,
            ),
          )
          .toSorted();
        expect(found).toEqual(['dana', 'eli'].flatMap((actor) => naively(events, actor, lenient)).toSorted());
      }),
      { numRuns: 200 },
    );
  });
});

/** “actor day action” for every improbable first time, by the definition. */
function naively(
  events: readonly HistoryEvent[],
  actor: string,
  parameters: typeof firstSeenParameters,
): string[] {
  const own = events.filter(
    (one) =>
      one.actor === actor &&
      one.action !== 'auth.login_failed' &&
      !(one.action === 'ConsoleLogin' && one.fields?.outcome === 'failure'),
  );
  const seenOn = new Map<number, Set<string>>();
  for (const one of own) {
    const on = dayOf(one.createdAtMicroseconds);
    seenOn.set(on, (seenOn.get(on) ?? new Set()).add(one.action));
  }
  const days = [...seenOn.keys()].toSorted((a, b) => a - b);
  const before = (on: number) =>
    new Set(days.filter((other) => other < on).flatMap((other) => [...seenOn.get(other)!]));
  const newOn = (on: number) => [...seenOn.get(on)!].filter((action) => !before(on).has(action));
  return days.flatMap((on) => {
    const learnt = days.filter((other) => other > days[0]! && other < on);
    if (before(on).size > parameters.maximumValues) return [];
    if (on - days[0]! < parameters.minimumKnownDays || learnt.length < parameters.minimumActiveDays)
      return [];
    const weight = (other: number) => parameters.dailyDecay ** (on - other);
    const weights = learnt.reduce((sum, other) => sum + weight(other), 0);
    const rate = learnt.reduce((sum, other) => sum + weight(other) * newOn(other).length, 0) / weights;
    return 1 - Math.exp(-rate) < parameters.probability
      ? newOn(on).map((action) => `${actor} ${on} ${action}`)
      : [];
  });
}
