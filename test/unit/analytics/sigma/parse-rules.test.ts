import { describe, expect, test } from 'vitest';
import { parseRules } from '../../../../src-main/analytics/sigma/parse-rules.ts';
import { formatRefusals, RulesRefused } from '../../../../src-main/analytics/sigma/refusal.ts';
import { Problem } from '#shared/model/problem.ts';
import { eventRule, refusalsOf, ruleText } from './make-rules.ts';

const accepted = {
  'a field equal to a text': 'a:\n  action: login\ncondition: a',
  'a list of texts, numbers and null': 'a:\n  status: [200, "404", null]\ncondition: a',
  'every text operator': 'a:\n  action|contains: x\n  path|startswith: /a\n  actor|endswith: z\ncondition: a',
  'modifiers that go together': 'a:\n  action|contains|all|cased: [x, y]\ncondition: a',
  existence: 'a:\n  ip|exists: true\n  path|exists: no\ncondition: a',
  networks: 'a:\n  ip|cidr: [10.0.0.0/8, "2001:db8::/32"]\ncondition: a',
  comparisons: 'a:\n  bytes|gt: 10\n  record_count|lte: 5\ncondition: a',
  'regular expressions': 'a:\n  path|re|i: "^/api/v\\\\d+/(users|roles)"\ncondition: a',
  'keys of metadata': 'a:\n  metadata.request.userName: dana\ncondition: a',
  'event_type for action': 'a:\n  event_type: login\ncondition: a',
  'a list of maps': 'a:\n  - action: x\n  - ip: 10.0.0.1\ncondition: a',
  'brackets and not': 'a:\n  action: x\nb:\n  ip: y\ncondition: not (a or b) and a',
  quantifiers: 'a_1:\n  action: x\na_2:\n  ip: y\nb:\n  path: z\ncondition: 1 of a_* or all of them or b',
};

