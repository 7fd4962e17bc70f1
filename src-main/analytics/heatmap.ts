// A week's counts as a heatmap shows them: with names, in a fixed order, the most active rows if only some are wanted.
import type { HeatmapCell, HeatmapRow } from '#shared/model/workspace.ts';
import type { History } from './history/history.ts';
import { hoursPerWeek } from './week-index.ts';
import type { WeekCells } from './week.ts';

type Names = Pick<History, 'actors' | 'actions' | 'series'>;

/** A row of a week's cells, those from `start` to `end`, and a series that says what the row is. */
type Row = { readonly series: number; readonly start: number; readonly end: number; readonly total: number };
type Named = { readonly actor: string; readonly actorName: string | null; readonly action: string };
type NamedRow = Row & Named;

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
  const { chosen, ...others } = mostActive(rowsOf(cells), top, names);
  const shown: HeatmapCell[] = [];
  for (const { start, end, actor, action } of chosen.toSorted(byName)) {
    for (let cell = start; cell < end; cell += 1)
      shown.push({ actor, action, hourOfWeek: cells.hours[cell]!, count: cells.counts[cell]! });
  }
  return { shown, ...others };
}

/**
 * Rows of 168 counts by actor, the busiest first. What nobody is named for comes last, is no actor, and is never left out.
 * @param top as for {@link heatmapCells}.
 */
export function heatmapRows(cells: WeekCells, names: Names, top: number | null): Heatmap<HeatmapRow> {
  const isNamed = (row: Row) => actorOf(names, row.series).actor !== '';
  const rows = rowsOf(cells);
  const { chosen, ...others } = mostActive(rows.filter(isNamed), top, names);
  const unattributed = rows.filter((row) => !isNamed(row)).map((row) => named(row, names));
  const shown = [...chosen, ...unattributed].map(({ start, end, actor, actorName, total }) => {
    const counts = Array.from<number>({ length: hoursPerWeek }).fill(0);
    for (let cell = start; cell < end; cell += 1) counts[cells.hours[cell]!] = cells.counts[cell]!;
    return { actor, actorName, total, counts };
  });
  return { shown, ...others };
}

function rowsOf({ series, counts }: WeekCells): Row[] {
  const rows: Row[] = [];
  for (let start = 0; start < series.length;) {
    const number = series[start]!;
    let end = start;
    let total = 0;
    for (; series[end] === number; end += 1) total += counts[end]!;
    rows.push({ series: number, start, end, total });
    start = end;
  }
  return rows;
}

/** Names are looked up for those that are shown alone: there may be a million others. */
function mostActive(
  rows: readonly Row[],
  top: number | null,
  names: Names,
): { chosen: NamedRow[]; otherRows: number; otherTotal: number } {
  const least = top === null || top >= rows.length ? 0 : leastOfMost(rows, top);
  const candidates = rows.filter(({ total }) => total >= least).map((row) => named(row, names));
  const chosen = candidates
    .toSorted((a, b) => b.total - a.total || byName(a, b))
    .slice(0, top ?? candidates.length);
  const totalOf = (of: readonly Row[]) => of.reduce((sum, { total }) => sum + total, 0);
  return { chosen, otherRows: rows.length - chosen.length, otherTotal: totalOf(rows) - totalOf(chosen) };
}

/** Total of the last of the `top` most active rows. */
function leastOfMost(rows: readonly Row[], top: number): number {
  const totals = Float64Array.from(rows, ({ total }) => total).toSorted();
  return totals[totals.length - top]!;
}

function named(row: Row, names: Names): NamedRow {
  const { actor, name } = actorOf(names, row.series);
  return { ...row, actor, actorName: name, action: names.actions.valueOf(names.series[row.series]!.action) };
}

function actorOf({ actors, series }: Names, number: number): History['actors'][number] {
  return actors[series[number]!.actor]!;
}

function byName(a: Named, b: Named): number {
  return compare(a.actor, b.actor) || compare(a.action, b.action);
}

/** Order by code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
