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

/** The rows in the order they are on screen. */
export function visibleRows<Row extends RowData>(table: GridTable<Row>): Row[] {
  return table.getRowModel().rows.map((row) => row.original);
}

/** Where a row stands in a grid whose rows open to reveal further ones. */
export type TreePlace = {
  /** 1 for the outermost. */
  level: number;
  /** Null where nothing can be revealed. */
  isExpanded: boolean | null;
  /** Id of the row it belongs to; null for the outermost. */
  parent: string | null;
  /** Shown across all columns instead of cells. */
  heading?: string | undefined;
};

export type GridTree = {
  placeOf: (id: string) => TreePlace;
  onExpand: (id: string, isExpanded: boolean) => void;
};

/** What the arrow to the right or left does in a row: opens or closes it, or moves to its first part or to what it belongs to. */
export function treeStep(
  key: string,
  id: string,
  order: readonly string[],
  { placeOf }: GridTree,
): { expand: boolean } | { select: string } | null {
  const { isExpanded, parent } = placeOf(id);
  if (key === 'ArrowRight' && isExpanded === false) return { expand: true };
  if (key === 'ArrowLeft' && isExpanded === true) return { expand: false };
  if (key === 'ArrowLeft' && parent !== null) return { select: parent };
  const next = order[order.indexOf(id) + 1];
  if (key === 'ArrowRight' && isExpanded === true && next !== undefined) return { select: next };
  return null;
}
