// Runs inside a page: a table with a row in the document for every event.

export type PlainRow = readonly string[];

export type PlainTable = {
  /** Keeps the rows that the others work with. */
  load: (rows: readonly PlainRow[]) => void;
  /** Each answers milliseconds until it was painted. */
  open: () => Promise<number>;
  scrollToEnd: () => Promise<number>;
  /** Rows with this text in a cell stay. */
  filter: (text: string) => Promise<number>;
  /** Scrolls to a row and marks it. */
  jump: (row: number) => Promise<number>;
  scroll: (count: number) => Promise<number[]>;
};

declare global {
  // A property of the page, not of this process.
  var plainTable: PlainTable;
}

let loaded: readonly PlainRow[] = [];

function show(rows: readonly PlainRow[]): void {
  const table = document.createElement('table');
  for (const row of rows) {
    const line = table.insertRow();
    for (const cell of row) line.insertCell().textContent = cell;
  }
  const scroller = document.createElement('div');
  scroller.style.cssText = 'height: 700px; overflow: auto; font: 13px sans-serif';
  scroller.append(table);
  document.body.replaceChildren(scroller);
}

function scroller(): Element {
  const found = document.querySelector('div');
  if (found === null) throw new Error('No table is shown.');
  return found;
}

const painted = async (work: () => void): Promise<number> => {
  const from = performance.now();
  work();
  return (await marks.paintedWhen(() => true)) - from;
};

globalThis.plainTable = {
  load: (rows) => {
    loaded = rows;
  },
  open: () => painted(() => show(loaded)),
  scrollToEnd: () => painted(() => scroller().scrollTo({ top: scroller().scrollHeight })),
  filter: (text) => painted(() => show(loaded.filter((row) => row.some((cell) => cell.includes(text))))),
  jump: (row) =>
    painted(() => {
      const line = document.querySelectorAll('tr')[row];
      line?.setAttribute('aria-selected', 'true');
      line?.scrollIntoView();
    }),
  scroll: async (count) => {
    const frame = scroller();
    return marks.frames(() => frame.scrollBy({ top: 400, behavior: 'instant' }), count);
  },
};
