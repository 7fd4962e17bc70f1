import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SamplingMethod } from '../../../../src-shared/model/sampling.ts';
import { keepCsv } from '../../../../src-main/api/campaigns.ts';
import { campaignOf } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { decideItems } from '../../../../src-main/review/campaigns/decide-items.ts';
import { defineCampaign } from '../../../../src-main/review/campaigns/define-campaign.ts';
import { campaignFolder } from '../../../../src-main/review/campaigns/frozen-file.ts';
import { openCampaign } from '../../../../src-main/review/campaigns/open-campaign.ts';
import {
  campaignSamples,
  drawCampaignSample,
  previewCampaignSample,
  testCampaignSample,
} from '../../../../src-main/review/campaigns/sample.ts';
import { rebuildLedger } from '../../../../src-main/review/rebuild.ts';
import { actAs, makeDefinition, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, openCache, temporaryFolder } from '../../../support/workspace.ts';

const rows = 90;
const attribute: SamplingMethod = {
  kind: 'attribute',
  confidence: 0.9,
  tolerableRate: 0.1,
  allowedDeviations: 0,
  model: 'hypergeometric',
};

/** A campaign over a file of rights, one of which is written so as to look like keys. */
async function opened() {
  const [workspace, cache, ledger] = [temporaryFolder(), openCache(), ledgerWithReviewer(people.olga)];
  const csv = join(workspace, 'rights.csv');
  const hostile = `"x""key"":""${'0'.repeat(32)}""",reader\n`;
  const lines = Array.from({ length: rows - 1 }, (_, place) => `user-${place},reader\n`);
  writeFileSync(csv, `account,role\n${hostile}${lines.join('')}`);
  const { name, sha256 } = await keepCsv({ directory: workspace }, csv, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role' };
  const materiality = { deviations: 1, setBy: 'auditor', reason: 'One is noted.' };
  const scope = { from: 'file' as const, name, sha256, columns, filters: [] };
  const { id } = defineCampaign(ledger, { definition: makeDefinition({ scope, materiality }) });
  const source = () => Promise.reject(new Error('no database is needed'));
  const nowMs = () => Date.parse('2026-11-16T00:00:00Z');
  await openCampaign({ ledger, cache, workspace, nowMs, source }, { campaign: id });
  return { workspace, cache, ledger, id, nowMs };
}

const inShell = (folder: string, recipe: string): string[] =>
  execFileSync('bash', ['-c', recipe], { cwd: folder, encoding: 'utf8' }).trimEnd().split('\n');

test('a stranger with grep, sort and sha256sum draws the same from the frozen file', async () => {
  const { workspace, ledger, id } = await opened();
  const scene = { ledger, workspace };
  for (const seed of [null, "the auditor's 2026-Q4"]) {
    const drawn = await drawCampaignSample(scene, {
      campaign: id,
      purpose: 'Were the rights decided rightly?',
      wish: { method: attribute, seed, size: null },
    });
    const [hash, ...keys] = inShell(campaignFolder(workspace, id), drawn.recipe);
    expect(keys).toEqual(drawn.plan.drawn);
    expect(keys).toHaveLength(20);
    expect(hash).toBe(`${drawn.plan.populationSha256}  -`);
    expect(drawn.plan.populationSha256).toBe(campaignOf(ledger.state(), id).opened?.ipe.keysSha256);
    expect(drawn.plan.seedSource).toBe(seed === null ? 'population' : 'auditor');
  }
  expect(campaignSamples(campaignOf(ledger.state(), id))).toHaveLength(2);
  const before = ledger.state().entries;
  const preview = await previewCampaignSample(scene, id, { method: attribute, seed: null, size: 30 });
  expect([preview.size, preview.populationSize, ledger.state().entries]).toEqual([30, rows, before]);
});

test('deviations are counted, what cannot be tested is one, and the limit follows only when all is tested', async () => {
  const { workspace, cache, ledger, id } = await opened();
  const { id: sample, plan } = await drawCampaignSample(
    { ledger, workspace },
    { campaign: id, purpose: 'Rights', wish: { method: attribute, seed: null, size: null } },
  );
  const store = { ledger, workspace, cache };
  const testOne = (item: string, result: 'pass' | 'deviation' | 'not-testable', note = '') =>
    testCampaignSample(store, { campaign: id, sample, item, result, note });
  const [first = '', second = '', ...others] = plan.drawn;
  await expect(testOne(first, 'deviation')).rejects.toThrow(/need a note/);
  await expect(testOne('f'.repeat(32), 'pass')).rejects.toThrow(/was not drawn/);
  await testOne(first, 'pass');
  await testOne(first, 'deviation', 'Revoked and still there.');
  expect((await testOne(second, 'not-testable', 'The file is gone.')).assessment).toBeNull();
  for (const item of others) await testOne(item, 'pass');
  const [tested] = campaignSamples(campaignOf(ledger.state(), id));
  expect(tested?.counts).toEqual({ pass: 18, deviation: 1, notTestable: 1, untested: 0 });
  expect(tested?.assessment).toMatchObject({ tested: 20, deviations: 2, isSupported: false });
  expect(tested?.materiality).toEqual({ deviations: 1, isExceeded: true });
  expect(rebuildLedger(ledger).difference).toBeNull();
});

test('whoever decided an item does not test it, and a changed population gives no sample', async () => {
  const { workspace, cache, ledger, id, nowMs } = await opened();
  const scene = { ledger, workspace };
  const wish = { method: attribute, seed: null, size: null };
  const { id: sample, plan } = await drawCampaignSample(scene, { campaign: id, purpose: 'Rights', wish });
  const [item = ''] = plan.drawn;
  actAs(ledger, 'rita');
  await decideItems(
    { ledger, workspace, cache, nowMs },
    { campaign: id, items: [{ key: item }], decision: 'revoke', reason: 'Unused.', osUser: null },
  );
  const test = { campaign: id, sample, item, result: 'pass' as const, note: '' };
  await expect(testCampaignSample({ ...scene, cache }, test)).rejects.toThrow(/or decided it/);
  actAs(ledger, 'otto');
  expect((await testCampaignSample({ ...scene, cache }, test)).counts.pass).toBe(1);
  const file = join(campaignFolder(workspace, id), 'population.jsonl');
  execFileSync('sed', ['-i', '1s/reader/writer/', file]);
  await expect(drawCampaignSample(scene, { campaign: id, purpose: 'Rights', wish })).rejects.toThrow(
    /not the one the ledger names/,
  );
});
