// A day of the cube folded to events per hour of whoever its series belong to, and such days strung together.
import type { ActivityDay, HourlyCounts } from '../../history/activity.ts';

/** Row r is that of members[r], and owns places offsets[r] to offsets[r + 1] of `hours` and `counts`. */
export interface DayRows {
  readonly day: number;
  /** Ascending; only those with events. */
  readonly members: Int32Array;
  readonly offsets: Uint32Array;
  /** Hours of the day with events, ascending within a row. */
  readonly hours: Uint8Array;
  readonly counts: Uint32Array;
  /** Events of each row. */
  readonly totals: Uint32Array;
}

/** Folds days one after the other, with one table for all of them. */
export class DayFolder {
  readonly #memberOf: Int32Array;
  /** Row of each member in the day being folded, −1 between two days. */
  readonly #rowOf: Int32Array;
  #sums = new Uint32Array(0);

  /** @param memberOf member of each series, or −1 to leave it out. @param members how many there are in all. */
  constructor(memberOf: Int32Array, members: number) {
    this.#memberOf = memberOf;
    this.#rowOf = new Int32Array(members).fill(-1);
  }

  fold(cells: ActivityDay): DayRows {
    const members = this.#sumUp(cells);
    const inOrder = members.toSorted();
    const used = this.#hoursOf(members.length);
    const rows = {
      day: cells.day,
      members: inOrder,
      offsets: new Uint32Array(members.length + 1),
      hours: new Uint8Array(used),
      counts: new Uint32Array(used),
      totals: new Uint32Array(members.length),
    };
    let place = 0;
    for (let at = 0; at < inOrder.length; at += 1) {
      const first = this.#rowOf[inOrder[at]!]! * 24;
      this.#rowOf[inOrder[at]!] = -1;
      for (let hour = 0; hour < 24; hour += 1) {
        const count = this.#sums[first + hour]!;
        if (count === 0) continue;
        rows.hours[place] = hour;
        rows.counts[place++] = count;
        rows.totals[at]! += count;
      }
      rows.offsets[at + 1] = place;
    }
    this.#sums.fill(0, 0, members.length * 24);
    return rows;
  }

  /** Fills the table, and returns whose its rows are. */
  #sumUp({ series, slots, counts }: ActivityDay): Int32Array {
    const memberOf = this.#memberOf;
    const rowOf = this.#rowOf;
    const most = Math.min(series.length, rowOf.length);
    const members = new Int32Array(most);
    if (this.#sums.length < most * 24) this.#sums = new Uint32Array(most * 24);
    const sums = this.#sums;
    let length = 0;
    for (let cell = 0; cell < series.length; cell += 1) {
      const member = memberOf[series[cell]!]!;
      if (member < 0) continue;
      let row = rowOf[member]!;
      if (row < 0) {
        rowOf[member] = row = length;
        members[length++] = member;
      }
      sums[row * 24 + (slots[cell]! >> 2)]! += counts[cell]!;
    }
    return members.subarray(0, length);
  }

  #hoursOf(rows: number): number {
    let used = 0;
    for (let at = 0; at < rows * 24; at += 1) if (this.#sums[at]! > 0) used += 1;
    return used;
  }
}

/** Counts per hour before `untilHour` of every group. @param groupOf group of each member, or −1. */
export function hoursOfGroups(
  days: readonly DayRows[],
  groupOf: Int32Array,
  groups: number,
  untilHour: number,
): HourlyCounts {
  const offsets = new Uint32Array(groups + 1);
  for (const rows of days) {
    for (let row = 0; row < rows.members.length; row += 1) {
      const group = groupOf[rows.members[row]!]!;
      if (group >= 0) offsets[group + 1]! += endOf(rows, row, untilHour) - rows.offsets[row]!;
    }
  }
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  const all = { offsets, hours: new Int32Array(offsets[groups]!), counts: new Uint32Array(offsets[groups]!) };
  for (const rows of days) {
    for (let row = 0; row < rows.members.length; row += 1) {
      const group = groupOf[rows.members[row]!]!;
      if (group < 0) continue;
      const end = endOf(rows, row, untilHour);
      let at = next[group]!;
      for (let place = rows.offsets[row]!; place < end; place += 1) {
        all.hours[at] = rows.day * 24 + rows.hours[place]!;
        all.counts[at++] = rows.counts[place]!;
      }
      next[group] = at;
    }
  }
  return all;
}

/** First place of a row at or after an hour. */
export function endOf({ day, offsets, hours }: DayRows, row: number, untilHour: number): number {
  let end = offsets[row + 1]!;
  if ((day + 1) * 24 <= untilHour) return end;
  while (end > offsets[row]! && day * 24 + hours[end - 1]! >= untilHour) end -= 1;
  return end;
}

/** Group g owns places offsets[g] to offsets[g + 1] of `days` and `counts`. */
export interface DailyCounts {
  readonly offsets: Uint32Array;
  /** Days since the epoch, ascending within a group; only days with events. */
  readonly days: Int32Array;
  readonly counts: Float64Array;
}

/** Counts per UTC day of every group, of the hours before `untilHour`. @param groupOf group of each member, or −1. */
export function daysOfGroups(
  days: readonly DayRows[],
  groupOf: Int32Array,
  groups: number,
  untilHour: number,
): DailyCounts {
  const ended = days.map((rows) => ({ rows, totals: totalsBefore(rows, untilHour) }));
  const offsets = new Uint32Array(groups + 1);
  for (const { rows, totals } of ended) {
    const { members } = rows;
    for (let row = 0; row < members.length; row += 1) {
      const group = groupOf[members[row]!]!;
      if (group >= 0 && totals[row]! > 0) offsets[group + 1]! += 1;
    }
  }
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  const all = { offsets, days: new Int32Array(offsets[groups]!), counts: new Float64Array(offsets[groups]!) };
  for (const { rows, totals } of ended) {
    const { day, members } = rows;
    for (let row = 0; row < members.length; row += 1) {
      const group = groupOf[members[row]!]!;
      if (group < 0 || totals[row] === 0) continue;
      const at = next[group]!++;
      all.days[at] = day;
      all.counts[at] = totals[row]!;
    }
  }
  return all;
}

/** Events of each row before an hour. */
function totalsBefore(rows: DayRows, untilHour: number): Uint32Array {
  if ((rows.day + 1) * 24 <= untilHour) return rows.totals;
  return rows.totals.map((_, row) => {
    const end = endOf(rows, row, untilHour);
    return rows.counts.subarray(rows.offsets[row], end).reduce((total, count) => total + count, 0);
  });
}
