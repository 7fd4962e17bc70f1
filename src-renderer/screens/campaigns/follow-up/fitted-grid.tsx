// A paged list as high as its rows, up to what its frame allows.
import { useContext, type ReactNode } from 'react';
import { LongGrid, type LongColumn } from '../../../components/long-grid.tsx';
import { RowHeight } from '../../../components/row-height.ts';
import { text } from '../../../texts/text.ts';
import styles from './follow-up.module.css';
import type { PagedRows } from './use-paged-rows.ts';

type FittedGridProps<Row> = PagedRows<Row> & {
  label: string;
  columns: readonly LongColumn<Row>[];
  leastWidth: number;
  selected: number | null;
  onSelect: (row: number) => void;
  onOpen?: () => void;
  empty: ReactNode;
  /** Where there is more beside it on the screen. */
  isLow?: boolean;
};

/** Room for a scroll bar below the rows. */
const spare = 16;

export function FittedGrid<Row>({ isLow = false, onOpen, empty, ...grid }: FittedGridProps<Row>) {
  const rowHeight = useContext(RowHeight);
  // Drawn only once there are rows, so that it has its height when it looks for the one that is chosen.
  if (grid.total === 0) return <div className={styles.grid}>{empty}</div>;
  const height = (grid.total + 1) * rowHeight + spare;
  return (
    <div className={`${styles.grid} ${isLow ? styles.low : ''}`} style={{ height }}>
      <LongGrid
        {...grid}
        rowHeight={rowHeight}
        onOpen={onOpen ?? (() => undefined)}
        waiting={() => text('campaignFollowUp:readingMore')}
        empty={null}
      />
    </div>
  );
}
