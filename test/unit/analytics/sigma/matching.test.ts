import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchRule } from '../../../../src-main/analytics/sigma/match-rule.ts';
import { buildHistory } from '../../../../src-main/analytics/history/build-history.ts';
import { Problem } from '#shared/model/problem.ts';
import {
  daysOf,
  event,
  eventRule,
  historyOf,
  matchedIds,
  matches,
  recut,
  renumbered,
  ruleText,
  type EventDraft,
} from './make-rules.ts';

const sole = (line: string) => `a:\n  ${line}\ncondition: a`;

describe('one field', () => {
  const draft: EventDraft = {
    sourceAccount: 'primary',
    actor: 'Dana',
    action: 'Role.Grant',
    fields: { ip: '203.0.113.9', status: '404', bytes: '1000', path: '/api/v1/Users', outcome: '' },
    metadata: {
      request: { name: 'x*y', list: ['alpha', 'beta'] },
      readOnly: false,
      code: '007',
      hex: '0x1F',
      long: '1234567890123456789',
    },
  };
  test.each([
    ['action: role.grant', true],
    ['event_type: role.grant', true],
    ['action|cased: role.grant', false],
    ['action|cased: Role.Grant', true],
    ['actor: [someone, DANA]', true],
    ['source_account: primary', true],
    ['source_account: secondary', false],
    ['action|contains: E.GR', true],
    ['action|startswith: role', true],
    ['action|startswith: grant', false],
    ['action|endswith: GRANT', true],
    ['action|contains|all: [role, grant]', true],
    ['action|contains|all: [role, deny]', false],
    ['action|startswith|cased: role', false],
    ['action: role*', true],
    ['action: role?grant', true],
    ['action|contains: r?le', true],
    ['ip|cidr: [10.0.0.0/8, 203.0.113.0/24]', true],
    ['ip|cidr: 10.0.0.0/8', false],
    ['status: 404', true],
    ['status: 404.0', true],
    ['status: "404.0"', false],
    ['status: 4*', true],
    ['status|startswith: 40', true],
    ['bytes|gt: 999', true],
    ['bytes|gt: 1000', false],
    ['bytes|gte: 1000', true],
    ['bytes|lt: 1000.5', true],
    ['bytes|lte: 999', false],
    ['path|gt: 0', false],
    ['path|re: "^/api/v\\\\d+/"', true],
    ['path|re: users', false],
    ['path|re|i: users', true],
    ['path|re|all: [api, v1]', true],
    ['path|re|all: [api, v2]', false],
    ['path|exists: true', true],
    ['path|exists: false', false],
    ['method|exists: false', true],
    ['method: null', true],
    ['path: null', false],
    ['path: [null, "/api/v1/users"]', true],
    ["outcome: ''", true],
    ['outcome: null', false],
    ['outcome|exists: true', true],
    ['method: "*"', false],
    ['outcome: "*"', true],
    ['metadata.request.name: x\\*y', true],
    ['metadata.request.name: x\\?y', false],
    ['metadata.request.list: beta', true],
    ['metadata.request.list|all: [alpha, beta]', true],
    ['metadata.request.list|all: [alpha, gamma]', false],
    ['metadata.request.missing: null', true],
    ['metadata.request.missing|exists: true', false],
    ['metadata.readOnly: false', true],
    ['metadata.code: 007', true],
    ['metadata.code: 7', true],
    ['metadata.hex: 0x1F', true],
    ['metadata.hex: 31', false],
    ['metadata.long: 1234567890123456789', true],
    ['metadata.long: 1234567890123456788', false],

    ['metadata.code: "7"', false],
  ])('%s', (line, expected) => {
    expect(matches(sole(line), draft)).toBe(expected);
  });

  test('an event nobody is known to have caused has no actor', () => {
    for (const line of ['actor: null', "actor: ''", 'actor|exists: false'])
      expect(matches(sole(line), { actor: '' }), line).toBe(true);
    for (const line of ["actor: '*'", 'actor|exists: true', 'actor|contains: a'])
      expect(matches(sole(line), { actor: '' }), line).toBe(false);
    expect(matches(sole('actor: null'), { actor: 'dana' })).toBe(false);
  });
});

describe('conditions', () => {
  const letters = 'a:\n  action|contains: a\nb:\n  action|contains: b\nc:\n  action|contains: c\n';
  test.each([
    ['a or b and c', 'a', true],
    ['(a or b) and c', 'a', false],
    ['not a and (b or c)', 'b', true],
    ['not (a or b) or c', 'abc', true],
    ['NOT a AND (b OR c)', 'c', true],
    ['not not a and (b or c or not b)', 'a', true],
    ['1 of them', 'b', true],
    ['all of them', 'ab', false],
    ['all of them', 'abc', true],
    ['not 1 of them', 'x', true],
  ])('%s of an event with %s', (condition, action, expected) => {
    expect(matches(`${letters}condition: ${condition}`, { action })).toBe(expected);
  });

  test('them leaves out what begins with an underscore', () => {
    const detection = 'a:\n  action: x\n_b:\n  action: y\ncondition: all of them and not _b';
    expect(matches(detection, { action: 'y' })).toBe(false);
    expect(matches(detection, { action: 'x' })).toBe(true);
  });

  test('a map joins by and, a list of maps by or', () => {
    const map = 'a:\n  action: x\n  ip: 10.0.0.1\ncondition: a';
    const list = 'a:\n  - action: x\n  - ip: 10.0.0.1\ncondition: a';
    expect(matches(map, { action: 'x' })).toBe(false);
    expect(matches(list, { action: 'x' })).toBe(true);
    expect(matches(list, { action: 'y', fields: { ip: '10.0.0.1' } })).toBe(true);
  });
});

