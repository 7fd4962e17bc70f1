// Periods of whole local days, as instants.
import { parseInstant } from '#shared/time/instant.ts';
import type { Period } from '../state/heatmap-view.ts';
import { hourInZone } from './zoned-time.ts';

const dayMs = 86_400_000;

export type Bounds = { from?: string; to?: string };

/** A clock change may leave out midnight; then the day begins an hour later. */
function startOf(date: string, zone: string): string | null {
  return hourInZone(date, 0, zone) ?? hourInZone(date, 1, zone);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

/** Half-open bounds of a period; a bound that is not given is left out. */
export function boundsOf({ from, to }: Period, zone: string): Bounds {
  const first = from === '' ? null : startOf(from, zone);
  const end = to === '' ? null : startOf(dayAfter(to), zone);
  return { ...(first === null ? {} : { from: first }), ...(end === null ? {} : { to: end }) };
}

/** Whether both ends are given the wrong way round. */
export function isBackwards({ from, to }: Period): boolean {
  return from !== '' && to !== '' && from > to;
}

/** How many weeks lie between two instants. */
export function weeksBetween(from: string, to: string): number {
  return (parseInstant(to) - parseInstant(from)) / 1000 / (7 * dayMs);
}

/** The days just before a period, as many as it has. Null where its begin or its end is open. */
export function periodBefore({ from, to }: Period): Period | null {
  if (from === '' || to === '' || from > to) return null;
  const start = Date.parse(`${from}T00:00:00Z`);
  const days = (Date.parse(`${to}T00:00:00Z`) - start) / dayMs + 1;
  const dateAt = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { from: dateAt(start - days * dayMs), to: dateAt(start - dayMs) };
}
