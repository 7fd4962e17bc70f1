// Files of a campaign as jobs: cancelled, they leave neither file nor entry; killed while thousands of decisions come in, none or all are there.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assignmentReport, decisionsReport } from '../../../src-shared/model/campaign-files.ts';
import { Problem } from '../../../src-shared/model/problem.ts';
import { acceptFile, importFile } from '../../../src-main/api/campaign-assignments.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { exportDecisions } from '../../../src-main/review/campaigns/assignment-decisions.ts';
import type { TravelWatch } from '../../../src-main/review/campaigns/assignment-watch.ts';
import { assignItems } from '../../../src-main/review/campaigns/assignment.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { draftItemDecisions } from '../../../src-main/review/campaigns/decide-items.ts';
import { campaignFolder, readFrozenItems } from '../../../src-main/review/campaigns/frozen-file.ts';
import { listSigningKey } from '../../support/campaign-keys.ts';
import { makeDefinition, people } from '../../support/campaign.ts';
import { openStation, passphrase, workspaceFolder, type Station } from '../../support/station.ts';

const items = 1200;

async function stationOf(who: 'olga' | 'rita'): Promise<Station> {
  const station = await openStation();
  await station.call.workspace.setReviewer({ ...people[who], passphrase });
  await station.call.keys.unlock({ passphrase });
  return station;
}

async function openCampaign(owner: Station): Promise<string> {
  const path = join(owner.folder, 'rights.csv');
  const rows = Array.from({ length: items }, (_, n) => `person-${n},reader,no`);
  writeFileSync(path, `account,role,admin\n${rows.join('\n')}\n`);
  const { name, sha256 } = await keepCsv(owner, path, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role', privileged: 'admin' };
  const { id } = await owner.call.campaigns.define({
    definition: makeDefinition({
      scope: { from: 'file', name, sha256, columns, filters: [] },
      meanings: { reader: 'May read.' },
    }),
  });
  await owner.finish(owner.call.campaigns.open({ id }));
  return id;
}

/** Decides all items as the procedures do, in few transactions. */
async function decideAll({ ledger, folder }: Station, id: string): Promise<void> {
  for await (const some of readFrozenItems(folder, campaignOf(ledger.state(), id))) {
    const known = new Map(some.map((item) => [item.key, item]));
    ledger.append((state) =>
      some.flatMap(({ key }) =>
        draftItemDecisions(
          state,
          known,
          { campaign: id, items: [{ key }], decision: 'certify' },
          ledger.newId,
          Date.now() * 1000,
        ),
      ),
    );
  }
}

/** Owner and reviewer with everything handed out, decided and handed back. */
async function decided() {
  const [owner, reviewer] = [await stationOf('olga'), await stationOf('rita')];
  const signers = [owner, reviewer].map(listSigningKey).join('\n');
  const id = await openCampaign(owner);
  const assigned = assignmentReport.parse(
    await owner.finish(owner.call.campaignFiles.assign({ id, to: 'rita' })),
  );
  await acceptFile(reviewer, { path: assigned.file, name: 'to-rita.zip', trust: { signers } });
  await decideAll(reviewer, id);
  const back = decisionsReport.parse(
    await reviewer.finish(reviewer.call.campaignFiles.exportDecisions({ id })),
  );
  const takeIn = (watch?: TravelWatch) =>
    importFile(owner, { path: back.file, name: 'from-rita.zip', trust: { signers } }, watch);
  return { owner, reviewer, signers, id, assigned, back, takeIn };
}

const cancelled = new Problem('cancelled', 'Cancelled.');

/** Cancels work once it tells of this step, or any, for the first time with so much done. */
function cancelledAt(step: string | null, done = 0): TravelWatch & { readonly steps: Set<string> } {
  const abort = new AbortController();
  const steps = new Set<string>();
  return {
    steps,
    signal: abort.signal,
    progress: (present, soFar) => {
      steps.add(present);
      if ((step ?? present) === present && soFar >= done) abort.abort(cancelled);
    },
  };
}

const typesOf = ({ ledger }: Station) => ledger.entries().map(({ entry }) => entry.type);
const filesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).toSorted() : []);

