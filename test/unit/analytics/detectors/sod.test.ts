import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hit, Scope } from '../../../../src-main/analytics/detector.ts';
import { sod, sodDetector } from '../../../../src-main/analytics/detectors/sod.ts';
import { sodParameters } from '../../../../src-main/analytics/detectors/events/sod-parameters.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { at, event, expectInvariants, expectNumbersInEvidence, scopeOf } from './history-variants.ts';

const minute = 60_000_000;
const day = 1440 * minute;
const noon = at('2026-11-04T12:00:00Z');

function run(events: HistoryEvent[], changes: Partial<Scope> = {}): Hit[] {
  const history = buildHistory(events);
  const hits = sodDetector.run(history, scopeOf(history, changes));
  for (const hit of hits) {
    expectNumbersInEvidence(hit);
    expect(hit.evidence['deterministic']).toBe(true);
  }
  return hits;
}

type Details = NonNullable<Parameters<typeof event>[2]>;

const grant = (details: Details) => run([event(noon, 'role_grant', details)]).map(({ severity }) => severity);
const metadata = (value: unknown) => ({ metadata: JSON.stringify(value) });

describe('rights for oneself', () => {
  test.each<[string, Details, string[]]>([
    ['the resource is the actor', { resourceId: 'dana' }, ['critical']],
    ['by another spelling', { resourceId: ' Dana' }, ['critical']],
    ['by another form of the name', { resourceId: 'dana@example.com', resourceType: 'user' }, ['high']],
    ['by the display name', { resourceId: 'Dana Meyer', actorName: 'Dana Meyer' }, ['high']],
    ['the resource is somebody else', { resourceId: 'eli', resourceType: 'user' }, []],
    ['nothing says who', { resourceId: 'group-3', resourceType: 'group' }, []],
    ['a target key', metadata({ target: 'dana' }), ['critical']],
    ['a target key of another case', metadata({ Target_User: 'dana' }), ['critical']],
    [
      'one of several targets',
      metadata({ targets: [{ type: 'User', alternateId: 'dana' }, { type: 'Role' }] }),
      ['critical'],
    ],
    ['a key inside a request', metadata({ request: { userName: 'dana', policyArn: 'a' } }), ['critical']],
    ['a request for somebody else', metadata({ user: 'dana', request: { userName: 'eli' } }), []],
    [
      '“user” may also mean who acts',
      { resourceId: 'group-3', resourceType: 'group', ...metadata({ user: 'dana' }) },
      ['high'],
    ],
    ['“user” beside a target', metadata({ user: 'dana', target: 'eli' }), []],
    [
      '“user” beside a person as resource',
      { resourceId: 'eli', resourceType: 'user', ...metadata({ user: 'dana' }) },
      [],
    ],
    ['a refused one', { resourceId: 'dana', outcome: 'denied' }, []],
    ['nobody’s', { actor: '', resourceId: '' }, []],
    ['metadata that is no JSON', { metadata: '{"target": "dana"' }, []],
    ['metadata that is a list', { metadata: '["dana"]' }, []],
  ])('%s', (_name, details, expected) => expect(grant(details)).toEqual(expected));

  test('“user” that names the actor in other events too says who acts', () => {
    const user = metadata({ user: 'dana' });
    const before = event(noon - minute, 'record.read', user);
    expect(run([before, event(noon, 'privilege.change', user)])).toEqual([]);
    expect(run([{ ...before, fields: {} }, event(noon, 'privilege.change', user)])).toMatchObject([
      { severity: 'high', evidence: { rule: 'self-grant', isCertain: false } },
    ]);
  });

  test('one’s own key or password, and giving up a right, are none', () => {
    for (const action of ['CreateAccessKey', 'PasswordUpdated', 'role.revoked', 'secret.accessed'])
      expect(run([event(noon, action, { resourceId: 'dana' })]), action).toEqual([]);
  });

  test('several within half an hour are one finding, which begins with the first', () => {
    const times = [0, 20, 49, 90].map((minutes) =>
      event(noon + minutes * minute, 'role_grant', { resourceId: 'dana' }),
    );
    expect(run(times)).toMatchObject([
      { count: 3, startMicroseconds: noon, entity: { kind: 'actor', value: 'dana' }, action: 'role_grant' },
      { count: 1, startMicroseconds: noon + 90 * minute },
    ]);
  });
});

