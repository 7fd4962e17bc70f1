import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import { dayUs, event, hitsOf, minuteUs, monday, mondayUs, scopeOf } from '../rule-history.ts';

/** The published arithmetic over plain objects, for actors of whom nothing is known. */
function naiveScores(events: readonly HistoryEvent[]): number[] {
  const half = (value: number) => Math.floor(value + 0.5);
  return events.map(({ createdAtMicroseconds: now }) => {
    const within = (minutes: number) =>
      events.filter((one) => {
        const age = now - one.createdAtMicroseconds;
        return age >= 0 && age <= minutes * minuteUs;
      });
    const distinct = (list: readonly HistoryEvent[], field: 'ip' | 'resourceId') =>
      new Set(list.map((one) => one.fields?.[field]).filter(Boolean)).size;
    const hour = (one: HistoryEvent) => new Date(one.createdAtMicroseconds / 1000).getUTCHours();
    const off = within(60).filter((one) => hour(one) < 9 || hour(one) > 17).length;
    const addresses = distinct(within(60), 'ip');
    const volume = within(1440).reduce((sum, one) => sum + Number(one.fields?.bytes ?? 0), 0) / 10_000_000;
    const scope = distinct(within(1440), 'resourceId') / 10;
    const failures = within(10).filter((one) => one.fields?.outcome === 'failure').length;
    const multiple = (m: number, from: number, weight: number) =>
      m < from ? 0 : Math.min(weight, half(weight * (0.5 + 0.5 * Math.min((m - from + 1) / from, 2))));
    return (
      (off >= 2 ? half((15 * Math.min(off / 2, 2)) / 2) : 0) +
      (addresses >= 1 ? half((15 * Math.min(addresses, 3)) / 3) : 0) +
      multiple(volume, 3, 25) +
      multiple(scope, 2, 20) +
      (failures >= 5 ? half((25 * Math.min(failures / 5, 3)) / 3) : 0)
    );
  });
}

test('the highest score of a day is that of the plain arithmetic', () => {
  const one = fc.record({
    minute: fc.integer({ min: 0, max: 1439 }),
    ip: fc.integer({ min: 0, max: 5 }),
    bytes: fc.integer({ min: 0, max: 9_000_000 }),
    resource: fc.integer({ min: 0, max: 40 }),
    failed: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 60 }), (list) => {
      const events = list.map(({ minute, ip, bytes, resource, failed }) =>
        event(mondayUs + minute * minuteUs, {
          fields: {
            ip: ip === 0 ? null : `192.0.2.${ip}`,
            bytes: String(bytes),
            resourceId: resource === 0 ? '' : `r${resource}`,
            outcome: failed ? 'failure' : 'success',
          },
        }),
      );
      const highest = Math.max(...naiveScores(events));
      const hits = hitsOf('insider.score', events, scopeOf([monday]), {
        values: { 'insider.score': { alertAt: 1, cooldownMinutes: 2 * (dayUs / minuteUs) } },
      });
      expect(Math.max(0, ...hits.map(({ score }) => score))).toBe(highest);
    }),
    { numRuns: 60 },
  );
});
