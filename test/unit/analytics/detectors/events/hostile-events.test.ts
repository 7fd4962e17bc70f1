import fc from 'fast-check';
import { test } from 'vitest';
import { failBurstDetector } from '../../../../../src-main/analytics/detectors/fail-burst.ts';
import { firstSeenDetector } from '../../../../../src-main/analytics/detectors/first-seen.ts';
import { massDetector } from '../../../../../src-main/analytics/detectors/mass.ts';
import { sodDetector } from '../../../../../src-main/analytics/detectors/sod.ts';
import { buildHistory } from '../../../../../src-main/analytics/history/build-history.ts';
import { segmentFields } from '../../../../../src-main/analytics/history/segment.ts';
import { event, scopeOf } from '../history-variants.ts';

test('hostile rows break no detector of events', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('', ' ', '\n', '{"target":{"id":null}}', '__proto__', 'constructor', '0', '::'),
    fc.constantFrom(
      'auth.login_failed',
      'auth.login',
      'record.delete',
      'role_grant',
      'StopLogging',
      'order.approved',
    ),
  );
  const fields = fc.record(Object.fromEntries(segmentFields.map((field) => [field, fc.option(text)])));
  const row = fc.record({
    // From year 0 to year 9999, in clusters that fill windows.
    day: fc.constantFrom(-719_000, -1, 0, 20_000, 20_001, 2_900_000),
    within: fc.integer({ min: 0, max: 3_600_000_000 }),
    action: text,
    actor: fc.oneof(text, fc.constant('dana')),
    sourceAccount: text,
    fields,
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 120 }), (rows) => {
      const history = buildHistory(
        rows.map(({ day, within, action, actor, sourceAccount, fields: values }) =>
          event(day * 86_400_000_000 + within, action, { actor, sourceAccount, ...values }),
        ),
      );
      for (const detector of [failBurstDetector, massDetector, sodDetector, firstSeenDetector])
        detector.run(history, scopeOf(history, { zone: 'Africa/Casablanca' }));
    }),
    { numRuns: 60 },
  );
});
