// How far clocks may be apart, and what is put on record when this one was set back.
import fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, test } from 'vitest';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { acknowledgeClock, assertClockFit, clockStandingOf } from '../../../src-main/sync/clock-hold.ts';
import { ledgerWithReviewer, openLedgerFile, stoppedClock } from '../../support/workspace.ts';

const minute = 60_000;
const standing = (offsetMs: number | null, clockAcknowledged: number | null = null) =>
  clockStandingOf({ clockAcknowledged }, offsetMs).standing;
const act = { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [] } } as const;

describe('standing', () => {
  test.each([
    [null, 'unknown'],
    [0, 'close'],
    [-2 * minute, 'close'],
    [2 * minute + 1, 'warn'],
    [-15 * minute, 'warn'],
    [15 * minute + 1, 'held'],
    [-3 * 60 * minute, 'held'],
  ] as const)('%s ms: %s', (offsetMs, expected) => expect(standing(offsetMs)).toBe(expected));

  test('an acknowledgement covers the difference it was given for and no other', () => {
    expect(standing(21 * minute, 20 * minute)).toBe('acknowledged');
    expect(standing(23 * minute, 20 * minute)).toBe('held');
    expect(standing(-20 * minute, 20 * minute)).toBe('held');
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (offsetMs, acknowledged) => {
        if (standing(offsetMs, acknowledged) === 'acknowledged')
          expect(Math.abs(offsetMs - acknowledged)).toBeLessThanOrEqual(2 * minute);
      }),
    );
  });
});

describe('acknowledging', () => {
  test('is one entry with the difference; sending is held before and free after', () => {
    const ledger = ledgerWithReviewer();
    ledger.setClockOffset(20 * minute);
    expect(() => assertClockFit(ledger.state(), 20 * minute)).toThrow(/20 minutes ahead.*Nothing was sent/);
    acknowledgeClock(ledger, 20 * minute, 'meant');
    acknowledgeClock(ledger, 20 * minute + 500, 'meant');
    const entries = ledger.entries().filter(({ entry }) => entry.type === 'clock-acknowledged');
    expect(entries.map(({ entry }) => [entry.actor, entry.payload, entry.offset_ms])).toEqual([
      ['rita', { offsetMs: 20 * minute, reason: 'meant' }, 20 * minute],
    ]);
    expect(() => assertClockFit(ledger.state(), 20 * minute)).not.toThrow();
  });

  test('keeps the reason', () => {
    const ledger = ledgerWithReviewer();
    acknowledgeClock(ledger, 20 * minute, ' no time server ');
    expect(ledger.entries().at(-1)!.entry.payload).toEqual({
      offsetMs: 20 * minute,
      reason: 'no time server',
    });
    expect(ledger.state().clockAcknowledged).toBe(20 * minute);
  });

  test('a difference that needs nobody’s word leaves no entry', () => {
    const ledger = ledgerWithReviewer();
    acknowledgeClock(ledger, 15 * minute, 'meant');
    expect(ledger.state().entries).toBe(1);
  });

  test('lapses once the clocks were close again', () => {
    const ledger = ledgerWithReviewer();
    ledger.setClockOffset(20 * minute);
    acknowledgeClock(ledger, 20 * minute, 'meant');
    ledger.setClockOffset(300);
    ledger.append(() => [act]);
    expect(() => assertClockFit(ledger.state(), 20 * minute)).toThrow(/20 minutes/);
  });
});