const refused: readonly (readonly [string, string, RegExp])[] = [
  ['a keyword list', 'a: [x, y]\ncondition: a', /5: .*keywords/],
  ['a keyword with modifiers', 'a:\n  "|all": [x, y]\ncondition: a', /6: .*keywords/],
  ['an unknown field', 'a:\n  EventID: 1\ncondition: a', /6: There is no field “EventID”/],
  ['time itself', 'a:\n  created_at: x\ncondition: a', /no field “created_at”/],
  ['metadata as a whole', 'a:\n  metadata: x\ncondition: a', /no field “metadata”/],
  ['an empty metadata key', 'a:\n  metadata.a..b: x\ncondition: a', /no field “metadata.a..b”/],
  ['base64', 'a:\n  action|base64: x\ncondition: a', /“base64” is not supported/],
  ['windash', 'a:\n  action|windash|contains: x\ncondition: a', /“windash” is not supported/],
  ['fieldref', 'a:\n  actor|fieldref: resource_id\ncondition: a', /“fieldref” is not supported/],
  ['neq', 'a:\n  actor|neq: x\ncondition: a', /“neq” is not supported/],
  ['expand', 'a:\n  actor|expand: "%admins%"\ncondition: a', /“expand” is not supported/],
  ['regex flags elsewhere', 'a:\n  actor|i: x\ncondition: a', /“i” is not supported here/],
  ['two operators', 'a:\n  actor|contains|endswith: x\ncondition: a', /cannot be combined/],
  ['a modifier twice', 'a:\n  actor|contains|contains: x\ncondition: a', /given twice/],
  ['cased numbers', 'a:\n  bytes|gt|cased: 1\ncondition: a', /“cased” cannot be combined/],
  ['all of one', 'a:\n  actor|contains|all: x\ncondition: a', /needs more than one value/],
  ['all that exist', 'a:\n  actor|exists|all: [true, true]\ncondition: a', /cannot be combined/],
  ['a comparison with text', 'a:\n  bytes|gt: many\ncondition: a', /needs a number/],
  ['a comparison with infinity', 'a:\n  bytes|gt: .inf\ncondition: a', /needs a number/],
  ['existence of what', 'a:\n  ip|exists: maybe\ncondition: a', /true or false/],
  ['contains nothing', "a:\n  ip|contains: ''\ncondition: a", /match everything/],
  ['contains null', 'a:\n  ip|contains: null\ncondition: a', /needs a value/],
  ['no network', 'a:\n  ip|cidr: 10.0.0.1\ncondition: a', /not a network/],
  ['host bits', 'a:\n  ip|cidr: 10.0.0.1/8\ncondition: a', /not a network/],
  ['an empty list', 'a:\n  ip: []\ncondition: a', /list of values is empty/],
  ['a map as a value', 'a:\n  ip: { x: y }\ncondition: a', /A value must be/],
  ['a long value', `a:\n  ip: ${'x'.repeat(1001)}\ncondition: a`, /longer than 1000/],
  ['an empty selection', 'a: {}\ncondition: a', /selection is empty/],
  ['a reserved name', 'not:\n  ip: x\ncondition: 1 of them', /cannot be the name/],
  ['no condition', 'a:\n  ip: x', /no condition/],
  ['several conditions', 'a:\n  ip: x\ncondition: [a, a]', /must be one text/],
  ['an undefined selection', 'a:\n  ip: x\ncondition: a and b', /“b”, which is not defined/],
  ['an unused selection', 'a:\n  ip: x\nb:\n  ip: y\ncondition: a', /does not use “b”/],
  ['a pattern without selections', 'a:\n  ip: x\ncondition: a or 1 of b*', /No selection is meant/],
  ['another quantity', 'a:\n  ip: x\ncondition: 2 of them', /“2 of” is not supported/],
  ['an aggregation', 'a:\n  ip: x\ncondition: a | count() > 5', /Aggregations/],
  ['an open bracket', 'a:\n  ip: x\ncondition: (a', /not closed/],
  ['a stray word', 'a:\n  ip: x\ncondition: a a', /cannot go on with “a”/],
  ['a missing operand', 'a:\n  ip: x\ncondition: a and', /ends where/],
  ['a deep condition', `a:\n  ip: x\ncondition: ${'not '.repeat(60)} a`, /nested too deeply/],
  ['a long condition', `a:\n  ip: x\ncondition: ${'a or '.repeat(600)} a`, /more than 500 words/],
  ['a timeframe', 'a:\n  ip: x\ntimeframe: 5m\ncondition: a', /timeframe/],
  ['a YAML alias', 'a: &x\n  ip: x\nb: *x\ncondition: a or b', /anchor/],
  ['a YAML tag', 'a:\n  ip: !!binary eA==\ncondition: a', /tag/],
  ['a merge key', 'a:\n  <<: { ip: x }\ncondition: a', /no field “<<”/],
  ['a repeated key', 'a:\n  ip: x\n  ip: y\ncondition: a', /not valid YAML/],
];

const redos = [
  '(a+)+$',
  '(a*)*b',
  '([a-zA-Z]+)*$',
  '(a|aa+)+$',
  '(.*a){11,}',
  '(\\\\w+\\\\s?)+$',
  '^(([a-z])+.)+[A-Z]([a-z])+$',
  '(a)\\\\1',
  '(?=a)b',
  '(?!a)b',
  '(?<=a)b',
  '(?<!a)b',
  '(?<name>a)\\\\k<name>',
  '(?>a+)b',
  'a++b',
  '(?i)a',
  '((((a{100}){100}){100}){100})',
  '(((((){1000}){1000}){1000}){1000})',
  'a{5000}',
  '\\\\p{L}+',
  '[[:alpha:]]',
  '[]',
  '[z-a]',
  'a**',
  '*a',
  '(a',
  'a)',
  '[a',
  'a\\\\',
];

describe('a rule within the subset', () => {
  test.each(Object.entries(accepted))('may hold %s', (_name, detection) => {
    expect(refusalsOf(ruleText(detection))).toEqual([]);
  });
});

