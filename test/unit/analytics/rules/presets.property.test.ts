import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hit } from '../../../../src-main/analytics/detector.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../src-main/analytics/history/history.ts';
import { segmentFields } from '../../../../src-main/analytics/history/segment.ts';
import { hitIdentity } from '../../../../src-main/analytics/hit-identity.ts';
import type { PresetSettings } from '../../../../src-main/analytics/rules/declared-rule.ts';
import { presetDetectors } from '../../../../src-main/analytics/rules/preset-detectors.ts';
import { dayUs, minuteUs, monday, mondayUs, plain, recut, renumbered, scopeOf } from './rule-history.ts';

const days = [monday, monday + 1, monday + 2, monday + 3];
const allFields = new Set(segmentFields);

/** Thresholds so low that small histories have findings of every kind. */
const settings: PresetSettings = {
  locate: (ip) => ({ latitude: Number(ip.slice(-1)) * 10, longitude: 0, country: null }),
  values: {
    'insider.score': { alertAt: 25, minimumEvents: 1, baselineDays: 1 },
    'service.volume_spike': { minimumEvents: 2, minimumHistoryMinutes: 2, thresholdZ: 1 },
    'service.error_rate': { minimumRequests: 2, windowMinutes: 120 },
    'service.error_rate_by_route': { minimumRequests: 2, windowMinutes: 120 },
    'service.brute_force': { thresholdEvents: 2, windowMinutes: 120, cooldownMinutes: 200 },
    'service.mass_delete': { thresholdEvents: 2, windowMinutes: 120 },
    'service.silent_service': { thresholdMinutes: 100 },
    'security.statistical_failed_sign_ins': {
      minimumDays: 0,
      minimumEvents: 1,
      thresholdZ: 0.1,
      baselineDays: 1,
    },
    'security.statistical_denied': { minimumDays: 0, minimumEvents: 1, thresholdZ: 0.1, baselineDays: 1 },
    'security.brute_force_ip': { thresholdFailures: 2, windowMinutes: 120 },
    'security.brute_force_actor': { thresholdFailures: 2, windowMinutes: 120, fastPerMinute: 0.01 },
    'security.brute_force_distributed': { thresholdFailures: 2, windowMinutes: 240, minimumAddresses: 2 },
    'security.brute_force_slow_ip': { thresholdFailures: 2, windowMinutes: 120 },
    'security.brute_force_slow_actor': { thresholdFailures: 2, windowMinutes: 120 },
    'security.credential_stuffing_ip': {
      minimumAttempts: 2,
      minimumActors: 2,
      windowMinutes: 240,
      minimumScore: 10,
    },
    'security.credential_stuffing_account': { minimumAttempts: 2, windowMinutes: 240, minimumScore: 10 },
    'security.password_spray': { minimumActors: 2, windowMinutes: 240 },
    'security.privilege_attempts': { thresholdAttempts: 1 },
    'security.privilege_denied': { thresholdDenied: 1, minimumScore: 10 },
    'security.access_unusual_endpoint': { minimumSamples: 3, lookbackDays: 1 },
    'security.access_unusual_hour': { minimumSamples: 3, lookbackDays: 1 },
    'security.access_new_resource_type': { minimumSamples: 3, lookbackDays: 1 },
    'security.access_bulk': { windowMinutes: 60 },
    'insider.failure_burst': { threshold: 2, windowMinutes: 100 },
    'security.mass_data_access': { thresholdRecords: 100, windowMinutes: 60 },
    'security.access_rapid': { thresholdRequests: 2, windowMinutes: 60 },
    'security.api_abuse': { thresholdRequests: 2, windowMinutes: 60 },
    'security.privilege_first_role': { memoryDays: 1 },
    'security.concurrent_sessions': { thresholdSessions: 2, windowMinutes: 300 },
  },
};

