import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exception } from '../../../src-shared/model/detection.ts';
import { hourOfWeekIn } from '../../../src-shared/time/hour-of-week.ts';
import { formatInstant, microsecondsPerHour } from '../../../src-shared/time/instant.ts';
import { suppressedBy, type Suppressible } from '../../../src-main/analytics/suppress.ts';

const hourOfWeek = hourOfWeekIn('Europe/Berlin');
const at = (iso: string) => Date.parse(iso) * 1000;

const finding: Suppressible = {
  detector: 'mass',
  sourceAccount: 'primary',
  entity: { kind: 'actor', value: 'dana' },
  action: 'document.export',
  count: 60,
  score: 60,
  // Monday, 03:00 in Berlin: hour of week 3.
  startMicroseconds: at('2026-11-02T02:00:00Z'),
};

const exception: Exception = {
  id: 'x',
  detector: 'mass',
  sourceAccount: 'primary',
  entityKind: 'actor',
  entity: 'dana',
  action: 'document.export',
  hourOfWeek: 3,
  maximumCount: 60,
  grantedAt: '2026-11-10T00:00:00.000Z',
  expiresAt: '2026-12-10T00:00:00.000Z',
  owner: 'Otto',
  reason: 'nightly export',
  endedAt: null,
};

const hides = (changes: Partial<Exception>, of: Partial<Suppressible> = {}) =>
  suppressedBy({ ...finding, ...of }, [{ ...exception, ...changes }], hourOfWeek);

describe('an exception', () => {
  test('hides what lies within its scope, also what happened before it was granted', () => {
    expect(hides({})).toBe('x');
    expect(hides({ action: null, hourOfWeek: null })).toBe('x');
  });

  test.each<[string, Partial<Exception>]>([
    ['another detector', { detector: 'nb' }],
    ['another account', { sourceAccount: 'other' }],
    ['another entity', { entity: 'omar' }],
    ['another kind of entity', { entityKind: 'ip' }],
    ['another action', { action: 'document.read' }],
    ['another hour', { hourOfWeek: 4 }],
    ['fewer events', { maximumCount: 59 }],
    ['the time before', { expiresAt: '2026-11-02T02:00:00.000Z' }],
    ['nobody any more', { endedAt: '2026-11-11T00:00:00.000Z' }],
  ])('about %s hides nothing', (_, changes) => {
    expect(hides(changes)).toBeNull();
  });

  test('expires: what begins one microsecond before its end is hidden, what begins at it shows', () => {
    const end = at('2026-12-10T00:00:00Z');
    const anyHour = { hourOfWeek: null };
    expect(hides(anyHour, { startMicroseconds: end - 1 })).toBe('x');
    expect(hides(anyHour, { startMicroseconds: end })).toBeNull();
  });

  test('counts local hours, so the same hour of UTC is another one in summer', () => {
    expect(hides({}, { startMicroseconds: at('2026-07-06T02:00:00Z') })).toBeNull();
    expect(hides({}, { startMicroseconds: at('2026-07-06T01:00:00Z') })).toBe('x');
  });

  test.each(['nb', 'peer'])('never hides a finding of %s with S of 6 or more', (detector) => {
    expect(hides({ detector }, { detector, score: 5.99 })).toBe('x');
    expect(hides({ detector }, { detector, score: 6 })).toBeNull();
  });

  test('a wider one hides all that a narrower one does, and a later end never shows more', () => {
    const changes = fc.record({
      action: fc.constantFrom(null, 'document.export', 'document.read'),
      hourOfWeek: fc.option(fc.integer({ min: 0, max: 5 })),
      maximumCount: fc.integer({ min: 1, max: 100 }),
      expiry: fc.integer({ min: 0, max: 400 }),
    });
    const found = fc.record({
      action: fc.constantFrom('document.export', 'document.read', ''),
      count: fc.integer({ min: 1, max: 100 }),
      hour: fc.integer({ min: 0, max: 400 }),
      score: fc.double({ min: 0, max: 9, noNaN: true }),
    });
    fc.assert(
      fc.property(changes, found, fc.integer({ min: 0, max: 50 }), (narrow, { hour, ...of }, more) => {
        const start = at('2026-11-02T00:00:00Z');
        const expiresAt = (hours: number) => formatInstant(start + hours * microsecondsPerHour);
        const { expiry, ...scope } = narrow;
        const shown = { ...of, startMicroseconds: start + hour * microsecondsPerHour };
        const narrowly = hides({ ...scope, expiresAt: expiresAt(expiry) }, shown);
        const widely = hides(
          {
            action: null,
            hourOfWeek: null,
            maximumCount: scope.maximumCount + more,
            expiresAt: expiresAt(expiry + more),
          },
          shown,
        );
        if (narrowly !== null) expect(widely).toBe('x');
        expect(widely === null).toBe(of.count > scope.maximumCount + more || hour >= expiry + more);
      }),
    );
  });

  test('of several the first granted is named', () => {
    expect(
      suppressedBy(
        finding,
        [{ ...exception, id: 'a', endedAt: exception.grantedAt }, { ...exception, id: 'b' }, exception],
        hourOfWeek,
      ),
    ).toBe('b');
  });
});
