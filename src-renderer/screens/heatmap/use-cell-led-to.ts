// The cell another screen led to: open, and under the cursor, when the heatmap appears.
import { useEffect, useState } from 'react';
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import type { CellAt, HeatKind } from './cell-at.ts';

type LedTo = { open: CellAt; cursor: HeatCellAt | null };

/** Told once: whoever comes back later finds nothing open. Null where nobody led here. */
export function useCellLedTo(kind: HeatKind, grid: HeatGrid): LedTo | null {
  const [ledTo] = useState(() => cellLedTo(kind, grid));
  useEffect(() => useHeatmapView.getState().setOpen(null), []);
  return ledTo;
}

function cellLedTo(kind: HeatKind, grid: HeatGrid): LedTo | null {
  const { open } = useHeatmapView.getState();
  if (open === null || kind !== 'week') return null;
  const row = grid.rows.findIndex(({ id }) => id === open.actor);
  return {
    open: { kind, actor: open.actor, hourOfWeek: open.hourOfWeek },
    cursor: row < 0 ? null : { row, column: open.hourOfWeek },
  };
}
