// Says short spans of time as precisely as they were measured.
import { formatMeasure } from '../../domain/count-words.ts';
import { durationWords } from '../../domain/duration-words.ts';

/** `180 ms`, `3.4 s`, `12 min 5 s`. */
export function briefWords(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  return milliseconds < 59_950
    ? `${formatMeasure(Math.round(milliseconds / 100) / 10)} s`
    : durationWords(milliseconds);
}
