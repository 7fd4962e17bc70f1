// What is said about clocks that are apart, or were set back.
import { describe, expect, it } from 'vitest';
import { apartSentence, clockWarnings } from '../../../../src-renderer/domain/clock-words.ts';

const minute = 60_000;
const nowMs = Date.parse('2026-11-15T12:00:00.000Z');
const jump = { entry: 9, at: '2026-11-15T11:00:00.000Z', backMs: 5 * minute };
const ids = (...of: Parameters<typeof clockWarnings>) => clockWarnings(...of).map(({ id }) => id);

describe('apartSentence', () => {
  it('tells ahead from behind', () => {
    expect(apartSentence(23 * minute)).toBe('The database’s clock is 23 min ahead of this computer’s.');
    expect(apartSentence(-90_000)).toBe('The database’s clock is 1 min 30 s behind this computer’s.');
  });
});

describe('clockWarnings', () => {
  it('says nothing about clocks that are close or unknown', () => {
    expect(ids({ standing: 'close', offsetMs: 10 }, nowMs)).toEqual([]);
    expect(ids({ standing: 'unknown', offsetMs: null }, nowMs)).toEqual([]);
  });

  it('puts a hold first, and a clock that was set back beside it', () => {
    expect(ids({ standing: 'held', offsetMs: 20 * minute, jump }, nowMs)).toEqual(['held', 'jump']);
    expect(ids({ standing: 'warn', offsetMs: 3 * minute, jump: null }, nowMs)).toEqual(['warn']);
  });

  it('goes on saying how far they are apart once somebody acknowledged it', () => {
    const [warning] = clockWarnings({ standing: 'acknowledged', offsetMs: 23 * minute }, nowMs);
    expect(warning).toMatchObject({ id: 'acknowledged', title: apartSentence(23 * minute) });
    expect(warning?.meaning).toMatch(/acknowledged this difference/);
  });

  it('leaves what is a week old to the ledger', () => {
    expect(ids({ standing: 'close', offsetMs: 0, jump }, nowMs + 8 * 86_400_000)).toEqual([]);
  });
});
