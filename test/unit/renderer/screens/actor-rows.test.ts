// The list of actors: what is known of each in one row, and what is not known stays unknown.
import { describe, expect, it } from 'vitest';
import {
  actorRows,
  searchActors,
  type ActorSources,
} from '../../../../src-renderer/screens/actors/actor-rows.ts';

const count = (actor: string, events: number, sourceAccount = 'primary') => ({
  sourceAccount,
  actor,
  actorName: actor === 'd-1' ? 'Dana Kowalski' : null,
  count: events,
  firstSeen: '2026-03-01T00:00:00.000Z',
  lastSeen: '2026-03-02T00:00:00.000Z',
});
const risk = (actor: string, score: number, sourceAccount = 'primary') => ({
  sourceAccount,
  actor,
  actorName: null,
  at: '2026-03-02T00:00:00.000Z',
  score,
  overflow: 0,
  halfLifeDays: 7,
  contributions: [],
  history: [{ day: '2026-03-01', score: 3 }],
});
const finding = (actor: string, sourceAccount = 'primary') => ({
  sourceAccount,
  actor,
  disposition: null,
  suppressedBy: null,
});
const sources: ActorSources = {
  actors: [count('rob', 90), count('d-1', 5), count('', 7), count('d-1', 3, 'other')],
  risks: [risk('d-1', 40)],
  hasEveryRisk: true,
  findings: [
    finding('d-1'),
    finding('d-1', 'other'),
    { ...finding('d-1'), disposition: 'acknowledged' as const },
    { ...finding('rob'), suppressedBy: 'exception' },
  ],
  reviews: [
    { actor: 'rob', status: 'pending' },
    { actor: 'rob', status: 'decided' },
    { actor: null, status: 'pending' },
  ],
};

describe('actorRows', () => {
  const rows = actorRows(sources);

  it('puts the riskiest first, then the most active', () => {
    expect(rows.map(({ actor, sourceAccount }) => `${sourceAccount} ${actor}`)).toEqual([
      'primary d-1',
      'primary rob',
      'primary ',
      'other d-1',
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });

  it('counts open findings of the account, and pending items of the actor', () => {
    expect(rows.map(({ openFindings }) => openFindings)).toEqual([1, 0, 0, 1]);
    expect(rows.map(({ pendingReviews }) => pendingReviews)).toEqual([0, 1, 1, 0]);
    expect(rows[0]!.course).toEqual([3, 40]);
  });

  it('calls a risk unknown, not zero, where not every risk was asked for', () => {
    expect(rows[1]!.score).toBe(0);
    expect(actorRows({ ...sources, hasEveryRisk: false }).map(({ score }) => score)).toEqual([
      40,
      null,
      null,
      null,
    ]);
  });

  it('finds an actor by words of the name or the id', () => {
    expect(searchActors(rows, ' KOWAL dana ').map(({ actor }) => actor)).toEqual(['d-1', 'd-1']);
    expect(searchActors(rows, 'rob')).toHaveLength(1);
    expect(searchActors(rows, 'nobody')).toEqual([]);
    expect(searchActors(rows, ' ')).toBe(rows);
  });
});
