// The table twin of the heatmap: every cell that holds events, as rows.
import { useMemo } from 'react';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { hourOfWeekWords } from '../../charts/heat-grid.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { gridColumns, useGridTable } from '../../components/grid-table.ts';
import { ActorText } from '../../domain/actor-text.tsx';
import { formatCount } from '../../domain/count-words.ts';
import type { OpenCell } from '../../state/heatmap-view.ts';
import { useSelection } from '../../state/selection.ts';

type CellRow = OpenCell & { id: string; name: string | null; count: number };

const column = gridColumns<CellRow>();
const columns = column.columns([
  column.accessor('actor', {
    header: 'Actor',
    cell: ({ row }) => <ActorText actor={row.original.actor} name={row.original.name} />,
  }),
  column.accessor('hourOfWeek', {
    header: 'Hour of the week',
    cell: ({ row }) => hourOfWeekWords(row.original.hourOfWeek),
  }),
  column.accessor('count', { header: 'Events', cell: ({ row }) => formatCount(row.original.count) }),
]);

function rowsOf(grid: HeatGrid, names: ReadonlyMap<string, string>): CellRow[] {
  const rows: CellRow[] = [];
  for (const { actor, counts } of grid.rows) {
    counts.forEach((count, hourOfWeek) => {
      if (count > 0)
        rows.push({ id: `${hourOfWeek} ${actor}`, actor, name: names.get(actor) ?? null, hourOfWeek, count });
    });
  }
  return rows.toSorted((left, right) => right.count - left.count);
}

type HeatTableProps = {
  grid: HeatGrid;
  names: ReadonlyMap<string, string>;
  onOpen: (cell: OpenCell) => void;
};

export function HeatTable({ grid, names, onOpen }: HeatTableProps) {
  const rows = useMemo(() => rowsOf(grid, names), [grid, names]);
  const table = useGridTable(rows, columns, (row) => row.id);
  const selectedId = useSelection((state) => state.selected.heatmap);
  const select = useSelection((state) => state.select);
  const open = (id: string) => {
    const row = rows.find((candidate) => candidate.id === id);
    if (row !== undefined) onOpen({ actor: row.actor, hourOfWeek: row.hourOfWeek });
  };
  return (
    <DataGrid
      label="Heatmap as a table"
      table={table}
      widths={['40%', undefined, '120px']}
      selectedId={selectedId}
      onSelect={(id) => {
        select('heatmap', id);
        open(id);
      }}
      onOpen={open}
      empty={<EmptyState title="No events in this selection" />}
    />
  );
}
