// Reads the times people and programs write into logs, as microseconds since the epoch.
import { parseInstant } from '#shared/time/instant.ts';
import { placeableFrom, placeableUntil } from '../../../src-main/source/microseconds.ts';

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s*([Zz]|UTC|[+-]\d{2}(?::?\d{2})?)?$/;

const earliest = parseInstant(placeableFrom);
const latest = parseInstant(placeableUntil);

/**
 * ISO 8601 with T or a space, with or without seconds, fraction and offset; without an offset it is UTC. Digits beyond the
 * microsecond are cut. A number counts seconds, milliseconds or microseconds since 1970, told by its size.
 * Null for anything else, and for years that a mirror cannot place.
 */
export function readTime(value: unknown): number | null {
  const microseconds =
    typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value.trim()) : null;
  if (microseconds === null || !(microseconds >= earliest && microseconds < latest)) return null;
  return microseconds;
}

function fromNumber(value: number): number {
  const size = Math.abs(value);
  return Math.round(value * (size < 1e11 ? 1_000_000 : size < 1e14 ? 1000 : 1));
}

function fromText(text: string): number | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset = 'Z'] = match;
  const [years, months, days] = [Number(year), Number(month), Number(day)];
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const date = new Date(Date.UTC(years, months - 1, days));
  // Date.UTC moves 30 February into March, and the first century into the twentieth.
  if (date.getUTCFullYear() !== years || date.getUTCMonth() !== months - 1 || date.getUTCDate() !== days)
    return null;
  const offsetMinutes = minutesOf(offset);
  if (offsetMinutes === null) return null;
  const wholeSeconds = date.getTime() / 1000 + (hours * 60 + minutes - offsetMinutes) * 60 + seconds;
  return wholeSeconds * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

function minutesOf(offset: string): number | null {
  if (/^(z|utc)$/i.test(offset)) return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > 15 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
