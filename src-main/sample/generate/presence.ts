// How likely each person is to do something in each half hour: working hours, lunch, weekends, holidays, leave.
import { addDays, localTime, type LocalTime } from './local-clock.ts';
import type { Person } from './people.ts';
import { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** Half an hour, because Indian clocks are half an hour off the others. */
export const microsecondsPerSlot = 1_800_000_000;

const dayShape: Record<number, number> = {
  7: 0.06,
  8: 0.6,
  9: 1,
  10: 1.1,
  11: 1,
  12: 0.95,
  13: 0.95,
  14: 1.05,
  15: 1,
  16: 0.9,
  17: 0.5,
  18: 0.07,
};
const nightShape: Record<number, number> = { 22: 0.7, 23: 1, 0: 1, 1: 0.9, 2: 0.4, 3: 0.9, 4: 0.9, 5: 0.6 };
const weekendShare = 0.015;
/** Administrators take turns to be on call. */
const weekendShareOnCall = 0.15;

/** The date a shift began: a night shift belongs to its evening. */
export function shiftDate(person: Person, local: LocalTime): string {
  return person.shift === 'night' && local.hour < 12 ? addDays(local.date, -1) : local.date;
}

function hourShape(person: Person, hour: number): number {
  if (person.shift === 'night') return nightShape[hour] ?? 0;
  return (dayShape[hour] ?? 0) * (hour === person.office.lunchHour ? 0.4 : 1);
}

function isOff(person: Person, date: string): boolean {
  const { leave, office } = person;
  if (leave !== null && date >= leave.first && date <= leave.last) return true;
  return office.holidays.includes(date) || office.holidays.includes(date.slice(5));
}

/** Some days are busier than others, and nobody knows why. */
function mood(seed: number, person: Person, date: string): number {
  return Math.min(1.9, Math.max(0.35, 1 + 0.25 * new Random(seed, `${person.id} ${date}`).bell()));
}

/** One weight for each half hour of the timeline, from its start. */
export function presence(person: Person, timeline: Timeline, seed: number): Float64Array {
  const { from, to } = timeline.whole;
  const weights = new Float64Array((to - from) / microsecondsPerSlot);
  const weekendPart = person.role === 'admin' ? weekendShareOnCall : weekendShare;
  const dayFactors = new Map<string, number>();
  for (let slot = 0; slot < weights.length; slot += 1) {
    const time = from + slot * microsecondsPerSlot;
    if (!timeline.contains(time)) continue;
    if (person.silence !== null && time >= person.silence.from && time < person.silence.to) continue;
    const local = localTime(person.office.zone, time / 1000);
    const shape = hourShape(person, Math.floor(local.hour));
    if (shape === 0) continue;
    const date = shiftDate(person, local);
    const factor = dayFactors.get(date) ?? (isOff(person, date) ? 0 : mood(seed, person, date));
    dayFactors.set(date, factor);
    const weekend = new Date(`${date}T00:00Z`).getUTCDay() % 6 === 0;
    weights[slot] = person.volume * shape * factor * (weekend ? weekendPart : 1);
  }
  return weights;
}

/** Draws `count` times in proportion to the weights; where all are zero, anywhere in the timeline. */
export function drawTimes(
  weights: Float64Array,
  count: number,
  timeline: Timeline,
  random: Random,
): number[] {
  const reached = new Float64Array(weights.length);
  let total = 0;
  for (const [slot, weight] of weights.entries()) {
    total += weight;
    reached[slot] = total;
  }
  return Array.from({ length: count }, () => {
    if (total === 0) return timeline.at(random.next() * timeline.length);
    const slot = firstAbove(reached, random.next() * total);
    return timeline.whole.from + slot * microsecondsPerSlot + Math.floor(random.next() * microsecondsPerSlot);
  }).toSorted((one, other) => one - other);
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
