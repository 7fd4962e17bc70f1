// Freezes a population: every row, a separate count and the server's own account of itself, all in one read-only snapshot.
import type { CampaignIpe, EntitlementColumns, ScopeFilter } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { findTables } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { serverClock } from './clock.ts';
import { send, shareSnapshot } from './columns/snapshot.ts';
import { streamRows } from './columns/row-stream.ts';
import { quoteTable } from './identifier.ts';
import {
  activityPopulation,
  tablePopulation,
  unplacedEvents,
  type ActivityScope,
  type PopulationQuery,
} from './population-query.ts';
import { PopulationSink, type PopulationReceiver } from './population-rows.ts';
import { ask } from './query.ts';
import { hiddenRowsInWords, hiddenRowsQuery, type HiddenRows } from './hidden-rows.ts';

export type PopulationScope =
  | ({ readonly from: 'activity' } & ActivityScope)
  | {
      readonly from: 'table';
      readonly schema: string;
      readonly table: string;
      readonly columns: EntitlementColumns;
      readonly filters: readonly ScopeFilter[];
    };

/** What the database says about the population, beside the rows themselves. */
export type PopulationFacts = Pick<
  CampaignIpe,
  'query' | 'parameters' | 'role' | 'serverTime' | 'snapshot' | 'rows' | 'countedRows' | 'excluded'
> & {
  /** Items that arrived. */
  readonly items: number;
  readonly systemIdentifier: string | null;
  /** What the population may not show, in sentences. */
  readonly reservations: readonly string[];
};

/**
 * Reads a population in one REPEATABLE READ transaction: what others commit meanwhile is not seen, by the rows or by the counts.
 * @param begin Told the server's time and cluster before the first row comes; answers where the rows go.
 * @throws Problem where anything differs or is missing: then nothing that arrived may be used
 */
export async function readPopulation(
  connect: () => Promise<SourceClient>,
  scope: PopulationScope,
  begin: (found: {
    readonly nowMicroseconds: number;
    readonly systemIdentifier: string | null;
  }) => PopulationReceiver,
  signal?: AbortSignal,
): Promise<PopulationFacts> {
  const snapshot = await shareSnapshot(connect, 1);
  try {
    const [client] = snapshot.sessions;
    // Sorting and grouping a quarter of a million rows on disk would take longer than reading them.
    await send(client, "SET LOCAL work_mem = '96MB'");
    const clock = await serverClock(client);
    const { query, reservations } = await queryFor(client, scope);
    const receiver = begin(clock);
    const sink = new PopulationSink(receiver);
    const sent = await streamRows(client, `COPY (${query.items}) TO STDOUT`, sink, signal);
    sink.assertComplete();
    await receiver.flush();
    if (sent !== sink.lines)
      throw partial(`The database sent ${sent ?? 'an unknown number of'} items, ${sink.lines} arrived.`);
    const { countedRows, excluded } = await countAgain(client, query, signal);
    if (countedRows !== sink.rows)
      throw partial(`The items stand for ${sink.rows} rows; a separate count found ${countedRows}.`);
    const unplaced = scope.from === 'activity' ? await countUnplaced(client, scope, signal) : [];
    await send(client, 'COMMIT');
    return {
      query: query.items,
      parameters: [],
      role: clock.role,
      serverTime: formatInstant(clock.nowMicroseconds),
      snapshot: clock.snapshot,
      rows: sink.rows,
      countedRows,
      items: sink.lines,
      excluded: [...excluded, ...unplaced],
      systemIdentifier: clock.systemIdentifier,
      reservations,
    };
  } finally {
    await snapshot.close();
  }
}

/** @throws Problem where a table or column is not there, or may not be read */
export async function queryFor(
  client: SourceClient,
  scope: PopulationScope,
): Promise<{ query: PopulationQuery; reservations: string[] }> {
  const { schema, table } = scope.from === 'table' ? scope : scope.mapping;
  const [found] = await findTables(client, [table], schema);
  if (!found?.canUseSchema) throw missing('table or view', `${schema}.${table}`);
  if (scope.from === 'table') {
    const mapped = Object.values(scope.columns).filter((name) => name !== undefined);
    const named = [...mapped, ...scope.filters.map(({ column }) => column)];
    for (const name of named) {
      const column = found.columns.get(name);
      if (!column) throw missing('column', name);
      if (!column.canSelect)
        throw new Problem(
          'source-denied',
          `This user may not read the column “${name}”. The population was not frozen.`,
          {
            next: 'Ask whoever runs the database for SELECT on it.',
          },
        );
    }
  }
  const query =
    scope.from === 'table'
      ? tablePopulation({ schema: found.schema, name: found.name }, scope.columns, scope.filters)
      : activityPopulation(scope);
  return { query, reservations: await hiddenRows(client, found) };
}

/** What leaves rows out without a word, so that nothing this role asks can count them. */
async function hiddenRows(
  client: SourceClient,
  table: { readonly schema: string; readonly name: string },
): Promise<string[]> {
  const [row] = await ask<HiddenRows>(client, { text: hiddenRowsQuery, values: [quoteTable(table)] });
  return row === undefined ? [] : hiddenRowsInWords(row);
}

async function countAgain(
  client: SourceClient,
  { counts, leftOut }: PopulationQuery,
  signal: AbortSignal | undefined,
): Promise<{ countedRows: number; excluded: CampaignIpe['excluded'] }> {
  const [row] = await ask<Record<string, string>>(client, { text: counts, values: [] }, signal);
  const number = (name: string) => Number(row?.[name]);
  const excluded = leftOut.map(({ what, reason }, index) => ({ what, reason, rows: number(`left${index}`) }));
  const [kept, total] = [number('kept'), number('total')];
  const sum = excluded.reduce((all, { rows }) => all + rows, kept);
  // Also where a count is missing: nothing equals what is no number.
  if (sum !== total)
    throw partial(`What is kept and what is left out come to ${sum} rows; the table holds ${total}.`);
  return { countedRows: kept, excluded };
}

async function countUnplaced(
  client: SourceClient,
  { mapping }: ActivityScope,
  signal: AbortSignal | undefined,
): Promise<CampaignIpe['excluded']> {
  const [row] = await ask<{ rows: string }>(client, { text: unplacedEvents(mapping), values: [] }, signal);
  return [
    {
      what: 'events whose time is absent, infinite or too far away, of all accounts',
      reason: 'Nobody can tell whether they are of the period.',
      rows: Number(row?.rows),
    },
  ];
}

function partial(detail: string): Problem {
  return new Problem(
    'source-changed',
    `The population did not arrive in full. ${detail} The population was not frozen.`,
    { next: 'Try again; nothing was kept of it.' },
  );
}

function missing(what: string, name: string): Problem {
  return new Problem(
    'source-missing',
    `The database has no ${what} “${name}” for this user. The population was not frozen.`,
    { next: 'Correct the definition of the campaign, or ask whoever runs the database.' },
  );
}
