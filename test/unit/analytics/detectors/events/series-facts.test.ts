import { expect, test } from 'vitest';
import { accountsOf } from '../../../../../src-main/analytics/detectors/events/accounts.ts';
import { classesOfSeries } from '../../../../../src-main/analytics/detectors/events/action-classes.ts';
import { actedBy, factsOfSeries } from '../../../../../src-main/analytics/detectors/events/series-facts.ts';
import { Dictionary } from '../../../../../src-main/analytics/history/dictionary.ts';
import type { Actor, History, Series } from '../../../../../src-main/analytics/history/history.ts';

const actorOf = (sourceAccount: string, actor: string): Actor => ({
  sourceAccount,
  actor,
  name: null,
  firstMicroseconds: 0,
  lastMicroseconds: 0,
});

test('what is known of series and actors grows with them', () => {
  const actors = [actorOf('one', 'dana'), actorOf('two', '')];
  const actions = new Dictionary(['record.read', 'auth.login_failed', 'ConsoleLogin']);
  const series: Series[] = [
    { actor: 0, action: 0 },
    { actor: 1, action: 1 },
  ];
  const fields = new Set<never>();
  const history: History = { actors, actions, series, segments: [], activity: [], fields };
  expect(factsOfSeries(history)).toMatchObject({
    acts: Uint8Array.of(actedBy.actor, actedBy.nobody),
    isNamed: Uint8Array.of(1, 0),
  });
  expect(accountsOf(history)).toEqual({ numberOf: Int32Array.of(0, 1), names: ['one', 'two'] });
  const before = classesOfSeries(history);
  actors.push(actorOf('one', 'eli'), actorOf('three', 'eli'));
  series.push({ actor: 2, action: 2 }, { actor: 3, action: 1 });
  expect(factsOfSeries(history)).toMatchObject({
    actors: Uint32Array.of(0, 1, 2, 3),
    actions: Uint32Array.of(0, 1, 2, 1),
    acts: Uint8Array.of(actedBy.actor, actedBy.nobody, actedBy.unlessFailed, actedBy.nobody),
    isNamed: Uint8Array.of(1, 0, 1, 1),
  });
  expect(accountsOf(history)).toEqual({
    numberOf: Int32Array.of(0, 1, 0, 2),
    names: ['one', 'two', 'three'],
  });
  const after = classesOfSeries(history);
  expect(after.subarray(0, 2)).toEqual(before);
  expect(after[3]).toBe(before[1]);
});
