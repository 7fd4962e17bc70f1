// Says spans of time in the two largest units that matter.
import { text } from '../texts/text.ts';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** `3 d 4 h`, `12 min 5 s`, `0 s`. Negative spans are said without their sign. */
export function durationWords(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  const first = units.findIndex(([, size]) => span >= size);
  const largest = units[first];
  if (largest === undefined) return amount(0, 's');
  const [unit, size] = largest;
  const count = Math.floor(span / size);
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((span - count * size) / next[1]);
  return next === undefined || rest === 0
    ? amount(count, unit)
    : `${amount(count, unit)} ${amount(rest, next[0])}`;
}

const amount = (count: number, unit: (typeof units)[number][0]): string =>
  `${count} ${text(`domain:unit.${unit}`)}`;
