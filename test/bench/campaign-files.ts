// How long it takes to hand many items out in a file, to decide them elsewhere, to take the decisions in, to list, close, export and verify.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assignmentReport, decisionsReport } from '../../src-shared/model/campaign-files.ts';
import { keepCsv, openingWork } from '../../src-main/api/campaigns.ts';
import { acceptFile, importFile } from '../../src-main/api/campaign-assignments.ts';
import { draftItemDecisions } from '../../src-main/review/campaigns/decide-items.ts';
import { campaignOf } from '../../src-main/review/campaigns/campaign-state.ts';
import { readFrozenItems } from '../../src-main/review/campaigns/frozen-file.ts';
import { listSigningKey } from '../support/campaign-keys.ts';
import { actAs, makeDefinition } from '../support/campaign.ts';
import { exportAndVerify, openBench, type Bench } from './campaign/bench-station.ts';
import { say, sayAll, step } from './campaign/measure.ts';

const { values } = parseArgs({
  options: { items: { type: 'string', default: '250000' }, steps: { type: 'boolean', default: false } },
});
const items = Number(values.items);

function writeRights(path: string): void {
  const lines = Array.from({ length: items }, (_, n) => {
    const admin = n % 50 === 0 ? 'yes' : 'no';
    return `person-${Math.floor(n / 10)},Person number ${Math.floor(n / 10)},user,role-${n % 10},system ${n % 23},${admin}`;
  });
  writeFileSync(path, `account,name,kind,role,system,admin\n${lines.join('\n')}\n`);
}

async function openCampaign(owner: Bench, folder: string): Promise<string> {
  const path = join(folder, 'rights.csv');
  writeRights(path);
  const { name, sha256 } = await step('take over a CSV file', items, () =>
    keepCsv(owner, path, 'rights.csv'),
  );
  const columns = {
    subject: 'account',
    subjectName: 'name',
    subjectType: 'kind',
    entitlement: 'role',
    resource: 'system',
    privileged: 'admin',
  };
  const scope = { from: 'file' as const, name, sha256, columns, filters: [] };
  const period = { from: '2026-07-01', to: '2026-09-30' };
  await step('look for entitlements in it', items, () =>
    owner.call.campaigns.entitlements({ scope, period, zone: 'Europe/Berlin' }),
  );
  const { id } = await owner.call.campaigns.define({
    definition: makeDefinition({
      scope,
      meanings: Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`role-${n}`, `May do ${n}.`])),
      stages: [{ name: 'one', reviewer: { by: 'person', person: 'rita' }, fallback: 'otto' }],
    }),
  });
  const quiet = { signal: new AbortController().signal, progress: () => {} };
  await step('freeze from a file, open', items, () =>
    openingWork(owner, { campaign: id, previous: null })(quiet),
  );
  return id;
}

/** Decides every item as the procedures do, a thousand an entry batch: one by one the disk would be what is measured. */
async function decideAll({ ledger, directory }: Bench, id: string): Promise<void> {
  for await (const some of readFrozenItems(directory, campaignOf(ledger.state(), id))) {
    const known = new Map(some.map((item) => [item.key, item]));
    ledger.append((state) =>
      some.flatMap(({ key }) =>
        draftItemDecisions(
          state,
          known,
          {
            campaign: id,
            items: [{ key }],
            decision: 'certify',
            reason: 'Still needed for the work at hand.',
          },
          ledger.newId,
          Date.now() * 1000,
        ),
      ),
    );
  }
}

async function measureLists({ call }: Bench, id: string): Promise<void> {
  const lists: [string, Omit<Parameters<typeof call.campaigns.items>[0], 'id'>][] = [
    ['list: first page (makes the index)', {}],
    ['list: page in the middle', { after: '7'.repeat(32) }],
    ['list: text', { text: 'person-2499' }],
    ['list: text that nothing has', { text: 'nobody at all' }],
    ['list: one role', { entitlement: 'role-7' }],
    ['list: privileged', { privileged: 'yes' }],
    ['list: a flag nothing has', { flag: 'dormant' }],
    ['list: open, of one reviewer', { state: 'open', reviewer: 'rita' }],
    ['list: open', { state: 'open' }],
    ['list: decided', { state: 'decided' }],
    ['list: in conflict', { state: 'conflict' }],
    ['list: of a reviewer without any', { reviewer: 'adam' }],
  ];
  for (const [name, query] of lists)
    await step(name, null, () => call.campaigns.items({ id, limit: 100, ...query }));
}

async function decideInBulk({ call, ledger }: Bench, id: string): Promise<void> {
  const { items: some } = await call.campaigns.items({
    id,
    entitlement: 'role-7',
    privileged: 'no',
    state: 'open',
    limit: 500,
  });
  const keys = some.map(({ key }) => key);
  await step('decide: 5 times 100 at once', keys.length, async () => {
    for (let start = 0; start < keys.length; start += 100) {
      const hundred = keys.slice(start, start + 100).map((key) => ({ key }));
      await call.campaigns.decide({ id, items: hundred, decision: 'certify', reason: 'bench' });
    }
  });
  if (campaignOf(ledger.state(), id).decisionsById.size < keys.length)
    throw new Error('Not all were decided.');
}

async function close(owner: Bench, id: string): Promise<void> {
  const { call, ledger } = owner;
  await step('owner attests', null, () => call.campaigns.attest({ id, role: 'owner', statement: 'bench' }));
  actAs(ledger, 'adam');
  await step('approver attests', null, () =>
    call.campaigns.attest({ id, role: 'approver', statement: 'bench' }),
  );
  await step('close', null, () => call.campaigns.close({ id, reason: 'bench' }));
  actAs(ledger, 'olga');
}

const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-files-'));
say(`${items} items, Node ${process.version}`);
const [owner, reviewer] = [
  await openBench(join(folder, 'owner'), 'olga'),
  await openBench(join(folder, 'reviewer'), 'rita'),
];
try {
  const id = await openCampaign(owner, folder);
  await measureLists(owner, id);
  const signers = [listSigningKey(owner), listSigningKey(reviewer)].join('\n');
  const handedOut = await step('assign', items, async () =>
    assignmentReport.parse(
      await owner.jobs.wait((await owner.call.campaignFiles.assign({ id, to: 'rita' })).jobId),
    ),
  );
  await step('accept', items, () =>
    acceptFile(reviewer, { path: handedOut.file, name: 'a.zip', trust: { signers } }),
  );
  await decideInBulk(reviewer, id);
  await step('decide: all of them', items, () => decideAll(reviewer, id));
  const back = await step('export decisions', items, async () =>
    decisionsReport.parse(
      await reviewer.jobs.wait((await reviewer.call.campaignFiles.exportDecisions({ id })).jobId),
    ),
  );
  const take = () => importFile(owner, { path: back.file, name: 'b.zip', trust: { signers } });
  const { added, refused } = await step('import decisions', back.decisions, take);
  if (refused.length > 0) throw new Error(`Not taken over: ${refused[0]!.why}`);
  await step('first entry after it', null, async () => actAs(owner.ledger, 'olga'));
  await step('import the same file again', back.decisions, take);
  say(`${added} decisions are on record`);
  await step('status', null, () => owner.call.campaigns.get({ id }));
  await measureLists(owner, id);
  await close(owner, id);
  await exportAndVerify(owner, id, items);
  if (values.steps) sayAll();
} finally {
  await owner.close();
  await reviewer.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
