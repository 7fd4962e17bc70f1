// Which hidden findings come back to be looked at without knowing that they were hidden.
import { createHash } from 'node:crypto';
import { microsecondsPerDay } from '#shared/time/instant.ts';

/** One finding in twenty comes back, and in every week in which anything was hidden at least one. */
export const blindCheckShare = 0.05;

export type Hidden = { readonly id: string; readonly startMicroseconds: number };

/**
 * The hidden findings to show again. Drawn by the SHA-256 of their ids, so that anybody draws the same ones and nobody can
 * choose them; the order in which findings are given says nothing.
 */
export function drawBlindChecks(hidden: Iterable<Hidden>): Set<string> {
  const drawn = new Set<string>();
  const weeks = Map.groupBy(hidden, ({ startMicroseconds }) => isoWeekOf(startMicroseconds));
  for (const week of weeks.values()) {
    const lots = week.map(({ id }) => ({ id, lot: lotOf(id) }));
    const lowest = lots.reduce((low, next) => (isBefore(next, low) ? next : low));
    drawn.add(lowest.id);
    for (const { id, lot } of lots) if (lot < blindCheckShare) drawn.add(id);
  }
  return drawn;
}

type Lot = { readonly id: string; readonly lot: number };

function isBefore(one: Lot, other: Lot): boolean {
  return one.lot < other.lot || (one.lot === other.lot && one.id < other.id);
}

/** Evenly spread over 0 (included) to 1 (not). */
function lotOf(id: string): number {
  return (
    createHash('sha256').update(`blind-check ${id.toWellFormed()}`, 'utf8').digest().readUInt32BE() / 2 ** 32
  );
}

/** Weeks since Monday 29 December 1969, 00:00 UTC: ISO weeks begin on Mondays. */
export function isoWeekOf(microseconds: number): number {
  return Math.floor((Math.floor(microseconds / microsecondsPerDay) + 3) / 7);
}
