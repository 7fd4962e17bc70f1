// Access reviews under way, for pictures: one closed and followed up, one half decided between two workspaces, one draft.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { Client } from 'pg';
import { createRouter } from '../../src-main/api/router.ts';
import { sampleEndsAt } from '../../src-main/sample/generate/model.ts';
import { nodeWorkstationOptions } from '../../src-main/shell/node-workstation.ts';
import { openWorkstation } from '../../src-main/workstation.ts';
import { createRights, people, reviewOf, takenAway } from './campaign-rights.mjs';
import { reviewer } from './window.mjs';

const dayMs = 86_400_000;
const passphrase = reviewer.Passphrase;
const reasons = {
  revoke: 'Moved to another team in spring; the right is not used any more.',
  modify: 'Reading is enough for the work they do now.',
  abstain: 'Their manager left last week, so I asked the head of the department.',
};

/** A workstation whose clock stands where the scene puts it. */
async function openDesk(workspace, clock) {
  mkdirSync(workspace, { recursive: true, mode: 0o755 });
  const options = nodeWorkstationOptions({
    workspace,
    environment: { XDG_CONFIG_HOME: join(workspace, 'settings') },
    homeDirectory: workspace,
    version: '0.0.0-pictures',
    osUser: null,
  });
  const station = await openWorkstation({
    ...options,
    clock: { nowMs: () => Math.floor(clock.now), monotonicMs: () => clock.now },
  });
  const call = createRouterClient(createRouter(station));
  const finish = async (started) => station.jobs.wait((await started).jobId);
  return {
    call,
    finish,
    close: () => station.close(),
    be: (who) => call.workspace.setReviewer({ ...who, passphrase }),
  };
}

/**
 * @param sample The running sample database.
 * @param folder Where the two workspaces go.
 * @returns the owner's workspace, and the campaigns in it by what they are for
 */
export async function prepareCampaigns(sample, folder) {
  const clock = { now: Date.now() - 45 * dayMs };
  const database = new Client({ connectionString: sample.ownerUrl });
  await database.connect();
  const owner = await openDesk(join(folder, 'campaigns'), clock);
  const manager = await openDesk(join(folder, 'manager'), clock);
  try {
    const rights = await createRights(database);
    await connect(owner, sample);
    const closed = await closedReview(owner, clock);
    await followUp(owner, database, closed, clock);
    await takenAway(database, rights);
    const current = await reviewUnderWay({ owner, manager }, clock, folder);
    await owner.be(people.olga);
    await owner.call.campaigns.define({
      definition: { ...reviewOf('Accounts of the data centre'), meanings: {} },
    });
    await recordDays(owner);
    return { workspace: join(folder, 'campaigns'), closed, current };
  } finally {
    await Promise.all([owner.close(), manager.close(), database.end()]);
  }
}

async function connect({ call, finish, be }, { url }) {
  await call.source.connect({ url, zone: 'Europe/Berlin' });
  await be(people.olga);
  await finish(call.refresh.start({ asOf: sampleEndsAt }));
}

const itemsOf = async ({ call }, id, query = {}) => {
  const all = [];
  let after;
  do {
    const page = await call.campaigns.items({ id, limit: 500, ...query, ...(after && { after }) });
    all.push(...page.items);
    after = page.nextAfter;
  } while (after);
  return all;
};

/** As a careful person would, most to stay, some to go; a look of some seconds at each. */
async function decide({ call }, id, items, clock, everyMs) {
  for (const [place, item] of items.entries()) {
    const decision = place % 9 === 4 ? 'revoke' : place % 23 === 7 ? 'modify' : 'certify';
    clock.now += everyMs;
    await call.campaigns.decide({
      id,
      items: [
        {
          key: item.key,
          shown: item.digest,
          dwellMs: 4000 + ((place * 7919) % 30_000),
          opened: place % 3 === 0 ? ['use', 'peers'] : [],
        },
      ],
      decision,
      reason: reasons[decision] ?? 'Needed for the work they do; asked the head of the team.',
    });
  }
}

async function openReview({ call, finish, be }, definition, previous) {
  await be(people.olga);
  const { id } = await call.campaigns.define({ definition });
  await finish(call.campaigns.open({ id, ...(previous === undefined ? {} : { previous }) }));
  return id;
}

async function closedReview(owner, clock) {
  const id = await openReview(owner, {
    ...reviewOf('Business systems, third quarter'),
    period: { from: '2026-07-01', to: '2026-09-30' },
  });
  for (const who of [people.rita, people.mona]) {
    await owner.be(who);
    const items = await itemsOf(owner, id, { reviewer: who.id, state: 'open' });
    await decide(owner, id, items, clock, (4 * dayMs) / items.length);
  }
  for (const who of [people.otto, people.adam]) {
    await owner.be(who);
    await decide(owner, id, await itemsOf(owner, id, { reviewer: who.id, state: 'open' }), clock, 60_000);
  }
  for (const [who, role, statement] of [
    [people.olga, 'owner', 'I looked at every revocation, and at twenty of what was certified.'],
    [people.adam, 'approver', 'I asked Olga about the administrators and agree.'],
  ]) {
    clock.now += dayMs / 2;
    await owner.be(who);
    await owner.call.campaigns.attest({ id, role, statement });
  }
  await owner.call.campaigns.close({ id });
  return id;
}

