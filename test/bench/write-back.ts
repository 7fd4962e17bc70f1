// How fast decisions are written back, beside a bare UPDATE of the same rows: `npm run bench:write-back -- [ROUNDS]`. Prints, asserts nothing.
import { Client } from 'pg';
import { unlimitedMirror } from '#shared/model/connection.ts';
import { closeSource, connectSource, type SourceClient } from '../../src-main/source/client.ts';
import { requireDecidableTable } from '../../src-main/source/require-decidable-table.ts';
import { pushDecisions } from '../../src-main/sync/push.ts';
import { startDelayingProxy } from '../support/delaying-proxy.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { tableOf, type Figure } from './speed/figures.ts';
import { median, timed } from './speed/timing.ts';
import { decidedWorkspace, freshTable, reviewer, reviewId } from './write-back/decided-workspace.ts';

const counts = [1_000, 10_000];
/** Of a whole round trip. */
const delaysMs = [0, 20];
const target = { kind: 'most', value: 2 } as const;

const rounds = Number(process.argv[2] ?? 5);
if (Number.isInteger(rounds) && rounds > 0) await measureAll();
else {
  console.error('Usage: npm run bench:write-back -- [ROUNDS]');
  process.exitCode = 2;
}

async function measureAll(): Promise<void> {
  const postgres = await startPostgres({ postgresFlags: ['fsync=on'] });
  try {
    const figures: Figure[] = [];
    for (const delayMs of delaysMs)
      for (const count of counts) figures.push(await measure(postgres, count, delayMs));
    console.log(tableOf(figures));
    console.log(`\nours: the ledger entries before and after, compare-and-set, outcomes; theirs: UPDATE … FROM unnest
of id, reviewer and notes in one statement. Medians of ${rounds} rounds in turn after one for warming up; sessions open and the
table known before, as a sync has it from looking at the schema; both sides durable.`);
  } finally {
    await postgres.stop();
  }
}

async function measure(postgres: TestPostgres, count: number, delayMs: number): Promise<Figure> {
  const proxy = await startDelayingProxy(postgres, delayMs / 2);
  const through = delayMs === 0 ? postgres.port : proxy.port;
  try {
    const ours: number[] = [];
    const theirs: number[] = [];
    // The first round of each is not counted: it compiles.
    for (let round = 0; round <= rounds; round += 1) {
      ours.push(await ourMs(postgres, through, count));
      theirs.push(await bareMs(postgres, through, count));
    }
    const name = `${count.toLocaleString('en-GB')} decisions, ${delayMs} ms network delay`;
    return { name, ours: median(ours.slice(1)), theirs: median(theirs.slice(1)), unit: 'ms', target };
  } finally {
    await proxy.close();
  }
}

async function ourMs(postgres: TestPostgres, port: number, count: number): Promise<number> {
  await postgres.query(freshTable(count));
  const workspace = decidedWorkspace(count);
  const client = await openToWrite(postgres, port);
  try {
    const reviewTable = await requireDecidableTable(client);
    const { ms, result } = await timed(() =>
      pushDecisions(workspace.ledger, client, {
        reviewTable,
        onProgress: () => undefined,
        signal: new AbortController().signal,
      }),
    );
    if (result.applied !== count) throw new Error(`Only ${result.applied} of ${count} were applied.`);
    return ms;
  } finally {
    await closeSource(client);
    workspace.close();
  }
}

function openToWrite(postgres: TestPostgres, port: number): Promise<SourceClient> {
  const profile = {
    host: postgres.host,
    port,
    database: 'postgres',
    user: postgres.user,
    tls: 'off' as const,
    caFile: null,
    sourceAccount: null,
    zone: 'UTC',
    mapping: null,
    mirror: unlimitedMirror,
  };
  return connectSource(profile, postgres.password, {
    purpose: 'write',
    statementTimeoutMs: 60_000,
    connectTimeoutMs: 15_000,
  });
}

async function bareMs(postgres: TestPostgres, port: number, count: number): Promise<number> {
  await postgres.query(freshTable(count));
  const connectionString = postgres.adminUrl.replace(`:${postgres.port}/`, `:${port}/`);
  const client = new Client({ connectionString });
  await client.connect();
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const notes = numbers.map(
    (number) =>
      `[rv1 d=approve id=${String(number).padStart(26, '0')} h=abcdefabcdef at=2026-11-16T08:00:00.000Z o=0] Checked against the change ticket; the role was asked for and is still needed.`,
  );
  try {
    const { ms, result } = await timed(() =>
      client.query(
        `UPDATE np_audit_privileged_reviews r SET reviewer_id = i.reviewer, reviewed_at = clock_timestamp(), notes = i.notes
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS i(id, reviewer, notes) WHERE r.id = i.id`,
        [numbers.map(reviewId), numbers.map(() => reviewer), notes],
      ),
    );
    if (result.rowCount !== count) throw new Error(`Only ${result.rowCount} of ${count} were updated.`);
    return ms;
  } finally {
    await client.end();
  }
}
