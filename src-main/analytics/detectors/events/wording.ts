// Numbers, lists and spans in sentences, the same way in every explanation of these detectors.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { hoursLocal } from '../../local-time.ts';

/** “1 event”, “14 events”, “2,000 events”. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${digits(count)} ${count === 1 ? singular : plural}`;
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** Whole numbers in full; others with three significant digits. */
export function digits(value: number): string {
  if (Number.isInteger(value)) return whole.format(value);
  return String(Number(value.toPrecision(3)));
}

/** “within 40 seconds”, “over 14 minutes”: rounded up, so that it is never said to have been quicker than it was. */
export function wholeUnits(microseconds: number): { readonly value: number; readonly unit: string } {
  const seconds = Math.max(1, Math.ceil(microseconds / 1_000_000));
  if (seconds < 120) return { value: seconds, unit: 'second' };
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120
    ? { value: minutes, unit: 'minute' }
    : { value: Math.ceil(minutes / 60), unit: 'hour' };
}

/** The hour an instant lies in, as people there knew it. */
export function hourOf(microseconds: number, zone: string): string {
  return hoursLocal(Math.floor(microseconds / microsecondsPerHour), zone);
}

/** “a”, “a and b”, “a, b, c and others (7 in all)”. */
export function listed(names: readonly string[], shown = 3): string {
  if (names.length > shown)
    return `${names.slice(0, shown).join(', ')} and others (${digits(names.length)} in all)`;
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A name as it stands in a log may be long or hold line breaks; the whole of it is in the evidence. */
export function named(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
