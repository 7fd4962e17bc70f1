// Which hours of the week a period covers at all.
import { hourOfWeekIn, microsecondsPerSlot } from './hour-of-week.ts';
import { microsecondsPerHour, parseInstant } from './instant.ts';

const hoursPerWeek = 168;

/**
 * Marks the hours of the week that fall into [from, to) at least once. Where nothing was observed, no count is known:
 * such a cell is a gap and not a zero. An unknown bound covers everything.
 */
export function coveredHours(from: string | null, to: string | null, zone: string): boolean[] {
  if (from === null || to === null) return Array.from({ length: hoursPerWeek }, () => true);
  const start = Math.floor(parseInstant(from) / microsecondsPerSlot);
  const week = (hoursPerWeek * microsecondsPerHour) / microsecondsPerSlot;
  const dayBeyond = week + (24 * microsecondsPerHour) / microsecondsPerSlot;
  const end = Math.min(Math.ceil(parseInstant(to) / microsecondsPerSlot), start + dayBeyond);
  const hourOf = hourOfWeekIn(zone);
  const covered = Array.from({ length: hoursPerWeek }, () => false);
  for (let slot = start; slot < end; slot += 1) covered[hourOf(slot)] = true;
  return covered;
}
