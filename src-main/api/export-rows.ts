// Where the rows of an exported table come from: the same procedures every screen asks, and a count taken in another way.
import type { ContractRouterClient } from '@orpc/contract';
import { anomalyStatus, type AnomalyStatus, type ServerAnomaly } from '#shared/model/anomaly.ts';
import { conflictStanding } from '#shared/model/conflict-standing.ts';
import type { contract } from '#shared/contract/contract.ts';
import { subjectOf } from '#shared/model/conflict-list.ts';
import type { EventFilter, EventPage } from '#shared/model/event-browser.ts';
import { ledgerEntryType } from '#shared/model/evidence.ts';
import type { ExportFilter, ExportTable, TableFormat } from '#shared/model/exports.ts';
import { findingStatus } from '#shared/model/finding.ts';
import { Problem } from '#shared/model/problem.ts';
import { reviewStatus } from '#shared/model/review.ts';
import { headOf, lineOf, type Column } from '../evidence/exports/table.ts';
import { actorColumns, eventColumns } from '../evidence/exports/tables/activity.ts';
import { anomalyColumns } from '../evidence/exports/tables/anomalies.ts';
import { findingColumns, storyColumns } from '../evidence/exports/tables/findings.ts';
import { exceptionColumns, ledgerColumns } from '../evidence/exports/tables/records.ts';
import { conflictColumns, reviewColumns } from '../evidence/exports/tables/reviews.ts';
import { entryCensus, newestFirst, type EntryFilter } from '../store/ledger/browse.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';
import type { Workstation } from '../workstation.ts';
import { inOrder, listed, statusIn, wordOf } from './export-selection.ts';

export type Client = ContractRouterClient<typeof contract>;

/** A table ready to be written: its lines in order, and how many there should be, counted in another way; null where there is none. */
export type TableSource = {
  readonly head: (format: TableFormat) => string;
  readonly lines: (format: TableFormat) => AsyncGenerator<string>;
  readonly counted: () => Promise<number | null>;
};

type Rows<Row> = () => AsyncGenerator<Row> | Generator<Row>;

function source<Row>(
  columns: readonly Column<Row>[],
  rows: Rows<Row>,
  counted: () => Promise<number | null>,
): TableSource {
  return {
    head: (format) => headOf(columns, format),
    lines: async function* (format) {
      for await (const row of rows()) yield lineOf(row, columns, format);
    },
    counted,
  };
}

/** Which narrowing each table knows. */
const known: Readonly<Record<ExportTable, readonly (keyof ExportFilter)[]>> = {
  findings: ['status', 'ids'],
  stories: ['status', 'ids'],
  reviews: ['status', 'overdue', 'ids'],
  anomalies: ['status', 'ids'],
  conflicts: ['status', 'ids'],
  events: ['actor', 'action', 'from', 'to', 'hourOfWeek', 'events'],
  actors: ['actor'],
  exceptions: [],
  ledger: ['type', 'actor', 'ids'],
};

/** @throws Problem `invalid-input` for a narrowing the table does not know, or a word it has no rows for. */
export function tableSource(
  workstation: Workstation,
  client: Client,
  table: ExportTable,
  filter: ExportFilter,
): TableSource {
  const unknown = Object.keys(filter).find(
    (name) => name !== 'words' && !known[table].some((one) => one === name),
  );
  if (unknown !== undefined)
    throw new Problem(
      'invalid-input',
      `The table ${table} cannot be narrowed by ${unknown}. Nothing was exported.`,
    );
  const { ids } = filter;
  const chosen = sources[table](client, filter, workstation);
  return ids === undefined ? chosen : { ...chosen, counted: async () => ids.length };
}

const sources: Readonly<
  Record<ExportTable, (client: Client, filter: ExportFilter, workstation: Workstation) => TableSource>
