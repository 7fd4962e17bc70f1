// The small words that carry numbers: spans, counts, measures, due times.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueSoonMilliseconds } from '../../../../src-shared/model/decision-context.ts';
import { openStanding } from '../../../../src-shared/model/open-standing.ts';
import { parseInstant } from '../../../../src-shared/time/instant.ts';
import { countWords, formatBytes, formatMeasure } from '../../../../src-renderer/domain/count-words.ts';
import { dueWords } from '../../../../src-renderer/domain/due.ts';
import { durationWords } from '../../../../src-renderer/domain/duration-words.ts';
import { knownSeverity, severityRank } from '../../../../src-renderer/domain/severity-rank.ts';

describe('durationWords', () => {
  it.each([
    [0, '0 s'],
    [999, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_600_000, '1 h'],
    [3_660_000, '1 h 1 min'],
    [93_600_000, '1 d 2 h'],
    [-7_200_000, '2 h'],
  ])('%d ms → %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });

  it('never says more than passed, and drops less than the second unit holds', () => {
    const sizes: Record<string, number> = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1000 };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (milliseconds) => {
        const said = [...durationWords(milliseconds).matchAll(/(\d+) (\w+)/g)];
        const total = said.reduce(
          (sum, [, count, unit]) => sum + Number(count) * (sizes[unit ?? ''] ?? 0),
          0,
        );
        expect(total).toBeLessThanOrEqual(milliseconds);
        expect(milliseconds - total).toBeLessThan(milliseconds >= 86_400_000 ? 3_600_000 : 60_000);
      }),
    );
  });
});

describe('due', () => {
  const now = '2026-11-16T12:00:00.000Z';
  const at = (offsetMs: number) => new Date(Date.parse(now) + offsetMs).toISOString();

  it('trusts the workstation on what is overdue', () => {
    expect(openStanding({ dueAt: now, overdue: false }, parseInstant(now))).toBe('due-soon');
    expect(openStanding({ dueAt: at(-1000), overdue: true }, parseInstant(now))).toBe('overdue');
  });

  it('draws the line of “due soon” at its span, inclusive', () => {
    expect(openStanding({ dueAt: at(dueSoonMilliseconds), overdue: false }, parseInstant(now))).toBe(
      'due-soon',
    );
    expect(openStanding({ dueAt: at(dueSoonMilliseconds + 1), overdue: false }, parseInstant(now))).toBe(
      'later',
    );
  });

  it('says it in words', () => {
    expect(dueWords({ dueAt: at(-90_000_000), overdue: true }, now)).toBe('Overdue by 1 d 1 h');
    expect(dueWords({ dueAt: at(5_400_000), overdue: false }, now)).toBe('Due in 1 h 30 min');
  });
});

describe('numbers', () => {
  it('keeps three digits of a measure and says what it cannot', () => {
    expect(formatMeasure(0)).toBe('0');
    expect(formatMeasure(0.041666)).toBe('0.0417');
    expect(formatMeasure(12.345)).toBe('12.3');
    expect(formatMeasure(1234.56)).toBe('1,234.6');
    expect(formatMeasure(Number.NaN)).toBe('unknown');
  });

  it('agrees in number and groups digits', () => {
    expect(countWords(1, 'event')).toBe('1 event');
    expect(countWords(150_000, 'event')).toBe('150,000 events');
  });

  it('uses decimal units for bytes', () => {
    expect(formatBytes(999)).toBe('999 B');
    expect(formatBytes(1_234_567)).toBe('1.2 MB');
  });
});

describe('severities of a source', () => {
  it('ranks known words and leaves unknown ones unknown', () => {
    expect(knownSeverity('WARNING')).toBe('medium');
    expect(knownSeverity('constructor')).toBeNull();
    expect(knownSeverity(null)).toBeNull();
    expect(severityRank('critical')).toBeGreaterThan(severityRank('error'));
    expect(severityRank('sev-9')).toBeLessThan(severityRank('info'));
  });
});