describe('cancelled', () => {
  test('writing and taking up leave no file and no entry; done, what was written can be handed over from the exports', async () => {
    const { owner, reviewer, signers, id, assigned, back } = await decided();
    const request = { campaign: id, to: 'rita', stage: 0, file: null };
    const before = [typesOf(owner), filesIn(owner.exportsDirectory)];
    await expect(assignItems(owner, request, cancelledAt(null, 1))).rejects.toBe(cancelled);
    expect([typesOf(owner), filesIn(owner.exportsDirectory)]).toEqual(before);

    const there = [typesOf(reviewer), filesIn(reviewer.exportsDirectory)];
    await expect(
      exportDecisions(reviewer, { campaign: id, file: null }, cancelledAt('Writing the decisions', items)),
    ).rejects.toBe(cancelled);
    expect([typesOf(reviewer), filesIn(reviewer.exportsDirectory)]).toEqual(there);

    const other = await stationOf('rita');
    const file = { path: assigned.file, name: 'to-rita.zip', trust: { signers } };
    await expect(acceptFile(other, file, cancelledAt(null, items))).rejects.toBe(cancelled);
    expect(typesOf(other)).not.toContain('campaign-taken');
    expect(filesIn(campaignFolder(other.folder, id))).toEqual([]);

    expect(await owner.call.campaignFiles.list({ id })).toMatchObject([
      { kind: 'handed-out', fileName: assigned.name, isHere: true },
    ]);
    expect(await reviewer.call.campaignFiles.list({ id })).toMatchObject([
      { kind: 'handed-back', fileName: back.name, isHere: true, count: items },
      { kind: 'taken-up', isHere: false },
    ]);
  });

  test('an import leaves nothing at any step; one act at a time, and the next one takes everything over once', async () => {
    const { owner, id, back, takeIn } = await decided();
    const before = typesOf(owner);
    for (const [step, done] of [
      ['Checking the file', 0],
      ['Checking the decisions', 1000],
      ['Recording the decisions', 100],
      ['Recording the decisions', items],
    ] as const) {
      const watch = cancelledAt(step, done);
      await expect(takeIn(watch)).rejects.toBe(cancelled);
      expect(watch.steps).toContain(step);
      expect(typesOf(owner)).toEqual(before);
    }
    const { jobId } = await owner.call.campaignFiles.assign({ id, to: 'rita' });
    await expect(owner.call.campaignFiles.assign({ id, to: 'rita' })).rejects.toThrow(/at the moment/);
    owner.jobs.cancel(jobId);
    await expect(owner.jobs.wait(jobId)).rejects.toThrow(/Cancelled/);
    expect(owner.jobs.get(jobId)).toMatchObject({ kind: 'campaign-file', state: 'cancelled' });
    expect(typesOf(owner)).toEqual(before);

    expect(await takeIn()).toMatchObject({ added: back.decisions, known: 0, refused: [] });
    expect(await takeIn()).toMatchObject({ added: 0, known: back.decisions, refused: [] });
    expect(typesOf(owner).slice(before.length)).toEqual([
      ...Array.from({ length: items }, () => 'campaign-decision'),
      'campaign-imported',
    ]);
  });

  test('what others record meanwhile goes before it; who is whom makes it judge anew', async () => {
    const { owner, id, takeIn } = await decided();
    const quiet = cancelledAt('never');
    const acts: (() => unknown)[] = [
      () =>
        owner.ledger.append(() => [
          {
            type: 'self-review-refused',
            subject: null,
            actor: 'olga',
            payload: { campaign: id, action: 'x' },
          },
        ]),
      () =>
        owner.ledger.append(() => [
          {
            type: 'aliases-changed',
            subject: 'rita',
            actor: 'olga',
            payload: { reviewer: 'rita', before: [], after: ['person-7'], reason: 'Also hers.' },
          },
        ]),
    ];
    const report = await takeIn({
      ...quiet,
      progress: (step, done) => {
        if (step === 'Recording the decisions' && done > 500) acts.shift()?.();
      },
    });
    expect(acts).toEqual([]);
    expect(report).toMatchObject({
      added: items - 1,
      refused: [{ subject: 'person-7', isSelfReview: true }],
    });
    const types = typesOf(owner);
    expect(types.slice(types.indexOf('self-review-refused'), types.indexOf('campaign-decision'))).toEqual([
      'self-review-refused',
      'aliases-changed',
    ]);
    expect(campaignOf(owner.ledger.state(), id).decisionsById.size).toBe(items - 1);
  });
});

/** Imports in a process of its own, which is killed at the moment named; null for never. Returns the signal that ended it. */
function killedImport(
  folder: string,
  file: string,
  signers: string,
  moment: number | 'recorded',
): string | null {
  const args = [folder, file, signers, String(moment)];
  return spawnSync(process.execPath, [killedImportProgram, ...args], { stdio: 'ignore' }).signal;
}

const killedImportProgram = new URL('../../support/killed-import.ts', import.meta.url).pathname;

test('killed at any moment of an import, none or all of the decisions are on record, and none twice after the next one', async () => {
  const { owner, signers, back } = await decided();
  const list = join(owner.folder, 'signers');
  writeFileSync(list, `${signers}\n`);
  await owner.close();
  const moments = [
    [100, 0],
    [items, 0],
    ['recorded', items],
  ] as const;
  for (const [moment, expected] of moments) {
    const folder = workspaceFolder();
    cpSync(owner.folder, folder, { recursive: true });
    expect(killedImport(folder, back.file, list, moment)).toBe('SIGKILL');
    const station = await openStation(folder);
    const count = (type: string) => typesOf(station).filter((one) => one === type).length;
    expect([count('campaign-decision'), count('campaign-imported')]).toEqual([
      expected,
      expected === 0 ? 0 : 1,
    ]);
    const file = { path: back.file, name: 'from-rita.zip', trust: { signers } };
    expect(await importFile(station, file)).toMatchObject({ added: items - expected, known: expected });
    expect([count('campaign-decision'), count('campaign-imported')]).toEqual([items, 1]);
    expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
    await station.close();
  }
});