describe('changes to the log', () => {
  test.each([
    ['DeleteTrail', 'critical'],
    ['audit_log.deleted', 'critical'],
    ['retention_policy.updated', 'high'],
    ['PutEventSelectors', 'high'],
    ['StartLogging', 'low'],
  ])('%s is %s', (action, severity) =>
    expect(run([event(noon, action)])).toMatchObject([{ severity, evidence: { rule: 'audit-change' } }]),
  );

  test('count by nobody too, and not when refused', () => {
    expect(run([event(noon, 'StopLogging', { actor: '' })])).toMatchObject([
      { actor: '', entity: { kind: 'account', value: 'primary' } },
    ]);
    expect(run([event(noon, 'StopLogging', { outcome: 'failure' })])).toEqual([]);
    expect(run([event(noon, 'audit_log.viewed')])).toEqual([]);
  });
});

describe('one’s own approval', () => {
  const made = (details: Details = {}, time = noon - day) =>
    event(time, 'order.created', { resourceId: 'o-1', ...details });
  const approved = (details: Details = {}, time = noon) =>
    event(time, 'order.approved', { resourceId: 'o-1', ...details });

  test('is an approval of what the same actor made within 30 days, to the microsecond', () => {
    expect(run([made(), approved()])).toMatchObject([
      {
        severity: 'high',
        entity: { kind: 'resource', value: 'o-1' },
        actor: 'dana',
        startMicroseconds: noon,
        count: 2,
      },
    ]);
    expect(run([made({}, noon - 30 * day), approved()])).toHaveLength(1);
    expect(run([made({}, noon - 30 * day - 1), approved()])).toEqual([]);
  });

  test.each<[string, HistoryEvent[]]>([
    ['another actor', [made({ actor: 'eli' }), approved()]],
    ['another thing', [made({ resourceId: 'o-2' }), approved()]],
    [
      'the same number of another kind',
      [made({ resourceType: 'order' }), approved({ resourceType: 'invoice' })],
    ],
    [
      'the same number of another noun',
      [event(noon - day, 'invoice.created', { resourceId: 'o-1' }), approved()],
    ],
    ['no resource', [made({ resourceId: '' }), approved({ resourceId: '' })]],
    ['afterwards', [made({}, noon + minute), approved()]],
    ['refused', [made(), approved({ outcome: 'failure' })]],
    ['nobody', [made({ actor: '' }), approved({ actor: '' })]],
  ])('is not: %s', (_name, events) => expect(run(events)).toEqual([]));

  test('names the latest creation, and each thing once a day', () => {
    const hits = run([made(), made({}, noon - minute), approved(), approved({}, noon + minute)]);
    expect(hits).toMatchObject([{ evidence: { after: '60 seconds' }, startMicroseconds: noon }]);
  });
});

test('every parameter changes the answer', () => {
  const events = [
    event(noon - 20 * day, 'order.created', { resourceId: 'o-1' }),
    event(noon, 'order.approved', { resourceId: 'o-1' }),
    event(noon, 'StopLogging'),
    event(noon + 20 * minute, 'StopLogging'),
  ];
  const history = buildHistory(events);
  const count = (changes: Partial<typeof sodParameters>) =>
    sod({ ...sodParameters, ...changes }).run(history, scopeOf(history)).length;
  expect(count({})).toBe(2);
  expect(count({ approvalDays: 19 })).toBe(1);
  expect(count({ quietMinutes: 20 })).toBe(3);
});

test('any history keeps what every detector promises', () => {
  const midnight = at('2026-11-05T00:00:00Z');
  const anything = fc.record({
    minutes: fc.integer({ min: -2000, max: 2000 }),
    actor: fc.constantFrom('', 'dana', 'eli'),
    action: fc.constantFrom(
      'role_grant',
      'StopLogging',
      'order.created',
      'order.approved',
      'retention.updated',
      'record.read',
    ),
    resourceId: fc.constantFrom('dana', 'eli', 'o-1', ''),
    resourceType: fc.constantFrom('user', 'order', null),
    metadata: fc.constantFrom(null, '{"user":"dana"}', '{"target":"eli"}', 'nonsense'),
    outcome: fc.constantFrom(null, null, 'failure'),
  });
  fc.assert(
    fc.property(fc.array(anything, { minLength: 1, maxLength: 25 }), (list) => {
      const events = list.map(({ minutes, action, ...details }) =>
        event(midnight + minutes * minute, action, details),
      );
      expectInvariants(sodDetector, events, new Set(['resourceId', 'resourceType', 'metadata', 'outcome']));
    }),
    { numRuns: 150 },
  );
});
