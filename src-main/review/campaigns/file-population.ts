// A population from a CSV file that was handed over: the same items, filters and counts as from a table.
import type {
  CampaignIpe,
  CampaignScope,
  EntitlementColumns,
  ScopeFilter,
  TriState,
} from '#shared/model/campaign.ts';
import { assertNever, Problem } from '#shared/model/problem.ts';
import type { PopulationRow } from '../../source/population-rows.ts';
import { filterInWords } from '../../source/population-query.ts';
import { noWords, yesWords } from '../../source/tri-state-words.ts';
import { countCsvRows, hashBytes, readCsv, type CsvRow } from './csv-rows.ts';
import { itemKey } from './item-digest.ts';
import { inOrder } from './keys-in-order.ts';

type FileScope = Extract<CampaignScope, { from: 'file' }>;

export type FilePopulation = Pick<
  CampaignIpe,
  'query' | 'parameters' | 'rows' | 'countedRows' | 'excluded'
> & {
  /** In the order of their keys. */
  readonly items: readonly PopulationRow[];
};

/**
 * In steps: a quarter of a million rows take seconds. They are in memory meanwhile, with some 500 bytes each.
 * @throws Problem `source-changed` for another file than the one named, `source-missing` for a column it lacks, `file-unreadable`
 */
export function* filePopulation(bytes: Uint8Array, scope: FileScope): Generator<undefined, FilePopulation> {
  if ((yield* hashBytes(bytes)) !== scope.sha256)
    throw new Problem(
      'source-changed',
      'This is not the file that was handed over. The population was not frozen.',
      {
        next: 'Hand the file over again.',
      },
    );
  const kept = yield* keptRows(bytes, scope);
  const counted = yield* countCsvRows(bytes);
  if (counted !== kept.read)
    throw new Problem(
      'source-changed',
      `The file was read as ${kept.read} rows, but a separate count found ${counted}. The population was not frozen.`,
      { next: 'Remove blank lines, or export the file again.' },
    );
  const items = yield* itemsOf(kept);
  const { excluded } = kept;
  const leftOut = excluded.reduce((sum, { rows }) => sum + rows, 0);
  return {
    query: `rows of ${scope.name} (SHA-256 ${scope.sha256})${scope.filters.map((filter) => `; ${filterInWords(filter)}`).join('')}`,
    parameters: [],
    rows: items.reduce((sum, { rows }) => sum + rows, 0),
    countedRows: counted - leftOut,
    excluded,
    items,
  };
}

type KeptRows = {
  /** By the keys of their items. */
  readonly groups: Map<string, CsvRow[]>;
  readonly cell: Cells;
  /** How many rows there were, with those that are left out. */
  readonly read: number;
  readonly excluded: CampaignIpe['excluded'];
};

function* keptRows(bytes: Uint8Array, scope: FileScope): Generator<undefined, KeptRows> {
  const { columns, rows } = readCsv(bytes);
  const sieves = scope.filters.map((filter) => ({
    filter,
    index: columnIndex(columns, filter.column),
    rows: 0,
  }));
  const cell = cellReader(columns, scope.columns);
  const groups = new Map<string, CsvRow[]>();
  let read = 0;
  for (const some of rows()) {
    read += some.length;
    for (const row of some) {
      const sieve = sieves.find(({ filter, index }) => !isKept(row[index] ?? '', filter));
      if (sieve) sieve.rows += 1;
      else note(groups, keyOf(row, cell), row);
    }
    yield undefined;
  }
  const excluded = sieves.map(({ filter, rows: leftOut }) => ({
    what: `what is left by keeping ${filterInWords(filter)}`,
    reason: filter.reason,
    rows: leftOut,
  }));
  return { groups, cell, read, excluded };
}

const keyOf = (row: CsvRow, cell: Cells): string =>
  itemKey(cell(row, 'subject') ?? '', cell(row, 'entitlement') ?? '', cell(row, 'resource'));

function note(groups: Map<string, CsvRow[]>, key: string, row: CsvRow): void {
  const known = groups.get(key);
  if (known) known.push(row);
  else groups.set(key, [row]);
}

