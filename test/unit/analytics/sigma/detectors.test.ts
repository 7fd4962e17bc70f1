import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citedEventsLimit, type Hit } from '../../../../src-main/analytics/detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../src-main/analytics/history/history.ts';
import { parseRules } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import { sigmaDetectors } from '../../../../src-main/analytics/sigma/rule-detector.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { event, historyOf, recut, renumbered, ruleText, scopeOf } from './make-rules.ts';

const stopped = ruleText(
  'a:\n  action: [StopLogging, DeleteTrail]\nb:\n  ip: 10.0.0.1\ncondition: a and not b',
  'id: stopped\ndescription: Silence afterwards proves nothing\nfalsepositives:\n  - A planned move\n',
);
const base =
  'title: Failed sign-in\nname: failed\nlogsource: { product: nself }\ndetection:\n  a:\n    action: auth.login_failed\n  condition: a\n---\n';
const burst = (correlation: string) =>
  `${base}title: Burst\nid: burst\nlevel: high\ncorrelation:\n${correlation.replaceAll(/^/gm, '  ')}\n`;
const count = 'type: event_count\nrules: [failed]\ngroup-by: [actor]\ntimespan: 5m\ncondition:\n  gte: 3';

/** What can be compared between two runs: everything but where the cited events happen to lie. */
function plain(hits: readonly Hit[]) {
  return hits.map(({ events, ...rest }) => ({
    ...rest,
    events: events.map(({ segment, index }) => segment.idAt(index)),
  }));
}

function run(text: string, history: History, changes = {}): ReturnType<typeof plain> {
  return sigmaDetectors(parseRules(text)).flatMap((detector) =>
    plain(detector.run(history, scopeOf(history, changes))),
  );
}

const failed = (at: string, more: Partial<Parameters<typeof event>[0]> = {}) =>
  event({ at, action: 'auth.login_failed', ...more });

describe('the detector of a rule about single events', () => {
  test('raises one hit for each actor and UTC day', () => {
    const history = historyOf([
      event({ at: '2026-11-02T09:00:00Z', actor: 'dana', action: 'StopLogging' }),
      event({ at: '2026-11-02T21:30:00Z', actor: 'dana', action: 'DeleteTrail' }),
      event({ at: '2026-11-02T10:00:00Z', actor: 'dana', action: 'StopLogging', fields: { ip: '10.0.0.1' } }),
      event({ at: '2026-11-02T08:00:00Z', actor: 'erin', action: 'StopLogging' }),
      event({ at: '2026-11-03T09:00:00Z', actor: 'dana', action: 'StopLogging' }),
      event({ at: '2026-11-03T09:00:00Z', actor: 'dana', action: 'record.read' }),
    ]);
    const hits = run(stopped, history);
    expect(hits.map(({ actor, startMicroseconds, count }) => [actor, startMicroseconds, count])).toEqual([
      ['dana', parseInstant('2026-11-02'), 2],
      ['erin', parseInstant('2026-11-02'), 1],
      ['dana', parseInstant('2026-11-03'), 1],
    ]);
    expect(hits[0]).toMatchObject({
      detector: 'sigma:stopped',
      entity: { kind: 'actor', value: 'dana' },
      action: '',
      severity: 'medium',
      score: 2,
      threshold: 1,
      evidence: {
        count: 2,
        day: '2026-11-02',
        matched: {
          action: {
            shown: [
              { value: 'DeleteTrail', events: 1 },
              { value: 'StopLogging', events: 1 },
            ],
            further: 0,
          },
        },
      },
    });
  });

  test('says in words what matched, when, and what the author of the rule says about it', () => {
    const [hit] = run(stopped, historyOf([event({ at: '2026-11-02T09:00:00Z', action: 'StopLogging' })]));
    expect(hit?.explanation).toMatchObject({
      what: '“A rule” matched 1 event by dana, on Mon 2 Nov 2026, 10:00–11:00 (Europe/Berlin; 09:00–10:00 UTC).',
      unusual:
        'This is a declared rule of level medium, not a comparison with what is usual. Silence afterwards proves nothing.',
      alsoSeen: 'What the rule looked at, by number of events: action: “StopLogging” in 1.',
      confidence: 'Harmless causes known to the author of the rule: A planned move.',
    });
    expect(hit?.explanation.wouldChange).toContain(
      'action is “StopLogging” or is “DeleteTrail”, but not where address is “10.0.0.1”',
    );
  });

  test('reports what nobody is known to have done against the account', () => {
    const [hit] = run(stopped, historyOf([event({ actor: '', action: 'StopLogging' })]));
    expect(hit).toMatchObject({ actor: '', entity: { kind: 'account', value: 'primary' } });
    expect(hit?.explanation.what).toContain('nobody the source names');
  });

  test('counts everything and cites the oldest events', () => {
    const start = parseInstant('2026-11-02');
    const events = Array.from({ length: citedEventsLimit + 20 }, (_, at): HistoryEvent => ({
      ...event({ action: 'StopLogging' }),
      createdAtMicroseconds: start + at * 1_000_000,
    }));
    const [hit] = run(stopped, historyOf(events.toReversed()));
    expect(hit?.count).toBe(citedEventsLimit + 20);
    expect(hit?.events).toEqual(events.slice(0, citedEventsLimit).map(({ id }) => id));
  });

  test('is not made of informational rules, nor of rules that only serve a correlation', () => {
    expect(sigmaDetectors(parseRules(stopped.replace('level: medium', 'level: informational')))).toEqual([]);
    expect(sigmaDetectors(parseRules(burst(count))).map(({ id }) => id)).toEqual(['sigma:burst']);
  });

  test('names what it needs, how far it looks back, and a version of its own', () => {
    const [one] = sigmaDetectors(parseRules(stopped));
    const [other] = sigmaDetectors(parseRules(stopped.replace('DeleteTrail', 'DeleteTrails')));
    expect(one).toMatchObject({ id: 'sigma:stopped', title: 'A rule', needs: ['ip'], reachDays: 0 });
    expect(one?.version).toMatch(/^sigma:stopped\/[0-9a-f]{12}$/);
    expect(other?.version).not.toBe(one?.version);
    expect(sigmaDetectors(parseRules(burst(count)))[0]).toMatchObject({ needs: [], reachDays: 1 });
    expect(() => sigmaDetectors([...parseRules(stopped), ...parseRules(stopped)])).toThrow(
      /both named “stopped”/,
    );
    expect(() => one?.run(buildHistory([event({})]), scopeOf(buildHistory([event({})])))).toThrow(/needs ip/);
  });
});

