// A campaign whose decisions came back in signed files, and packs that whoever holds the owner's key can make of it, honest or not.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DecisionsStatement } from '../../../src-shared/model/campaign-files.ts';
import type { LedgerEntry } from '../../../src-shared/model/evidence.ts';
import type { DecisionKind } from '../../../src-shared/model/review.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { genesisHash, hashEntry } from '../../../src-main/evidence/entry-hash.ts';
import { formatJsonLine } from '../../../src-main/evidence/json-lines.ts';
import { packFiles } from '../../../src-main/evidence/pack.ts';
import type { LedgerLine } from '../../../src-main/evidence/pack-input.ts';
import { sourceOf } from '../../../src-main/evidence/pack-source.ts';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { memorySpool } from '../../../src-main/evidence/spool.ts';
import type { Signer } from '../../../src-main/evidence/sshsig.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { applyCampaignEntry } from '../../../src-main/review/campaigns/apply-campaign-entry.ts';
import { writeTravelling } from '../../../src-main/review/campaigns/assignment-bag.ts';
import { decisionsKind } from '../../../src-main/review/campaigns/assignment-kinds.ts';
import {
  campaignOf,
  emptyCampaigns,
  type CampaignRecord,
} from '../../../src-main/review/campaigns/campaign-state.ts';
import { defineCampaign } from '../../../src-main/review/campaigns/define-campaign.ts';
import { frozenFileOf } from '../../../src-main/review/campaigns/frozen-file.ts';
import { importDecisions } from '../../../src-main/review/campaigns/import-decisions.ts';
import { itemDigest } from '../../../src-main/review/campaigns/item-digest.ts';
import { openCampaign } from '../../../src-main/review/campaigns/open-campaign.ts';
import { packedCampaigns } from '../../../src-main/review/campaigns/packed-campaigns.ts';
import { applyIndependence, emptyIndependence } from '../../../src-main/review/independence-state.ts';
import { campaignItem, type CampaignItem } from '../../../src-shared/model/campaign.ts';
import { makeDefinition, people } from '../../support/campaign.ts';
import { ledgerWithReviewer, openCache, stoppedClock } from '../../support/workspace.ts';
import type { MutableFiles } from './forge.ts';
import { alice, generatedAt, sampleInput, signerOf, signersFile } from './sample-input.ts';

export const keys: Record<'rita' | 'otto', Signer> = { rita: signerOf(21), otto: signerOf(22) };
export const lineOf = (who: 'rita' | 'otto', signer = keys[who]) =>
  `${allowedSignersLine(people[who].email, signer.publicKey)}\n`;
/** Everybody, as their organisation lists them. */
export const everybody = `${signersFile}${lineOf('rita')}${lineOf('otto')}`;

export const handedOutSha256 = 'a'.repeat(64);
const now = '2026-11-19T08:00:00.000Z';

export type Made = { readonly subject: string; readonly decision: DecisionKind; readonly reason: string };

/** The file somebody’s own workspace would have written; `changes` to what it says of itself. */
export async function handBack(
  path: string,
  record: CampaignRecord,
  items: readonly CampaignItem[],
  { by, number, made }: { by: 'rita' | 'otto'; number: number; made: readonly Made[] },
  changes: Partial<DecisionsStatement> = {},
  signer = keys[by],
): Promise<string> {
  const lines = made.map(({ subject, decision, reason }, index) => {
    const item = items.find((one) => one.subject === subject)!;
    const payload = {
      campaign: record.id,
      item: item.key,
      stage: 0,
      decision,
      reason,
      reviewerName: people[by].name,
      ofRecord: by,
      digest: itemDigest(record, item),
      dwellMs: 4000,
      opened: ['use'],
      batch: null,
      supersedes: null,
      subject,
      entitlement: item.entitlement,
      resource: item.resource,
      because: 'there',
    };
    return formatJsonLine({
      v: 1,
      seq: index + 1,
      id: `01M7ZN0P91JPEF8YC9SKA3B3${number}${index}`,
      type: 'campaign-decision',
      tenant: null,
      subject: item.key,
      actor: by,
      wall_time: now,
      offset_ms: null,
      mono: 0,
      hlc: `000000000000000-${String(index).padStart(6, '0')}`,
      payload,
      prev: '0'.repeat(64),
    });
  });
  const statement = (decisions: number): DecisionsStatement => ({
    kind: 'countersign-assignment-decisions',
    format: 1,
    id: `01M7ZN0P91JPEF8YC9SKA3B3Y${number}`,
    madeAt: now,
    tool: { name: 'Countersign', version: '0' },
    reviewer: people[by],
    signer: { identity: people[by].email, fingerprint: fingerprintOf(signer.publicKey) },
    campaign: record.id,
    populationSha256: record.opened!.ipe.sha256,
    assignments: [handedOutSha256],
    decisions,
    decided: decisions,
    items: items.length,
    ...changes,
  });
  const bag = { kind: decisionsKind, rows: [lines], statement, toolVersion: '0' };
  return (await writeTravelling(path, bag, signer)).sha256;
}

