// Folds quarter-hour counts into the local hours of a week.
import type { HeatmapCell } from '#shared/model/workspace.ts';
import { hourOfWeekIn } from '#shared/time/hour-of-week.ts';

export type SlotCount = {
  readonly actor: string;
  readonly action: string;
  readonly slot: number;
  readonly count: number;
};

/** Sums counts per (actor, action, local hour of week). Only cells with events are returned; a missing cell is zero. */
export function foldIntoWeek(slices: readonly SlotCount[], zone: string): HeatmapCell[] {
  const hourOfWeek = hourOfWeekIn(zone);
  const cells = new Map<string, HeatmapCell>();
  for (const { actor, action, slot, count } of slices) {
    const hour = hourOfWeek(slot);
    const key = JSON.stringify([actor, action, hour]);
    const cell = cells.get(key);
    if (cell) cell.count += count;
    else cells.set(key, { actor, action, hourOfWeek: hour, count });
  }
  return [...cells.values()].toSorted(
    (a, b) => compare(a.actor, b.actor) || compare(a.action, b.action) || a.hourOfWeek - b.hourOfWeek,
  );
}

/** Order by code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
