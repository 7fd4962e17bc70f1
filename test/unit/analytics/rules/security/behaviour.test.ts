import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import {
  dayUs,
  event,
  hitsOf,
  hourUs,
  minuteUs,
  monday,
  mondayUs,
  repeat,
  scopeOf,
  secondUs,
} from '../rule-history.ts';

const noonUs = mondayUs + 12 * hourUs;
const day = scopeOf([monday]);
const changed = (rule: string, values: Record<string, number | boolean | string[]>) => ({
  values: { [rule]: values },
});

describe('requests and records', () => {
  const requests = (count: number, stepUs = secondUs / 2) =>
    repeat(count, noonUs, stepUs, () => ({ fields: { path: '/orders' } }));

  test('65 rapid requests: listed from the 60th on, whose score is 70', () => {
    const rule = 'security.access_rapid';
    expect(hitsOf(rule, requests(59))).toEqual([]);
    expect(hitsOf(rule, requests(60))).toMatchObject([{ score: 70, threshold: 70, count: 60 }]);
    expect(hitsOf(rule, requests(65))[0]!.evidence).toMatchObject({ requestsInWindow: 65 });
    expect(hitsOf(rule, requests(60), day, changed(rule, { thresholdRequests: 61 }))).toEqual([]);
  });

  test('100 in a minute are API abuse; other events are no requests', () => {
    const rule = 'security.api_abuse';
    expect(hitsOf(rule, requests(100))).toMatchObject([{ score: 75, severity: 'medium' }]);
    expect(hitsOf(rule, requests(99))).toEqual([]);
    const audit = repeat(100, noonUs, 1000, () => ({ fields: { path: null } }));
    expect(hitsOf(rule, audit)).toEqual([]);
    expect(hitsOf(rule, requests(99), day, changed(rule, { thresholdRequests: 99 }))).toHaveLength(1);
  });

  const reads = (...records: (number | null)[]) =>
    records.map((count, at) =>
      event(noonUs + at * minuteUs, { fields: { recordCount: count === null ? null : String(count) } }),
    );

  test('250 records in bulk: high', () => {
    const rule = 'security.access_bulk';
    expect(hitsOf(rule, reads(250))).toMatchObject([{ severity: 'high', score: 100 }]);
    expect(hitsOf(rule, reads(100, 100))).toHaveLength(1);
    expect(hitsOf(rule, reads(100, 99, 99))).toEqual([]);
    expect(hitsOf(rule, reads(100, 99, 99), day, changed(rule, { minimumRecordsEach: 99 }))).toHaveLength(1);
  });

  test('1000 records within five minutes, in accesses of any size; unknown is none', () => {
    const rule = 'security.mass_data_access';
    expect(hitsOf(rule, reads(400, 400, null, 199))).toEqual([]);
    expect(hitsOf(rule, reads(400, 400, null, 200))).toMatchObject([
      { score: 70, count: 3, evidence: { recordsInWindow: 1000 } },
    ]);
    expect(hitsOf(rule, reads(400, 400, 200), day, changed(rule, { windowMinutes: 1 }))).toEqual([]);
  });
});

describe('sensitive access at night', () => {
  const rule = 'security.off_hours_access';
  const at = (hour: number, changes: Parameters<typeof event>[1] = {}) =>
    event(mondayUs + hour * hourUs, { action: 'role_grant', ...changes });

  test('before six and from ten in the evening on', () => {
    const listed = [0, 5, 6, 12, 21, 22, 23].filter((hour) => hitsOf(rule, [at(hour)]).length > 0);
    expect(listed).toEqual([0, 5, 22, 23]);
    expect(hitsOf(rule, [at(6)], day, changed(rule, { firstHour: 7 }))).toHaveLength(1);
  });

  test('in the zone of the workspace', () => {
    expect(hitsOf(rule, [at(20)], scopeOf([monday], { zone: 'Asia/Kolkata' }))).toHaveLength(1);
  });

  test('privileged or on a sensitive path, not refused, and not by a service', () => {
    expect(hitsOf(rule, [at(2, { action: 'document.read' })])).toEqual([]);
    expect(
      hitsOf(rule, [at(2, { action: 'document.read', fields: { path: '/admin/users?x=1' } })]),
    ).toHaveLength(1);
    expect(hitsOf(rule, [at(2, { fields: { outcome: 'denied' } })])).toEqual([]);
    expect(hitsOf(rule, [at(2, { fields: { actorType: 'service' } })])).toEqual([]);
    expect(
      hitsOf(
        rule,
        [at(2, { fields: { actorType: 'service' } })],
        day,
        changed(rule, { exemptActorTypes: ['robot'] }),
      ),
    ).toHaveLength(1);
  });
});