const pick = (...values: (string | null)[]) => fc.constantFrom(...values);
const oneEvent = fc.record({
  // Half of them close together, so that windows fill.
  minute: fc.oneof(
    fc.integer({ min: 0, max: 4 * 1440 - 1 }),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 600, max: 620 }))
      .map(([day, minute]) => day * 1440 + minute),
  ),
  sourceAccount: fc.constantFrom('a', 'b'),
  actor: fc.constantFrom('', 'dana', 'erin', 'finn'),
  action: fc.constantFrom(
    'auth.login_failed',
    'auth.login_failed',
    'auth.login',
    'document.read',
    'role_grant',
    'admin.users',
  ),
  outcome: pick('success', 'failure', 'denied', null),
  ip: pick('192.0.2.1', '192.0.2.2', '192.0.2.9', null, ''),
  userAgent: pick('Firefox', 'curl', null),
  sessionId: pick('s1', 's2', 's3', null),
  status: pick('200', '401', '500', null, 'odd'),
  method: pick('GET', 'DELETE', null),
  path: pick('/admin/7', '/orders/8', '/api/users/9', null),
  bytes: pick('0', '50000000', null, '-1', 'x'),
  recordCount: pick('10', '150', '900', null),
  resourceId: pick('r1', 'r2', '', null),
  resourceType: pick('order', 'user', 'order', 'user', 'salary', 'order', null),
  metadata: pick('{"role":"admin","target":"dana"}', '{"role":"root","user":"erin"}', '[]', '{', null),
});
const manyEvents = fc
  .array(oneEvent, { minLength: 1, maxLength: 120, size: 'max' })
  .map((list) => list.map((one, at) => toEvent(one, at)));

function toEvent(
  {
    minute,
    sourceAccount,
    actor,
    action,
    ...fields
  }: typeof oneEvent extends fc.Arbitrary<infer One> ? One : never,
  at: number,
): HistoryEvent {
  const createdAtMicroseconds = mondayUs + minute * minuteUs;
  return {
    id: `p${String(at).padStart(4, '0')}`,
    createdAtMicroseconds,
    sourceAccount,
    actor,
    action,
    fields,
  };
}

const historyOf = (events: readonly HistoryEvent[]) => buildHistory(events, allFields);
const detectors = presetDetectors(settings);
const findAll = (history: History, scope = scopeOf(days)): Hit[] =>
  detectors.flatMap((detector) => detector.run(history, scope));
const plainAll = (hits: readonly Hit[]) => hits.map((hit) => plain(hit));
const check = (property: (events: HistoryEvent[]) => void, numRuns = 60) =>
  fc.assert(fc.property(manyEvents, property), { numRuns });

