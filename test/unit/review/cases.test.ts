// Stories of findings on record: the same as of the hits they were made from, in the order of a worklist.
import { expect, test } from 'vitest';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { citedEventsLimit } from '../../../src-main/analytics/detector.ts';
import { caseMembersOf } from '../../../src-main/review/case-members.ts';
import { listCases } from '../../../src-main/review/cases.ts';
import { makeFinding } from '../../support/finding.ts';
import { makeEvent, mirror, openCache } from '../../support/workspace.ts';

const minuteUs = 60_000_000;
const nine = Date.parse('2026-11-02T09:00:00Z') * 1000;

function casesOf(findings: readonly Finding[], cache = openCache()) {
  const members = caseMembersOf(cache, findings, (detector) => `Found by ${detector}`);
  return listCases(findings, members);
}

test('folds what one person did close in time, and counts what is still open', () => {
  const [story, ...others] = casesOf([
    makeFinding('one', { actorName: 'Dana Fox' }),
    makeFinding('two', { detector: 'mass', severity: 'high', score: 9, actorName: 'Dana Fox' }),
    makeFinding('three', { disposition: 'acknowledged' }),
    makeFinding('four', { suppressedBy: 'exception-1' }),
  ]);
  expect(others).toEqual([]);
  expect(story).toMatchObject({
    title: 'Found by mass and found by nb by Dana Fox',
    actor: 'dana',
    actorName: 'Dana Fox',
    severity: 'high',
    score: 9,
    open: 2,
    isSecondTier: false,
  });
  expect(story!.members.toSorted()).toEqual(['four', 'one', 'three', 'two']);
});

test('puts busy hours that nothing else found last, and the rest by severity and score', () => {
  const cases = casesOf([
    makeFinding('busy', { actor: 'a', detector: 'z3', severity: 'critical', score: 99 }),
    makeFinding('low', { actor: 'b', severity: 'low', score: 50 }),
    makeFinding('weaker', { actor: 'c', severity: 'high', score: 3 }),
    makeFinding('stronger', { actor: 'd', severity: 'high', score: 4 }),
  ]);
  expect(cases.flatMap(({ members }) => members)).toEqual(['stronger', 'weaker', 'low', 'busy']);
  expect(cases.map(({ isSecondTier }) => isSecondTier)).toEqual([false, false, false, true]);
});

test('a story is shown for a state when one of its findings is in it, and stays whole', () => {
  const findings = [makeFinding('one'), makeFinding('two', { disposition: 'escalated' })];
  const members = caseMembersOf(openCache(), findings, (detector) => detector);
  expect(listCases(findings, members, 'escalated')).toMatchObject([{ members: ['one', 'two'], open: 1 }]);
  expect(listCases(findings, members, 'false-positive')).toEqual([]);
});

test('a finding lasts from its first to its last cited event, not over the whole of its hour or day', () => {
  const cache = openCache();
  const at = [5, 20, 40].map((minute) => nine + minute * minuteUs);
  mirror(cache, [
    ...at.map((createdAtMicroseconds, index) => makeEvent({ id: `e${index}`, createdAtMicroseconds })),
    makeEvent({ id: 'e0', actor: 'somebody else', createdAtMicroseconds: nine + minuteUs }),
  ]);
  const day = { start: '2026-11-02T00:00:00.000Z', end: '2026-11-03T00:00:00.000Z' };
  const [member] = caseMembersOf(cache, [makeFinding('f', { ...day, eventIds: ['e0', 'e1', 'e2'] })], String);
  expect(member).toMatchObject({ identity: 'f', fromMicroseconds: at[0], toMicroseconds: at[2] });
});

test('a finding that cites as many events as can be cited lasts to its end', () => {
  const cache = openCache();
  const ids = Array.from({ length: citedEventsLimit }, (_, index) => `e${index}`);
  mirror(
    cache,
    ids.map((id, index) => makeEvent({ id, createdAtMicroseconds: nine + index })),
  );
  const [member] = caseMembersOf(cache, [makeFinding('f', { eventIds: ids })], String);
  expect(member).toMatchObject({ fromMicroseconds: nine, toMicroseconds: nine + 60 * minuteUs });
});

test('what cites nothing that is mirrored lasts as long as the finding says', () => {
  const [member] = caseMembersOf(openCache(), [makeFinding('f', { eventIds: ['gone'] })], String);
  expect(member).toMatchObject({ fromMicroseconds: nine, toMicroseconds: nine + 60 * minuteUs });
});

test('a finding about an actor who is only its entity is that actor’s', () => {
  const finding = makeFinding('f', { actor: '', entity: { kind: 'actor', value: 'dana' } });
  expect(caseMembersOf(openCache(), [finding], String)[0]!.actor).toBe('dana');
});
