import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreOf } from '../../../bench/evaluate/score.ts';
import { detectorRows, kindRows, labelRows, severityRows, totalsOf } from '../../../bench/evaluate/tables.ts';
import { minute, someMembers } from '../../analytics/members.ts';
import { incident, listed, listedAddress } from './listed-hits.ts';

const period = { days: 2, actorDays: 10 };

/**
 * Found by nb and z3: the night. Found by nb: the review by its event. Missed: the guessing. Listed though quiet: the release.
 * On a quiet label: one of z3. On a labelled event: one of mass. Unlabelled: one of nb.
 */
const truth = {
  incidents: [
    incident(),
    incident({ incident: 'grant', kind: 'self_grant', expect: 'review', actors: ['eli'], eventIds: ['g'] }),
    incident({
      incident: 'queued',
      kind: 'self_grant',
      expect: 'review',
      actors: ['finn'],
      eventIds: ['q', 'r'],
    }),
    incident({ incident: 'guessing', kind: 'brute_force', actors: [], addresses: ['203.0.113.9'] }),
    incident({ incident: 'release', kind: 'release_day', expect: 'quiet', benign: true, actors: ['gwen'] }),
  ],
  labels: [
    { id: 'quiet-event', label: 'quiet' },
    { id: 'loud-event', label: 'alert:high' },
  ],
  queue: new Set(['q', 'other']),
};
const hits = [
  listed(650, { detector: 'nb', score: 6 }),
  listed(610, { detector: 'z3', score: 3.5 }),
  listed(2000, { detector: 'nb', actor: 'eli', eventIds: ['g'] }),
  listed(630, { detector: 'z3', actor: 'gwen' }),
  listed(3000, { detector: 'z3', actor: 'hal', eventIds: ['quiet-event'] }),
  listed(3000, { detector: 'mass', actor: 'ines', eventIds: ['loud-event', 'quiet-event'] }),
  listed(4000, { detector: 'nb', actor: 'jo' }),
];
const score = scoreOf(hits, truth);

describe('the score of a small set', () => {
  test('gives every hit one standing', () => {
    expect(score.judged.map(({ standing }) => standing)).toEqual([
      'alert',
      'alert',
      'review',
      'quiet',
      'quiet',
      'labelled',
      'unlabelled',
    ]);
  });

  test('says of each incident how it was found, first and by whom', () => {
    const said = score.outcomes.map(({ incident, found, by, first, cited, inQueue, cases }) => {
      return [incident.incident, found, by.join(' '), first?.score ?? null, cited, inQueue, cases];
    });
    expect(said).toEqual([
      ['night', 'finding', 'z3 nb', 3.5, 0, 0, 1],
      ['grant', 'finding', 'nb', 4, 1, 0, 1],
      ['queued', 'queue', '', null, 0, 1, 0],
      ['guessing', 'missed', '', null, 0, 0, 0],
      ['release', 'finding', 'z3', 4, 0, 0, 1],
    ]);
  });

  test('sums up', () => {
    expect(totalsOf(score, period)).toEqual({
      hits: 7,
      alert: 2,
      review: 1,
      labelled: 1,
      quiet: 2,
      unlabelled: 1,
      precision: 4 / 6,
      cases: 6,
      hitsPerActorDay: 0.7,
      casesPerActorDay: 0.6,
      hitsPerDay: 3.5,
      alertsFound: '1/2',
      reviewsFound: '1/2',
      reviewsQueued: '1/2',
      quietListed: '1/1',
      benignHits: 1,
    });
  });

  test('sums up by detector', () => {
    const rows = detectorRows(score, ['z3', 'nb', 'mass', 'gap'], truth.labels, period);
    expect(
      rows.map(({ detector, hits: count, precision, alertsFound, recall, reviewsFound }) => {
        return [detector, count, precision, alertsFound, recall, reviewsFound];
      }),
    ).toEqual([
      ['z3', 3, 1 / 3, '1/2', 0.5, '0/2'],
      ['nb', 3, 1, '1/2', 0.5, '1/2'],
      ['mass', 1, 1, '0/2', 0, '0/2'],
      ['gap', 0, null, '0/2', 0, '0/2'],
    ]);
  });

  test('counts the labelled events that a detector cites', () => {
    const rows = detectorRows(score, ['z3', 'nb', 'mass'], truth.labels, period);
    expect(rows.map(({ citesLabelled, citesQuiet }) => [citesLabelled, citesQuiet])).toEqual([
      [0, 1],
      [0, 0],
      [1, 1],
    ]);
  });

  test('sums up by severity', () => {
    const severe = hits.map((hit, at) => (at < 3 ? { ...hit, severity: 'critical' as const } : hit));
    const rows = severityRows(scoreOf(severe, truth));
    expect(rows.map(({ severity, hits: count, precision }) => [severity, count, precision])).toEqual([
      ['critical', 3, 1],
      ['high', 0, null],
      ['medium', 4, 1 / 3],
      ['low', 0, null],
    ]);
  });

  test('sums up by kind, detectors alone and together', () => {
    const z3 = scoreOf(
      hits.filter(({ detector }) => detector === 'z3'),
      truth,
    );
    expect(kindRows({ z3, all: score })).toEqual([
      { kind: 'after_hours', expect: 'alert', incidents: 1, found: { z3: 1, all: 1 } },
      { kind: 'self_grant', expect: 'review', incidents: 2, found: { z3: 1, all: 2 } },
      { kind: 'brute_force', expect: 'alert', incidents: 1, found: { z3: 0, all: 0 } },
      { kind: 'release_day', expect: 'quiet', incidents: 1, found: { z3: 1, all: 1 } },
    ]);
  });

  test('sums up by label', () => {
    expect(labelRows([...truth.labels, { id: 'other', label: 'alert:high' }], score, truth.queue)).toEqual([
      { label: 'quiet', events: 1, inFindings: 1, inQueue: 0, inEither: 1 },
      { label: 'alert:high', events: 2, inFindings: 1, inQueue: 1, inEither: 2 },
    ]);
  });
});

