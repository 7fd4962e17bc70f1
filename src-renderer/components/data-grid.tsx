// A virtualised grid: only the rows in view exist, yet position, count and selection are told to assistive technology.
import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useContext, useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { text } from '../texts/text.ts';
import styles from './data-grid.module.css';
import { GridHead } from './grid-head.tsx';
import { GridRows, type RowPlace } from './grid-rows.tsx';
import { treeStep, visibleOrder } from './grid-table.ts';
import type { GridTable, GridTree } from './grid-table.ts';
import { RowHeight } from './row-height.ts';
import { movedSelection } from './selection-move.ts';
import { useIsPrinting } from './use-printing.ts';

type DataGridProps<Row extends RowData> = {
  label: string;
  table: GridTable<Row>;
  /** Width of each column; columns without one share what is left. */
  widths: readonly (string | undefined)[];
  /** Below this width in pixels the grid scrolls sideways. */
  leastWidth?: number;
  selectedId: string | null;
  onSelect: (id: string) => void;
  onOpen?: ((id: string) => void) | undefined;
  empty: ReactNode;
  rowHeight?: number;
  /** Smaller text, for grids inside a pane. */
  isDense?: boolean;
  /** Makes it a tree: rows open with the arrow to the right, or by their button. */
  tree?: GridTree | undefined;
};

const pageOfRows = 12;
/** Enough for paper; an export holds the others. */
const mostOnPaper = 500;

const isOnMarker = (event: MouseEvent): boolean =>
  event.target instanceof Element && event.target.closest('[data-marker]') !== null;

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
  const {
    label,
    table,
    widths,
    leastWidth = 0,
    selectedId,
    onSelect,
    onOpen,
    empty,
    rowHeight: givenRowHeight,
    isDense = false,
    tree,
  } = props;
  const usualRowHeight = useContext(RowHeight);
  const rowHeight = givenRowHeight ?? usualRowHeight;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const rows = table.getRowModel().rows;
  const isPrinting = useIsPrinting();
  // oxlint-disable-next-line react/incompatible-library -- a warning to the React Compiler, which is not used
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  const selectedIndex = rows.findIndex((row) => row.id === selectedId);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const steps = stepsFor(event.key, rows.length);
    const moved = steps === null ? null : movedSelection(visibleOrder(table), selectedId, steps);
    if (moved !== null) {
      event.preventDefault();
      onSelect(moved);
    }
    if (event.key === 'Enter' && selectedId !== null) onOpen?.(selectedId);
    if (tree !== undefined && selectedIndex >= 0 && selectedId !== null) onTreeKey(event, tree, selectedId);
  };
  const onTreeKey = (event: KeyboardEvent, within: GridTree, id: string) => {
    const step = treeStep(event.key, id, visibleOrder(table), within);
    if (step === null) return;
    event.preventDefault();
    if ('select' in step) onSelect(step.select);
    else within.onExpand(id, step.expand);
  };
  const rowIdAt = (event: MouseEvent) =>
    event.target instanceof Element ? event.target.closest('tr')?.dataset['row'] : undefined;
  return (
    <div ref={scroller} className={styles.scroller}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a grid is a table with a selection */}
      <table
        className={`${styles.grid} ${isDense ? styles.dense : ''}`}
        role={tree === undefined ? 'grid' : 'treegrid'}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={selectedIndex >= 0 ? `${gridId}-${selectedIndex}` : undefined}
        tabIndex={0}
        style={{ '--row-height': `${rowHeight}px`, minWidth: `${leastWidth}px` }}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const id = rowIdAt(event);
          if (id === undefined) return;
          onSelect(id);
          if (tree !== undefined && isOnMarker(event))
            tree.onExpand(id, tree.placeOf(id).isExpanded !== true);
        }}
        onDoubleClick={(event) => {
          const id = rowIdAt(event);
          if (id !== undefined) onOpen?.(id);
        }}
      >
        <colgroup>
          {table.getAllLeafColumns().map((column, index) => (
            <col key={column.id} style={{ width: widths[index] }} />
          ))}
        </colgroup>
        <GridHead table={table} />
        <GridRows
          table={table}
          gridId={gridId}
          selectedId={selectedId}
          items={isPrinting ? allRows(rows.length, rowHeight) : virtualizer.getVirtualItems()}
          totalSize={isPrinting ? 0 : virtualizer.getTotalSize()}
          scrollMargin={rowHeight}
          tree={tree}
        />
      </table>
      {rows.length === 0 && empty}
      {isPrinting && rows.length > mostOnPaper && (
        <p className={styles.rest}>{text('components:print.rest', { count: rows.length - mostOnPaper })}</p>
      )}
    </div>
  );
}

/** Every row in its place, as far as paper goes. */
function allRows(rows: number, height: number): RowPlace[] {
  return Array.from({ length: Math.min(rows, mostOnPaper) }, (_, index) => ({
    index,
    start: (index + 1) * height,
    end: (index + 2) * height,
  }));
}