describe('a rule outside the subset is refused for', () => {
  test.each(refused)('%s', (_name, detection, reason) => {
    expect(refusalsOf(ruleText(detection)).join('\n')).toMatch(reason);
  });

  test.each(redos)('the regular expression %s', (expression) => {
    expect(refusalsOf(ruleText(`a:\n  path|re: "${expression}"\ncondition: a`)).join('\n')).toMatch(
      /6: The regular expression cannot be used/,
    );
  });

  test('regular expressions that are too long, alone or together', () => {
    expect(refusalsOf(ruleText(`a:\n  path|re: ${'x'.repeat(1001)}\ncondition: a`)).join()).toMatch(
      /longer than 1000/,
    );
    const many = Array.from({ length: 9 }, (_, at) => `    - ${String(at).repeat(950)}`).join('\n');
    expect(refusalsOf(ruleText(`a:\n  path|re:\n${many}\ncondition: a`)).join()).toMatch(
      /together longer than 8000/,
    );
  });

  test('its size', () => {
    expect(refusalsOf(`# ${'x'.repeat(65_536)}\n${ruleText(accepted.existence)}`)).toEqual([
      '1: The file is longer than 64 KB.',
    ]);
  });

  test('its depth', () => {
    expect(refusalsOf(`a: ${'['.repeat(30_000)}`).length).toBeGreaterThan(0);
    expect(refusalsOf(`a: ${'['.repeat(30)}${']'.repeat(30)}`).join()).toMatch(/nested too deeply/);
  });

  test('what it says about itself', () => {
    const detection = 'a:\n  ip: x\ncondition: a';
    const reasons = (text: string) => refusalsOf(text).join('\n');
    expect(reasons('')).toBe('1: The file holds no rule.');
    expect(reasons('- a')).toMatch(/must be a map/);
    expect(reasons(ruleText(detection, 'falsepositive: x\n'))).toMatch(/4: There is no key “falsepositive”/);
    expect(reasons(ruleText(detection).replace('medium', 'severe'))).toMatch(/level must be one of/);
    expect(reasons(ruleText(detection).replace('level: medium\n', ''))).toMatch(/no level/);
    expect(reasons(ruleText(detection).replace('nself', 'windows'))).toMatch(/another product/);
    expect(reasons(ruleText(detection).replace('auditlog', 'system'))).toMatch(/another service/);
    expect(reasons(ruleText(detection).replace('service', 'category'))).toMatch(/no key “category”/);
    expect(reasons(ruleText(detection).replace(/logsource.*\n/, ''))).toMatch(/no logsource/);
    expect(reasons(ruleText(detection).replace('A rule', ''))).toMatch(/must be text/);
    expect(reasons(ruleText(detection, 'taxonomy: sigma\n'))).toMatch(/only taxonomies/);
    expect(reasons(ruleText(detection, 'generate: true\n'))).toMatch(/Only a correlation/);
    expect(reasons(`%YAML 1.1\n---\n${ruleText(detection)}`)).toMatch(/directive/);
    expect(reasons(`${ruleText(detection)}---\n${ruleText(detection)}`)).toMatch(/named “a-rule” too/);
  });
});

