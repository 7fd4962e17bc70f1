// Says in which hours something happened, as people there knew them.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { hoursLocal } from '../local-time.ts';

/** The hour both instants lie in, or the hours of the first and of the last. */
export function hoursBetween(firstMicroseconds: number, lastMicroseconds: number, zone: string): string {
  const first = Math.floor(firstMicroseconds / microsecondsPerHour);
  const last = Math.floor(lastMicroseconds / microsecondsPerHour);
  if (first === last) return hoursLocal(first, zone);
  return `first ${hoursLocal(first, zone)}, last ${hoursLocal(last, zone)}`;
}
