// The header row of a grid; a sortable column is a button that says its direction.
import type { RowData } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import styles from './data-grid.module.css';
import type { GridTable } from './grid-table.ts';

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export function GridHead<Row extends RowData>({ table }: { table: GridTable<Row> }) {
  return (
    <div className={styles.head} role="rowgroup">
      {table.getHeaderGroups().map((group) => (
        <div key={group.id} className={styles.headRow} role="row" aria-rowindex={1}>
          {group.headers.map((header) => {
            const sorted = header.column.getIsSorted();
            return (
              <div
                key={header.id}
                role="columnheader"
                className={styles.headCell}
                aria-sort={sorted === false ? undefined : ariaSort[sorted]}
              >
                {header.column.getCanSort() ? (
                  <button
                    type="button"
                    className={styles.sort}
                    onClick={header.column.getToggleSortingHandler()}
                  >
                    <table.FlexRender header={header} />
                    {sorted === 'asc' && <ArrowUp className={styles.arrow} aria-hidden="true" />}
                    {sorted === 'desc' && <ArrowDown className={styles.arrow} aria-hidden="true" />}
                  </button>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