describe('the detector of a correlation', () => {
  test('raises one hit for each group and timespan, with the whole burst in it', () => {
    const times = ['09:00:00', '09:01:00', '09:02:00', '09:03:00', '09:12:00'].map((time) =>
      failed(`2026-11-02T${time}Z`),
    );
    const others = ['09:00:00', '09:01:00'].map((time) => failed(`2026-11-02T${time}Z`, { actor: 'erin' }));
    const hits = run(burst(count), historyOf([...times, ...others]));
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({
      detector: 'sigma:burst',
      actor: 'dana',
      entity: { kind: 'actor', value: 'dana' },
      startMicroseconds: parseInstant('2026-11-02T09:00:00Z'),
      endMicroseconds: parseInstant('2026-11-02T09:05:00Z'),
      count: 4,
      score: 4,
      threshold: 3,
      severity: 'high',
      events: times.slice(0, 4).map(({ id }) => id),
      evidence: {
        group: { actor: 'dana' },
        peak: 4,
        peakFrom: '2026-11-02T09:00:00.000Z',
        peakTo: '2026-11-02T09:03:00.000Z',
        timespanSeconds: 300,
        atLeast: 3,
        matchesByRule: [{ title: 'Failed sign-in', events: 4 }],
      },
    });
    expect(hits[0]?.explanation.what).toBe(
      '“Burst”: 4 events for actor “dana”, on Mon 2 Nov 2026, 10:00–11:00 (Europe/Berlin; 09:00–10:00 UTC). The highest count within 5 minutes was 4.',
    );
  });

  test('sees a burst across midnight, and belongs to the day on which it was complete', () => {
    const events = ['2026-11-02T23:58:00Z', '2026-11-02T23:59:00Z', '2026-11-03T00:01:00Z'].map((at) =>
      failed(at),
    );
    const history = historyOf(events);
    const [first, second] = scopeOf(history).days;
    expect(run(burst(count), history, { days: [first] })).toEqual([]);
    const [hit] = run(burst(count), history, { days: [second] });
    expect(hit).toMatchObject({ startMicroseconds: parseInstant('2026-11-03'), count: 3 });
    expect(run(burst(count), history)).toEqual([hit]);
  });

  test('calls people by their names', () => {
    const named = ['09:00', '09:01', '09:02'].map((time) => ({
      ...failed(`2026-11-02T${time}:00Z`),
      actorName: 'Dana Okafor',
    }));
    const [hit] = run(burst(count), historyOf(named));
    expect(hit?.explanation.what).toContain('3 events for actor “Dana Okafor”');
    expect(hit).toMatchObject({ actor: 'dana', entity: { value: 'dana' } });
  });

  test('groups nobody, and nothing unknown', () => {
    const at = ['09:00', '09:01', '09:02'].map((time) => `2026-11-02T${time}:00Z`);
    expect(run(burst(count), historyOf(at.map((at) => failed(at, { actor: '' }))))).toEqual([]);
    const byAddress = burst(count.replace('[actor]', '[ip]'));
    expect(run(byAddress, historyOf(at.map((at) => failed(at))))).toEqual([]);
    const [hit] = run(
      byAddress,
      historyOf(at.map((at) => failed(at, { actor: '', fields: { ip: '203.0.113.9' } }))),
    );
    expect(hit).toMatchObject({ actor: '', entity: { kind: 'ip', value: '203.0.113.9' } });
  });

  test('keeps accounts apart, and groups of several fields', () => {
    const at = ['09:00', '09:01', '09:02'].map((time) => `2026-11-02T${time}:00Z`);
    const spread = at.map((at, place) => failed(at, { sourceAccount: place === 0 ? 'other' : 'primary' }));
    expect(run(burst(count.replace('group-by: [actor]\n', '')), historyOf(spread))).toEqual([]);
    const both = burst(count.replace('[actor]', '[ip, actor]'));
    const [hit] = run(
      both,
      historyOf(at.map((at) => failed(at, { actor: 'a, b', fields: { ip: '203.0.113.9' } }))),
    );
    expect(hit).toMatchObject({
      actor: 'a, b',
      entity: { kind: 'ip', value: 'ip=203.0.113.9, actor=a\\, b' },
    });
  });

  test('an event with several values of a field belongs to several groups', () => {
    const rule = burst(count.replace('[actor]', '[metadata.target.id]'));
    const events = ['09:00', '09:01', '09:02'].map((time, place) =>
      failed(`2026-11-02T${time}:00Z`, { metadata: { target: [{ id: 'x' }, { id: `y${place}` }] } }),
    );
    expect(run(rule, historyOf(events)).map(({ entity }) => entity.value)).toEqual(['metadata.target.id=x']);
  });

  test('counts different values', () => {
    const rule = burst(
      count.replace('event_count', 'value_count').replace('[actor]', '[ip]').concat('\n  field: actor'),
    );
    const from = (actors: readonly string[]) =>
      historyOf(
        actors.map((actor, at) =>
          failed(`2026-11-02T09:00:0${at}Z`, { actor, fields: { ip: '203.0.113.9' } }),
        ),
      );
    expect(run(rule, from(['a', 'b', 'b', '', 'a']))).toEqual([]);
    const [hit] = run(rule, from(['a', 'b', 'b', '', 'c']));
    expect(hit).toMatchObject({ score: 3, count: 5, evidence: { matched: { actor: { further: 0 } } } });
    expect(hit?.explanation.what).toContain(
      'The highest number of different values of actor within 5 minutes was 3.',
    );
  });

  const pair = `${base}title: Export\nname: exported\nlogsource: { product: nself }\ndetection:\n  a:\n    action: record.export\n  condition: a\n---\ntitle: Pair\nid: pair\nlevel: low\ncorrelation:\n  type: TYPE\n  rules: [failed, exported]\n  group-by: [actor]\n  timespan: 1h\n`;
  test('sees rules together, and their order where it matters', () => {
    const exported = (at: string) => event({ at, action: 'record.export' });
    const inOrder = historyOf([failed('2026-11-02T09:00:00Z'), exported('2026-11-02T09:59:00Z')]);
    const reversed = historyOf([exported('2026-11-02T09:00:00Z'), failed('2026-11-02T09:59:00Z')]);
    const tooFar = historyOf([failed('2026-11-02T09:00:00Z'), exported('2026-11-02T10:00:00.000001Z')]);
    const found = (type: string) =>
      [inOrder, reversed, tooFar].map((history) => run(pair.replace('TYPE', type), history).length);
    expect(found('temporal')).toEqual([1, 1, 0]);
    expect(found('temporal_ordered')).toEqual([1, 0, 0]);
    const [hit] = run(pair.replace('TYPE', 'temporal_ordered'), inOrder);
    expect(hit?.explanation.what).toContain(
      '“Failed sign-in”, “Export” all occurred within 1 hour, in this order.',
    );
  });

  test('lets one event stand for several rules, but not for several steps of an order', () => {
    const same = (type: string) => pair.replace('record.export', 'auth.login_failed').replace('TYPE', type);
    const [one, two] = [failed('2026-11-02T09:00:00Z'), failed('2026-11-02T09:01:00Z')];
    expect(run(same('temporal'), historyOf([one]))).toMatchObject([{ count: 1, score: 2 }]);
    expect(run(same('temporal_ordered'), historyOf([one]))).toEqual([]);
    expect(run(same('temporal_ordered'), historyOf([one, two]))).toHaveLength(1);
  });

  test('names the first of several equal peaks', () => {
    const times = ['08:57:00', '08:58:00', '09:01:00', '09:03:30', '09:04:00'];
    const hits = run(burst(count), historyOf(times.map((time) => failed(`2026-11-02T${time}Z`))));
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({ count: 5, evidence: { peak: 3, peakTo: '2026-11-02T09:01:00.000Z' } });
  });

  test('with an upper bound judges whole pieces of time, once they are over', () => {
    const rule = burst(count.replace('gte: 3', 'gte: 2\n  lte: 3'));
    const events = ['09:00', '09:01', '09:05', '09:06', '09:07', '09:08', '09:10'].map((time) =>
      failed(`2026-11-02T${time}:00Z`),
    );
    const starts = (changes = {}) =>
      run(rule, historyOf(events), changes).map(({ startMicroseconds }) => startMicroseconds);
    expect(starts()).toEqual([parseInstant('2026-11-02T09:00:00Z')]);
    expect(starts({ untilMicroseconds: parseInstant('2026-11-02T09:04:59Z') })).toEqual([]);
    expect(starts({ untilMicroseconds: parseInstant('2026-11-02T09:05:00Z') })).toHaveLength(1);
  });
});

