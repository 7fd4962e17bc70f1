// Where rows lie in a list too long for a browser to be as high as: beyond some height the scroll bar stands for shares.

export type LongScroll = {
  readonly rows: number;
  /** Pixels of one row, and of all rows in sight. */
  readonly rowHeight: number;
  readonly viewport: number;
};

/** Browsers draw nothing reliably beyond some 17 million pixels. */
const mostPixels = 8_000_000;

/** Height of what scrolls, in pixels. */
export function scrolledHeight({ rows, rowHeight, viewport }: LongScroll): number {
  return Math.max(viewport, Math.min(rows * rowHeight, mostPixels));
}

/** Whether a pixel of the scroll bar stands for more than a pixel of the list. */
export function isScaled({ rows, rowHeight }: LongScroll): boolean {
  return rows * rowHeight > mostPixels;
}

/** The first row in sight when scrolled to the end; a part of a row is a fraction. */
export function lastTop({ rows, rowHeight, viewport }: LongScroll): number {
  return Math.max(0, rows - viewport / rowHeight);
}

/** The first row in sight at a place of the scroll bar. */
export function topAt(scrollTop: number, list: LongScroll): number {
  const most = scrolledHeight(list) - list.viewport;
  return most <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / most)) * lastTop(list);
}

/** The place of the scroll bar at which a row is the first in sight. */
export function scrollAt(top: number, list: LongScroll): number {
  const last = lastTop(list);
  return last <= 0 ? 0 : (Math.min(last, Math.max(0, top)) / last) * (scrolledHeight(list) - list.viewport);
}

/** The first row in sight so that `row` is in sight too: as near as can be, or in the middle where it is far off. */
export function topShowing(row: number, top: number, list: LongScroll): number {
  const seen = Math.max(1, Math.floor(list.viewport / list.rowHeight));
  if (row >= top && row + 1 <= top + list.viewport / list.rowHeight) return top;
  const isFar = row < top - seen || row > top + 2 * seen;
  const wanted = isFar
    ? row - Math.floor(seen / 2)
    : row < top
      ? row
      : row + 1 - list.viewport / list.rowHeight;
  return Math.min(lastTop(list), Math.max(0, wanted));
}

/** The rows to draw, the last one not included. */
export function rowsInSight(top: number, list: LongScroll): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(Math.floor(top), list.rows - 1));
  return { first, end: Math.min(list.rows, Math.ceil(top + list.viewport / list.rowHeight)) };
}
