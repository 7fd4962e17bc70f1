// The header row of a grid; a sortable column is a button that says its direction.
import type { RowData } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import styles from './data-grid.module.css';
import type { GridTable } from './grid-table.ts';

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

export function GridHead<Row extends RowData>({ table }: { table: GridTable<Row> }) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={1}>
          {group.headers.map((header) => {
            const sorted = header.column.getIsSorted();
            return (
              <th
                key={header.id}
                scope="col"
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
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
