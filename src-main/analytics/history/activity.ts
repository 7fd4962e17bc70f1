// The activity cube: events per series and quarter hour, kept day by day (UTC).

export const slotsPerDay = 96;

/** Cells of one UTC day, ascending by (series, slot); only cells with events. */
export interface ActivityDay {
  /** Days since the epoch. */
  readonly day: number;
  readonly series: Uint32Array;
  /** Quarter hour of the day, 0–95. */
  readonly slots: Uint8Array;
  readonly counts: Uint32Array;
}

/** Counts per hour of several groups; group g owns places offsets[g] to offsets[g + 1] of `hours` and `counts`. */
export interface HourlyCounts {
  readonly offsets: Uint32Array;
  /** Hours since the epoch, ascending within a group; only hours with events. */
  readonly hours: Int32Array;
  readonly counts: Uint32Array;
}

/**
 * Counts per hour in [fromHour, toHour) of every group. `groupOf[series]` is the group of a series, or −1 to leave it out:
 * the series itself for one row a series, its actor for one row an actor.
 */
export function hourlyCounts(
  activity: readonly ActivityDay[],
  groupOf: Int32Array,
  groups: number,
  fromHour: number,
  toHour: number,
): HourlyCounts {
  const days = activity.filter((day) => day.day * 24 + 23 >= fromHour && day.day * 24 < toHour);
  const folded = days.map((day) => foldDay(day, groupOf, groups, fromHour, toHour));
  const offsets = new Uint32Array(groups + 1);
  for (const { keys } of folded) for (const key of keys) offsets[Math.floor(key / 24) + 1]! += 1;
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  const hours = new Int32Array(offsets[groups]!);
  const counts = new Uint32Array(offsets[groups]!);
  for (const [index, { keys, sums }] of folded.entries()) {
    const firstHour = days[index]!.day * 24;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at]!;
      const place = next[Math.floor(key / 24)]!++;
      hours[place] = firstHour + (key % 24);
      counts[place] = sums[at]!;
    }
  }
  return { offsets, hours, counts };
}

/** The cells of a day by key = group × 24 + hour of day, ascending. */
function foldDay(
  { day, series, slots, counts }: ActivityDay,
  groupOf: Int32Array,
  groups: number,
  fromHour: number,
  toHour: number,
): { keys: Float64Array; sums: Float64Array } {
  const sums = new Map<number, number>();
  const isSmall = groups * 24 <= 2 ** 20;
  const dense = isSmall ? new Uint32Array(groups * 24) : null;
  for (let cell = 0; cell < series.length; cell += 1) {
    const group = groupOf[series[cell]!]!;
    const hourOfDay = slots[cell]! >> 2;
    const hour = day * 24 + hourOfDay;
    if (group < 0 || hour < fromHour || hour >= toHour) continue;
    const key = group * 24 + hourOfDay;
    if (dense) dense[key]! += counts[cell]!;
    else sums.set(key, (sums.get(key) ?? 0) + counts[cell]!);
  }
  if (!dense) {
    const keys = Float64Array.from(sums.keys()).toSorted();
    return { keys, sums: keys.map((key) => sums.get(key)!) };
  }
  const used = new Float64Array(series.length);
  let length = 0;
  for (let key = 0; key < dense.length; key += 1) if (dense[key]! > 0) used[length++] = key;
  const keys = used.subarray(0, length);
  return { keys, sums: Float64Array.from(keys, (key) => dense[key]!) };
}
