// The table twin of the heatmap: every cell that holds something, as rows.
import { useMemo } from 'react';
import { changeWords } from '../../charts/heat-change.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { hourOfWeekWords, hourWords } from '../../charts/hours-of-week.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { gridColumns, useGridTable } from '../../components/grid-table.ts';
import { ActorText } from '../../domain/actor-text.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { cellAt, type CellAt, type HeatKind } from './cell-at.ts';

type CellRow = { id: string; row: number; column: number; who: string; name: string | null; value: number };

const column = gridColumns<CellRow>();

function columnsFor(kind: HeatKind, isChange: boolean) {
  return column.columns([
    column.accessor('who', {
      header: text(kind === 'week' ? 'heatmap:column.actor' : 'heatmap:column.day'),
      cell: ({ row: { original } }) =>
        kind === 'week' ? <ActorText actor={original.who} name={original.name} /> : original.who,
    }),
    column.accessor('column', {
      header: text(kind === 'week' ? 'heatmap:column.hourOfWeek' : 'heatmap:column.hour'),
      cell: ({ row: { original } }) =>
        kind === 'week' ? hourOfWeekWords(original.column) : hourWords(original.column),
    }),
    column.accessor('value', {
      header: text(isChange ? 'heatmap:column.change' : 'heatmap:column.events'),
      cell: ({ row: { original } }) => (isChange ? changeWords(original.value) : formatCount(original.value)),
    }),
  ]);
}

function rowsOf(grid: HeatGrid, names: ReadonlyMap<string, string>): CellRow[] {
  const cells = grid.rows.flatMap(({ id: who, counts }, row) =>
    [...counts.entries()]
      .filter(([, value]) => !Number.isNaN(value) && value !== 0)
      .map(([at, value]) => ({
        id: `${at} ${who}`,
        row,
        column: at,
        who,
        name: names.get(who) ?? null,
        value,
      })),
  );
  return cells.toSorted((left, right) => Math.abs(right.value) - Math.abs(left.value));
}

type HeatTableProps = {
  kind: HeatKind;
  grid: HeatGrid;
  isChange: boolean;
  names: ReadonlyMap<string, string>;
  onOpen: (cell: CellAt) => void;
};

export function HeatTable({ kind, grid, isChange, names, onOpen }: HeatTableProps) {
  const rows = useMemo(() => rowsOf(grid, names), [grid, names]);
  const columns = useMemo(() => columnsFor(kind, isChange), [kind, isChange]);
  const table = useGridTable(rows, columns, (row) => row.id);
  const selectedId = useSelection((state) => state.selected.heatmap);
  const select = useSelection((state) => state.select);
  const open = (id: string) => {
    const row = rows.find((candidate) => candidate.id === id);
    const cell = row === undefined ? null : cellAt(kind, grid, row);
    if (cell !== null) onOpen(cell);
  };
  return (
    <DataGrid
      label={text('heatmap:chart.table')}
      table={table}
      widths={['40%', undefined, '120px']}
      selectedId={selectedId}
      onSelect={(id) => {
        select('heatmap', id);
        open(id);
      }}
      onOpen={open}
      empty={<EmptyState title={text('heatmap:none')} />}
    />
  );
}
