import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allDetectors } from '../../../../src-main/analytics/all-detectors.ts';
import { evaluate } from '../../../bench/evaluate/evaluation.ts';
import { readEventSet } from '../../../bench/evaluate/event-set.ts';
import { printEvaluation } from '../../../bench/evaluate/print-evaluation.ts';
import { shippedRules } from '../../../bench/evaluate/rule-files.ts';
import { fileOf } from './files.ts';

const hostileText = fc.oneof(
  fc.constantFrom('', ' ', '__proto__', 'constructor', '\u{0}', '\u{ffff}', 'admin', 'a'.repeat(10_000)),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom('08.1.250.216', '999.1.1.1', '::ffff:10.0.0.1', '%'),
);
const action = fc.constantFrom(
  'auth.login_failed',
  'auth.login',
  'record.delete',
  'record.export',
  'role_grant',
  'DeleteTrail',
  'constructor',
  '',
);
const time = fc.oneof(
  fc.integer({ min: 1_790_000_000, max: 1_790_500_000 }),
  // Around the end of summer time in Europe, before 1970, and the edges of what can be placed.
  fc.integer({ min: 1_792_886_400, max: 1_792_900_800 }),
  fc.constantFrom(-1, 0, '1700-01-01T00:00:00Z', '2254-12-31T23:59:59.999999Z'),
);
const hostileEvent = fc.record(
  {
    id: hostileText,
    created_at: time,
    source_account_id: fc.constantFrom('primary', ''),
    actor: fc.oneof(fc.constantFrom('dana', 'Dana', ''), hostileText),
    actor_type: fc.constantFrom('user', 'system', 'constructor', ''),
    action: fc.oneof({ weight: 5, arbitrary: action }, hostileText),
    resource_type: hostileText,
    resource_id: fc.oneof(hostileText, fc.constant('dana')),
    ip: fc.oneof(address, hostileText),
    user_agent: hostileText,
    severity: fc.constantFrom('info', 'critical', ''),
    outcome: fc.oneof(fc.constantFrom('failure', 'success'), hostileText),
    metadata: fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostileText),
    session_id: hostileText,
    bytes: fc.oneof(fc.double(), fc.constantFrom('-1', '1e400', 'NaN', '0x10', '')),
    record_count: fc.oneof(fc.integer(), hostileText),
    status: fc.oneof(fc.integer({ min: -1, max: 700 }), hostileText),
    method: fc.constantFrom('GET', 'get', ''),
    path: fc.oneof(fc.constantFrom('/', '/a/1/b', '//', '?'), hostileText),
  },
  { requiredKeys: ['created_at', 'action'] },
);

const rules = shippedRules();

test('no detector fails on hostile events, or lists what it must not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostileEvent, { minLength: 1, maxLength: 60 }), async (events) => {
      const set = await readEventSet(fileOf(events.map((event) => JSON.stringify(event)).join('\n')));
      const evaluation = evaluate({
        set,
        incidents: [],
        labels: [],
        zone: 'Europe/Berlin',
        rules,
        presets: {},
        nowMs: () => 0,
      });
      const faults = evaluation.runs.filter(
        ({ detail, state }) => state !== 'not evaluable' && detail !== '',
      );
      expect(faults.map(({ detector, detail }) => `${detector}: ${detail}`)).toEqual([]);
      expect(printEvaluation(evaluation, set, []).length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
  expect(allDetectors({ rules, presets: {} }).length).toBeGreaterThan(20);
});
