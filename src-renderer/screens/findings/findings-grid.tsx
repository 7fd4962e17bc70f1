// A list of findings, cases or anomalies of which one is in view: selection, keys and the order on screen are the same for all.
import type { RowData } from '@tanstack/react-table';
import { useCallback, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { DataGrid } from '../../components/data-grid.tsx';
import { useGridTable, visibleOrder, type GridColumn, type GridTree } from '../../components/grid-table.ts';
import { useSelection } from '../../state/selection.ts';
import { useMoveKeys } from './use-finding-keys.ts';

/** Ids of a list in the order they are on screen, for who asks when something is exported. */
export type ShownOrder = RefObject<() => string[]>;

export function useShownOrder(): { order: ShownOrder; keepOrder: (tell: () => string[]) => void } {
  const order = useRef<() => string[]>(() => []);
  const keepOrder = useCallback((tell: () => string[]) => {
    order.current = tell;
  }, []);
  return { order, keepOrder };
}

export type Columns<Row extends RowData> = {
  columns: GridColumn<Row>[];
  widths: readonly (string | undefined)[];
  leastWidth: number;
};

type FindingsGridProps<Row extends RowData> = {
  label: string;
  rows: readonly Row[];
  columns: Columns<Row>;
  detail: RefObject<HTMLElement | null>;
  empty: ReactNode;
  /** Called with what tells the ids in the order they are on screen. */
  onOrder?: ((tell: () => string[]) => void) | undefined;
  tree?: GridTree | undefined;
};

const rowId = ({ id }: { id: string }) => id;

export function FindingsGrid<Row extends { id: string }>({
  label,
  rows,
  columns: { columns, widths, leastWidth },
  detail,
  empty,
  onOrder,
  tree,
}: FindingsGridProps<Row>) {
  const table = useGridTable(rows, columns, rowId);
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const open = () => detail.current?.focus();
  useEffect(() => {
    onOrder?.(() => visibleOrder(table));
  });
  useMoveKeys(() => visibleOrder(table), open);
  return (
    <DataGrid
      label={label}
      table={table}
      widths={widths}
      leastWidth={leastWidth}
      selectedId={selectedId}
      onSelect={(id) => select('findings', id)}
      onOpen={open}
      empty={empty}
      tree={tree}
    />
  );
}
