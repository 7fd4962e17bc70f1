import { describe, expect, test } from 'vitest';
import { caseMemberOf } from '../../../src-main/analytics/case-member.ts';
import { citedEventsLimit, type Hit } from '../../../src-main/analytics/detector.ts';
import { buildHistory } from '../../../src-main/analytics/history/build-history.ts';
import { hitIdentity } from '../../../src-main/analytics/hit-identity.ts';

const second = 1_000_000;
const hour = 3600 * second;

const history = buildHistory(
  Array.from({ length: 600 }, (_, at) => ({
    id: `e${at}`,
    createdAtMicroseconds: 9 * hour + at * second,
    sourceAccount: 'primary',
    actor: 'dana',
    action: 'record.delete',
  })),
);
const segment = history.segments[0]!;
const events = (count: number) => Array.from({ length: count }, (_, index) => ({ segment, index }));

const dayLong: Hit = {
  detector: 'first_seen',
  methodVersion: 'first_seen/1',
  sourceAccount: 'primary',
  actor: 'dana',
  entity: { kind: 'actor', value: 'dana' },
  action: '',
  startMicroseconds: 0,
  endMicroseconds: 24 * hour,
  count: 3,
  score: 1,
  threshold: 1,
  severity: 'low',
  evidence: {},
  explanation: {
    what: '',
    expected: null,
    unusual: '',
    comparedWith: null,
    alsoSeen: null,
    confidence: null,
    method: '',
    wouldChange: null,
  },
  events: events(3),
};

describe('a hit as a member of a case', () => {
  test('lasts from its first to its last cited event', () => {
    expect(caseMemberOf(dayLong, 'Something new')).toMatchObject({
      title: 'Something new',
      fromMicroseconds: 9 * hour,
      toMicroseconds: 9 * hour + 2 * second,
      eventIds: ['e0', 'e1', 'e2'],
    });
  });

  test('lasts as long as it says when it cites nothing, or all it may', () => {
    expect(caseMemberOf({ ...dayLong, events: [] }, '')).toMatchObject({
      fromMicroseconds: 0,
      toMicroseconds: 24 * hour,
    });
    expect(caseMemberOf({ ...dayLong, events: events(citedEventsLimit) }, '').toMicroseconds).toBe(24 * hour);
  });

  test('is somebody’s when it is about an actor, whether or not it says so twice', () => {
    expect(caseMemberOf({ ...dayLong, actor: '' }, '').actor).toBe('dana');
    expect(caseMemberOf({ ...dayLong, actor: '', entity: { kind: 'ip', value: '10.0.0.1' } }, '').actor).toBe(
      '',
    );
  });
});

describe('the name of a hit', () => {
  test('depends on detector, account, entity, action and start', () => {
    const changes: Partial<Hit>[] = [
      { detector: 'nb' },
      { sourceAccount: 'second' },
      { entity: { kind: 'ip', value: 'dana' } },
      { entity: { kind: 'actor', value: 'eli' } },
      { action: 'record.delete' },
      { startMicroseconds: 1 },
    ];
    const named = [dayLong, ...changes.map((change) => ({ ...dayLong, ...change }))].map(hitIdentity);
    expect(new Set(named).size).toBe(named.length);
  });

  test('does not depend on what was measured', () => {
    const measured = { score: 9, count: 99, endMicroseconds: 5, severity: 'critical', events: [] } as const;
    const other: Hit = { ...dayLong, ...measured, actor: '' };
    expect(hitIdentity(other)).toBe(hitIdentity(dayLong));
  });
});
