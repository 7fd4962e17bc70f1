// What the cells of busy series held in a window, added up day by day as the window moves on.
import type { ActivityDay } from '../../history/activity.ts';
import { daysBetween } from '../cube/judged-days.ts';
import type { BusyHours } from './busy-hours.ts';
import { cellCount, type Window } from './window.ts';

/** A row takes 192 bytes; with more series than these nothing is added up beforehand. */
const mostRows = 100_000;

export class HeldCells {
  readonly #activity: readonly ActivityDay[];
  readonly #cellAt: (hour: number) => number;
  /** Row of each series. Those nobody will ask about share row 0: to add to it costs less than to ask whether to. */
  readonly #rowOf: Int32Array;
  /**
   * Place row × 48 + cell: events, as days come and go. Beyond 2^32 a sum begins again at zero: it then says too little, and
   * what is not ruled out here is looked at closely.
   */
  readonly #sums: Uint32Array;
  /** Cells somebody will ask about. */
  readonly #isWanted: Uint8Array;
  /** Ends before anything began, so that the first window enters as a whole: there are hours before 1970. */
  #window = { fromHour: -Infinity, toHour: -Infinity };

  private constructor(
    activity: readonly ActivityDay[],
    cellAt: (hour: number) => number,
    rowOf: Int32Array,
    rows: number,
    isWanted: Uint8Array,
  ) {
    this.#activity = activity;
    this.#cellAt = cellAt;
    this.#rowOf = rowOf;
    this.#sums = new Uint32Array(rows * cellCount);
    this.#isWanted = isWanted;
  }

  /** Null when there are too many series. @param cellAt cell of each hour, whatever the window. */
  static of(
    activity: readonly ActivityDay[],
    busy: Iterable<BusyHours>,
    seriesCount: number,
    cellAt: (hour: number) => number,
  ): HeldCells | null {
    const rowOf = new Int32Array(seriesCount);
    const isWanted = new Uint8Array(cellCount);
    let rows = 1;
    for (const { length, series, hours } of busy) {
      for (let place = 0; place < length; place += 1) {
        if (rowOf[series[place]!] === 0) rowOf[series[place]!] = rows++;
        isWanted[cellAt(hours[place]!)] = 1;
      }
    }
    return rows > mostRows ? null : new HeldCells(activity, cellAt, rowOf, rows, isWanted);
  }

  /** Moves on; windows come in ascending order. */
  slideTo({ fromHour, toHour }: Window): void {
    const before = this.#window;
    const isApart = before.toHour <= fromHour;
    const leaving = isApart ? [before.fromHour, before.toHour] : [before.fromHour, fromHour];
    const entering = isApart ? [fromHour, toHour] : [before.toHour, toHour];
    this.#add(leaving[0]!, leaving[1]!, -1);
    this.#add(entering[0]!, entering[1]!, 1);
    this.#window = { fromHour, toHour };
  }

  /** Events of a busy series in a cell of the window, or fewer. */
  heldIn(series: number, cell: number): number {
    return this.#sums[this.#rowOf[series]! * cellCount + cell]!;
  }

  #add(fromHour: number, toHour: number, sign: 1 | -1): void {
    for (const day of daysBetween(this.#activity, fromHour / 24, toHour / 24)) {
      const cells = Uint8Array.from({ length: 24 }, (_, hour) => this.#cellAt(day.day * 24 + hour));
      if (cells.some((cell) => this.#isWanted[cell] === 1)) addDay(this.#sums, this.#rowOf, day, cells, sign);
    }
  }
}

/** @param cells cell of each hour of the day. */
function addDay(
  sums: Uint32Array,
  rowOf: Int32Array,
  { series, slots, counts }: ActivityDay,
  cells: Uint8Array,
  sign: 1 | -1,
): void {
  for (let at = 0; at < series.length; at += 1)
    sums[rowOf[series[at]!]! * cellCount + cells[slots[at]! >> 2]!]! += sign * counts[at]!;
}
