// Rows of a list that is read page by page, the next one when the last row that is known comes into sight.
import { useCallback, useRef, useEffect } from 'react';

type Pages = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
};

export type PagedRows<Row> = {
  /** Rows that are known, and one that waits where there are more. */
  total: number;
  isTotalKnown: boolean;
  rowAt: (row: number) => Row | undefined;
  onView: (first: number, end: number) => void;
};

export function usePagedRows<Row>(rows: readonly Row[], pages: Pages): PagedRows<Row> {
  const latest = useRef({ rows, pages });
  useEffect(() => {
    latest.current = { rows, pages };
  });
  const onView = useCallback((_first: number, end: number) => {
    const { rows: known, pages: now } = latest.current;
    if (end > known.length && now.hasNextPage && !now.isFetchingNextPage) void now.fetchNextPage();
  }, []);
  return {
    total: rows.length + (pages.hasNextPage ? 1 : 0),
    isTotalKnown: !pages.hasNextPage,
    rowAt: (row) => rows[row],
    onView,
  };
}