function columnIndex(columns: readonly string[], name: string): number {
  const index = columns.indexOf(name);
  if (index !== -1) return index;
  const [only = ''] = columns;
  const isOtherwiseSeparated = columns.length === 1 && /[;\t]/.test(only);
  throw new Problem('source-missing', `The file has no column “${name}”. The population was not frozen.`, {
    next: isOtherwiseSeparated
      ? 'Its first row holds one name with semicolons or tabs in it: export it again with commas between the cells.'
      : 'Correct the definition, or hand over a file with this column.',
  });
}

function isKept(cell: string, { is, values }: ScopeFilter): boolean {
  switch (is) {
    case 'equal':
      return cell === values[0];
    case 'not-equal':
      return cell !== values[0];
    case 'one-of':
      return values.includes(cell);
    case 'empty':
      return cell === '';
    case 'not-empty':
      return cell !== '';
    default:
      return assertNever(is);
  }
}

type Column = keyof EntitlementColumns;
type Cells = (row: CsvRow, column: Column) => string | null;

function cellReader(names: readonly string[], columns: EntitlementColumns): Cells {
  const indices = new Map<string, number>();
  for (const [column, name] of Object.entries(columns))
    if (name !== undefined) indices.set(column, columnIndex(names, name));
  return (row, column) => {
    const index = indices.get(column);
    return index === undefined ? null : row[index] || null;
  };
}

const yes = new Set<string>(yesWords);
const no = new Set<string>(noWords);

function triStateOf(text: string | null): TriState {
  const word = text?.trim().toLowerCase() ?? '';
  return yes.has(word) ? 'yes' : no.has(word) ? 'no' : 'unknown';
}

/** In the order of their keys; the rows are let go of. */
function* itemsOf({ groups, cell }: KeptRows): Generator<undefined, PopulationRow[]> {
  const items: CountedRow[] = [];
  const count = peerCounts();
  for (const keys of inOrder(groups.keys())) {
    for (const key of keys) {
      const item = toItem(key, groups.get(key)!, cell);
      groups.delete(key);
      count.add(item);
      items.push(item);
    }
    yield undefined;
  }
  for (const [place, item] of items.entries()) {
    Object.assign(item, count.of(item));
    if (place % itemsAtOnce === 0) yield undefined;
  }
  return items;
}

const itemsAtOnce = 5_000;

type CountedRow = PopulationRow & { peers: number; holders: number };

/** How many different subjects of a type there are, and how many of them hold an entitlement. */
function peerCounts() {
  const peers = new Map<string, Set<string>>();
  const holders = new Map<string, Set<string>>();
  const kindOf = ({ subjectType }: PopulationRow) => subjectType ?? '';
  const rightOf = (item: PopulationRow) => `${kindOf(item)}\0${item.entitlement}`;
  const noteIn = (sets: Map<string, Set<string>>, name: string, member: string) => {
    const known = sets.get(name);
    if (known) known.add(member);
    else sets.set(name, new Set([member]));
  };
  return {
    add: (item: PopulationRow): void => {
      noteIn(peers, kindOf(item), item.subject);
      noteIn(holders, rightOf(item), item.subject);
    },
    of: (item: PopulationRow) => ({
      peers: peers.get(kindOf(item))?.size ?? 0,
      holders: holders.get(rightOf(item))?.size ?? 0,
    }),
  };
}

function toItem(key: string, members: readonly CsvRow[], cell: Cells): CountedRow {
  const first = members[0]!;
  const filled = (column: Column) => members.map((row) => cell(row, column)).filter((text) => text !== null);
  /** What rows that say it say differently is not known. */
  const agreed = (column: Column) => {
    const values = new Set(filled(column));
    return values.size === 1 ? [...values][0]! : null;
  };
  const states = (column: Column) => {
    const found = members.map((row) => triStateOf(cell(row, column)));
    if (found.includes('yes')) return 'yes';
    return found.every((one) => one === 'no') ? 'no' : 'unknown';
  };
  return {
    key,
    subject: cell(first, 'subject') ?? '',
    entitlement: cell(first, 'entitlement') ?? '',
    resource: cell(first, 'resource'),
    subjectName: agreed('subjectName'),
    subjectType: agreed('subjectType'),
    manager: agreed('manager'),
    owner: agreed('owner'),
    privileged: states('privileged'),
    active: states('active'),
    grantedAt: filled('grantedAt').toSorted()[0] ?? null,
    lastUsedAt: filled('lastUsedAt').toSorted().at(-1) ?? null,
    usesInPeriod: null,
    rows: members.length,
    peers: 0,
    holders: 0,
  };
}
