// Cuts a range of time into buckets people can name: minutes, hours, local days, weeks from Monday, months.
import { bucketWidths } from '../model/event-browser.ts';
import { dateAfter, localDaysOf } from '../time/local-days.ts';

export type BucketWidth = (typeof bucketWidths)[number];

const minute = 60_000_000;
const hour = 60 * minute;

/** Shortest each width comes to, in microseconds. */
const lengths: Readonly<Record<BucketWidth, number>> = {
  '1 minute': minute,
  '5 minutes': 5 * minute,
  '15 minutes': 15 * minute,
  '1 hour': hour,
  '3 hours': 3 * hour,
  '6 hours': 6 * hour,
  '12 hours': 12 * hour,
  '1 day': 24 * hour,
  '1 week': 168 * hour,
  '1 month': 28 * 24 * hour,
};

export type TimeBuckets = {
  readonly width: BucketWidth;
  /** Ascending; bucket i is [edges[i], edges[i + 1]). They cover the range. */
  readonly edges: readonly number[];
};

/** The narrowest width that needs at most so many buckets for [from, to); months where none does. */
export function timeBuckets(from: number, to: number, most: number, zone: string): TimeBuckets {
  // At both ends a part of a bucket may stick out, and a change of clocks may add one more.
  const width = bucketWidths.find((name) => (to - from) / lengths[name] + 3 <= most) ?? '1 month';
  return { width, edges: edgesOf(from, to, width, zone) };
}

function edgesOf(from: number, to: number, width: BucketWidth, zone: string): number[] {
  const length = lengths[width];
  if (length < hour) {
    const first = Math.floor(from / length);
    return Array.from(
      { length: Math.max(Math.ceil(to / length) - first, 1) + 1 },
      (_, at) => (first + at) * length,
    );
  }
  const days = localDaysOf(zone);
  const edges: number[] = [];
  let date = firstDate(days.dateAt(from), width);
  for (;;) {
    const start = days.startOf(date);
    const next = nextDate(date, width);
    const end = days.startOf(next);
    const step = length < 24 * hour ? length : end - start;
    // What a change of clocks leaves over of a day goes to the last bucket, unless it is half of one.
    for (let edge = start; edge === start || end - edge >= step / 2; edge += step) edges.push(edge);
    if (end >= to) return trimmed([...edges, end], from, to);
    date = next;
  }
}

function trimmed(edges: readonly number[], from: number, to: number): number[] {
  const first = edges.findLastIndex((edge) => edge <= from);
  const last = edges.findIndex((edge) => edge >= to);
  return edges.slice(Math.max(first, 0), Math.max(last, first + 1) + 1);
}

function firstDate(date: string, width: BucketWidth): string {
  if (width === '1 month') return `${date.slice(0, 8)}01`;
  if (width !== '1 week') return date;
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return dateAfter(date, -weekday);
}

function nextDate(date: string, width: BucketWidth): string {
  if (width === '1 month') return `${dateAfter(`${date.slice(0, 8)}28`, 4).slice(0, 8)}01`;
  return dateAfter(date, width === '1 week' ? 7 : 1);
}