describe('what an incident is not', () => {
  const trap = incident({
    incident: 'retries',
    kind: 'month_end',
    expect: 'quiet',
    notKinds: ['brute_force'],
  });
  const night = incident({ notKinds: ['brute_force'] });

  test('finds nothing for the detector that says it is, and counts against it', () => {
    const mistaken = listed(630, { detector: 'fail_burst' });
    const { outcomes, judged } = scoreOf([mistaken], {
      incidents: [night, trap],
      labels: [],
      queue: new Set(),
    });
    expect(outcomes.map(({ found, mistakenBy }) => [found, mistakenBy])).toEqual([
      ['missed', ['fail_burst']],
      ['missed', ['fail_burst']],
    ]);
    expect(judged[0]!.standing).toBe('quiet');
  });

  test('is nothing to a detector that speaks of something else, or of nothing', () => {
    const found = ['nb', 'rare_time', 'insider.off_hours'].map((detector) => {
      const truthOfOne = { incidents: [night], labels: [], queue: new Set<string>() };
      return scoreOf([listed(630, { detector })], truthOfOne).outcomes[0]!.found;
    });
    expect(found).toEqual(['finding', 'finding', 'finding']);
    const rule = scoreOf([listed(630, { detector: 'security.brute_force' })], {
      incidents: [night],
      labels: [],
      queue: new Set(),
    });
    expect(rule.outcomes[0]!.mistakenBy).toEqual(['security.brute_force']);
  });
});

test('an incident that should be found by a finding is not found by the queue', () => {
  const truthOfOne = { incidents: [incident({ eventIds: ['q'] })], labels: [], queue: new Set(['q']) };
  expect(scoreOf([], truthOfOne).outcomes[0]).toMatchObject({ found: 'missed', inQueue: 1 });
});

test('an event labelled both ways is worth an alert', () => {
  const labels = ['alert:low', 'quiet'].map((label) => ({ id: 'a', label }));
  const [judged] = scoreOf([listed(630, { eventIds: ['a'] })], {
    incidents: [],
    labels,
    queue: new Set(),
  }).judged;
  expect(judged!.standing).toBe('labelled');
});

test('a hit about a quiet incident and one to be found counts for the latter', () => {
  const both = {
    incidents: [incident({ expect: 'quiet' }), incident()],
    labels: [],
    queue: new Set<string>(),
  };
  expect(scoreOf([listed(630)], both).judged[0]!.standing).toBe('alert');
});

test('forty alerts about one address and its victims are one case', () => {
  const events = Array.from({ length: 39 }, (_, at) => `e${at}`);
  const guessing = listedAddress(600, '203.0.113.9', { eventIds: events });
  const victims = events.map((id, at) => listed(600 + at / 10, { actor: `user ${at}`, eventIds: [id] }));
  const { cases, outcomes } = scoreOf([guessing, ...victims], {
    incidents: [incident({ actors: [], addresses: ['203.0.113.9'], eventIds: events })],
    labels: [],
    queue: new Set(),
  });
  expect(outcomes[0]).toMatchObject({ hits: 40, cases: 1, cited: 39 });
  expect(cases).toBe(1);
});

test('whatever the hits, every one has one standing and precision counts none twice', () => {
  fc.assert(
    fc.property(someMembers, (members) => {
      const own = members.map((member) => ({ ...member, score: 1, action: '', count: 1 }));
      const someTruth = {
        incidents: [
          incident({ toMicroseconds: 900 * minute }),
          incident({ expect: 'quiet', actors: ['eli'] }),
        ],
        labels: [{ id: '3', label: 'quiet' }],
        queue: new Set<string>(),
      };
      const totals = totalsOf(scoreOf(own, someTruth), period);
      expect(totals.alert + totals.review + totals.labelled + totals.quiet + totals.unlabelled).toBe(
        own.length,
      );
      expect(totals.precision ?? 1).toBeLessThanOrEqual(1);
      expect(totals.cases).toBeLessThanOrEqual(own.length);
    }),
  );
});