describe('a clock set back', () => {
  test('is an entry of its own before the one that notices it, and is told once', () => {
    const clock = stoppedClock('2026-11-16T12:00:00Z');
    const ledger = ledgerWithReviewer(undefined, clock);
    clock.advance(-90 * minute);
    const stored = ledger.append(() => [act]);
    ledger.append(() => [act]);
    expect(stored.map(({ entry }) => entry.type)).toEqual(['sync-sent']);
    expect(ledger.entries().map(({ entry }) => entry.type)).toEqual([
      'reviewer-changed',
      'clock-jump',
      'sync-sent',
      'sync-sent',
    ]);
    expect(ledger.entries()[1]!.entry).toMatchObject({
      wall_time: '2026-11-16T10:30:00.000Z',
      payload: {
        before: '2026-11-16T12:00:00.000Z',
        after: '2026-11-16T10:30:00.000Z',
        backMs: 90 * minute,
        entry: 1,
      },
    });
  });

  test('takes away what was known of the difference, from the entry about it on', () => {
    const clock = stoppedClock('2026-11-16T12:00:00Z');
    const noted: (number | null)[] = [];
    const options = {
      onClockCompared: (compared: { offsetMs: number } | null) => void noted.push(compared?.offsetMs ?? null),
    };
    const ledger = openLedger(openLedgerFile(), clock, () => ulid(), options);
    ledger.append(() => [act]);
    ledger.setClockOffset(250);
    ledger.append(() => [act]);
    clock.advance(-23 * minute);
    expect(ledger.clockOffset()).toBeNull();
    ledger.append(() => [act]);
    ledger.append(() => [act]);
    expect(ledger.entries().map(({ entry }) => [entry.type, entry.offset_ms])).toEqual([
      ['sync-sent', null],
      ['sync-sent', 250],
      ['clock-jump', null],
      ['sync-sent', null],
      ['sync-sent', null],
    ]);
    expect(noted).toEqual([250, null]);
    expect(ledger.clockOffset()).toBeNull();
    ledger.setClockOffset(23 * minute);
    ledger.append(() => [act]);
    expect(ledger.entries().at(-1)!.entry.offset_ms).toBe(23 * minute);
  });

  test('leaves a comparison made since, before any entry, as it is', () => {
    const clock = stoppedClock('2026-11-16T12:00:00Z');
    const ledger = ledgerWithReviewer(undefined, clock);
    ledger.setClockOffset(0);
    clock.advance(-23 * minute);
    ledger.setClockOffset(23 * minute);
    expect(ledger.clockOffset()).toBe(23 * minute);
    ledger.append(() => [act]);
    ledger.append(() => [act]);
    expect(ledger.entries().map(({ entry }) => entry.offset_ms)).toEqual([
      null,
      23 * minute,
      23 * minute,
      23 * minute,
    ]);
  });

  test('which another program finds takes it away here, too, and what was only noted never outlives it', () => {
    const database = openLedgerFile();
    const here = ledgerWithReviewer(undefined, stoppedClock('2026-11-16T12:00:00Z'), database);
    here.setClockOffset(250);
    const there = openLedger(database, stoppedClock('2026-11-16T11:00:00Z'), () => ulid());
    there.takeClockOffset({ offsetMs: 250, atMs: Date.parse('2026-11-16T10:30:00Z'), startedMs: null });
    there.append(() => [act]);
    expect(there.entries().map(({ entry }) => entry.offset_ms)).toEqual([null, null, null]);
    here.state();
    expect(here.clockOffset()).toBeNull();
  });

  test.each([
    ['forward', 20 * minute],
    ['back', -20 * minute],
  ])(
    'or moved %s while the computer ran leaves the difference unknown, here and for the next program',
    (_, byMs) => {
      const clock = { ...stoppedClock('2026-11-16T12:00:00Z'), uptimeMs: () => uptimeMs };
      let uptimeMs = 60 * minute;
      const database = openLedgerFile();
      const here = openLedger(database, clock, () => ulid());
      here.setClockOffset(0);
      here.append(() => [act]);
      clock.advance(10 * minute);
      uptimeMs += 10 * minute;
      here.append(() => [act]);
      const comparison = {
        offsetMs: 0,
        atMs: clock.nowMs() - 10 * minute,
        startedMs: clock.nowMs() - uptimeMs,
      };
      clock.advance(byMs);
      const there = openLedger(database, clock, () => ulid());
      there.takeClockOffset(comparison);
      expect([here.clockOffset(), there.clockOffset()]).toEqual([null, null]);
      there.append(() => [act]);
      here.append(() => [act]);
      const acts = here.entries().filter(({ entry }) => entry.type === 'sync-sent');
      expect(acts.map(({ entry }) => entry.offset_ms)).toEqual([0, 0, null, null]);
    },
  );

  test('is not taken for moved because the computer slept, or was started anew', () => {
    const clock = { ...stoppedClock('2026-11-16T12:00:00Z'), uptimeMs: () => uptimeMs };
    let uptimeMs = 60 * minute;
    const ledger = openLedger(openLedgerFile(), clock, () => ulid());
    ledger.setClockOffset(40);
    clock.advance(9 * 60 * minute);
    uptimeMs += 9 * 60 * minute;
    expect(ledger.clockOffset()).toBe(40);
    clock.advance(60 * minute);
    uptimeMs = 5 * minute;
    expect(ledger.clockOffset()).toBe(40);
  });

  test('by less than a second, or forward, is not', () => {
    const clock = stoppedClock('2026-11-16T12:00:00Z');
    const ledger = ledgerWithReviewer(undefined, clock);
    clock.advance(-999);
    ledger.append(() => [act]);
    clock.advance(365 * 24 * 60 * minute);
    ledger.append(() => [act]);
    expect(ledger.entries().map(({ entry }) => entry.type)).not.toContain('clock-jump');
  });

  test('is noticed by the next to open the ledger, and only when there is something to record', () => {
    const database = openLedgerFile();
    ledgerWithReviewer(undefined, stoppedClock('2026-11-16T12:00:00Z'), database);
    const later = openLedger(database, stoppedClock('2026-11-16T11:00:00Z'), () => ulid());
    later.append(() => []);
    expect(later.state().entries).toBe(1);
    later.append(() => [act]);
    expect(later.entries().map(({ entry }) => entry.type)).toEqual([
      'reviewer-changed',
      'clock-jump',
      'sync-sent',
    ]);
  });

  test('an append that is refused leaves neither', () => {
    const clock = stoppedClock('2026-11-16T12:00:00Z');
    const ledger = ledgerWithReviewer(undefined, clock);
    clock.advance(-90 * minute);
    expect(() =>
      ledger.append(() => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(ledger.entries()).toHaveLength(1);
  });

  test('is measured while the ledger is locked, so another process that came first is none', () => {
    const database = openLedgerFile();
    const clock = stoppedClock('2026-11-16T12:00:00Z');
    const ledger = ledgerWithReviewer(undefined, clock, database);
    const other = openLedger(database, clock, () => ulid());
    // The reading before the lock is early; between it and the append, another process records something later.
    let readings = 0;
    const slow = openLedger(
      database,
      {
        monotonicMs: () => 0,
        nowMs: () => {
          readings += 1;
          if (readings === 1) {
            const early = clock.nowMs();
            clock.advance(5_000);
            other.append(() => [act]);
            return early;
          }
          return clock.nowMs();
        },
      },
      () => ulid(),
    );
    slow.append(() => [act]);
    expect(ledger.entries().map(({ entry }) => entry.type)).not.toContain('clock-jump');
  });
});
