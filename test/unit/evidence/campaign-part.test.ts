// Access reviews in a pack: recomputed from its ledger and its populations; who changes any of it and signs again is found out.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { packFiles } from '../../../src-main/evidence/pack.ts';
import { sourceOf } from '../../../src-main/evidence/pack-source.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { readPackZip } from '../../../src-main/evidence/pack-zip.ts';
import { readRowsToRedact } from '../../../src-main/evidence/redaction/redact-pack.ts';
import { memorySpool } from '../../../src-main/evidence/spool.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { attestCampaign, closeCampaign } from '../../../src-main/review/campaigns/close-campaign.ts';
import { decideItems } from '../../../src-main/review/campaigns/decide-items.ts';
import { defineCampaign } from '../../../src-main/review/campaigns/define-campaign.ts';
import { campaignFolder } from '../../../src-main/review/campaigns/frozen-file.ts';
import { openCampaign } from '../../../src-main/review/campaigns/open-campaign.ts';
import { packedCampaigns } from '../../../src-main/review/campaigns/packed-campaigns.ts';
import { drawCampaignSample, testCampaignSample } from '../../../src-main/review/campaigns/sample.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { addAliases } from '../../../src-main/review/independence-acts.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { ledgerWithReviewer, openCache, stoppedClock, temporaryFolder } from '../../support/workspace.ts';
import { edit, filesOf, reseal, textOf, type MutableFiles } from './forge.ts';
import { alice, generatedAt, sampleInput, signerOf, signersFile } from './sample-input.ts';

const trust = { signers: signersFile, now: generatedAt };
const all = { choice: 'all' } as const;
const span = { from: null, until: generatedAt };
const judgemental = { kind: 'judgemental', frequency: 'quarterly', reason: null } as const;

