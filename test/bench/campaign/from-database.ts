// A campaign over a table of a database: freezing beside COPY of the same query, listing, deciding, closing, handing out, a pack.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assignmentReport } from '../../../src-shared/model/campaign-files.ts';
import { openingWork } from '../../../src-main/api/campaigns.ts';
import { draftItemDecisions } from '../../../src-main/review/campaigns/decide-items.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { readFrozenItems } from '../../../src-main/review/campaigns/frozen-file.ts';
import { streamRows } from '../../../src-main/source/columns/row-stream.ts';
import { shareSnapshot, send } from '../../../src-main/source/columns/snapshot.ts';
import { connectSource } from '../../../src-main/source/client.ts';
import { readConnectRequest } from '../../../src-main/source/connection.ts';
import { actAs, makeDefinition } from '../../support/campaign.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { exportAndVerify, openBench, type Bench } from './bench-station.ts';
import { megabytes, say, sayAll, step } from './measure.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '250000' },
    rounds: { type: 'string', default: '3' },
    steps: { type: 'boolean', default: false },
  },
});
const items = Number(values.items);
const rounds = Number(values.rounds);

/** A tenth as many people as rights, and of each person eight events in the period. */
const tables = `
  CREATE TABLE np_auditlog_events (id text, actor_user_id text, event_type text, created_at timestamptz);
  INSERT INTO np_auditlog_events
    SELECT 'event-' || n, 'person-' || n % (${items} / 10), 'role-' || n % 7, timestamptz '2026-07-02' + n * interval '7776000 seconds' / ${items}
    FROM generate_series(1, ${items} * 8 / 10) AS n;
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
const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** COPY of the very query to a client that throws the rows away. @returns how many milliseconds it took */
async function copyAlone(url: string, query: string): Promise<number> {
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
    const sink = { feed: () => {}, fill: () => false, drain: () => Promise.resolve() };
    const start = performance.now();
    await streamRows(client, `COPY (${query}) TO STDOUT`, sink);
    return performance.now() - start;
  } finally {
    await snapshot.close();
  }
}

async function connected(postgres: TestPostgres, folder: string): Promise<Bench> {
  const url = await postgres.createDatabase('audit');
  await postgres.query(tables, undefined, 'audit');
  const bench = await openBench(folder, 'olga');
  const mapping = {
    schema: 'public',
    table: 'np_auditlog_events',
    columns: { id: 'id', createdAt: 'created_at', actor: 'actor_user_id', action: 'event_type' },
  };
  await bench.call.source.connect({ url, zone: 'Europe/Berlin', mapping });
  return bench;
}

const quiet = () => ({ signal: new AbortController().signal, progress: () => {} });

async function measureFreezing(bench: Bench, url: string): Promise<string> {
  const [freezes, copies]: [number[], number[]] = [[], []];
  let id = '';
  for (let round = 1; round <= rounds; round += 1) {
    ({ id } = await bench.call.campaigns.define({ definition: { ...definition, name: `Round ${round}` } }));
    const work = openingWork(bench, { campaign: id, previous: null, withoutMeanings });
    const opened = await step(`freeze, round ${round}`, items, async () => {
      const start = performance.now();
      const frozen = await work(quiet());
      freezes.push(performance.now() - start);
      return frozen;
    });
    const query = opened.ipe?.query ?? '';
    await step(`COPY, round ${round}`, items, async () => copies.push(await copyAlone(url, query)));
  }
  const size = statSync(join(bench.directory, 'campaigns', id, 'population.jsonl')).size;
  const ratios = freezes.map((ms, round) => (ms / copies[round]!).toFixed(2)).join(', ');
  const ratio = median(freezes) / median(copies);
  say(`freeze over COPY ${ratio.toFixed(2)} by medians (${ratios}); target 2; ${megabytes(size)} written`);
  return id;
}

async function measureReview({ call, ledger }: Bench, id: string): Promise<void> {
  await step('list: first page (makes the index)', items, () => call.campaigns.items({ id, limit: 100 }));
  await step('list: page in the middle', null, () =>
    call.campaigns.items({ id, limit: 100, after: '7'.repeat(32) }),
  );
  await step('filter: text', null, () => call.campaigns.items({ id, text: 'person-2499', limit: 100 }));
  await step('filter: text that nothing has', null, () =>
    call.campaigns.items({ id, text: 'nobody', limit: 100 }),
  );
  await step('filter: privileged and dormant', null, () =>
    call.campaigns.items({ id, privileged: 'yes', flag: 'dormant' }),
  );
  actAs(ledger, 'rita');
  const mine = await step('filter: open, mine', null, () =>
    call.campaigns.items({ id, reviewer: 'rita', state: 'open', privileged: 'no', limit: 200 }),
  );
  await step('filter: decided (none)', null, () =>
    call.campaigns.items({ id, state: 'decided', limit: 100 }),
  );
  await step('100 decisions, one by one', 100, async () => {
    for (const { key } of mine.items.slice(0, 100))
      await call.campaigns.decide({ id, items: [{ key }], decision: 'revoke', reason: 'bench' });
  });
  actAs(ledger, 'olga');
}

/** What goes with a file of items: with everything mirrored, half of the items are Rita’s. */
async function measureHandingOut({ call, jobs }: Bench, id: string): Promise<void> {
  await step('refresh', (items * 8) / 10, async () => jobs.wait((await call.refresh.start({})).jobId));
  const assign = async () =>
    assignmentReport.parse(await jobs.wait((await call.campaignFiles.assign({ id, to: 'rita' })).jobId));
  await step('assign half of them, with evidence', items / 2, assign);
}

/** Decides every item, a thousand an entry batch. */
async function decideAll({ ledger, directory }: Bench, id: string): Promise<void> {
  for await (const some of readFrozenItems(directory, campaignOf(ledger.state(), id))) {
    const known = new Map(some.map((item) => [item.key, item]));
    for (const who of ['rita', 'otto'] as const) {
      actAs(ledger, who);
      ledger.append((state) =>
        some.flatMap(({ key }) => {
          const wish = {
            campaign: id,
            items: [{ key }],
            decision: 'certify',
            reason: 'Still needed.',
          } as const;
          const isHers = Number.parseInt(key.slice(0, 8), 16) % 2 === (who === 'rita' ? 0 : 1);
          return isHers ? draftItemDecisions(state, known, wish, ledger.newId, Date.now() * 1000) : [];
        }),
      );
    }
  }
}

async function measureClosing(bench: Bench, id: string): Promise<void> {
  const { call, ledger } = bench;
  await step('decide: all of them', items, () => decideAll(bench, id));
  await step('status', null, () => call.campaigns.get({ id }));
  await step('how people decided', null, () => call.campaignOversight.indicators({ id }));
  actAs(ledger, 'olga');
  const method = { kind: 'judgemental', frequency: 'daily', reason: null } as const;
  await step('draw a sample', items, () =>
    call.campaignOversight.drawSample({ id, purpose: 'bench', method, seed: null, size: null }),
  );
  await step('owner attests', items, () => call.campaigns.attest({ id, role: 'owner', statement: 'bench' }));
  actAs(ledger, 'adam');
  await step('approver attests', items, () =>
    call.campaigns.attest({ id, role: 'approver', statement: 'bench' }),
  );
  await step('close', items, () => call.campaigns.close({ id, reason: 'bench' }));
  actAs(ledger, 'olga');
  await exportAndVerify(bench, id, items);
  const other = await call.campaigns.define({ definition: { ...definition, name: 'Next' } });
  await step('freeze, compared with the one before', items, () =>
    openingWork(bench, { campaign: other.id, withoutMeanings })(quiet()),
  );
}

const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor';
say(`${items} items from a table, on ${cpu}, Node ${process.version}`);
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-campaign-'));
const postgres = await startPostgres({ postgresFlags: ['shared_buffers=256MB'] });
try {
  const bench = await connected(postgres, folder);
  try {
    const id = await measureFreezing(bench, postgres.url('audit'));
    await measureReview(bench, id);
    await measureHandingOut(bench, id);
    await measureClosing(bench, id);
    if (values.steps) sayAll();
  } finally {
    await bench.close();
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
