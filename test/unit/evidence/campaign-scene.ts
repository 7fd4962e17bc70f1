// Access reviews with everything that can happen to them, made by the program itself, and packs of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignsWish } from '#shared/model/pack-campaigns.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { packFiles } from '../../../src-main/evidence/pack.ts';
import type { PackInput } from '../../../src-main/evidence/pack-input.ts';
import { sourceOf } from '../../../src-main/evidence/pack-source.ts';
import { memorySpool } from '../../../src-main/evidence/spool.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { attestCampaign, closeCampaign } from '../../../src-main/review/campaigns/close-campaign.ts';
import { decideItems } from '../../../src-main/review/campaigns/decide-items.ts';
import { defineCampaign } from '../../../src-main/review/campaigns/define-campaign.ts';
import { delegateReview } from '../../../src-main/review/campaigns/delegate.ts';
import { closeCampaignConflict } from '../../../src-main/review/campaigns/merge-conflicts.ts';
import { openCampaign } from '../../../src-main/review/campaigns/open-campaign.ts';
import { packedCampaigns } from '../../../src-main/review/campaigns/packed-campaigns.ts';
import { recheckCampaign } from '../../../src-main/review/campaigns/recheck.ts';
import { changeRemediation } from '../../../src-main/review/campaigns/remediation.ts';
import { drawCampaignSample, testCampaignSample } from '../../../src-main/review/campaigns/sample.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { ledgerWithReviewer, openCache, stoppedClock, temporaryFolder } from '../../support/workspace.ts';
import { alice, generatedAt, sampleInput } from './sample-input.ts';

/** A name that tries to turn the text around it, and that no typeface of the print has. */
export const oldName = 'The year before \u202E<b>שלום 重要';

const rights = `account,role,system
bob,reader,erp
bob,admin,erp
eve,reader,erp
joe,reader,erp
kim,reader,erp
lea,reader,erp
sys,reader,erp
`;

const everyCampaign: CampaignsWish = { choice: 'all' };

/** A pack of nothing but the ledger and its campaigns. */
export async function campaignPack(
  ledger: Ledger,
  workspace: string,
  wish = everyCampaign,
  changes: Partial<PackInput> = {},
): Promise<Uint8Array> {
  const reviewer = ledger.state().reviewer ?? undefined;
  const input = sampleInput({
    ledger: ledger.entries(),
    ...(reviewer && { reviewer }),
    population: [],
    decisions: [],
    findings: [],
    conflicts: [],
    previousPackSha256: null,
    ...changes,
  });
  const span = { from: input.period.from, until: generatedAt };
  const source = {
    ...sourceOf(input),
    campaigns: packedCampaigns(ledger.state(), workspace, wish, span),
  };
  const { pieces } = await packFiles(source, alice, memorySpool(), () => Promise.resolve());
  const zip: Uint8Array[] = [];
  for await (const piece of pieces) zip.push(piece);
  return Buffer.concat(zip);
}

type CampaignScene = Awaited<ReturnType<typeof campaignScene>>;

/** An empty workspace with its store. */
async function campaignScene() {
  const [workspace, cache] = [temporaryFolder(), openCache()];
  const clock = stoppedClock('2025-01-10T08:00:00Z');
  const ledger = ledgerWithReviewer(people.olga, clock);
  const { nowMs } = clock;
  const source = () => Promise.reject(new Error('no database is needed'));
  const store = { ledger, cache, workspace, nowMs, source };
  const keep = async (text: string, name: string) => {
    const csv = join(workspace, name);
    writeFileSync(csv, text);
    const { sha256 } = await keepCsv({ directory: workspace }, csv, name);
    return { name, sha256 };
  };
  const open = async (text: string, changes: Parameters<typeof makeDefinition>[0] = {}) => {
    const columns = { subject: 'account', entitlement: 'role', resource: 'system' };
    const filters = [
      { column: 'account', is: 'not-equal' as const, values: ['sys'], reason: 'no person <b>' },
    ];
    const scope = { from: 'file' as const, ...(await keep(text, 'rights.csv')), columns, filters };
    const { id } = defineCampaign(ledger, { definition: makeDefinition({ scope, ...changes }) });
    await openCampaign(store, { campaign: id });
    return id;
  };
  return { ...store, clock, keep, open };
}

const materiality = { deviations: 0, setBy: 'Ada Auditor', reason: 'small population' };

/**
 * Two campaigns. The first has a correction, a conflict that was closed, an escalated and an undecided item, a delegation, a tested
 * sample, attestations, a closing with open items, remediation and a re-check; the other one is older, and nobody decided anything in it.
 */