describe('over a history', () => {
  type Fields = Record<string, string | null>;
  /** The same rule as a plain function of one event, with nothing in common with the evaluator but the rule's meaning. */
  type Oracle = (fields: Fields) => boolean;
  const same = (a: string | null | undefined, b: string) =>
    a !== null && a !== undefined && a.toLowerCase() === b.toLowerCase();
  const fieldRules: readonly (readonly [string, Oracle])[] = [
    ['action: B', ({ action }) => same(action, 'B')],
    ['action: [a, c?]', ({ action }) => same(action, 'a') || /^c.$/i.test(action ?? '')],
    ['actor|startswith: d', ({ actor }) => /^d/i.test(actor ?? '')],
    ['ip: null', ({ ip }) => ip === null],
    ['ip|endswith: "1"', ({ ip }) => ip?.endsWith('1') ?? false],
    ['severity|cased: High', ({ severity }) => severity === 'High'],
    [
      'bytes|gte: 10',
      ({ bytes }) => bytes !== null && bytes !== undefined && bytes !== '' && Number(bytes) >= 10,
    ],
    ['metadata.k: v', ({ k }) => same(k, 'v')],
    ['metadata.k|exists: true', ({ k }) => k !== null],
  ];
  const names = ['r', 's', 't'];
  const conditions: readonly (readonly [string, (r: boolean, s: boolean, t: boolean) => boolean])[] = [
    ['r and s and t', (r, s, t) => r && s && t],
    ['r or s or t', (r, s, t) => r || s || t],
    ['r and not s or t', (r, s, t) => (r && !s) || t],
    ['not (r and (s or t))', (r, s, t) => !(r && (s || t))],
    ['1 of r* and not all of them or s and t', (r, s, t) => (r && !(r && s && t)) || (s && t)],
  ];
  const anEvent = fc.record({
    hour: fc.nat({ max: 71 }),
    actor: fc.constantFrom('dana', 'Doro', 'erin', ''),
    action: fc.constantFrom('a', 'b', 'B', 'cd', 'c'),
    ip: fc.constantFrom('10.0.0.1', '10.0.0.2', null),
    severity: fc.constantFrom('High', 'high', null),
    bytes: fc.constantFrom('9', '10', '1e2', '', null),
    k: fc.constantFrom('v', 'V', 'w', null),
  });
  const aRule = fc.record({
    parts: fc.tuple(...names.map(() => fc.constantFrom(...fieldRules))),
    condition: fc.constantFrom(...conditions),
  });

  test('matches what a plain reading of the rule matches, however segments are cut and series numbered', () => {
    fc.assert(
      fc.property(
        fc.array(anEvent, { maxLength: 25 }),
        aRule,
        fc.integer({ min: 1, max: 9 }),
        (drafts, rule, length) => {
          const { parts, condition } = rule;
          const selections = parts.map(([line], at) => `${names[at]}:\n  ${line}\n`).join('');
          const compiled = eventRule(ruleText(`${selections}condition: ${condition[0]}`));
          const events = drafts.map(({ hour, actor, action, ip, severity, bytes, k }) => {
            const fields: Fields = { actor, action, ip, severity, bytes, k };
            const at = new Date(Date.UTC(2026, 10, 2, hour)).toISOString();
            return {
              fields,
              made: event({ at, actor, action, fields: { ip, severity, bytes }, metadata: { k } }),
            };
          });
          const expected = events
            .filter(({ fields }) => {
              const known = { ...fields, actor: fields['actor'] === '' ? null : fields['actor']! };
              const [r, s, t] = parts.map(([, oracle]) => oracle(known));
              return condition[1](r!, s!, t!);
            })
            .map(({ made }) => made.id);
          const history = historyOf(events.map(({ made }) => made));
          for (const variant of [history, recut(history, length), renumbered(recut(history, length))])
            expect(matchedIds(compiled, variant).toSorted()).toEqual(expected.toSorted());
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('looks only at the days asked for, and never at or after the limit', () => {
    const rule = eventRule(ruleText(sole('action: x')));
    const at = [
      '2026-11-01T23:59:59.999999Z',
      '2026-11-02T00:00:00Z',
      '2026-11-02T12:00:00Z',
      '2026-11-03T00:00:00Z',
      '2026-11-05T00:00:00Z',
    ];
    const events = at.map((at) => event({ at, action: 'x' }));
    const history = historyOf(events);
    const day = daysOf(history)[1]!;
    expect(matchedIds(rule, history, [day])).toEqual([events[1]!.id, events[2]!.id]);
    expect(matchedIds(rule, history, [day, day + 3])).toEqual([events[1]!.id, events[2]!.id, events[4]!.id]);
    expect(matchRule(rule, history, [day], events[2]!.createdAtMicroseconds)).toHaveLength(1);
  });

  test('without a field the rule needs is refused, never empty', () => {
    const rule = eventRule(ruleText(sole('outcome: failure')));
    const history = buildHistory([event({ action: 'x' })]);
    expect(() => matchRule(rule, history, daysOf(history))).toThrow(Problem);
    expect(() => matchRule(rule, history, daysOf(history))).toThrow(/needs outcome/);
  });

  test('where a single segment lacks the field, only what it could not change is matched', () => {
    const rule = eventRule(
      ruleText('a:\n  action: x\nb:\n  action: y\nc:\n  outcome: failure\ncondition: a or b and not c'),
    );
    const history = historyOf([event({ action: 'x' }), event({ action: 'y' })]);
    const segments = history.segments.map((segment) => ({ ...segment, column: () => null }));
    expect(matchedIds(rule, history)).toHaveLength(2);
    expect(matchedIds(rule, { ...history, segments })).toHaveLength(1);
  });
});
