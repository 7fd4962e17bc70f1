// The table model shared by every grid: TanStack Table with sorting, and nothing it does not use.
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import type { ColumnDef, ReactTable, RowData } from '@tanstack/react-table';

export const gridFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});

export type GridColumn<Row extends RowData> = ColumnDef<typeof gridFeatures, Row>;
export type GridTable<Row extends RowData> = ReactTable<typeof gridFeatures, Row>;

export function gridColumns<Row extends RowData>() {
  return createColumnHelper<typeof gridFeatures, Row>();
}

/** `rows` and `columns` must keep their identity between renders; the order of `rows` holds until a header is used. */
export function useGridTable<Row extends RowData>(
  rows: readonly Row[],
  columns: GridColumn<Row>[],
  rowId: (row: Row) => string,
): GridTable<Row> {
  return useTable({ features: gridFeatures, data: rows, columns, getRowId: rowId });
}

/** The ids in the order they are on screen. */
export function visibleOrder<Row extends RowData>(table: GridTable<Row>): string[] {
  return table.getRowModel().rows.map((row) => row.id);
}
