// How SQL and this program exchange instants: integer microseconds out, ISO text in, exact in both directions.
import { formatInstant, parseInstant } from '#shared/time/instant.ts';

/** The first and the last microsecond a JavaScript number holds exactly lie in 1684 and 2255; these years are inside. */
export const placeableFrom = '1700-01-01T00:00:00Z';
export const placeableUntil = '2255-01-01T00:00:00Z';

/** SQL for a finite timestamp as microseconds; a timestamp without time zone counts as UTC in these sessions. */
export function microsecondsOf(expression: string): string {
  return `(extract(epoch FROM ${expression}) * 1000000)::bigint`;
}

const [placedFrom, placedUntil] = [parseInstant(placeableFrom), parseInstant(placeableUntil)];

/** Whether microseconds of a clamped timestamp stand for the instant itself, and for no edge. */
export function isPlaced(microseconds: number): boolean {
  return microseconds >= placedFrom && microseconds < placedUntil;
}

/** SQL that is true for instants this program can place in time: neither infinite nor absent nor beyond exact numbers. */
export function isPlaceable(expression: string): string {
  return `${expression} >= '${placeableFrom}' AND ${expression} < '${placeableUntil}'`;
}

/**
 * SQL for any timestamp as microseconds, with what cannot be placed moved to the edges: before, or after all others.
 * An absent value goes to the late edge, so that an absent due time is never overdue.
 */
export function clampedMicrosecondsOf(expression: string): string {
  return `CASE WHEN ${isPlaceable(expression)} THEN ${microsecondsOf(expression)}
               WHEN ${expression} < '${placeableFrom}' THEN ${Number.MIN_SAFE_INTEGER}
               ELSE ${Number.MAX_SAFE_INTEGER} END`;
}

/**
 * SQL for any timestamp with what cannot be placed moved to the edges, as {@link clampedMicrosecondsOf} does, but still a
 * timestamp: comparing these is far cheaper than counting microseconds.
 */
export function clampedTimestampOf(expression: string): string {
  return `CASE WHEN ${isPlaceable(expression)} THEN ${expression}
               WHEN ${expression} < '${placeableFrom}' THEN '${formatInstant(Number.MIN_SAFE_INTEGER)}'
               ELSE '${formatInstant(Number.MAX_SAFE_INTEGER)}' END`;
}

/** SQL for the timestamp a number of microseconds stands for; exact, because whole days and months have no part in it. */
export function timestampOfMicroseconds(expression: string): string {
  return `(timestamptz 'epoch' + ${expression} * interval '1 microsecond')`;
}
