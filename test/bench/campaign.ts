// How long a campaign over many items takes: freezing beside COPY of the same query, listing, deciding, closing; and the memory it takes.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../../src-main/api/router.ts';
import { openingWork } from '../../src-main/api/campaigns.ts';
import { readFrozenItems } from '../../src-main/review/campaigns/frozen-file.ts';
import { campaignOf } from '../../src-main/review/campaigns/campaign-state.ts';
import { streamRows } from '../../src-main/source/columns/row-stream.ts';
import { shareSnapshot, send } from '../../src-main/source/columns/snapshot.ts';
import { connectSource } from '../../src-main/source/client.ts';
import { readConnectRequest } from '../../src-main/source/connection.ts';
import { nodeWorkstationOptions } from '../../src-main/shell/node-workstation.ts';
import { openWorkstation, type Workstation } from '../../src-main/workstation.ts';
import { actAs, makeDefinition } from '../support/campaign.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

const { values } = parseArgs({
  options: { items: { type: 'string', default: '250000' }, rounds: { type: 'string', default: '3' } },
});
const items = Number(values.items);
const rounds = Number(values.rounds);

const tables = `
  CREATE TABLE np_auditlog_events (id text, actor_user_id text, event_type text, created_at timestamptz);
  CREATE TABLE entitlement (account text, name text, kind text, role text, system text, boss text, admin boolean, in_use boolean,
                            granted timestamptz, last_used timestamptz);
  INSERT INTO entitlement
    SELECT 'person-' || n / 10, 'Person number ' || n / 10, CASE WHEN n % 97 = 0 THEN 'service' ELSE 'user' END, 'role-' || n % 10,
           'system ' || n % 23, 'boss-' || n % 300, n % 10 = 0, CASE WHEN n % 50 <> 0 THEN true END,
           timestamptz '2024-01-01' + n * interval '3 minutes', timestamptz '2026-01-01' + n * interval '2 minutes'
    FROM generate_series(1, ${items}) AS n;
  ANALYZE entitlement;`;

const definition = makeDefinition({
  scope: {
    from: 'table',
    schema: 'public',
    table: 'entitlement',
    columns: {
      subject: 'account',
      subjectName: 'name',
      subjectType: 'kind',
      entitlement: 'role',
      resource: 'system',
      manager: 'boss',
      privileged: 'admin',
      active: 'in_use',
      grantedAt: 'granted',
      lastUsedAt: 'last_used',
    },
    filters: [],
  },
  stages: [{ name: 'one', reviewer: { by: 'round-robin', people: ['rita', 'otto'] }, fallback: 'adam' }],
});

const withoutMeanings = 'The roles of a bench mean nothing.';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** The longest time nothing else got its turn while `work` ran. */
async function longestStall<T>(work: () => Promise<T>): Promise<{ stallMs: number; result: T }> {
  let last = performance.now();
  let stallMs = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    stallMs = Math.max(stallMs, now - last - 5);
    last = now;
  }, 5);
  try {
    return { result: await work(), stallMs };
  } finally {
    clearInterval(timer);
  }
}

/** COPY of the very query to a client that throws the rows away. */
async function copyAlone(url: string, query: string): Promise<{ ms: number; bytes: number }> {
  const { profile, password } = readConnectRequest({ url }, 'UTC');
  const connect = () =>
    connectSource(profile, password, {
      purpose: 'read',
      statementTimeoutMs: 600_000,
      connectTimeoutMs: 10_000,
    });
  const snapshot = await shareSnapshot(connect, 1);
  try {
    const [client] = snapshot.sessions;
    await send(client, "SET LOCAL work_mem = '96MB'");
    let bytes = 0;
    const sink = {
      feed: (_bytes: Buffer, _view: DataView, start: number, end: number) => void (bytes += end - start),
      fill: () => false,
      drain: () => Promise.resolve(),
    };
    const { ms } = await timed(() => streamRows(client, `COPY (${query}) TO STDOUT`, sink));
    return { ms, bytes };
  } finally {
    await snapshot.close();
  }
}

async function openBench(postgres: TestPostgres, folder: string): Promise<Workstation> {
  const url = await postgres.createDatabase('audit');
  await postgres.query(tables, undefined, 'audit');
  const station = await openWorkstation(
    nodeWorkstationOptions({
      workspace: folder,
      environment: { XDG_CONFIG_HOME: join(folder, 'settings') },
      homeDirectory: folder,
      version: '0.0.0-bench',
      osUser: null,
    }),
  );
  const mapping = {
    schema: 'public',
    table: 'np_auditlog_events',
    columns: { id: 'id', createdAt: 'created_at', actor: 'actor_user_id', action: 'event_type' },
  };
  await createRouterClient(createRouter(station)).source.connect({ url, zone: 'Europe/Berlin', mapping });
  return station;
}

