// How often somebody usually acts in each hour of the week.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { BaselineHour } from '#shared/model/actor-profile.ts';
import { slotsPerDay, type ActivityDay } from './history/activity.ts';

const slotsPerHour = 4;

/**
 * Over the quarter hours in [from, to), whole hours by the local clock. A mean over every time the hour came round, so hours
 * without events count as zero: what is divided by active hours alone makes rare work look usual.
 * @param isTheirs by series number
 */
export function hourBaseline(
  activity: readonly ActivityDay[],
  isTheirs: (series: number) => boolean,
  hourOfWeek: (slot: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
): BaselineHour[] {
  const first = Math.floor(from / microsecondsPerSlot);
  const end = Math.ceil(to / microsecondsPerSlot);
  const counts = new Map<number, number>();
  for (const { day, series, slots, counts: cells } of activity) {
    const base = day * slotsPerDay;
    if (base + slotsPerDay <= first || base >= end) continue;
    for (let cell = 0; cell < series.length; cell += 1) {
      const slot = base + slots[cell]!;
      if (slot >= first && slot < end && isTheirs(series[cell]!))
        counts.set(slot, (counts.get(slot) ?? 0) + cells[cell]!);
    }
  }
  const week = Array.from({ length: 168 }, () => ({ hours: 0, activeHours: 0, events: 0, highest: 0 }));
  // A local hour begins where the hour of the week is another, or where the same one comes round again.
  let hour = -1;
  let slots = 0;
  let events = 0;
  const close = () => {
    if (hour < 0) return;
    const cell = week[hour]!;
    cell.hours += 1;
    cell.activeHours += Number(events > 0);
    cell.events += events;
    cell.highest = Math.max(cell.highest, events);
  };
  for (let slot = first; slot < end; slot += 1) {
    const now = hourOfWeek(slot);
    if (now !== hour || slots === slotsPerHour) {
      close();
      hour = now;
      slots = 0;
      events = 0;
    }
    slots += 1;
    events += counts.get(slot) ?? 0;
  }
  close();
  return week.map((cell, hourOfWeek) => ({
    hourOfWeek,
    ...cell,
    mean: cell.hours === 0 ? null : cell.events / cell.hours,
  }));
}