export async function fullCampaign() {
  const scene = await campaignScene();
  const { ledger, workspace, open, keep } = scene;
  const old = await open(rights, {
    name: oldName,
    period: { from: '2023-01-01', to: '2023-12-31' },
  });
  await attested(scene, old);
  actAs(ledger, 'olga');
  scene.clock.advance(Date.parse('2026-11-19T08:00:00Z') - scene.clock.nowMs());
  const id = await open(rights, { materiality, controls: ['PCI DSS 7.2.4'], objective: 'Least privilege' });
  const all = { from: null, until: generatedAt };
  const items = [...packedCampaigns(ledger.state(), workspace, everyCampaign, all)!.items()].filter(
    ({ campaign }) => campaign === id,
  );
  const keyOf = (subject: string, entitlement = 'reader') =>
    items.find(({ item }) => item.subject === subject && item.entitlement === entitlement)!.item.key;
  const decide = (key: string, decision: DecisionKind, reason: string, standing: string | null = null) =>
    decideItems(scene, {
      campaign: id,
      items: [{ key, dwellMs: 4000, standing }],
      decision,
      reason,
      osUser: null,
    });
  delegateReview(ledger, {
    campaign: id,
    from: 'rita',
    to: 'otto',
    validFrom: '2026-11-19T00:00:00Z',
    validTo: '2026-11-20T00:00:00Z',
    reason: 'on leave',
    nowMs: Date.parse('2026-11-19T00:00:00Z'),
  });
  actAs(ledger, 'rita');
  await decide(keyOf('bob'), 'certify', 'Fine.');
  const first = [...campaignOf(ledger.state(), id).decisionsById.keys()].at(-1)!;
  await decide(keyOf('bob'), 'revoke', 'Left the team.', first);
  await decide(keyOf('bob', 'admin'), 'modify', 'Reader is enough.');
  await decide(keyOf('eve'), 'certify', 'Needs it.');
  await decide(keyOf('joe'), 'certify', 'Fine.');
  await decide(keyOf('kim'), 'escalate', 'Ask the owner.');
  actAs(ledger, 'olga');
  importOtherView(ledger, id, keyOf('joe'));
  closeCampaignConflict(ledger, { campaign: id, item: keyOf('joe'), stage: 0, note: 'HR confirms.' });
  await sampled(scene, id);
  await attested(scene, id);
  changeRemediation(ledger, id, {
    items: [keyOf('bob')],
    state: 'ticketed',
    ticket: 'T-1',
    owner: 'it desk',
    dueOn: '2026-11-30',
  });
  const later = rights.replace('bob,reader,erp\n', '');
  await recheckCampaign(scene, { campaign: id, file: await keep(later, 'later.csv') });
  return { ledger, workspace, id, old };
}

/** Attested by owner and approver, and closed with what is open. */
async function attested(scene: CampaignScene, campaign: string): Promise<void> {
  await attestCampaign(scene, { campaign, role: 'owner', statement: 'All seen.' });
  actAs(scene.ledger, 'adam');
  await attestCampaign(scene, { campaign, role: 'approver', statement: 'Approved.' });
  await closeCampaign(scene, { campaign, reason: 'The quarter ended.' });
}

/** What Otto decided in a workspace of his own: the opposite. */
function importOtherView(ledger: Ledger, campaign: string, key: string): void {
  const [made] = campaignOf(ledger.state(), campaign).decisions.get(key)!;
  const { id: _id, reviewer: _reviewer, decidedAt: _at, importedFrom: _from, ...decision } = made!;
  const imported = {
    id: 'OTTO-1',
    reviewer: 'otto',
    decidedAt: '2026-11-19T09:00:00.000Z',
    file: 'f'.repeat(64),
  };
  const payload = {
    ...decision,
    decision: 'revoke',
    reason: 'Not his system.',
    reviewerName: people.otto.name,
    imported,
  };
  const { id, name } = people.otto;
  const file = {
    campaign,
    fileName: 'from-otto.zip',
    fileSha256: imported.file,
    reviewer: id,
    reviewerName: name,
    signer: { fingerprint: 'SHA256:otto', identity: people.otto.email },
    accepted: null,
    added: 1,
    known: 0,
    refused: [],
    conflicts: 1,
    byName: people.olga.name,
  };
  ledger.append(() => [
    { type: 'campaign-decision', subject: key, actor: 'olga', payload },
    { type: 'campaign-imported', subject: campaign, actor: 'olga', payload: file },
  ]);
}

async function sampled(scene: CampaignScene, campaign: string): Promise<void> {
  const method = {
    kind: 'attribute' as const,
    confidence: 0.9,
    tolerableRate: 0.5,
    allowedDeviations: 0,
    model: 'hypergeometric' as const,
  };
  const wish = { method, seed: null, size: null };
  const sample = await drawCampaignSample(scene, { campaign, purpose: 'Are decisions right?', wish });
  for (const [index, item] of sample.plan.drawn.entries()) {
    const test = { campaign, sample: sample.id, item };
    await testCampaignSample(
      scene,
      index === 0
        ? { ...test, result: 'deviation', note: 'Nobody asked.' }
        : { ...test, result: 'pass', note: '' },
    );
  }
}