/** A campaign of four rights, decided by two people, sampled, attested and closed. */
async function closedCampaign(undecided = '', isToClose = true) {
  const [workspace, cache] = [temporaryFolder(), openCache()];
  const ledger = ledgerWithReviewer(people.olga, stoppedClock('2026-11-19T08:00:00Z'));
  const csv = join(workspace, 'rights.csv');
  writeFileSync(csv, 'account,role\neve,reader\nann,reader\nrita,writer\nbob,reader\n');
  const { name, sha256 } = await keepCsv({ directory: workspace }, csv, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role' };
  const scope = { from: 'file' as const, name, sha256, columns, filters: [] };
  const { id } = defineCampaign(ledger, { definition: makeDefinition({ scope }) });
  const nowMs = () => Date.parse('2026-11-19T08:00:00Z');
  const source = () => Promise.reject(new Error('no database is needed'));
  const store = { ledger, cache, workspace, nowMs };
  await openCampaign({ ...store, source }, { campaign: id });
  const population = packedCampaigns(ledger.state(), workspace, all, span)!;
  for (const { item } of population.items()) {
    if (item.subject === undecided) continue;
    actAs(ledger, item.subject === 'rita' ? 'otto' : 'rita');
    const decision = item.subject === 'bob' ? ('revoke' as const) : ('certify' as const);
    await decideItems(store, {
      campaign: id,
      items: [{ key: item.key }],
      decision,
      reason: 'Looked at.',
      osUser: null,
    });
  }
  actAs(ledger, 'olga');
  if (!isToClose) return { ledger, workspace, id };
  const wish = { method: judgemental, seed: null, size: null };
  const sample = await drawCampaignSample(store, { campaign: id, purpose: 'Are decisions right?', wish });
  await testCampaignSample(store, {
    campaign: id,
    sample: sample.id,
    item: sample.plan.drawn[0]!,
    result: 'pass',
    note: '',
  });
  await attestCampaign(store, { campaign: id, role: 'owner', statement: 'All seen.' });
  actAs(ledger, 'adam');
  await attestCampaign(store, { campaign: id, role: 'approver', statement: 'Approved.' });
  await closeCampaign(store, { campaign: id, ...(undecided !== '' && { reason: 'No time.' }) });
  return { ledger, workspace, id };
}

async function packOf(ledger: Ledger, workspace: string): Promise<Uint8Array> {
  const reviewer = ledger.state().reviewer ?? undefined;
  const input = sampleInput({
    ledger: ledger.entries(),
    ...(reviewer && { reviewer }),
    population: [],
    decisions: [],
    findings: [],
    conflicts: [],
    previousPackSha256: null,
  });
  const source = { ...sourceOf(input), campaigns: packedCampaigns(ledger.state(), workspace, all, span) };
  const { pieces } = await packFiles(source, alice, memorySpool(), () => Promise.resolve());
  const zip: Uint8Array[] = [];
  for await (const piece of pieces) zip.push(piece);
  return Buffer.concat(zip);
}

const judge = async (files: MutableFiles) => {
  const { verdict, checks } = await verifyPack(reseal(files, alice), trust);
  return { verdict, failing: checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`) };
};

async function makeClosed() {
  const { ledger, workspace, id } = await closedCampaign();
  const bytes = await packOf(ledger, workspace);
  return { bytes, frozenSha256: campaignOf(ledger.state(), id).opened?.ipe.sha256 };
}
let made: ReturnType<typeof makeClosed> | undefined;
/** Made in whichever test asks first, with which its folders go; the bytes stay. */
const closed = () => (made ??= makeClosed());

describe('a closed campaign in a pack', () => {
  test('is verified from the data', async () => {
    const { bytes } = await closed();
    const { verdict, checks } = await verifyPack(bytes, trust);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toBe('trusted');
    expect(checks.find(({ name }) => name === 'campaigns')?.detail).toMatch(
      /^1 campaign with 4 items: populations as frozen/,
    );
    const line: unknown = JSON.parse(textOf(filesOf(bytes), 'data/campaigns.jsonl'));
    expect(line).toMatchObject({
      state: 'closed',
      counts: { items: 4, certified: 3, revoked: 1, open: 0 },
      indicators: [{ decisions: 3 }, { decisions: 1 }],
    });
  });

  test('gives its population to sed and sha256sum', async () => {
    const { bytes, frozenSha256 } = await closed();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'items.jsonl'), textOf(filesOf(bytes), 'data/campaign-items.jsonl'));
    // Members stand in the order of their names, so that the item ends before the name that follows it.
    const recipe = `sed -E 's/^.*"item":(\\{.*\\}),"outcome":.*$/\\1/' items.jsonl | sha256sum | cut -c1-64`;
    const found = execFileSync('bash', ['-c', recipe], { cwd: folder, encoding: 'utf8' }).trim();
    expect(found).toBe(frozenSha256);
  });

  test.each<[string, string, (text: string) => string]>([
    ['a count', 'data/campaigns.jsonl', (text) => text.replace('"certified":3', '"certified":4')],
    [
      'who attested',
      'data/campaigns.jsonl',
      (text) => text.replace('"byName":"Adam Approver"', '"byName":"Anna Approver"'),
    ],
    [
      'an indicator',
      'data/campaigns.jsonl',
      (text) => text.replace('"mostInAMinute":3', '"mostInAMinute":1'),
    ],
    ['an item that was left out', 'data/campaign-items.jsonl', (text) => text.slice(text.indexOf('\n') + 1)],
    [
      'a fact about an item',
      'data/campaign-items.jsonl',
      (text) => text.replace('"privileged":"unknown"', '"privileged":"no"'),
    ],
    [
      'an outcome',
      'data/campaign-items.jsonl',
      (text) => text.replace('"outcome":"revoke"', '"outcome":"certify"'),
    ],
    ['the whole campaign', 'data/campaigns.jsonl', () => ''],
  ])('%s is not changed unseen', async (_, name, change) => {
    const files = filesOf((await closed()).bytes);
    edit(files, name, change);
    const { verdict, failing } = await judge(files);
    expect(verdict).not.toBe('trusted');
    expect(failing.some((one) => one.startsWith('campaigns:'))).toBe(true);
  });
});

test('what is known later about who is whom is said, and a campaign of nobody leaves a pack as it was', async () => {
  const later = await closedCampaign();
  actAs(later.ledger, 'rita');
  addAliases(later.ledger, { add: ['bob'], reason: 'the same', isSamePerson: true });
  const report = await verifyPack(await packOf(later.ledger, later.workspace), trust);
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(JSON.stringify(report)).toContain(
    '1 decision of the campaign “Third quarter” was made by the subject of the item',
  );
  expect(packedCampaigns(ledgerWithReviewer().state(), later.workspace, all, span)).toBeUndefined();
});

test('names a reviewer stated in a signed file count in the pack as they do here', async () => {
  const { ledger, workspace, id } = await closedCampaign('', false);
  const payload = {
    campaign: id,
    fileName: 'from-rita.zip',
    fileSha256: 'a'.repeat(64),
    reviewer: 'rita',
    reviewerName: people.rita.name,
    signer: { fingerprint: 'SHA256:rita', identity: people.rita.email },
    accepted: null,
    added: 0,
    known: 0,
    refused: [],
    conflicts: 0,
    byName: people.olga.name,
  };
  const before = campaignOf(ledger.state(), id).decisions.size;
  ledger.append(() => [
    {
      type: 'campaign-imported',
      subject: id,
      actor: 'olga',
      payload: { ...payload, alsoKnownAs: ['bob'] },
    },
  ]);
  expect(before).toBe(4);
  const files = filesOf(await packOf(ledger, workspace));
  const items = textOf(files, 'data/campaign-items.jsonl');
  expect(items).toMatch(/"outcome":null,"state":"open"/);
  const honest = await judge(files);
  expect(honest.failing).toEqual([]);
  // Whoever keeps the decision although it is about its maker is found out.
  edit(files, 'data/campaign-items.jsonl', (text) =>
    text.replace('"outcome":null,"state":"open"', '"outcome":"revoke","state":"decided"'),
  );
  const forged = await judge(files);
  expect(forged.verdict).toBe('tampered');
  expect(forged.failing.some((one) => one.startsWith('campaigns:'))).toBe(true);
});

test('an item nobody decided is not changed unseen either', async () => {
  const { ledger, workspace } = await closedCampaign('eve');
  const files = filesOf(await packOf(ledger, workspace));
  expect((await judge(filesOf(await packOf(ledger, workspace)))).failing).toEqual([]);
  const eve = /("privileged":)"unknown"(,"resource":null,"rows":1,"subject":"eve")/;
  edit(files, 'data/campaign-items.jsonl', (text) => text.replace(eve, '$1"no"$2'));
  expect((await judge(files)).failing).toContainEqual(
    expect.stringContaining('its population is not the one that was frozen'),
  );
});

test('a redaction knows whoever holds a right nobody decided about', async () => {
  const { ledger, workspace } = await closedCampaign('eve');
  const { files } = await readPackZip(sourceInMemory(await packOf(ledger, workspace)));
  expect((await readRowsToRedact(files)).named).toEqual(expect.arrayContaining(['eve', 'bob']));
});

test('a population that was changed on disk is not exported', async () => {
  const { ledger, workspace, id } = await closedCampaign();
  execFileSync('sed', ['-i', 's/reader/writer/', join(campaignFolder(workspace, id), 'population.jsonl')]);
  await expect(packOf(ledger, workspace)).rejects.toThrow(/not the one the ledger names/);
});

/** What a ledger says whose owner wrote entries that the program would have refused. */
async function faultOf(
  act: (scene: Awaited<ReturnType<typeof closedCampaign>>) => Parameters<Ledger['append']>[0],
  isToClose = true,
) {
  const scene = await closedCampaign('', isToClose);
  scene.ledger.append(act(scene));
  const { checks } = await verifyPack(await packOf(scene.ledger, scene.workspace), trust);
  return checks
    .filter(({ ok, detail }) => !ok && !detail.startsWith('Not checked'))
    .map(({ name, detail }) => `${name}: ${detail}`);
}

type EntriesWritten = ReturnType<Parameters<Ledger['append']>[0]>;

/** The first decision once more, otherwise. */
const decidedAnew =
  (ledger: Ledger, actor: string, changes: Record<string, unknown>) => (): EntriesWritten => {
    const { entry } = ledger.entries().find(({ entry: one }) => one.type === 'campaign-decision')!;
    const payload = { ...entry.payload, ...changes };
    return [{ type: 'campaign-decision', subject: entry.subject, actor, payload }];
  };

describe('a ledger that was written by hand', () => {
  test('cannot decide anything after the close', async () => {
    const faults = await faultOf(({ ledger }) =>
      decidedAnew(ledger, 'adam', { reviewerName: people.adam.name, decision: 'revoke' }),
    );
    expect(faults).toEqual([expect.stringContaining('is of a time when it was closed already')]);
  });

  test('cannot bring decisions by a file that nobody imported', async () => {
    const imported = {
      id: 'OTTO-1',
      reviewer: 'otto',
      decidedAt: '2026-11-19T09:00:00.000Z',
      file: 'f'.repeat(64),
    };
    const faults = await faultOf(
      ({ ledger }) => decidedAnew(ledger, 'olga', { imported, reviewerName: people.otto.name }),
      false,
    );
    expect(faults).toEqual([expect.stringContaining('are not those that the files on record brought')]);
  });

  test('cannot let somebody decide who has no part in it, and not be told so', async () => {
    const { ledger, workspace } = await closedCampaign('', false);
    const asTheirs = { reviewerName: people.olga.name, ofRecord: 'olga', supersedes: null, reason: 'Me.' };
    ledger.append(decidedAnew(ledger, 'olga', asTheirs));
    const { verdict, reservations } = await verifyPack(await packOf(ledger, workspace), trust);
    expect([verdict, reservations]).toEqual([
      'trusted',
      [expect.stringContaining('1 decision of the campaign “Third quarter” was not for whoever made it')],
    ]);
  });

  test('cannot certify in passing what needs a reason, and not be told so', async () => {
    const { ledger, workspace } = await closedCampaign('', false);
    actAs(ledger, 'rita');
    const { entry } = ledger.entries().find(({ entry: one }) => one.payload['decision'] === 'certify')!;
    const inPassing = { ...entry.payload, reason: null };
    ledger.append(() => [
      { type: 'campaign-decision', subject: entry.subject, actor: 'rita', payload: inPassing },
    ]);
    const { verdict, reservations } = await verifyPack(await packOf(ledger, workspace), trust);
    expect([verdict, reservations]).toEqual([
      'trusted',
      [expect.stringContaining('1 decision of the campaign “Third quarter” lacks the reason it needs')],
    ]);
  });

  test('cannot have a stranger say which of two decisions stands, and not be told so', async () => {
    const { ledger, workspace, id } = await closedCampaign('', false);
    const decided = [...campaignOf(ledger.state(), id).decisionsById.values()][0]!;
    const { item } = decided;
    actAs(ledger, decided.reviewer === 'otto' ? 'otto' : 'rita');
    const otherwise = { decision: 'revoke', supersedes: null, reason: 'Not needed.' };
    ledger.append(decidedAnew(ledger, decided.reviewer, otherwise));
    const stranger = { id: 'sam', name: 'Sam Stranger', email: null };
    const payload = {
      campaign: id,
      item,
      stage: 0,
      stands: decided.id,
      note: 'Mine.',
      byName: stranger.name,
    };
    ledger.append(() => [
      { type: 'reviewer-changed', subject: 'sam', actor: 'sam', payload: stranger },
      { type: 'campaign-conflict-closed', subject: item, actor: 'sam', payload },
    ]);
    actAs(ledger, 'olga');
    const { verdict, reservations } = await verifyPack(await packOf(ledger, workspace), trust);
    expect([verdict, reservations]).toEqual([
      'trusted',
      [expect.stringContaining('was closed by somebody who is none of its people')],
    ]);
  });

  test('cannot act with a key made for somebody, or go on with one that was revoked, and not be told so', async () => {
    const { ledger, workspace } = await closedCampaign('', false);
    const made = signerOf(71);
    const theirs = signerOf(72);
    const subject = fingerprintOf(made.publicKey);
    const key = { fingerprint: subject, publicKey: formatPublicKey(made.publicKey) };
    const about = { subject, actor: 'rita' };
    const created = { ...key, identity: 'rita@example.org', sealedBy: 'passphrase' };
    const revoked = {
      ...key,
      reason: 'lost',
      revokedAt: '2026-11-20T08:00:00.000Z',
      compromisedSince: null,
    };
    actAs(ledger, 'rita');
    const decided = decidedAnew(ledger, 'rita', { supersedes: null, reason: 'Still needed.' });
    // At once: after the revocation the program records no such act any more.
    ledger.append(() => [
      { ...about, type: 'key-created', payload: created },
      { ...about, type: 'key-revoked', payload: revoked },
      ...decided(),
    ]);
    const lineOf = ({ publicKey }: typeof made) => `rita@example.org ${formatPublicKey(publicKey)}\n`;
    const pack = await packOf(ledger, workspace);
    const saidOf = async (signer: typeof made) => {
      const signers = `${signersFile}${lineOf(signer)}`;
      const { reservations } = await verifyPack(pack, { ...trust, signers });
      return (reservations ?? []).join(' ');
    };
    expect(await saidOf(theirs)).toContain('names rita@example.org with another key than');
    expect(await saidOf(made)).not.toContain('with another key');
    expect(await saidOf(made)).toMatch(/1 act of rita was recorded after their key \S+ was revoked/);
  });

  test('cannot act as somebody who has a key by stating their id, and not be told so', async () => {
    const saidOf = async (hasKey: boolean) => {
      const { ledger, workspace } = await closedCampaign('', false);
      const theirs = signerOf(73);
      const subject = fingerprintOf(theirs.publicKey);
      const key = { fingerprint: subject, publicKey: formatPublicKey(theirs.publicKey) };
      const created = { ...key, identity: 'rita@example.org', sealedBy: 'passphrase' };
      const sam = { id: 'sam', name: 'Sam Stranger', email: null };
      const stated = { reviewer: 'sam', before: [], after: ['rita'], reason: 'It is me.' };
      const changes = { supersedes: null, reason: 'Mine.', reviewerName: sam.name };
      const decided = decidedAnew(ledger, 'sam', changes);
      actAs(ledger, 'rita');
      ledger.append(() => [
        ...(hasKey ? [{ type: 'key-created', subject, actor: 'rita', payload: created } as const] : []),
        { type: 'reviewer-changed', subject: 'sam', actor: 'sam', payload: sam },
        { type: 'aliases-changed', subject: 'sam', actor: 'sam', payload: stated },
        ...decided(),
      ]);
      actAs(ledger, 'olga');
      const { reservations } = await verifyPack(await packOf(ledger, workspace), trust);
      return (reservations ?? []).join(' ');
    };
    expect(await saidOf(true)).toMatch(/1 act in the campaign .* under another id .*, sam as rita\./);
    expect(await saidOf(false)).not.toContain('under another id');
  });

  test('cannot test first and decide then, and not be told so', async () => {
    const { ledger, workspace, id } = await closedCampaign('', false);
    const store = { ledger, cache: openCache(), workspace };
    const wish = { method: judgemental, seed: null, size: null };
    const { id: sample, plan } = await drawCampaignSample(store, { campaign: id, purpose: 'Right?', wish });
    const item = plan.drawn[0]!;
    await testCampaignSample(store, { campaign: id, sample, item, result: 'pass', note: '' });
    const [decided] = campaignOf(ledger.state(), id).decisions.get(item)!;
    const pack = () => packOf(ledger, workspace);
    expect((await verifyPack(await pack(), trust)).reservations).toBeUndefined();
    const { digest, subject, entitlement } = decided!;
    const name = people.olga.name;
    const hers = {
      item,
      digest,
      subject,
      entitlement,
      supersedes: null,
      reason: 'Mine.',
      reviewerName: name,
    };
    ledger.append(decidedAnew(ledger, 'olga', { ...hers, ofRecord: 'olga' }));
    const { verdict, reservations } = await verifyPack(await pack(), trust);
    expect(verdict).toBe('trusted');
    expect(reservations?.join(' ')).toContain(
      '1 item of the samples of the campaign “Third quarter” was tested by somebody who decided it',
    );
  });

  test('cannot draw another sample than the seed gives', async () => {
    const faults = await faultOf(({ id, ledger }) => () => {
      const { plan } = campaignOf(ledger.state(), id).samples[0]!;
      const payload = {
        campaign: id,
        purpose: 'A nicer one',
        plan: { ...plan, drawn: plan.drawn.toReversed() },
        byName: people.adam.name,
      };
      return [{ type: 'campaign-sampled', subject: id, actor: 'adam', payload }];
    });
    expect(faults).toEqual([expect.stringContaining('Other items were drawn than the seed gives')]);
  });

  test('cannot decide about an item that was shown otherwise', async () => {
    const other = { reviewerName: people.olga.name, ofRecord: 'olga', digest: 'd'.repeat(64) };
    const faults = await faultOf(({ ledger }) => decidedAnew(ledger, 'olga', other), false);
    expect(faults).toEqual([expect.stringContaining('was made on another')]);
  });
});
