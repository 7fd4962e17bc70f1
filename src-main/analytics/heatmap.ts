// A week's counts as a heatmap shows them: with names, in a fixed order, the most active rows if only some are wanted.
import type { HeatmapCell, HeatmapRow } from '#shared/model/workspace.ts';
import type { History } from './history/history.ts';
import { kthLargest } from './kth-largest.ts';
import { hoursPerWeek } from './week-fold.ts';
import type { WeekCells } from './week.ts';

type Names = Pick<History, 'actors' | 'actions' | 'series'>;

/** A row of a week's cells, by its number there, and what it is called. */
type NamedRow = {
  readonly row: number;
  readonly actor: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly total: number;
};

export interface Heatmap<Shown> {
  readonly shown: readonly Shown[];
  /** Rows, and events in them, that are not shown. */
  readonly otherRows: number;
  readonly otherTotal: number;
}

/**
 * Cells with events by actor, action and hour; a missing cell is zero.
 * @param top only so many rows, the most active ones; null is all of them.
 */
export function heatmapCells(cells: WeekCells, names: Names, top: number | null): Heatmap<HeatmapCell> {
  const { chosen, ...others } = mostActive(cells, everyRow(cells), top, names);
  const shown: HeatmapCell[] = [];
  for (const { row, actor, action } of chosen.toSorted(byName)) {
    const { hours, counts } = cells.hoursOf(row);
    for (let cell = 0; cell < hours.length; cell += 1)
      shown.push({ actor, action, hourOfWeek: hours[cell]!, count: counts[cell]! });
  }
  return { shown, ...others };
}

/**
 * Rows of 168 counts by actor, the busiest first. What nobody is named for comes last, is no actor, and is never left out.
 * @param top as for {@link heatmapCells}.
 */
export function heatmapRows(cells: WeekCells, names: Names, top: number | null): Heatmap<HeatmapRow> {
  const isNamed = (row: number) => actorOf(names, cells.rowSeries[row]!).actor !== '';
  const rows = everyRow(cells);
  const { chosen, ...others } = mostActive(cells, rows.filter(isNamed), top, names);
  const unattributed = Array.from(
    rows.filter((row) => !isNamed(row)),
    (row) => named(cells, row, names),
  );
  const shown = [...chosen, ...unattributed].map(({ row, actor, actorName, total }) => ({
    actor,
    actorName,
    total,
    counts: fullWeek(cells, row),
  }));
  return { shown, ...others };
}

const noEvents: readonly number[] = Array.from({ length: hoursPerWeek }, () => 0);

function fullWeek(cells: WeekCells, row: number): number[] {
  const week = noEvents.slice();
  const { hours, counts } = cells.hoursOf(row);
  for (let cell = 0; cell < hours.length; cell += 1) week[hours[cell]!] = counts[cell]!;
  return week;
}

function everyRow({ rowSeries }: WeekCells): Uint32Array {
  const rows = new Uint32Array(rowSeries.length);
  for (let row = 0; row < rows.length; row += 1) rows[row] = row;
  return rows;
}

/** Names are looked up for those that are shown alone: there may be a million others. */
function mostActive(
  cells: WeekCells,
  rows: Uint32Array,
  top: number | null,
  names: Names,
): { chosen: NamedRow[]; otherRows: number; otherTotal: number } {
  const totals = new Float64Array(rows.length);
  let total = 0;
  for (let place = 0; place < rows.length; place += 1)
    total += totals[place] = cells.rowTotals[rows[place]!]!;
  const least = top === null || top >= rows.length ? 0 : kthLargest(totals, top);
  const candidates: NamedRow[] = [];
  for (let place = 0; place < rows.length; place += 1)
    if (totals[place]! >= least) candidates.push(named(cells, rows[place]!, names));
  const chosen = candidates
    .toSorted((a, b) => b.total - a.total || byName(a, b))
    .slice(0, top ?? rows.length);
  const shownTotal = chosen.reduce((sum, row) => sum + row.total, 0);
  return { chosen, otherRows: rows.length - chosen.length, otherTotal: total - shownTotal };
}

function named({ rowSeries, rowTotals }: WeekCells, row: number, names: Names): NamedRow {
  const series = rowSeries[row]!;
  const { actor, name } = actorOf(names, series);
  const action = names.actions.valueOf(names.series[series]!.action);
  return { row, actor, actorName: name, action, total: rowTotals[row]! };
}

function actorOf({ actors, series }: Names, number: number): History['actors'][number] {
  return actors[series[number]!.actor]!;
}

function byName(a: NamedRow, b: NamedRow): number {
  return compare(a.actor, b.actor) || compare(a.action, b.action);
}

/** Order by code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