describe('every preset rule', () => {
  test('finds something somewhere in what these properties look at', () => {
    const sample = fc.sample(manyEvents, { numRuns: 60, seed: 7 });
    const found = new Set(
      sample.flatMap((events) => findAll(historyOf(events)).map(({ detector }) => detector)),
    );
    expect(detectors.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });

  test('says the same whatever order events arrived in', () => {
    check((events) => {
      expect(plainAll(findAll(historyOf(events.toReversed())))).toEqual(plainAll(findAll(historyOf(events))));
    });
  });

  test('says the same however segments are cut and things are numbered', () => {
    check((events) => {
      const history = historyOf(events);
      const expected = plainAll(findAll(history));
      expect(plainAll(findAll(recut(history, 1)))).toEqual(expected);
      expect(plainAll(findAll(recut(history, 7)))).toEqual(expected);
      expect(plainAll(findAll(renumbered(history)))).toEqual(expected);
    });
  });

  test('says the same day by day as all at once', () => {
    check((events) => {
      const history = historyOf(events);
      const until = { untilMicroseconds: (days.at(-1)! + 1) * dayUs };
      const daily = detectors.flatMap((detector) =>
        days.flatMap((day) => detector.run(history, scopeOf([day], until))),
      );
      expect(plainAll(daily)).toEqual(plainAll(findAll(history)));
    });
  });

  test('a later day changes nothing, and nothing at or after the as-of is looked at', () => {
    check((events) => {
      const [first, second] = days.slice(0, 2) as [number, number];
      const cut = (second + 0.4) * dayUs;
      const scope = scopeOf([first, second], { untilMicroseconds: cut });
      const past = events.filter(({ createdAtMicroseconds }) => createdAtMicroseconds < cut);
      expect(plainAll(findAll(historyOf(events), scope))).toEqual(plainAll(findAll(historyOf(past), scope)));
    });
  });

  test('a later event moves the name of no finding', () => {
    fc.assert(
      fc.property(manyEvents, fc.integer({ min: 1, max: 119 }), (events, kept) => {
        const sorted = events.toSorted(
          (a, b) => a.createdAtMicroseconds - b.createdAtMicroseconds || (a.id < b.id ? -1 : 1),
        );
        const past = sorted.slice(0, kept);
        const now = past.at(-1)!.createdAtMicroseconds + 1;
        const untilMicroseconds = now;
        // A silence that lasts is named by when it became one; nothing else waits for its end.
        const before = findAll(historyOf(past), scopeOf(days, { untilMicroseconds }));
        const after = new Set(findAll(historyOf(sorted)).map((hit) => hitIdentity(hit)));
        expect(before.filter((hit) => !after.has(hitIdentity(hit))).map((hit) => hit.detector)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('no two findings share a name, and each begins on a judged day', () => {
    check((events) => {
      const hits = findAll(historyOf(events));
      expect(new Set(hits.map((hit) => hitIdentity(hit))).size).toBe(hits.length);
      for (const hit of hits) {
        expect(days).toContain(Math.floor(hit.startMicroseconds / dayUs));
        expect(hit.action).toBe('');
        expect(hit.endMicroseconds).toBeGreaterThan(hit.startMicroseconds);
        expect(hit.score).toBeGreaterThanOrEqual(hit.threshold);
        expect(hit.actor === '' ? hit.entity.kind : 'actor').not.toBe(hit.actor === '' ? 'session' : '');
      }
    });
  });

  test('contributions sum to the score', () => {
    check((events) => {
      for (const hit of findAll(historyOf(events)).filter(({ detector }) =>
        detector.startsWith('insider.'),
      )) {
        const parts = hit.evidence['contributions'] as { points: number }[];
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(hit.score);
      }
    });
  });

  test('every number of an explanation is in the evidence', () => {
    check((events) => {
      for (const hit of findAll(historyOf(events))) expect(strangeNumbers(hit)).toEqual([]);
    }, 30);
  });
});

/** Numbers in the sentences that no number or text of the evidence prints as. */
function strangeNumbers({ detector, explanation, evidence, events, entity }: Hit): string[] {
  const { what, expected, unusual, comparedWith, alsoSeen, confidence } = explanation;
  // Local hours are written by the product's own clock, and the scale of points goes to 100.
  const sentences = [
    what.replace(/(beginning )?on \w{3} \d.*$/, ''),
    expected,
    unusual,
    comparedWith,
    alsoSeen,
    confidence,
  ];
  const known = new Set(['100', String(events.length)]);
  const printed = [JSON.stringify(evidence), entity.value].join(' ');
  for (const [text] of printed.matchAll(/-?\d+(\.\d+)?(e-?\d+)?/g)) {
    for (const value of [Number(text), Math.abs(Number(text))]) {
      known.add(String(value));
      known.add(String(Number(value.toPrecision(3))));
      known.add(String(Math.round(value)));
    }
  }
  return sentences
    .flatMap((sentence) => (sentence ?? '').match(/\d+(\.\d+)?(e-?\d+)?/g) ?? [])
    .filter((number) => !known.has(String(Number(number))))
    .map((number) => `${detector}: ${number} in “${sentences.join(' ')}”`);
}