describe('every rule detector', () => {
  const texts = [
    stopped,
    burst(count),
    burst(count.replace('[actor]', '[ip]').replace('5m', '2h')),
    burst(
      count
        .replace('event_count', 'value_count')
        .replace('[actor]', '[ip]')
        .replace('5m', '1d')
        .concat('\n  field: actor'),
    ),
    burst(count.replace('gte: 3', 'lte: 2').replace('5m', '6h')),
  ];
  const someEvents = fc
    .array(
      fc.record({
        minute: fc.nat({ max: 5 * 1440 - 1 }),
        near: fc.boolean(),
        actor: fc.constantFrom('dana', 'erin', ''),
        action: fc.constantFrom('auth.login_failed', 'StopLogging', 'record.read'),
        ip: fc.constantFrom('10.0.0.1', '203.0.113.9', null),
      }),
      { maxLength: 40 },
    )
    .map((drafts) =>
      drafts.map(({ minute, near, actor, action, ip }) =>
        event({
          at: new Date(Date.UTC(2026, 10, 2, 0, near ? minute % 20 : minute)).toISOString(),
          actor,
          action,
          fields: { ip },
        }),
      ),
    );

  test('answers alike however events arrive, segments are cut, series are numbered and days are grouped', () => {
    fc.assert(
      fc.property(
        someEvents,
        fc.constantFrom(...texts),
        fc.integer({ min: 1, max: 7 }),
        (events, text, length) => {
          const history = historyOf(events);
          const expected = run(text, history);
          for (const variant of [historyOf(events.toReversed()), recut(history, length), renumbered(history)])
            expect(run(text, variant)).toEqual(expected);
          const dayByDay = scopeOf(history).days.flatMap((day) => run(text, history, { days: [day] }));
          expect(dayByDay).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('is not changed about a day by what happens after it', () => {
    fc.assert(
      fc.property(someEvents, fc.constantFrom(...texts), (events, text) => {
        const history = historyOf(events);
        const limit = parseInstant('2026-11-04T00:00:00Z');
        const earlier = historyOf(
          events.filter(({ createdAtMicroseconds }) => createdAtMicroseconds < limit),
        );
        const days = scopeOf(history).days.filter((day) => day * 86_400_000_000 < limit);
        expect(run(text, history, { days })).toEqual(run(text, earlier, { days }));
        expect(run(text, history, { untilMicroseconds: limit })).toEqual(
          run(text, earlier, { untilMicroseconds: limit }),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('says no number that is not in its evidence', () => {
    fc.assert(
      fc.property(someEvents, fc.constantFrom(...texts), (events, text) => {
        for (const { explanation, evidence, methodVersion } of run(text, historyOf(events), {
          zone: 'UTC',
        })) {
          const said = Object.values(explanation)
            .join(' ')
            .replaceAll(methodVersion, '')
            .replaceAll(/on \w+ \d+ \w+ \d+, \d\d:00–\d\d:00 UTC/g, '');
          const known = new Set(JSON.stringify(evidence).match(/\d+/g));
          expect((said.match(/\d+/g) ?? []).filter((number) => !known.has(number))).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
