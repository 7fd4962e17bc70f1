import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scope } from '../../../../src-main/analytics/detector.ts';
import type { HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { peer, peerDetector, peerParameters } from '../../../../src-main/analytics/detectors/peer.ts';
import { expectLaws, expectNumbersInEvidence, run } from './cube/laws.ts';
import { firstDay, inHour, officeEvents, privilegedActions, range, scopeOf } from './cube/office.ts';

const dayUs = 86_400_000_000;
const office = officeEvents({ seed: 3, days: 35, people: 12, services: 2, perHour: 1 });
const grants = (day: number, count: number, actor: string, actorType: string | null = 'user') =>
  inHour(day, 10, count, { actor, action: 'role_grant', fields: { actorType } });

describe('what is listed', () => {
  const hits = run(peerDetector, [...office, ...grants(32, 6, 'person-4')], scopeOf([32]));

  test('six grants by somebody whose peers make next to none', () => {
    expect(hits).toMatchObject([
      {
        detector: 'peer',
        actor: 'person-4',
        startMicroseconds: (firstDay + 32) * dayUs,
        endMicroseconds: (firstDay + 33) * dayUs,
        count: 6,
        threshold: 4,
        evidence: { groupKind: 'actor type', group: 'user', members: 12, ownSum: 0 },
      },
    ]);
    expect(hits[0]!.events).toHaveLength(6);
    expectNumbersInEvidence(hits[0]!);
  });

  test('high from a surprise of six, medium below', () => {
    for (const count of [3, 4, 5, 6, 8, 12]) {
      const [hit] = run(peerDetector, [...office, ...grants(32, count, 'person-4')], scopeOf([32]));
      if (hit) expect(hit.severity).toBe(hit.score >= 6 ? 'high' : 'medium');
    }
    expect(hits[0]!.score).toBeGreaterThan(4);
  });

  test('a newcomer is compared with the type of the first event, and counts as a member', () => {
    const [hit] = run(peerDetector, [...office, ...grants(32, 9, 'mallory')], scopeOf([32]));
    expect(hit).toMatchObject({ actor: 'mallory', evidence: { members: 13, ownActiveDays: 0 } });
  });

  test('without a type, or with too few of it, the account is the group', () => {
    const unknown = run(peerDetector, [...office, ...grants(32, 9, 'mallory', null)], scopeOf([32]));
    expect(unknown).toMatchObject([{ evidence: { groupKind: 'account', group: 'acme', members: 15 } }]);
    const service = run(peerDetector, [...office, ...grants(32, 9, 'service-1', 'system')], scopeOf([32]));
    expect(service).toMatchObject([{ evidence: { groupKind: 'account', members: 14 } }]);
  });
});

test('an outlier among the others does not hide the next one', () => {
  const campaign = [...grants(29, 60, 'person-5'), ...grants(32, 6, 'person-4')];
  expect(run(peerDetector, [...office, ...campaign], scopeOf([32]))).toHaveLength(1);
  const keepAll = peer({ ...peerParameters, leftOutShare: 0 });
  expect(run(keepAll, [...office, ...campaign], scopeOf([32]))).toEqual([]);
});

describe('what is quiet', () => {
  test('two privileged actions, nobody in particular, actions that are not privileged', () => {
    expect(run(peerDetector, [...office, ...grants(32, 2, 'person-4')], scopeOf([32]))).toEqual([]);
    expect(run(peerDetector, [...office, ...grants(32, 20, '')], scopeOf([32]))).toEqual([]);
    const reads = inHour(32, 10, 200, { actor: 'person-4', fields: { actorType: 'user' } });
    expect(run(peerDetector, [...office, ...reads], scopeOf([32]))).toEqual([]);
  });

  test('a group of four', () => {
    const four = (people: number) =>
      run(
        peerDetector,
        [
          ...office.filter(({ actor }) => Number(actor.slice(7)) < people && actor.startsWith('p')),
          ...grants(32, 9, 'person-1'),
        ],
        scopeOf([32]),
      );
    expect(four(4)).toEqual([]);
    expect(four(5)).toHaveLength(1);
  });

  test('who has always done more than the others is no news after a few days', () => {
    const always = range(8, 34).flatMap((day) => grants(day, 6, 'person-4'));
    const days = run(peerDetector, [...office, ...always], scopeOf(range(8, 34))).filter(
      (hit) => hit.actor === 'person-4',
    );
    expect(days.length).toBeGreaterThan(0);
    expect(days.every((hit) => hit.startMicroseconds < (firstDay + 16) * dayUs)).toBe(true);
    const groupAlone = run(
      peer({ ...peerParameters, ownSurprise: 0 }),
      [...office, ...always],
      scopeOf([33]),
    );
    expect(groupAlone.map((hit) => hit.actor)).toContain('person-4');
  });

  test('events of hours that had not ended', () => {
    const until = (hour: number) =>
      scopeOf([32], { untilMicroseconds: (firstDay + 32) * dayUs + hour * 3_600_000_000 - 1 });
    const events = [...office, ...grants(32, 9, 'person-4')];
    expect(run(peerDetector, events, until(11))).toEqual([]);
    expect(run(peerDetector, events, until(12))).toMatchObject([{ count: 9 }]);
  });
});

/** Actor and day with the surprise against the group, over plain events, every probability added up. */
function surprisesNaively(events: readonly HistoryEvent[], { days }: Scope): Map<string, number> {
  const dayOf = (event: HistoryEvent) => Math.floor(event.createdAtMicroseconds / dayUs);
  const isPrivileged = (event: HistoryEvent) => privilegedActions.has(event.action);
  const surprises = new Map<string, number>();
  for (const day of days) {
    const before = events.filter((event) => dayOf(event) >= day - 28 && dayOf(event) < day);
    for (const actor of new Set(events.map((event) => event.actor))) {
      const count = events.filter(
        (event) => dayOf(event) === day && event.actor === actor && isPrivileged(event),
      ).length;
      const type = actor.startsWith('person') ? 'person' : 'service';
      const others = before.filter((event) => event.actor.startsWith(type) && event.actor !== actor);
      if (count < 3 || new Set(others.map((event) => event.actor)).size < 4) continue;
      const actorDays = Map.groupBy(others, (event) => `${event.actor} ${dayOf(event)}`);
      const all = [...actorDays.values()].map((own) => own.filter(isPrivileged).length);
      const counts = all.toSorted((a, b) => b - a).slice(Math.floor(all.length / 100));
      if (counts.length < 20) continue;
      const plainMean = counts.reduce((sum, one) => sum + one, 0) / counts.length;
      const variance = counts.reduce((sum, one) => sum + (one - plainMean) ** 2, 0) / (counts.length - 1);
      const mean = (plainMean * counts.length + 0.5) / counts.length;
      const phi = Math.max(0, (variance - mean) / mean ** 2);
      const size = Math.min(50, Math.max(0.05, 1 / (phi + 1 / (mean * counts.length))));
      let term = (size / (size + mean)) ** size;
      let below = 0;
      for (let at = 0; at < count; at += 1) {
        below += term;
        term *= ((at + size) / (at + 1)) * (mean / (mean + size));
      }
      surprises.set(`${actor} ${day}`, -Math.log10(1 - below));
    }
  }
  return surprises;
}

test('agrees with counting over plain events', () => {
  const injected = fc.array(
    fc.tuple(
      fc.integer({ min: 20, max: 34 }),
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 1, max: 9 }),
    ),
    { minLength: 1, maxLength: 6 },
  );
  let compared = 0;
  fc.assert(
    fc.property(injected, (cases) => {
      const events = [
        ...office,
        ...cases.flatMap(([day, who, count]) => grants(day, count, `person-${who}`)),
      ];
      const scope = scopeOf(range(20, 35));
      const everything = peer({ ...peerParameters, threshold: 0, ownSurprise: 0 });
      const naive = surprisesNaively(events, scope);
      const hits = run(everything, events, scope);
      expect(hits.map((hit) => `${hit.actor} ${hit.startMicroseconds / dayUs}`).toSorted()).toEqual(
        [...naive.keys()].toSorted(),
      );
      for (const hit of hits) {
        const surprise = naive.get(`${hit.actor} ${hit.startMicroseconds / dayUs}`)!;
        if (surprise < 9) expect(hit.score).toBeCloseTo(surprise, 4);
        compared += 1;
      }
    }),
    { numRuns: 8 },
  );
  expect(compared).toBeGreaterThan(3);
});

test('the laws of all detectors', () => {
  const events = [
    ...office,
    ...grants(30, 8, 'person-4'),
    ...grants(34, 600, 'person-5'),
    ...grants(33, 9, 'mallory'),
  ];
  const scope = scopeOf(range(20, 35));
  expect(run(peerDetector, events, scope).length).toBeGreaterThanOrEqual(3);
  expectLaws(peerDetector, events, scope, 7);
});
