// Numbers, amounts and times as the sentences of findings print them.
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import { hoursLocal } from '../local-time.ts';

/** Whole numbers as they are, others to three digits. */
export function digits(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/** “1 failed sign-in”, “12 failed sign-ins”. */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith('s') ? `${noun}es` : `${noun}s`;
  return `${digits(count)} ${count === 1 ? noun : plural}`;
}

/** “1 minute”, “15 minutes”. */
export function minutes(count: number): string {
  return counted(count, 'minute');
}

/** “on Mon 2 Nov 2026, 02:00–03:00 (…)”, or “beginning on …” when it goes on after that hour. */
export function whenOf(startMicroseconds: number, endMicroseconds: number, zone: string): string {
  const hour = Math.floor(startMicroseconds / microsecondsPerHour);
  const isLonger = endMicroseconds > (hour + 1) * microsecondsPerHour;
  return `${isLonger ? 'beginning ' : ''}${hoursLocal(hour, zone)}`;
}

/** Times of a finding as evidence. */
export function timesAsEvidence(startMicroseconds: number, endMicroseconds: number) {
  return { startedAt: formatInstant(startMicroseconds), endedAt: formatInstant(endMicroseconds) };
}

/** The first few texts, and that there are others: “a, b, c and others”. */
export function listed(texts: readonly string[], shown = 5): string {
  return texts.length > shown ? `${texts.slice(0, shown).join(', ')} and others` : texts.join(', ');
}
