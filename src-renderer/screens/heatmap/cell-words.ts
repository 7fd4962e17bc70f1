// A cell of the heatmap in words.
import type { HeatPeriod } from '../../charts/heat-change.ts';
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { hourOfWeekWords, hourWords } from '../../charts/hours-of-week.ts';
import { formatMeasure } from '../../domain/count-words.ts';
import { quoted } from '../../domain/event-words.ts';
import { text } from '../../texts/text.ts';
import type { HeatKind } from './cell-at.ts';

type Shown = {
  kind: HeatKind;
  grid: HeatGrid;
  counts: HeatPeriod;
  before: HeatPeriod | null;
  names: ReadonlyMap<string, string>;
  zone: string;
};

/** `Dana ‘42’ · Tuesday 14:00–15:00 (UTC) · 3 events`. */
export function cellWords(shown: Shown, { row, column }: HeatCellAt): string {
  const { kind, grid, names, zone } = shown;
  const id = grid.rows[row]?.id;
  if (id === undefined) return text('heatmap:hint');
  const hour = `${kind === 'week' ? hourOfWeekWords(column) : hourWords(column)} (${zone})`;
  const who = kind === 'days' ? id : actorWords(id, names);
  return text('heatmap:readOut', { who, hour, amount: amountWords(shown, id, column) });
}

function actorWords(id: string, names: ReadonlyMap<string, string>): string {
  const known = [names.get(id), id].filter((part) => part !== undefined && part !== '');
  return known.length === 0
    ? text('heatmap:Unattributed')
    : known.map((part) => quoted(part ?? '')).join(' ');
}

function amountWords({ counts, before }: Shown, id: string, column: number): string {
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