describe('privileges', () => {
  const attempts = (count: number, outcome: string, action = 'admin.users') =>
    repeat(count, noonUs, minuteUs, () => ({ action, fields: { outcome } }));

  test('three refused attempts at sensitive permissions; “admin.*” is “admin.users”', () => {
    const rule = 'security.privilege_attempts';
    expect(hitsOf(rule, attempts(2, 'denied'))).toEqual([]);
    expect(hitsOf(rule, attempts(3, 'denied'))).toMatchObject([{ score: 100, severity: 'high' }]);
    expect(hitsOf(rule, attempts(3, 'denied', 'administer'))).toEqual([]);
    expect(hitsOf(rule, attempts(3, 'success'))).toEqual([]);
    expect(hitsOf(rule, attempts(3, 'success'), day, changed(rule, { refusedOnly: false }))).toHaveLength(1);
    expect(
      hitsOf(rule, attempts(3, 'denied'), day, changed(rule, { sensitivePermissions: ['root.*'] })),
    ).toEqual([]);
  });

  test('denied accesses to different things', () => {
    const rule = 'security.privilege_denied';
    const denied = (things: number) =>
      repeat(3, noonUs, minuteUs, (at) => ({ fields: { outcome: 'denied', resourceId: `r${at % things}` } }));
    expect(hitsOf(rule, denied(3))).toMatchObject([
      { score: 70, severity: 'medium', evidence: { differentThings: 3 } },
    ]);
    expect(hitsOf(rule, denied(2))).toEqual([]);
    expect(hitsOf(rule, denied(2), day, changed(rule, { minimumScore: 60 }))).toHaveLength(1);
    const signIns = repeat(9, noonUs, minuteUs, (at) => ({
      action: 'auth.login',
      fields: { outcome: 'denied', resourceId: `r${at}` },
    }));
    expect(hitsOf(rule, signIns)).toEqual([]);
  });

  const grant = (atUs: number, metadata: unknown, changes: Parameters<typeof event>[1] = {}) =>
    event(atUs, {
      action: 'role_grant',
      ...changes,
      fields: { metadata: JSON.stringify(metadata), ...changes.fields },
    });

  test('a sensitive role for the first time in thirty days', () => {
    const rule = 'security.privilege_first_role';
    const now = grant(noonUs, { role: 'Admin', target: 'erin' });
    expect(hitsOf(rule, [now])).toMatchObject([
      {
        score: 70,
        severity: 'medium',
        entity: { kind: 'resource', value: 'role admin for erin' },
        actor: 'dana',
      },
    ]);
    const before = (days: number) => grant(noonUs - days * dayUs, { role: 'admin', target: 'erin' });
    expect(hitsOf(rule, [before(30), now])).toEqual([]);
    expect(hitsOf(rule, [before(31), now])).toHaveLength(1);
    expect(hitsOf(rule, [before(20), now], day, changed(rule, { memoryDays: 19 }))).toHaveLength(1);
    expect(hitsOf(rule, [grant(noonUs, { role: 'viewer', target: 'erin' })])).toEqual([]);
    expect(hitsOf(rule, [grant(noonUs, { role: 'admin' })])).toEqual([]);
    expect(
      hitsOf(rule, [grant(noonUs, { role: 'admin', target: 'erin' }, { fields: { outcome: 'denied' } })]),
    ).toEqual([]);
    expect(
      hitsOf(rule, [grant(noonUs, { role: 'admin', target: 'erin' }, { action: 'role_revoke' })]),
    ).toEqual([]);
  });

  test('a sensitive role given to oneself, tried or done', () => {
    const rule = 'security.privilege_self_assignment';
    const own = grant(noonUs, { role: 'root', user: 'DANA' }, { fields: { outcome: 'denied' } });
    expect(hitsOf(rule, [own])).toMatchObject([
      { score: 90, severity: 'critical', actor: 'dana', evidence: { isFailed: true } },
    ]);
    expect(hitsOf(rule, [grant(noonUs, { role: 'root', user: 'erin' })])).toEqual([]);
    expect(hitsOf(rule, [own], day, changed(rule, { sensitiveRoles: ['owner'] }))).toEqual([]);
    expect(
      hitsOf(rule, [event(noonUs, { action: 'role_grant', fields: { metadata: '{"role": broken' } })]),
    ).toEqual([]);
  });
});