/** Rita’s decisions in two files, of which the later one holds all of the first, and one of Otto’s, who is asked about what is hers. */
export async function returnedScene(workspace: string) {
  const cache = openCache();
  const clock = stoppedClock(now);
  const ledger = ledgerWithReviewer(people.olga, clock);
  const csv = join(workspace, 'rights.csv');
  writeFileSync(csv, 'account,role\neve,reader\nann,reader\nbob,reader\nrita,writer\n');
  const { name, sha256 } = await keepCsv({ directory: workspace }, csv, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role' };
  const scope = { from: 'file' as const, name, sha256, columns, filters: [] };
  const { id } = defineCampaign(ledger, { definition: makeDefinition({ scope }) });
  const source = () => Promise.reject(new Error('no database is needed'));
  const place = { ledger, cache, workspace, nowMs: clock.nowMs };
  await openCampaign({ ...place, source }, { campaign: id });
  const handed = { campaign: id, stage: 0, to: 'rita', items: 3, fileName: 'to-rita.zip' };
  const payload = { ...handed, fileSha256: handedOutSha256, byName: people.olga.name };
  ledger.append(() => [{ type: 'campaign-assigned', subject: id, actor: 'olga', payload }]);
  const record = campaignOf(ledger.state(), id);
  const items = readFileSync(frozenFileOf(workspace, record).path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => campaignItem.parse(JSON.parse(line)));
  const files = {
    rita: join(workspace, 'from-rita.zip'),
    otto: join(workspace, 'from-otto.zip'),
    later: join(workspace, 'from-rita-later.zip'),
  };
  const ritas: Made[] = [
    { subject: 'eve', decision: 'certify', reason: 'Still in sales.' },
    { subject: 'ann', decision: 'revoke', reason: 'Left the team.' },
    { subject: 'rita', decision: 'certify', reason: 'Mine.' },
  ];
  const later: Made[] = [...ritas, { subject: 'bob', decision: 'certify', reason: 'Still in sales, too.' }];
  const ottos: Made[] = [{ subject: 'rita', decision: 'certify', reason: 'She needs it.' }];
  const hashes = {
    rita: await handBack(files.rita, record, items, { by: 'rita', number: 1, made: ritas }),
    otto: await handBack(files.otto, record, items, { by: 'otto', number: 2, made: ottos }),
    later: await handBack(
      files.later,
      record,
      items,
      { by: 'rita', number: 1, made: later },
      { alsoKnownAs: ['rita-admin'] },
    ),
  };
  const take = (path: string, signers = everybody) =>
    importDecisions(place, {
      path,
      fileName: 'came-back.zip',
      trust: { signers, now: generatedAt },
      accept: null,
    });
  return { ledger, workspace, id, record, items, files, hashes, take };
}

export type Entries = readonly LedgerEntry[];

/** Whoever writes the whole ledger anew makes its chain fit, too. */
function chained(entries: Entries): LedgerLine[] {
  const lines: LedgerLine[] = [];
  for (const [index, given] of entries.entries()) {
    const entry = { ...given, seq: index + 1, prev: lines.at(-1)?.hash ?? genesisHash };
    lines.push({ entry, hash: hashEntry(entry) });
  }
  return lines;
}

/** A pack of a ledger however it came about, with everything in it recomputed and signed by its owner. */
export async function packOf(entries: Entries, workspace: string, returned?: 'none'): Promise<Uint8Array> {
  const [campaigns, independence] = [emptyCampaigns(), emptyIndependence()];
  const ledger = chained(entries);
  for (const { entry } of ledger) {
    applyIndependence(independence, entry);
    applyCampaignEntry(campaigns, entry);
  }
  const empty = { population: [], decisions: [], findings: [], conflicts: [], previousPackSha256: null };
  const input = sampleInput({ ledger, reviewer: people.olga, ...empty });
  const span = { from: input.period.from, until: generatedAt };
  const packed = packedCampaigns({ campaigns, independence }, workspace, { choice: 'all' }, span)!;
  const source = {
    ...sourceOf(input),
    campaigns: { ...packed, ...(returned === 'none' && { returned: [] }) },
  };
  const { pieces } = await packFiles(source, alice, memorySpool(), () => Promise.resolve());
  const zip: Uint8Array[] = [];
  for await (const piece of pieces) zip.push(piece);
  return Buffer.concat(zip);
}

/** What verification says, by default of somebody whose list names everybody. */
export async function judge(
  pack: Uint8Array | MutableFiles,
  options: { signers?: string; revoked?: string } = {},
) {
  const trust = { signers: everybody, now: generatedAt, ...options };
  const { verdict, checks, reservations = [] } = await verifyPack(pack, trust);
  const failing = checks
    .filter(({ ok, detail }) => !ok && !detail.startsWith('Not checked'))
    .map(({ name, detail }) => `${name}: ${detail}`);
  const detail = (name: string) => checks.find((check) => check.name === name)?.detail;
  return { verdict, failing, reservations, detail };
}
