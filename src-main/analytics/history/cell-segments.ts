// Stands in for the events of a mirror that holds only counts: who, what and in which quarter hour, without ids or fields.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { slotsPerDay, type ActivityDay } from './activity.ts';
import type { Segment } from './segment.ts';

/** So many days are spelt out at once: a day takes 12 bytes an event. */
const daysInMemory = 4;

/**
 * One segment a day, with as many events as were counted. Each lies at the last microsecond of its quarter hour, because
 * nothing that is said about how long ago it was may then be too much.
 */
export function cellSegments(activity: readonly ActivityDay[]): readonly Segment[] {
  const known = made.get(activity);
  if (known) return known;
  const segments = segmentsOf(activity);
  made.set(activity, segments);
  return segments;
}

const made = new WeakMap<readonly ActivityDay[], readonly Segment[]>();

function segmentsOf(activity: readonly ActivityDay[]): Segment[] {
  const recent = new Map<ActivityDay, Spelt>();
  const spelt = (day: ActivityDay): Spelt => {
    const known = recent.get(day);
    if (known) return known;
    const oldest = recent.size >= daysInMemory ? recent.keys().next().value : undefined;
    if (oldest) recent.delete(oldest);
    const now = spellOut(day);
    recent.set(day, now);
    return now;
  };
  return activity.map((day) => segmentOf(day, spelt));
}

type Spelt = { readonly microseconds: Float64Array; readonly series: Uint32Array };

function segmentOf(day: ActivityDay, spelt: (day: ActivityDay) => Spelt): Segment {
  let length: number | null = null;
  return {
    get length() {
      return (length ??= day.counts.reduce((sum, count) => sum + count, 0));
    },
    get microseconds() {
      return spelt(day).microseconds;
    },
    get series() {
      return spelt(day).series;
    },
    // Unknown: whoever cites these events has to ask the database for them.
    idAt: () => '',
    column: () => null,
  };
}

function spellOut({ day, series, slots, counts }: ActivityDay): Spelt {
  const next = new Uint32Array(slotsPerDay + 1);
  for (let cell = 0; cell < slots.length; cell += 1) next[slots[cell]! + 1]! += counts[cell]!;
  for (let slot = 0; slot < slotsPerDay; slot += 1) next[slot + 1]! += next[slot]!;
  const length = next[slotsPerDay]!;
  const spelt = { microseconds: new Float64Array(length), series: new Uint32Array(length) };
  for (let cell = 0; cell < slots.length; cell += 1) {
    const start = next[slots[cell]!]!;
    const end = (next[slots[cell]!] = start + counts[cell]!);
    const at = (day * slotsPerDay + slots[cell]! + 1) * microsecondsPerSlot - 1;
    spelt.microseconds.fill(at, start, end);
    spelt.series.fill(series[cell]!, start, end);
  }
  return spelt;
}