async function followUp({ call, finish, be }, database, id, clock) {
  await be(people.olga);
  const { rows } = await call.campaignFollowUp.remediation({ id, limit: 1000 });
  const share = (from, to) => rows.slice(from, to).map(({ item }) => item);
  const day = (after) => new Date(clock.now + after * dayMs).toISOString().slice(0, 10);
  const change = (items, more) => call.campaignFollowUp.changeRemediation({ id, items, ...more });
  await change(share(0, 8), { owner: 'Dana Admin', dueOn: day(9), ticket: 'OPS-1041', state: 'ticketed' });
  await change(share(8, 15), { owner: 'Kofi Mensah', dueOn: day(60), state: 'done-unverified' });
  clock.now += 3 * dayMs;
  for (const row of rows.slice(4, 13))
    await database.query('DELETE FROM user_roles WHERE account = $1 AND role = $2 AND system = $3', [
      row.subject,
      row.entitlement,
      row.resource,
    ]);
  await finish(call.campaignFollowUp.recheck({ id }));
  const computed = {
    kind: 'attribute',
    confidence: 0.9,
    tolerableRate: 0.1,
    allowedDeviations: 0,
    model: 'hypergeometric',
  };
  await be(people.petra);
  for (const [purpose, method, untested] of [
    ['Each decision has a reason that somebody else can follow', computed, 6],
    ['Each right was asked for', { kind: 'judgemental', frequency: 'quarterly', reason: 'by custom' }, 0],
  ]) {
    const drawn = await call.campaignOversight.drawSample({ id, purpose, method });
    for (const [place, { key }] of drawn.items.slice(0, drawn.items.length - untested).entries()) {
      const result = place === 3 ? 'deviation' : 'pass';
      const note = result === 'pass' ? '' : 'Nobody knows what the ticket in the reason is.';
      await call.campaignOversight.testSample({ id, sample: drawn.id, item: key, result, note });
    }
  }
}

/** Mona decides in her own workspace from a file; meanwhile Otto, who stands in for her, decides some of the same. */
async function reviewUnderWay({ owner, manager }, clock, folder) {
  const { call, finish, be } = owner;
  clock.now = Date.now() - 10 * dayMs;
  const definition = {
    ...reviewOf('Business systems, fourth quarter'),
    recurrence: { every: 'quarter', first: '2026-11-11' },
  };
  const id = await openReview(owner, definition);
  const mine = await itemsOf(owner, id, { reviewer: people.mona.id });
  const assigned = await finish(call.campaignFiles.assign({ id, to: people.mona.id, passphrase }));
  await finish(call.campaignFiles.assign({ id, to: people.rita.id, passphrase }));
  await manager.be(people.mona);
  await take(manager, 'accept', join(folder, 'campaigns', 'exports', assigned.name), await keyOf(owner));
  clock.now += dayMs;
  await call.campaigns.delegate({
    id,
    from: people.mona.id,
    to: people.otto.id,
    validFrom: new Date(clock.now).toISOString(),
    validTo: new Date(clock.now + 20 * dayMs).toISOString(),
    reason: 'Mona is on leave until the end of the month.',
  });
  await be(people.otto);
  for (const { key } of mine.slice(0, 3))
    await call.campaigns.decide({
      id,
      items: [{ key }],
      decision: 'revoke',
      reason: 'Left the team in October.',
    });
  await decide(manager, id, mine.slice(0, 30), clock, dayMs / 20);
  const back = await manager.finish(manager.call.campaignFiles.exportDecisions({ id, passphrase }));
  await be(people.olga);
  await take(owner, 'importDecisions', join(folder, 'manager', 'exports', back.name), await keyOf(manager));
  await be(people.rita);
  const hers = await itemsOf(owner, id, { reviewer: people.rita.id, state: 'open' });
  // What takes thought comes last.
  const ordinary = hers.filter(({ privileged }) => privileged === 'no');
  await decide(owner, id, ordinary.slice(0, 60), clock, dayMs / 20);
  clock.now = Date.now();
  return id;
}

const keyOf = async ({ call }) => (await call.keys.list()).find(({ use }) => use === 'signing').fingerprint;

async function take({ call, finish }, act, path, fingerprint) {
  const bytes = readFileSync(path);
  const { upload } = await call.evidence.beginUpload({ bytes: bytes.length });
  await call.evidence.addToUpload({ upload, offset: 0, piece: bytes.toString('base64') });
  const accept = { fingerprint, reason: 'read out on the phone' };
  await finish(call.campaignFiles[act]({ upload, name: 'items.zip', accept }));
}

/** The first days that nothing stands in the way of. */
async function recordDays({ call, be }) {
  await be(people.rita);
  const { days } = await call.campaignOversight.standing({ from: '2026-11-01', to: '2026-11-15' });
  for (const { date } of days.filter(({ standing }) => standing === 'covered').slice(0, 3))
    await call.campaignOversight.recordDay({ date, passphrase });
}
