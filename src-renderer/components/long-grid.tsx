// A grid over rows that are never all there: it scrolls through any number of them, and draws what is known of those in sight.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import gridStyles from './data-grid.module.css';
import styles from './long-grid.module.css';
import { rowsInSight, scrolledHeight, topShowing } from './long-scroll.ts';
import type { LongScroll } from './long-scroll.ts';
import { useLongScroll } from './use-long-scroll.ts';

export type LongColumn<Row> = {
  name: string;
  /** Columns without one share what is left. */
  width?: string;
  cell: (row: Row) => ReactNode;
};

type LongGridProps<Row> = {
  label: string;
  columns: readonly LongColumn<Row>[];
  /** How many rows there are, as far as is known. */
  total: number;
  isTotalKnown: boolean;
  rowAt: (row: number) => Row | undefined;
  rowHeight: number;
  /** Below this width in pixels the grid scrolls sideways. */
  leastWidth: number;
  selected: number | null;
  onSelect: (row: number) => void;
  onOpen: () => void;
  /** Called with the rows in sight whenever they change; the last one is not included. */
  onView: (first: number, end: number) => void;
  /** What stands in a row that is still being read, given its number. */
  waiting: (row: number) => ReactNode;
  empty: ReactNode;
};

export function LongGrid<Row>(props: LongGridProps<Row>) {
  const { label, columns, total, isTotalKnown, rowHeight, leastWidth, selected, onSelect, onView } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const height = useHeight(scroller);
  const list: LongScroll = { rows: total, rowHeight, viewport: Math.max(0, height - rowHeight) };
  const { top, show } = useLongScroll(scroller, list);
  const { first, end } = rowsInSight(top, list);
  useEffect(() => onView(first, end), [first, end, onView]);
  const isDrawn = total > 0 && height > 0;
  // A row that is chosen comes into sight; scrolling away from it afterwards is free.
  const latest = useRef({ top, list, show });
  useLayoutEffect(() => {
    latest.current = { top, list, show };
  });
  useEffect(() => {
    const now = latest.current;
    if (selected !== null && isDrawn) now.show(topShowing(selected, now.top, now.list));
  }, [selected, isDrawn]);
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  const choose = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('tr')?.dataset['row'] : undefined;
    if (row !== undefined) onSelect(Number(row));
    return row;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') props.onOpen();
    const moved = movedRow(event.key, selected, list);
    if (moved === null) return;
    event.preventDefault();
    onSelect(moved);
  };
  return (
    <div ref={scroller} className={gridStyles.scroller}>
      <div style={{ height: `${scrolledHeight(list) + rowHeight}px`, minWidth: `${leastWidth}px` }}>
        <div className={styles.sight} style={{ height: `${height}px` }}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a grid is a table with a selection */}
          <table
            className={gridStyles.grid}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- see above
            role="grid"
            aria-label={label}
            aria-rowcount={isTotalKnown ? total + 1 : -1}
            aria-activedescendant={
              selected !== null && selected >= first && selected < end ? `${gridId}-${selected}` : undefined
            }
            tabIndex={0}
            style={{ '--row-height': `${rowHeight}px` }}
            onKeyDown={onKeyDown}
            onClick={choose}
            onDoubleClick={(event) => choose(event) !== undefined && props.onOpen()}
          >
            <colgroup>
              {columns.map(({ name, width }) => (
                <col key={name} style={{ width }} />
              ))}
            </colgroup>
            <thead className={styles.head}>
              <tr aria-rowindex={1}>
                {columns.map(({ name }) => (
                  <th key={name} scope="col" className={gridStyles.headCell}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody style={{ transform: `translateY(${-(top - first) * rowHeight}px)` }}>
              {rows.map((row) => (
                <LongRow key={row} {...props} row={row} id={`${gridId}-${row}`} />
              ))}
            </tbody>
          </table>
          {total === 0 && props.empty}
        </div>
      </div>
    </div>
  );
}

type LongRowProps<Row> = LongGridProps<Row> & { row: number; id: string };

function LongRow<Row>({ row, id, columns, rowAt, selected, waiting }: LongRowProps<Row>) {
  const known = rowAt(row);
  return (
    <tr
      id={id}
      data-row={row}
      className={gridStyles.row}
      aria-rowindex={row + 2}
      aria-selected={row === selected}
      aria-busy={known === undefined ? true : undefined}
    >
      {known === undefined ? (
        <td colSpan={columns.length} className={`${gridStyles.cell} ${styles.waiting}`}>
          {waiting(row)}
        </td>
      ) : (
        columns.map(({ name, cell }) => (
          <td key={name} className={gridStyles.cell}>
            {cell(known)}
          </td>
        ))
      )}
    </tr>
  );
}

function movedRow(key: string, selected: number | null, list: LongScroll): number | null {
  const page = Math.max(1, Math.floor(list.viewport / list.rowHeight) - 1);
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -list.rows,
    End: list.rows,
  };
  const step = steps[key];
  if (step === undefined || list.rows === 0) return null;
  if (selected === null) return key === 'End' ? list.rows - 1 : 0;
  return Math.min(list.rows - 1, Math.max(0, selected + step));
}

function useHeight(scroller: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // It tells the size once as soon as it watches.
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return height;
}
