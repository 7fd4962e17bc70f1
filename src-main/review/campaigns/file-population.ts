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
import { sha256Hex } from '../../evidence/digest.ts';
import { countCsvRows, readCsv, type CsvTable } from './csv-rows.ts';
import { itemKey } from './item-digest.ts';

type FileScope = Extract<CampaignScope, { from: 'file' }>;

export type FilePopulation = Pick<
  CampaignIpe,
  'query' | 'parameters' | 'rows' | 'countedRows' | 'excluded'
> & {
  /** In the order of their keys. */
  readonly items: readonly PopulationRow[];
};

/** @throws Problem `source-changed` for another file than the one named, `source-missing` for a column it lacks, `file-unreadable` */
export function filePopulation(bytes: Uint8Array, scope: FileScope): FilePopulation {
  if (sha256Hex(bytes) !== scope.sha256)
    throw new Problem(
      'source-changed',
      'This is not the file the campaign was defined with. The campaign was not opened.',
      {
        next: 'Hand the file over again, and define the campaign with it.',
      },
    );
  const table = readCsv(bytes);
  const counted = countCsvRows(bytes);
  if (counted !== table.rows.length)
    throw new Problem(
      'source-changed',
      `The file was read as ${table.rows.length} rows, but a separate count found ${counted}. The campaign was not opened.`,
      { next: 'Remove blank lines, or export the file again.' },
    );
  const { kept, excluded } = filtered(table, scope.filters);
  const items = grouped(kept, cellReader(table, scope.columns));
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

type Row = readonly string[];

function columnIndex({ columns }: CsvTable, name: string): number {
  const index = columns.indexOf(name);
  if (index !== -1) return index;
  throw new Problem('source-missing', `The file has no column “${name}”. The campaign was not opened.`, {
    next: 'Correct the definition, or hand over a file with this column.',
  });
}

function filtered(
  table: CsvTable,
  filters: readonly ScopeFilter[],
): { kept: readonly Row[]; excluded: CampaignIpe['excluded'] } {
  let kept = table.rows;
  const excluded = filters.map((filter) => {
    const index = columnIndex(table, filter.column);
    const before = kept.length;
    kept = kept.filter((row) => isKept(row[index] ?? '', filter));
    return {
      what: `what is left by keeping ${filterInWords(filter)}`,
      reason: filter.reason,
      rows: before - kept.length,
    };
  });
  return { kept, excluded };
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
type Cells = (row: Row, column: Column) => string | null;

function cellReader(table: CsvTable, columns: EntitlementColumns): Cells {
  const indices = new Map<string, number>();
  for (const [column, name] of Object.entries(columns))
    if (name !== undefined) indices.set(column, columnIndex(table, name));
  return (row, column) => {
    const index = indices.get(column);
    return index === undefined ? null : row[index] || null;
  };
}

const yes = new Set(['t', 'true', 'y', 'yes', '1', 'on', 'active', 'enabled']);
const no = new Set([
  'f',
  'false',
  'n',
  'no',
  '0',
  'off',
  'inactive',
  'disabled',
  'terminated',
  'ended',
  'deleted',
  'suspended',
]);

function triStateOf(text: string | null): TriState {
  const word = text?.trim().toLowerCase() ?? '';
  return yes.has(word) ? 'yes' : no.has(word) ? 'no' : 'unknown';
}

function grouped(rows: readonly Row[], cell: Cells): PopulationRow[] {
  const groups = Map.groupBy(rows, (row) =>
    itemKey(cell(row, 'subject') ?? '', cell(row, 'entitlement') ?? '', cell(row, 'resource')),
  );
  const items = [...groups].map(([key, members]) => toItem(key, members, cell));
  const peers = new Map<string, Set<string>>();
  const holders = new Map<string, Set<string>>();
  for (const { subject, subjectType, entitlement } of items) {
    note(peers, subjectType ?? '', subject);
    note(holders, `${subjectType ?? ''}\0${entitlement}`, subject);
  }
  return items
    .map((item) => ({
      ...item,
      peers: peers.get(item.subjectType ?? '')?.size ?? 0,
      holders: holders.get(`${item.subjectType ?? ''}\0${item.entitlement}`)?.size ?? 0,
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function note(sets: Map<string, Set<string>>, name: string, member: string): void {
  const known = sets.get(name);
  if (known) known.add(member);
  else sets.set(name, new Set([member]));
}

function toItem(key: string, members: readonly Row[], cell: Cells): PopulationRow {
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