async function measureFreezing(station: Workstation, url: string): Promise<string> {
  const call = createRouterClient(createRouter(station));
  const [freezes, copies]: [number[], number[]] = [[], []];
  let [id, bytes, peak] = ['', 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    ({ id } = await call.campaigns.define({ definition: { ...definition, name: `Round ${round}` } }));
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 20);
    const work = openingWork(station, { campaign: id, previous: null, withoutMeanings });
    const frozen = await longestStall(() =>
      timed(() => work({ signal: new AbortController().signal, progress: () => {} })),
    );
    clearInterval(watch);
    const query = frozen.result.result.ipe?.query ?? '';
    const copy = await copyAlone(url, query);
    freezes.push(frozen.result.ms);
    copies.push(copy.ms);
    bytes = copy.bytes;
    say(
      `  round ${round + 1}: freeze ${seconds(frozen.result.ms)}, COPY ${seconds(copy.ms)}, ratio ${(frozen.result.ms / copy.ms).toFixed(2)}, longest stall ${Math.round(frozen.stallMs)} ms`,
    );
  }
  const size = statSync(join(station.directory, 'campaigns', id, 'population.jsonl')).size;
  say(
    `freeze, median       ${seconds(median(freezes))}, ${Math.round(items / (median(freezes) / 1000))} items/s, ${megabytes(size)} written`,
  );
  say(`COPY, median         ${seconds(median(copies))}, ${megabytes(bytes)} sent`);
  say(`freeze over COPY     ${(median(freezes) / median(copies)).toFixed(2)} (target 2)`);
  say(`memory while frozen  at most ${megabytes(peak)} more`);
  return id;
}

async function measureReview(station: Workstation, id: string): Promise<void> {
  const { ledger } = station;
  const call = createRouterClient(createRouter(station));
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const { stallMs, result } = await longestStall(() => timed(work));
    say(`${name.padEnd(40)} ${seconds(result.ms)}, longest stall ${Math.round(stallMs)} ms`);
    return result.result;
  };
  const first = await step('first page (makes the index)', () => call.campaigns.items({ id, limit: 100 }));
  await step('next page', () => call.campaigns.items({ id, limit: 100, after: first.next! }));
  await step('page in the middle', () => call.campaigns.items({ id, limit: 100, after: '7'.repeat(32) }));
  await step('filter: text', () => call.campaigns.items({ id, text: 'person-2499', limit: 100 }));
  await step('filter: privileged and dormant', () =>
    call.campaigns.items({ id, privileged: 'yes', flag: 'dormant' }),
  );
  actAs(ledger, 'rita');
  const mine = await step('filter: open, mine', () =>
    call.campaigns.items({ id, reviewer: 'rita', state: 'open', privileged: 'no', limit: 200 }),
  );
  await step('filter: decided (none)', () => call.campaigns.items({ id, state: 'decided', limit: 100 }));
  await step('100 decisions, one by one', async () => {
    for (const { key } of mine.items.slice(0, 100))
      await call.campaigns.decide({ id, items: [{ key }], decision: 'revoke', reason: 'bench' });
  });
  actAs(ledger, 'otto');
  const { items: his } = await call.campaigns.items({ id, reviewer: 'otto', state: 'open', limit: 1 });
  await call.campaigns.decide({ id, items: [{ key: his[0]!.key }], decision: 'revoke', reason: 'bench' });
  await step('status', () => call.campaigns.get({ id }));
  actAs(ledger, 'olga');
  await step('owner attests', () => call.campaigns.attest({ id, role: 'owner', statement: 'bench' }));
  actAs(ledger, 'adam');
  await step('approver attests', () => call.campaigns.attest({ id, role: 'approver', statement: 'bench' }));
  await step('close, incomplete', () => call.campaigns.close({ id, reason: 'bench' }));
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = 0;
  await step('read every item, hash compared', async () => {
    const record = campaignOf(ledger.state(), id);
    await pipeline(
      readFrozenItems(station.directory, record),
      new Writable({
        objectMode: true,
        write: (_items, _encoding, done) => {
          peak = Math.max(peak, process.memoryUsage().rss - before);
          done();
        },
      }),
    );
  });
  say(`memory while read    at most ${megabytes(peak)} more`);
  actAs(ledger, 'olga');
  const other = await call.campaigns.define({ definition: { ...definition, name: 'Next' } });
  await step('second campaign, compared with the first', () =>
    openingWork(station, { campaign: other.id, withoutMeanings })({
      signal: new AbortController().signal,
      progress: () => {},
    }),
  );
}

const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor';
say(`${items} items on ${cpu}, Node ${process.version}`);
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-campaign-'));
const postgres = await startPostgres({ postgresFlags: ['shared_buffers=256MB'] });
try {
  const station = await openBench(postgres, folder);
  try {
    actAs(station.ledger, 'olga');
    const id = await measureFreezing(station, postgres.url('audit'));
    await measureReview(station, id);
  } finally {
    await station.close();
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
