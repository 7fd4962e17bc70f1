// How far the days on record reach without one missing: the “reviewed through” of a source.
import type { ReviewedThrough } from '#shared/model/daily-review.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import type { Span } from './daily-review.ts';

export type DayOnRecord = {
  readonly date: string;
  readonly zone: string;
  readonly sources: readonly { readonly source: string }[];
};

/** The moments of a local day. */
export function spanOfDay(date: string, zone: string): Span {
  const { startOf } = localDaysOf(zone);
  return { from: startOf(date), to: startOf(dateAfter(date, 1)) };
}

/** Null where no day of the source is on record. Days of different zones are put together by their moments. */
export function watermarkOf(days: readonly DayOnRecord[], source: string): ReviewedThrough | null {
  const spans = days
    .filter(({ sources }) => sources.some((one) => one.source === source))
    .map(({ date, zone }) => spanOfDay(date, zone))
    .toSorted((a, b) => a.from - b.from || a.to - b.to);
  const [first] = spans;
  if (first === undefined) return null;
  const missing: Span[] = [];
  let reached = first.to;
  for (const { from, to } of spans) {
    if (from > reached) missing.push({ from: reached, to: from });
    reached = Math.max(reached, to);
  }
  const through = missing[0]?.from ?? reached;
  return {
    source,
    since: formatInstant(first.from),
    through: formatInstant(through),
    missing: missing.map(({ from, to }) => ({ from: formatInstant(from), to: formatInstant(to) })),
  };
}
