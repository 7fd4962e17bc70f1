// A virtualised grid: only the rows in view exist, yet position, count and selection are told to assistive technology.
import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import styles from './data-grid.module.css';
import { GridHead } from './grid-head.tsx';
import { visibleOrder } from './grid-table.ts';
import type { GridTable } from './grid-table.ts';
import { movedSelection } from './selection-move.ts';

type DataGridProps<Row extends RowData> = {
  label: string;
  table: GridTable<Row>;
  /** CSS grid-template-columns of every row. */
  template: string;
  selectedId: string | null;
  onSelect: (id: string) => void;
  onOpen?: ((id: string) => void) | undefined;
  empty: ReactNode;
  rowHeight?: number;
};

const pageOfRows = 12;

function stepsFor(key: string, rows: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageOfRows,
    PageUp: -pageOfRows,
    Home: -rows,
    End: rows,
  };
  return steps[key] ?? null;
}

export function DataGrid<Row extends RowData>(props: DataGridProps<Row>) {
  const { label, table, template, selectedId, onSelect, onOpen, empty, rowHeight = 32 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const rows = table.getRowModel().rows;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: rowHeight,
  });
  const selectedIndex = rows.findIndex((row) => row.id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const steps = stepsFor(event.key, rows.length);
    if (steps !== null) {
      event.preventDefault();
      const moved = movedSelection(visibleOrder(table), selectedId, steps);
      if (moved !== null) onSelect(moved);
    }
    if (event.key === 'Enter' && selectedId !== null) onOpen?.(selectedId);
  };
  return (
    <div
      ref={scroller}
      className={styles.grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selectedIndex >= 0 ? `${gridId}-${selectedIndex}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ '--template': template, '--row-height': `${rowHeight}px` } as CSSProperties}
    >
      <GridHead table={table} />
      {rows.length === 0 ? (
        empty
      ) : (
        <div className={styles.body} role="rowgroup" style={{ height: `${virtualizer.getTotalSize()}px` }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <div
                key={row.id}
                id={`${gridId}-${item.index}`}
                className={styles.row}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={row.id === selectedId}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => onSelect(row.id)}
                onDoubleClick={() => onOpen?.(row.id)}
              >
                {row.getAllCells().map((cell) => (
                  <div key={cell.id} role="gridcell" className={styles.cell}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}