describe('what was never seen before', () => {
  const past = (count: number, path: string, daysAgo = 3, resourceType = 'order') =>
    repeat(count, noonUs - daysAgo * dayUs, secondUs, () => ({ fields: { path, resourceType } }));
  const now = (path: string, resourceType = 'order', atUs = noonUs) =>
    event(atUs, { fields: { path, resourceType } });

  test('little known of the actor: the first sensitive access', () => {
    const rule = 'security.access_first_sensitive';
    expect(hitsOf(rule, [now('/admin/keys/7')])).toMatchObject([
      { score: 60, severity: 'low', evidence: { newValues: ['/admin/keys/{id}'] } },
    ]);
    expect(hitsOf(rule, [now('/orders')])).toEqual([]);
    expect(hitsOf(rule, [...past(1, '/admin/keys/8'), now('/admin/keys/7')])).toEqual([]);
    expect(hitsOf(rule, [...past(50, '/orders'), now('/admin/keys/7')])).toEqual([]);
    expect(
      hitsOf(rule, [now('/vault/1')], day, changed(rule, { sensitivePaths: ['/vault/*'] })),
    ).toHaveLength(1);
  });

  test('much known: a sensitive route never used', () => {
    const rule = 'security.access_unusual_endpoint';
    expect(hitsOf(rule, [...past(50, '/orders'), now('/admin/keys/7')])).toMatchObject([
      { score: 65, severity: 'medium', evidence: { knownEvents: 50 } },
    ]);
    expect(hitsOf(rule, [...past(49, '/orders'), now('/admin/keys/7')])).toEqual([]);
    expect(hitsOf(rule, [...past(49, '/orders'), ...past(1, '/admin/keys/1'), now('/admin/keys/7')])).toEqual(
      [],
    );
    expect(hitsOf(rule, [...past(50, '/orders', 31), now('/admin/keys/7')])).toEqual([]);
    expect(
      hitsOf(
        rule,
        [...past(49, '/orders'), now('/admin/keys/7')],
        day,
        changed(rule, { minimumSamples: 49 }),
      ),
    ).toHaveLength(1);
  });

  test('an hour of the day never worked, in the zone of the workspace', () => {
    const rule = 'security.access_unusual_hour';
    const night = now('/orders', 'order', mondayUs + 3 * hourUs);
    expect(hitsOf(rule, [...past(50, '/orders'), night, now('/orders')])).toMatchObject([
      { score: 55, count: 1, evidence: { newValues: ['03:00'] } },
    ]);
    const berlin = hitsOf(
      rule,
      [...past(50, '/orders'), night],
      scopeOf([monday], { zone: 'Europe/Berlin' }),
    );
    expect(berlin[0]!.evidence['newValues']).toEqual(['04:00']);
    expect(hitsOf(rule, [...past(50, '/orders'), night], day, changed(rule, { lookbackDays: 2 }))).toEqual(
      [],
    );
  });

  test('a type of resource never touched', () => {
    const rule = 'security.access_new_resource_type';
    expect(hitsOf(rule, [...past(50, '/orders'), now('/x', 'invoice'), now('/y', 'salary')])).toMatchObject([
      { score: 60, count: 2, evidence: { newValues: ['invoice', 'salary'] } },
    ]);
    expect(hitsOf(rule, [...past(50, '/orders'), now('/x')])).toEqual([]);
    expect(
      hitsOf(
        rule,
        [...past(50, '/orders'), now('/x', 'invoice')],
        day,
        changed(rule, { minimumSamples: 51 }),
      ),
    ).toEqual([]);
  });
});

