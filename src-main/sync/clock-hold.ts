// How far the clocks may be apart: beyond two minutes people are warned, beyond fifteen nothing is sent until acknowledged.
import { Problem } from '#shared/model/problem.ts';
import type { ClockStanding } from '#shared/model/sync.ts';
import { requireReviewer } from '../review/decide.ts';
import type { Ledger } from '../review/ledger.ts';
import type { LedgerState } from '../review/projection.ts';

export const warnBeyondMs = 2 * 60_000;
export const holdBeyondMs = 15 * 60_000;

/**
 * What an offset means for sending.
 * @param offsetMs Server clock minus this computer's.
 */
export function clockStandingOf(
  { clockAcknowledged }: Pick<LedgerState, 'clockAcknowledged'>,
  offsetMs: number | null,
): ClockStanding {
  if (offsetMs === null) return { standing: 'unknown', offsetMs };
  const apartMs = Math.abs(offsetMs);
  if (apartMs <= warnBeyondMs) return { standing: 'close', offsetMs };
  if (apartMs <= holdBeyondMs) return { standing: 'warn', offsetMs };
  // Somebody acknowledged this difference, not whatever it may grow into.
  const isKnown = clockAcknowledged !== null && Math.abs(offsetMs - clockAcknowledged) <= warnBeyondMs;
  return { standing: isKnown ? 'acknowledged' : 'held', offsetMs };
}

/**
 * Records that somebody knows how far the clocks are apart, and why that is meant; nothing when they are not too far, or when it is on record already.
 * @throws Problem `no-reviewer`
 */
export function acknowledgeClock(ledger: Ledger, offsetMs: number, reason: string): void {
  ledger.append((state) => {
    if (clockStandingOf(state, offsetMs).standing !== 'held') return [];
    return [
      {
        type: 'clock-acknowledged',
        subject: null,
        actor: requireReviewer(state).id,
        payload: { offsetMs, reason: reason.toWellFormed().trim() },
      },
    ];
  });
}

/**
 * @throws Problem `refused` while the clocks are too far apart and nobody acknowledged it
 */
export function assertClockFit(state: LedgerState, offsetMs: number): void {
  if (clockStandingOf(state, offsetMs).standing === 'held') throw clockHeld(offsetMs);
}

export function clockHeld(offsetMs: number): Problem {
  return new Problem('refused', `${clocksApart(offsetMs)} Nothing was sent; every decision is kept.`, {
    next: 'Set this computer’s clock and send again; if the difference is meant, acknowledge it (on the command line: countersign sync --acknowledge-clock --reason T).',
  });
}

export function clocksApart(offsetMs: number): string {
  const minutes = Math.round(Math.abs(offsetMs) / 60_000).toLocaleString('en-GB');
  return `The database’s clock is ${minutes} minutes ${offsetMs > 0 ? 'ahead of' : 'behind'} this computer’s, so the times of decisions and of the database cannot be set side by side.`;
}
