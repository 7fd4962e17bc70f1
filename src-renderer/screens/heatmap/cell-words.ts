// A cell of the heatmap in words.
import type { HeatPeriod } from '../../charts/heat-change.ts';
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { hourOfWeekWords, hourWords } from '../../charts/hours-of-week.ts';
import { formatMeasure } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import type { HeatKind } from './cell-at.ts';

export type ShownCells = {
  kind: HeatKind;
  grid: HeatGrid;
  counts: HeatPeriod;
  before: HeatPeriod | null;
  zone: string;
};

export type CellWords = {
  /** Id of an actor, empty for nobody; a day where the rows are days. */
  who: string;
  /** `Tuesday 14:00–15:00 (UTC)` */
  hour: string;
  /** `3 events`, or how they changed. */
  amount: string;
};

/** Null where there is no such row. */
export function cellWords(shown: ShownCells, { row, column }: HeatCellAt): CellWords | null {
  const { kind, grid, zone } = shown;
  const who = grid.rows[row]?.id;
  if (who === undefined) return null;
  const hour = `${kind === 'week' ? hourOfWeekWords(column) : hourWords(column)} (${zone})`;
  return { who, hour, amount: amountWords(shown, who, column) };
}

function amountWords({ counts, before }: ShownCells, id: string, column: number): string {
  const now = countOf(counts.grid, id, column);
  if (Number.isNaN(now)) return text('heatmap:notCovered');
  if (before === null) return text('heatmap:events', { count: now });
  const past = countOf(before.grid, id, column);
  if (Number.isNaN(past)) return text('heatmap:notCovered');
  return text('heatmap:change', {
    now: text('heatmap:events', { count: now }),
    nowRate: formatMeasure(now / counts.weeks),
    before: past,
    beforeRate: formatMeasure(past / before.weeks),
  });
}

/** Who is not among the rows did nothing; that nobody looked shows in every other row. */
function countOf({ rows }: HeatGrid, id: string, column: number): number {
  const own = rows.find((row) => row.id === id);
  if (own !== undefined) return own.counts[column] ?? Number.NaN;
  return Number.isNaN(rows[0]?.counts[column] ?? 0) ? Number.NaN : 0;
}
