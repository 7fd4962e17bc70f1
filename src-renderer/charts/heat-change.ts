// Two periods of the same rows against each other: how many times as many events a week, or how few.
import type { HeatTheme, Rgb } from '#shared/charts/heat-scale.ts';
import { formatMeasure } from '../domain/count-words.ts';
import { text } from '../texts/text.ts';
import { between, type HeatPaint } from './heat-colour.ts';
import { gridOf, type HeatGrid, type HeatRow } from './heat-grid.ts';

/** Counts of one period, and how many weeks it has. */
export type HeatPeriod = { grid: HeatGrid; weeks: number };

/** So many doublings or halvings are told apart; further ones look like the last. */
export const mostDoublings = 3;

/**
 * log2 of the ratio of events a week, now to before. Half an event is added to both counts, so that nothing divides by
 * zero and one event against none is no infinity (Haldane’s correction). No events in both is 0; a gap in either is NaN.
 * What changed most comes first, the unattributed last.
 */
export function changeGrid(now: HeatPeriod, before: HeatPeriod): HeatGrid {
  const past = new Map(before.grid.rows.map((row) => [row.id, row]));
  const { columns } = now.grid;
  const rows = now.grid.rows.map((row) => changedRow(row, past.get(row.id), now.weeks, before.weeks));
  const gone = before.grid.rows
    .filter(({ id }) => now.grid.rows.every((row) => row.id !== id))
    .map((row) => changedRow(nothingOf(row), row, now.weeks, before.weeks));
  return gridOf(
    columns,
    [...rows, ...gone].toSorted(
      (left, right) =>
        Number(left.id === '') - Number(right.id === '') || mostChange(right) - mostChange(left),
    ),
  );
}

function nothingOf(row: HeatRow): HeatRow {
  return { id: row.id, total: 0, counts: row.counts.map((count) => (Number.isNaN(count) ? count : 0)) };
}

function changedRow(now: HeatRow, before: HeatRow | undefined, weeks: number, weeksBefore: number): HeatRow {
  const counts = now.counts.map((count, column) => {
    const past = before === undefined ? 0 : (before.counts[column] ?? Number.NaN);
    if (count === 0 && past === 0) return 0;
    return Math.log2((count + 0.5) / weeks / ((past + 0.5) / weeksBefore));
  });
  return { id: now.id, total: now.total, counts };
}

function mostChange({ counts }: HeatRow): number {
  return counts.reduce((sum, change) => sum + (Number.isNaN(change) ? 0 : Math.abs(change)), 0);
}

/** Purple is less, orange is more: told apart without colour vision, and both unlike the blue of counts. */
const changeStops: Readonly<Record<HeatTheme, readonly Rgb[]>> = {
  light: [
    [84, 39, 136],
    [153, 142, 195],
    [247, 247, 247],
    [241, 163, 64],
    [179, 88, 6],
  ],
  dark: [
    [196, 172, 240],
    [106, 82, 158],
    [22, 27, 34],
    [150, 84, 14],
    [255, 178, 84],
  ],
};

export function changePaint(theme: HeatTheme): HeatPaint {
  return (change) =>
    between(
      changeStops[theme],
      (Math.min(mostDoublings, Math.max(-mostDoublings, change)) / mostDoublings + 1) / 2,
    );
}

/** `×4`, `÷2`, `×8 or more`, `same`. */
export function changeWords(change: number): string {
  if (change === 0) return text('heatmap:legend.same');
  const times = `${change > 0 ? '×' : '÷'}${formatMeasure(2 ** Math.min(mostDoublings, Math.abs(change)))}`;
  return Math.abs(change) >= mostDoublings ? text('heatmap:legend.orMore', { times }) : times;
}
