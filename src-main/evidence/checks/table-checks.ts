// Checks that the tables for spreadsheets repeat the data, byte for byte, while the data goes by.
import { archivedFile, type PackArchive } from '../pack-archive.ts';
import { findingsPart, itemRows } from '../pack-contents.ts';
import { findingTables, isSecondedRow, itemTables, tableNames, type PackTable } from '../pack-csv.ts';
import { failCheck, listNames } from './check.ts';
import { take, type Watcher } from './watcher.ts';

/** Compares a file with the text it should have, as that text comes. */
function comparison(archive: PackArchive, name: string) {
  const actual = archivedFile(archive, name).read()[Symbol.asyncIterator]();
  let piece: Uint8Array = new Uint8Array();
  let isDifferent = false;
  const more = async (): Promise<boolean> => {
    while (piece.length === 0) {
      const next = await actual.next();
      if (next.done === true) return false;
      piece = next.value;
    }
    return true;
  };
  return {
    isDifferent: (): boolean => isDifferent,
    /** The next bytes, at least as many as asked for where there are so many; they stay to be compared. */
    peek: async (length: number): Promise<Uint8Array> => {
      while (piece.length < length) {
        const next = await actual.next();
        if (next.done === true) break;
        piece = Buffer.concat([piece, next.value]);
      }
      return piece;
    },
    expect: async (text: string): Promise<void> => {
      let expected: Uint8Array = Buffer.from(text, 'utf8');
      while (expected.length > 0 && !isDifferent) {
        if (!(await more())) isDifferent = true;
        const length = Math.min(expected.length, piece.length);
        if (Buffer.compare(expected.subarray(0, length), piece.subarray(0, length)) !== 0) isDifferent = true;
        [expected, piece] = [expected.subarray(length), piece.subarray(length)];
      }
    },
    expectEnd: async (): Promise<void> => {
      if (!isDifferent && (await more())) isDifferent = true;
    },
    close: async (): Promise<void> => void (await actual.return?.(undefined)),
  };
}

/** One table: its rows are collected until there are some, then compared at once. */
function tableComparison<Row>(archive: PackArchive, table: PackTable<Row>) {
  const file = comparison(archive, table.name);
  const isSeconded = once(async () => {
    const head = table.head(true);
    const bytes = Buffer.from(head, 'utf8');
    const start = await file.peek(bytes.length);
    return bytes.equals(start.subarray(0, bytes.length));
  });
  let rows: Row[] = [];
  let isBegun = false;
  return {
    name: table.name,
    add: (row: Row): void => void rows.push(row),
    isDifferent: file.isDifferent,
    /** Whether its head is the one for packs in which a decision needed a second person. */
    isSeconded,
    settle: async (): Promise<void> => {
      const seconded = await isSeconded();
      const head = isBegun ? '' : table.head(seconded);
      isBegun = true;
      const taken = rows;
      rows = [];
      await file.expect(head + taken.map((row) => table.line(row, seconded)).join(''));
    },
    expectEnd: file.expectEnd,
    close: file.close,
  };
}

function once<Value>(compute: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | undefined;
  return () => (kept ??= compute());
}

/** Says whether the head fits what the rows turned out to be, and nothing follows the last row. */
async function isWhole<Row>(
  compared: ReturnType<typeof tableComparison<Row>>,
  table: PackTable<Row>,
  sawSeconded: boolean,
): Promise<boolean> {
  await compared.settle();
  await compared.expectEnd();
  const dependsOnSeconds = table.head(true) !== table.head(false);
  const isHeadRight = !dependsOnSeconds || (await compared.isSeconded()) === sawSeconded;
  return isHeadRight && !compared.isDifferent();
}

export function watchTables(archive: PackArchive): Watcher {
  const ofItems = itemTables.map((table) => ({ table, compared: tableComparison(archive, table) }));
  const ofFindings = findingTables.map((table) => ({ table, compared: tableComparison(archive, table) }));
  let sawSeconded = false;
  return {
    name: 'csv',
    takes: [
      take(itemRows, (row) => {
        sawSeconded ||= isSecondedRow(row);
        for (const { compared } of ofItems) compared.add(row);
      }),
      take(findingsPart, (finding) => {
        for (const { compared } of ofFindings) compared.add(finding);
      }),
    ],
    settle: async () => {
      for (const { compared } of [...ofItems, ...ofFindings]) await compared.settle();
    },
    close: async () => {
      for (const { compared } of [...ofItems, ...ofFindings]) await compared.close();
    },
    end: async () => {
      const different: string[] = [];
      for (const { table, compared } of ofItems)
        if (!(await isWhole(compared, table, sawSeconded))) different.push(table.name);
      for (const { table, compared } of ofFindings)
        if (!(await isWhole(compared, table, sawSeconded))) different.push(table.name);
      if (different.length > 0) failCheck('tampered', `Not what the data says: ${listNames(different)}.`);
      return `${tableNames.length} CSV files equal the data.`;
    },
  };
}