describe('sessions', () => {
  const use = (
    session: string,
    minute: number,
    ip = '192.0.2.1',
    userAgent: string | null = 'Firefox',
    actor = 'dana',
  ): HistoryEvent =>
    event(noonUs + minute * minuteUs, { actor, fields: { sessionId: session, ip, userAgent } });

  test('address and user agent both change', () => {
    const rule = 'security.session_hijacking';
    const own = [use('s1', 0), use('s1', 1)];
    expect(hitsOf(rule, [...own, use('s1', 2, '203.0.113.9', 'curl')])).toMatchObject([
      { score: 95, severity: 'critical', actor: 'dana', entity: { kind: 'session', value: 's1 of dana' } },
    ]);
    expect(hitsOf(rule, [...own, use('s1', 2, '203.0.113.9')])).toEqual([]);
    expect(hitsOf(rule, [...own, use('s1', 2, '192.0.2.1', 'curl')])).toEqual([]);
    expect(hitsOf(rule, [...own, use('s2', 2, '203.0.113.9', 'curl')])).toEqual([]);
    expect(hitsOf(rule, [...own, use('s1', 2, '203.0.113.9', null)])).toEqual([]);
    expect(
      hitsOf(rule, [...own, use('s1', 2, '203.0.113.9', 'curl')], day, changed(rule, { windowMinutes: 0.5 })),
    ).toEqual([]);
    expect(hitsOf(rule, [...own, use('s1', 2, '203.0.113.9', 'curl', 'erin')])).toEqual([]);
  });

  test('three sessions open at the same instant, not one after the other', () => {
    const rule = 'security.concurrent_sessions';
    const three = (minutes: Record<string, number[]>, sameAddress = false) =>
      Object.entries(minutes).flatMap(([session, list], at) =>
        list.map((minute) => use(session, minute, sameAddress ? '192.0.2.1' : `192.0.2.${at + 1}`)),
      );
    const open = { a: [0, 6], b: [2, 5], c: [3, 4] };
    expect(hitsOf(rule, three(open))).toMatchObject([{ score: 65, severity: 'medium', actor: 'dana' }]);
    expect(hitsOf(rule, three({ a: [0, 2], b: [3, 5], c: [6, 8] }))).toEqual([]);
    // B and C each lie within A, but one after the other.
    expect(hitsOf(rule, three({ a: [0, 10], b: [2, 4], c: [5, 7] }))).toEqual([]);
    expect(hitsOf(rule, three({ a: [0, 60], b: [20, 61], c: [30, 62] }))).toEqual([]);
    expect(hitsOf(rule, three(open, true))).toEqual([]);
    // An address that only a closed session used is not theirs.
    expect(hitsOf(rule, [use('z', -5, '203.0.113.9'), ...three(open, true)])).toEqual([]);
    expect(hitsOf(rule, three(open, true), day, changed(rule, { minimumAddresses: 1 }))).toHaveLength(1);
    expect(hitsOf(rule, three(open), day, changed(rule, { thresholdSessions: 4 }))).toEqual([]);
  });
});
