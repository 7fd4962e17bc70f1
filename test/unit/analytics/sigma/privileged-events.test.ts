import { expect, test } from 'vitest';
import { buildHistory } from '../../../../src-main/analytics/history/build-history.ts';
import { parseRules } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import {
  privilegedActions,
  privilegedPredicate,
} from '../../../../src-main/analytics/sigma/privileged-events.ts';
import { event, historyOf, ruleText } from './make-rules.ts';

const definition = (id: string, detection: string, tags = 'tags: [privileged]') =>
  ruleText(detection, `id: ${id}\n${tags}\n`).replace('medium', 'informational');
const rules = parseRules(
  [
    definition('by-name', 'a:\n  action: role_grant\ncondition: a'),
    definition('by-outcome', 'a:\n  action: login\nb:\n  outcome: failure\ncondition: a and not b'),
    definition('other', 'a:\n  action: record.read\ncondition: a', 'tags: [attack.impact]'),
  ].join('---\n'),
);

test('events are privileged when a rule with the tag matches them', () => {
  const events = [
    event({ action: 'role_grant' }),
    event({ action: 'login', fields: { outcome: 'failure' } }),
    event({ action: 'login', fields: { outcome: 'success' } }),
    event({ action: 'record.read' }),
  ];
  const history = historyOf(events);
  const [segment] = history.segments;
  const privileged = privilegedPredicate(rules)(history);
  const ids = (from: number, to: number) => {
    const found: string[] = [];
    privileged.eachIn(segment!, from, to, (index) => found.push(segment!.idAt(index)));
    return found;
  };
  expect(ids(0, 4)).toEqual([events[0]!.id, events[2]!.id]);
  expect(ids(1, 3)).toEqual([events[2]!.id]);
  expect([0, 1, 2, 3].map((index) => privileged.isPrivileged({ segment: segment!, index }))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(privileged.notEvaluable).toEqual([]);
});

test('a definition the source cannot answer is named, and the others still answer', () => {
  const history = buildHistory([event({ action: 'role_grant' }), event({ action: 'login' })]);
  const privileged = privilegedPredicate(rules)(history);
  expect(privileged.notEvaluable.map(({ rule, missing }) => [rule.key, missing])).toEqual([
    ['by-outcome', ['outcome']],
  ]);
  expect(privileged.isPrivileged({ segment: history.segments[0]!, index: 0 })).toBe(true);
  expect(privileged.isPrivileged({ segment: history.segments[0]!, index: 1 })).toBe(false);
});

test('actions are privileged when nothing else about an event could change that', () => {
  expect(privilegedActions(rules, ['role_grant', 'login', 'record.read'])).toEqual(new Set(['role_grant']));
});
