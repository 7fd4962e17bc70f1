// Which events a cell of a heatmap stands for.
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { hourInZone } from '../../domain/zoned-time.ts';
import type { Bounds } from '../../domain/period.ts';

/** Rows are actors over the hours of the week, or days over their hours. */
export type HeatKind = 'week' | 'days';

export type CellAt =
  { kind: 'week'; actor: string; hourOfWeek: number } | { kind: 'days'; date: string; hour: number };

export function cellAt(kind: HeatKind, grid: HeatGrid, { row, column }: HeatCellAt): CellAt | null {
  const id = grid.rows[row]?.id;
  if (id === undefined) return null;
  return kind === 'week' ? { kind, actor: id, hourOfWeek: column } : { kind, date: id, hour: column };
}

/** The instants between which a local hour lies; an hour that the clocks repeat lasts two, one they skip is nothing. */
export function boundsOfHour(date: string, hour: number, zone: string): Required<Bounds> | null {
  const from = hourInZone(date, hour, zone);
  if (from === null) return null;
  const after = new Date(Date.parse(`${date}T00:00:00Z`) + (hour + 1) * 3_600_000).toISOString();
  const to =
    hourInZone(after.slice(0, 10), Number(after.slice(11, 13)), zone) ??
    new Date(Date.parse(from) + 3_600_000).toISOString();
  return { from, to };
}