describe('a correlation', () => {
  const base =
    'title: Base\nname: base\nlogsource: { product: nself }\ndetection:\n  a:\n    ip: x\n  condition: a\n---\n';
  const correlation = (body: string, more = '') =>
    `${base}title: Many\nlevel: high\n${more}correlation:\n${body.replaceAll(/^/gm, '  ')}\n`;
  const count = 'type: event_count\nrules: [base]\ngroup-by: [actor]\ntimespan: 5m\ncondition:\n  gte: 10';

  test('is read with its rules, which then raise nothing of their own', () => {
    const [rule, many] = parseRules(correlation(count));
    expect(rule).toMatchObject({ kind: 'event', key: 'base', raisesHits: false, level: null });
    expect(many).toMatchObject({
      kind: 'correlation',
      key: 'many',
      raisesHits: true,
      timespanMicroseconds: 300_000_000,
      condition: { atLeast: 10, atMost: null },
      rules: [rule],
    });
    expect(many?.needs).toEqual(['ip']);
  });

  test('may let its rules raise findings of their own, which then need a level', () => {
    const text = correlation(count, 'generate: true\n');
    expect(refusalsOf(text).join()).toMatch(/1: The rule has no level/);
    const [rule] = parseRules(text.replace('name: base', 'name: base\nlevel: low'));
    expect(rule?.raisesHits).toBe(true);
  });

  test('takes bounds in any wording', () => {
    const bounds = (condition: string) => {
      const [, rule] = parseRules(correlation(count.replace('  gte: 10', `  ${condition}`)));
      return rule?.kind === 'correlation' ? rule.condition : null;
    };
    expect(bounds('gt: 3')).toEqual({ atLeast: 4, atMost: null });
    expect(bounds('lt: 3')).toEqual({ atLeast: null, atMost: 2 });
    expect(bounds('eq: 3')).toEqual({ atLeast: 3, atMost: 3 });
    expect(bounds('gt: 3\n  lte: 9')).toEqual({ atLeast: 4, atMost: 9 });
  });

  test.each([
    ['an unknown type', count.replace('event_count', 'value_sum'), /type of a correlation/],
    ['an unknown rule', count.replace('[base]', '[other]'), /“other”, which is not in this file/],
    ['itself', count.replace('[base]', '[many]'), /“many”, which is/],
    ['no rules', count.replace('[base]', '[]'), /names no rules/],
    ['a rule twice', count.replace('[base]', '[base, base]'), /twice/],
    ['an unknown group', count.replace('[actor]', '[host]'), /no field “host”/],
    ['no timespan', count.replace('timespan: 5m\n', ''), /no timespan/],
    ['months', count.replace('5m', '2M'), /timespan must be/],
    ['a year of days', count.replace('5m', '365d'), /at most 31 days/],
    ['no condition', count.replace(/condition:[^]*/, ''), /no condition/],
    ['an empty condition', count.replace('  gte: 10', '  {}'), /compares with nothing/],
    ['neq', count.replace('gte', 'neq'), /no comparison “neq”/],
    ['half an event', count.replace('10', '1.5'), /whole number/],
    ['an impossible range', count.replace('gte: 10', 'gt: 5\n  lt: 3'), /No count/],
    ['nothing at all', count.replace('gte: 10', 'eq: 0'), /No count/],
    ['an upper bound over odd time', count.replace('gte', 'lte').replace('5m', '7m'), /must divide a day/],
    ['a field it does not count', `${count}\n  field: ip`, /value_count, not by event_count/],
    ['no field to count', count.replace('event_count', 'value_count'), /needs the field/],
    ['aliases', `${count}\naliases: {}`, /Aliases/],
    ['one rule in sequence', 'type: temporal\nrules: [base]\ntimespan: 5m', /two rules or more/],
    ['a condition on a sequence', count.replace('event_count', 'temporal'), /condition is not supported/],
  ])('is refused for %s', (_name, body, reason) => {
    expect(refusalsOf(correlation(body)).join('\n')).toMatch(reason);
  });

  test('of another correlation is refused, and so is one that defines privileged actions', () => {
    const more = `${correlation(count, 'name: many\n')}---\n${correlation(count.replace('base', 'many')).slice(base.length)}`;
    expect(refusalsOf(more).join()).toMatch(/correlation itself/);
    expect(refusalsOf(correlation(count, 'tags: [privileged]\n')).join()).toMatch(/cannot define privileged/);
  });
});

describe('the list of what was not understood', () => {
  const text = ruleText('a:\n  nope: 1\n  action|base64: x\nb: [word]\ncondition: a and c', 'colour: red\n');

  test('is complete, ordered by line, and a problem for a person', () => {
    const problem = (() => {
      try {
        return parseRules(text);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(Problem);
    if (!(problem instanceof RulesRefused)) throw problem;
    expect(problem.code).toBe('invalid-input');
    expect(problem.refusals.map(({ line, text }) => [line, text])).toEqual([
      [4, 'colour: red'],
      [7, 'nope: 1'],
      [8, 'action|base64: x'],
      [9, 'b: [word]'],
      [10, 'condition: a and c'],
    ]);
    expect(problem.message).toContain('5 places');
    expect(problem.message).toContain(formatRefusals(problem.refusals));
    expect(problem.next).toContain('docs/sigma.md');
  });
});

describe('the fingerprint of a rule', () => {
  const text = ruleText('a:\n  action: x\ncondition: a');
  const fingerprint = (changed: string) => eventRule(changed).fingerprint;

  test('changes with what the rule finds, and not with what it says about itself', () => {
    expect(fingerprint(text.replace('A rule', 'Another title'))).toBe(fingerprint(text));
    expect(fingerprint(`# remark\n${text}`)).toBe(fingerprint(text));
    expect(fingerprint(text.replace('action: x', 'action: y'))).not.toBe(fingerprint(text));
    expect(fingerprint(text.replace('medium', 'high'))).not.toBe(fingerprint(text));
    expect(fingerprint(text.replace('action: x', 'action: 1'))).not.toBe(
      fingerprint(text.replace('action: x', "action: '1'")),
    );
  });
});
