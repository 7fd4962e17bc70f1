// The rows of a grid that are in view, with empty space standing for all others.
import type { RowData } from '@tanstack/react-table';
import styles from './data-grid.module.css';
import type { GridTable, GridTree, TreePlace } from './grid-table.ts';
import { TreeMarker } from './tree-marker.tsx';

/** Which row, and where it begins and ends in pixels. */
export type RowPlace = { index: number; start: number; end: number };

type GridRowsProps<Row extends RowData> = {
  table: GridTable<Row>;
  gridId: string;
  selectedId: string | null;
  items: readonly RowPlace[];
  totalSize: number;
  scrollMargin: number;
  tree: GridTree | undefined;
};

export function GridRows<Row extends RowData>(props: GridRowsProps<Row>) {
  const { table, gridId, selectedId, items, totalSize, scrollMargin, tree } = props;
  const rows = table.getRowModel().rows;
  const before = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const after = totalSize - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin);
  return (
    <tbody>
      <Space height={before} />
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const place = tree?.placeOf(row.id);
        return (
          <tr
            key={row.id}
            id={`${gridId}-${item.index}`}
            data-row={row.id}
            className={styles.row}
            aria-rowindex={item.index + 2}
            aria-selected={row.id === selectedId}
            aria-level={place?.level}
            aria-expanded={place?.isExpanded ?? undefined}
          >
            {place?.heading === undefined ? (
              row.getAllCells().map((cell, column) => (
                // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its column draws the content
                <td key={cell.id} className={styles.cell}>
                  {column === 0 && place !== undefined && <TreeMarker place={place} />}
                  <table.FlexRender cell={cell} />
                </td>
              ))
            ) : (
              <HeadingCell place={place} columns={row.getAllCells().length} />
            )}
          </tr>
        );
      })}
      <Space height={after} />
    </tbody>
  );
}

function HeadingCell({ place, columns }: { place: TreePlace; columns: number }) {
  return (
    <td colSpan={columns} className={`${styles.cell} ${styles.heading}`}>
      <TreeMarker place={place} />
      {place.heading}
    </td>
  );
}

function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return <tr aria-hidden="true" style={{ height: `${height}px` }} />;
}