> = {
  findings: (client, filter) =>
    source(
      findingColumns,
      listed(
        () => client.findings.list(statusIn(findingStatus, filter)),
        ({ id }) => id,
        filter,
      ),
      async () => {
        const { findings, openFindings } = await client.workspace.status();
        return filter.status === undefined ? findings : filter.status === 'open' ? openFindings : null;
      },
    ),
  stories: (client, filter) =>
    source(
      storyColumns,
      listed(
        () => client.findings.cases(statusIn(findingStatus, filter)),
        ({ id }) => id,
        filter,
      ),
      async () => null,
    ),
  reviews: (client, filter) =>
    source(
      reviewColumns,
      listed(
        () =>
          client.reviews.list({
            ...statusIn(reviewStatus, filter),
            ...(filter.overdue === undefined ? {} : { overdue: filter.overdue }),
          }),
        ({ id }) => id,
        filter,
      ),
      async () => {
        const { reviews } = await client.workspace.status();
        return filter.status === undefined && filter.overdue === undefined ? reviews : null;
      },
    ),
  anomalies: (client, filter) =>
    source(
      anomalyColumns,
      listed(
        () => everyAnomaly(client, statusIn(anomalyStatus, filter)),
        ({ id }) => id,
        filter,
      ),
      async () => {
        const { counts } = await client.anomalies.list({ limit: 1 });
        const sum = Object.values(counts).reduce((total, count) => total + count, 0);
        return filter.status === undefined ? sum : (counts[anomalyStatus.parse(filter.status)] ?? 0);
      },
    ),
  conflicts: (client, filter) =>
    source(
      conflictColumns,
      listed(
        async () => {
          const { status } = statusIn(conflictStanding, filter);
          const asked = status === undefined ? {} : { standing: status };
          return (await client.conflicts.list(asked)).conflicts;
        },
        (conflict) => `${conflict.kind} ${subjectOf(conflict)}`,
        filter,
      ),
      async () => {
        const { open, closed, corroborations } = await client.conflicts.list({});
        const by = { open, closed, corroboration: corroborations };
        const { status } = statusIn(conflictStanding, filter);
        return status === undefined ? open + closed + corroborations : by[status];
      },
    ),
  events: (client, { words: _words, events, ...filter }) => {
    if (events !== undefined) return browsedEvents(client, { ...filter, ...events });
    return source(
      eventColumns,
      async function* () {
        let before: string | null = null;
        do {
          const page: Awaited<ReturnType<Client['activity']['events']>> = await client.activity.events({
            ...filter,
            limit: 1000,
            ...(before === null ? {} : { before }),
          });
          yield* page.events;
          before = page.next;
        } while (before !== null);
      },
      async () => (await client.activity.events({ ...filter, limit: 1 })).total,
    );
  },
  actors: (client, { actor }) =>
    source(
      actorColumns,
      listed(
        () => client.actors.risk({ ...(actor === undefined ? {} : { actor }), historyDays: 0, limit: 1000 }),
        (one) => one.actor,
        {},
      ),
      async () => null,
    ),
  exceptions: (client, _filter, { ledger }) =>
    source(
      exceptionColumns,
      listed(
        () => client.detection.exceptions(),
        ({ id }) => id,
        {},
      ),
      async () => ledger.read((database) => entryCensus(database).kinds.get('exception-granted') ?? 0),
    ),
  ledger: (_client, filter, { ledger }) => {
    const type = filter.type === undefined ? undefined : wordOf(ledgerEntryType, filter.type);
    const asked = { type, actor: filter.actor };
    return source(
      ledgerColumns,
      function* () {
        if (filter.ids === undefined) {
          yield* entriesNewestFirst(ledger, asked);
          return;
        }
        const wanted = new Set(filter.ids);
        const found = new Map<string, StoredEntry>();
        for (const stored of entriesNewestFirst(ledger, asked)) {
          if (wanted.has(stored.entry.id)) found.set(stored.entry.id, stored);
          if (found.size === wanted.size) break;
        }
        yield* inOrder(filter.ids, found);
      },
      async () => {
        const { kinds, actors } = ledger.read(entryCensus);
        if (filter.actor !== undefined) return type === undefined ? (actors.get(filter.actor) ?? 0) : null;
        if (type !== undefined) return kinds.get(type) ?? 0;
        return ledger.state().entries;
      },
    );
  },
};

const countForMs = 5000;

/** Events as they are leafed through: read page by page, and counted as the histogram counts them. */
function browsedEvents(client: Client, asked: EventFilter): TableSource {
  return source(
    eventColumns,
    async function* () {
      let before: string | null = null;
      do {
        const page: EventPage = await client.browser.events({
          ...asked,
          limit: 1000,
          ...(before === null ? {} : { before }),
        });
        yield* page.events;
        before = page.older;
      } while (before !== null);
    },
    async () => {
      for (;;) {
        const summary = await client.browser.summary({ ...asked, buckets: 1, withinMs: countForMs });
        if (summary.isExact) return summary.total;
      }
    },
  );
}

/** @throws Problem `refused` where there are more than can be listed at once. */
export async function everyAnomaly(
  client: Client,
  narrowed: { readonly status?: AnomalyStatus } = {},
): Promise<ServerAnomaly[]> {
  const { anomalies, total } = await client.anomalies.list({ ...narrowed, limit: 10_000 });
  if (anomalies.length === total) return anomalies;
  throw new Problem(
    'refused',
    `There are ${total} anomalies; more than 10,000 are not exported at once. Nothing was exported.`,
    { next: 'Export them by status.' },
  );
}

const pageEntries = 1000;

/** Asked a page at a time, so that appending goes on meanwhile. */
function* entriesNewestFirst(ledger: Workstation['ledger'], asked: EntryFilter): Generator<StoredEntry> {
  let before: number | undefined;
  for (;;) {
    const page = ledger.read((database) => first(newestFirst(database, { ...asked, before }), pageEntries));
    yield* page;
    if (page.length < pageEntries) return;
    before = page.at(-1)!.entry.seq;
  }
}

function first<T>(values: Iterable<T>, most: number): T[] {
  const taken: T[] = [];
  for (const value of values) {
    taken.push(value);
    if (taken.length === most) break;
  }
  return taken;
}
