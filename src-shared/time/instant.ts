// Instants are integer microseconds since 1970-01-01T00:00Z, because Postgres keeps six digits and a JavaScript Date three.
import { z } from 'zod';
import { Problem } from '../model/problem.ts';

export const microsecondsPerHour = 3_600_000_000;
export const microsecondsPerDay = 24 * microsecondsPerHour;

const pattern = /^(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)(?:\.(\d{1,6}))?(Z|[+-]\d{2}:\d{2})?$/;

/** ISO 8601 in UTC: three decimals, or six when the instant has microseconds. */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(\d{3})?Z$/);

/** Formats microseconds since the epoch as ISO 8601 UTC. */
export function formatInstant(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const rest = microseconds - milliseconds * 1000;
  const text = new Date(milliseconds).toISOString();
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

/**
 * Reads an ISO 8601 date or date-time into microseconds since the epoch. A missing zone means UTC.
 * @throws Problem `invalid-input` when the text is not such an instant.
 */
export function parseInstant(text: string): number {
  const match = pattern.exec(text);
  if (match) {
    const [, base = '', fraction = '', zone = 'Z'] = match;
    const milliseconds = Date.parse(base.includes('T') ? `${base}${zone}` : `${base}T00:00Z`);
    if (Number.isFinite(milliseconds) && isRealDate(base))
      return milliseconds * 1000 + Number(fraction.padEnd(6, '0'));
  }
  throw new Problem('invalid-input', `“${text.slice(0, 60)}” is not a date or time this program can read.`, {
    next: 'Write it as 2026-11-16 or 2026-11-16T08:00:00Z.',
  });
}

/** Date.parse moves 30 February into March; a person who wrote it meant something else. */
function isRealDate(text: string): boolean {
  const day = text.slice(0, 10);
  // Every month has these, and a month beyond December is no date to begin with.
  if (day.slice(8) <= '28') return true;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
