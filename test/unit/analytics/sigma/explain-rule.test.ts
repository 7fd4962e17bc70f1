import { expect, test } from 'vitest';
import { explainRule } from '../../../../src-main/analytics/sigma/explain-rule.ts';
import { parseRules } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import { eventRule, ruleText } from './make-rules.ts';

test.each([
  ['a:\n  action: x\ncondition: a', 'Events where action is “x”.'],
  [
    'a:\n  action: x*\n  ip: null\ncondition: a',
    'Events where action begins with “x” and address is unknown.',
  ],
  ['a:\n  action|contains|all: [x, y]\ncondition: a', 'Events where action contains “x” and contains “y”.'],
  [
    'a:\n  actor_type|cased: Bot\ncondition: not a',
    'Events where it is not so that actor type is “Bot” in exactly these letters.',
  ],
  [
    'a:\n  bytes|gte: 10\nb:\n  ip|cidr: 10.0.0.0/8\nc:\n  path|re: ^/x\ncondition: a and not (b or c)',
    'Events where bytes is at least 10, but not where (address is in 10.0.0.0/8 or path matches /^/x/).',
  ],
  [
    `a:\n  action: [1, 2, 3, 4, 5, 6, 7]\ncondition: a`,
    'Events where action is 1 or is 2 or is 3 or is 4 or is 5 or 2 further values.',
  ],
  [
    'a:\n  action: a*b?\n  metadata.k|exists: yes\ncondition: a',
    'Events where action is like “a*b?” and metadata.k is known.',
  ],
])('%s', (detection, sentence) => {
  expect(explainRule(eventRule(ruleText(detection)))).toBe(sentence);
});

test.each([
  [
    'type: event_count\n  timespan: 90m\n  group-by: [actor, ip]\n  condition: { gte: 10 }',
    'At least 10 matches of “Base” within 90 minutes, each with the same actor and address.',
  ],
  [
    'type: event_count\n  timespan: 1h\n  condition: { gt: 2, lt: 9 }',
    '3 to 8 matches of “Base” within 1 hour, within one source account.',
  ],
  [
    'type: value_count\n  timespan: 12h\n  group-by: [ip]\n  condition: { eq: 3, field: actor }',
    'Exactly 3 different values of actor in matches of “Base” within 12 hours, each with the same address.',
  ],
])('%s', (correlation, sentence) => {
  const text = `title: Base\nname: base\nlogsource: { product: nself }\ndetection:\n  a:\n    ip: x\n  condition: a\n---\ntitle: C\nlevel: low\ncorrelation:\n  rules: [base]\n  ${correlation}\n`;
  expect(explainRule(parseRules(text)[1]!)).toBe(sentence);
});
