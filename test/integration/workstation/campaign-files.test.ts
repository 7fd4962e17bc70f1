// Three people who share nothing but files: items handed out, decided elsewhere, handed back, merged; and files nobody should believe.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../src-shared/model/campaign.ts';
import { assignmentReport, decisionsReport } from '../../../src-shared/model/campaign-files.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { DecisionKind } from '../../../src-shared/model/review.ts';
import { acceptFile, importFile } from '../../../src-main/api/campaign-assignments.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { formatJsonLine } from '../../../src-main/evidence/json-lines.ts';
import { isPrintOf } from '../../../src-main/evidence/same-print.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { writeTravelling } from '../../../src-main/review/campaigns/assignment-bag.ts';
import { assignmentKind, decisionsKind } from '../../../src-main/review/campaigns/assignment-kinds.ts';
import { withTravelling } from '../../../src-main/review/campaigns/assignment-open.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { openSigner } from '../../../src-main/review/open-signer.ts';
import { listSigningKey } from '../../support/campaign-keys.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { readZip } from '../../support/read-zip.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, passphrase, workspaceFolder, type Station } from '../../support/station.ts';
import { writeZip } from '../../../src-main/evidence/zip.ts';

const csv = [
  'account,role,system,admin,boss',
  'eve,reader,crm,no,rita@example.org',
  'eve,admin,crm,yes,rita@example.org',
  'frank,reader,crm,no,rita@example.org',
  'rita-admin,reader,crm,no,rita@example.org',
  'greta,reader,crm,no,otto@example.org',
  '',
].join('\n');

const nowMs = () => Date.parse('2026-10-02T09:00:00Z');

/** The folder of a workspace of each, made with the first test that needs it: a key takes its time. */
const madeOnce = new Map<string, string>();
afterAll(() => madeOnce.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function folderOf(who: 'olga' | 'rita' | 'otto'): Promise<string> {
  const known = madeOnce.get(who);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-workspace-'));
  madeOnce.set(who, folder);
  const station = await openStation(folder, nowMs);
  await station.call.workspace.setReviewer({ ...people[who], passphrase });
  await station.close();
  return folder;
}

/** A workspace of its own with the key unlocked. */
async function stationOf(who: 'olga' | 'rita' | 'otto', clock = nowMs): Promise<Station> {
  const folder = workspaceFolder();
  cpSync(await folderOf(who), folder, { recursive: true });
  const station = await openStation(folder, clock);
  await station.call.keys.unlock({ passphrase });
  return station;
}

/** Everybody's public keys, as an organisation would list them. */
const signersOf = (...stations: Station[]): string => stations.map(listSigningKey).join('\n');

async function openCampaign(owner: Station, changes: Partial<CampaignDefinition> = {}): Promise<string> {
  const path = join(owner.folder, 'rights.csv');
  writeFileSync(path, csv);
  const { name, sha256 } = await keepCsv(owner, path, 'rights.csv');
  const { id } = await owner.call.campaigns.define({
    definition: makeDefinition({
      scope: {
        from: 'file',
        name,
        sha256,
        columns: {
          subject: 'account',
          entitlement: 'role',
          resource: 'system',
          privileged: 'admin',
          manager: 'boss',
        },
        filters: [],
      },
      stages: [{ name: 'managers', reviewer: { by: 'manager' }, fallback: 'otto' }],
      ...changes,
    }),
  });
  await owner.finish(owner.call.campaigns.open({ id }));
  return id;
}

const assign = async (owner: Station, id: string, to: string) =>
  assignmentReport.parse(await owner.finish(owner.call.campaignFiles.assign({ id, to })));

const accept = (station: Station, path: string, signers: string) =>
  acceptFile(station, { path, name: 'handed-over.zip', trust: { signers } });

const importInto = (owner: Station, path: string, signers: string) =>
  importFile(owner, { path, name: 'came-back.zip', trust: { signers } });

async function keyOf(station: Station, id: string, subject: string, entitlement = 'reader'): Promise<string> {
  const { items } = await station.call.campaigns.items({ id, limit: 100 });
  const found = items.find((item) => item.subject === subject && item.entitlement === entitlement);
  if (!found) throw new Error(`There is no ${entitlement} of ${subject}.`);
  return found.key;
}

async function decide(
  station: Station,
  id: string,
  subject: string,
  decision: DecisionKind,
  reason?: string,
) {
  const key = await keyOf(station, id, subject);
  await station.call.campaigns.decide({
    id,
    items: [{ key }],
    decision,
    ...(reason !== undefined && { reason }),
  });
}

/** Puts another name of Rita's on record. */
function alsoKnownAs({ ledger }: Station, alias: string): void {
  const payload = { reviewer: 'rita', before: [], after: [alias], reason: 'Her administrator account.' };
  ledger.append(() => [{ type: 'aliases-changed', subject: 'rita', actor: 'olga', payload }]);
}

const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

const entriesOf = (station: Station, type: string) =>
  station.ledger.entries().filter(({ entry }) => entry.type === type);

const handBack = async (station: Station, id: string) =>
  decisionsReport.parse(await station.finish(station.call.campaignFiles.exportDecisions({ id })));

/** Owner and Rita, with Rita's items in her workspace. */
async function handedOut() {
  const [owner, reviewer] = [await stationOf('olga'), await stationOf('rita')];
  const signers = signersOf(owner, reviewer);
  const id = await openCampaign(owner);
  const { file, items } = await assign(owner, id, 'rita');
  await accept(reviewer, file, signers);
  return { owner, reviewer, signers, id, file, items };
}

describe('handing items out', () => {
  test('a reviewer gets exactly their items, bound to the frozen population, and ssh-keygen believes the file', async () => {
    const { owner, reviewer, id, file, items, signers } = await handedOut();
    expect(items).toBe(4);
    const listed = await reviewer.call.campaigns.items({ id, limit: 100 });
    expect(listed.items.map(({ subject }) => subject).toSorted()).toEqual([
      'eve',
      'eve',
      'frank',
      'rita-admin',
    ]);
    const { files } = readZip(readFileSync(file));
    const signature = [...files.keys()].find((name) => name.startsWith('signatures/'))!;
    const put = (name: string, content: Uint8Array | string) => {
      const path = join(owner.folder, name);
      writeFileSync(path, content);
      return path;
    };
    const said = execFileSync(
      'ssh-keygen',
      [
        '-Y',
        'verify',
        '-f',
        put('signers', `${signers}\n`),
        '-I',
        'olga@example.org',
        '-n',
        'countersign-assignment',
        '-s',
        put('a.sig', files.get(signature)!),
      ],
      { input: files.get('tagmanifest-sha256.txt')! },
    ).toString();
    expect(said).toContain('Good "countersign-assignment" signature');
    const frozen = campaignOf(owner.ledger.state(), id).opened!.ipe.sha256;
    expect(campaignOf(reviewer.ledger.state(), id).taken[0]?.populationSha256).toBe(frozen);
  });

  test('is taken up once, by whom it is for, and not by the workspace it is from', async () => {
    const { owner, reviewer, id, file, signers } = await handedOut();
    expect(await accept(reviewer, file, signers)).toMatchObject({ isKnown: true, allItems: 4, campaign: id });
    expect(entriesOf(reviewer, 'campaign-taken')).toHaveLength(1);
    const other = await stationOf('otto');
    await expect(accept(other, file, signers)).rejects.toThrow(/for Rita Reviewer/);
    await expect(accept(owner, file, signers)).rejects.toThrow(/for Rita Reviewer/);
    expect(entriesOf(other, 'campaign-taken')).toHaveLength(0);
  });

  test('a later file adds its items to those that are here', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await owner.call.campaigns.delegate({
      id,
      from: 'otto',
      to: 'rita',
      reason: 'Otto is away.',
      validFrom: '2026-10-01T00:00:00.000Z',
      validTo: '2026-11-01T00:00:00.000Z',
    });
    await decide(reviewer, id, 'eve', 'certify', 'Still in sales.');
    const { file, items } = await assign(owner, id, 'rita');
    expect(items).toBe(5);
    expect(await accept(reviewer, file, signers)).toMatchObject({ allItems: 5, isKnown: false });
    await decide(reviewer, id, 'greta', 'certify', 'For Otto.');
    const report = await importInto(owner, (await handBack(reviewer, id)).file, signers);
    expect(report).toMatchObject({ added: 2, refused: [] });
    const [decision] = campaignOf(owner.ledger.state(), id).decisions.get(await keyOf(owner, id, 'greta'))!;
    expect(decision).toMatchObject({ reviewer: 'rita', ofRecord: 'otto' });
  });

  test('items lost or changed on disk come back with the files they came in', async () => {
    const { owner, reviewer, id, signers, file } = await handedOut();
    const again = (await assign(owner, id, 'rita')).file;
    await accept(reviewer, again, signers);
    await decide(reviewer, id, 'eve', 'certify', 'Fine.');
    const folder = join(reviewer.folder, 'campaigns', id);
    const [before, entries] = [filesIn(folder), reviewer.ledger.state().entries];
    for (const name of Object.keys(before)) writeFileSync(join(folder, name), 'lost');
    await expect(decide(reviewer, id, 'frank', 'certify')).rejects.toThrow(/not the one the ledger names/);
    rmSync(folder, { recursive: true });
    for (const path of [file, again])
      expect(await accept(reviewer, path, signers)).toMatchObject({ isKnown: true });
    expect(filesIn(folder)).toEqual(before);
    expect(reviewer.ledger.state().entries).toBe(entries);
    await decide(reviewer, id, 'frank', 'certify');
  });

  test('to whom there is nothing to hand out no file is written', async () => {
    const { owner, id } = await handedOut();
    await expect(assign(owner, id, 'adam')).rejects.toThrow(/nothing that Adam Approver has to decide/);
    await expect(assign(owner, id, 'nobody')).rejects.toThrow(/among the people/);
    expect(entriesOf(owner, 'campaign-assigned')).toHaveLength(1);
  });
});

describe('handing decisions back', () => {
  test('each decision becomes an entry of its own with the file it came in; the same file again adds nothing', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'eve', 'certify', 'Still in sales.');
    await decide(reviewer, id, 'frank', 'revoke', 'Left the team.');
    await decide(reviewer, id, 'frank', 'certify', 'Came back.');
    const back = await handBack(reviewer, id);
    expect(back).toMatchObject({ decisions: 3, decided: 2, open: 2, others: 0 });
    const report = await importInto(owner, back.file, signers);
    expect(report).toMatchObject({ added: 3, known: 0, refused: [], conflicts: 0, accepted: null });
    const record = campaignOf(owner.ledger.state(), id);
    const decided = record.decisions.get(await keyOf(owner, id, 'frank'))!;
    expect(decided.map(({ decision, importedFrom, reviewer: by }) => [decision, importedFrom, by])).toEqual([
      ['revoke', back.sha256, 'rita'],
      ['certify', back.sha256, 'rita'],
    ]);
    const made = campaignOf(reviewer.ledger.state(), id).decisions.get(decided[0]!.item)!;
    expect(decided.map(({ id: number, decidedAt }) => [number, decidedAt])).toEqual(
      made.map(({ id: number, decidedAt }) => [number, decidedAt]),
    );
    const before = owner.ledger.state().entries;
    expect(await importInto(owner, back.file, signers)).toMatchObject({ added: 0, known: 3, refused: [] });
    expect(owner.ledger.state().entries).toBe(before);
    expect((await owner.call.campaigns.get({ id })).counts).toMatchObject({ certified: 2, revoked: 0 });
  });

  test('a self-review under a name only the owner knows is named, and not taken over; elsewhere it is refused at once', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'rita-admin', 'certify', 'Fine.');
    await decide(reviewer, id, 'eve', 'certify', 'Fine.');
    const back = await handBack(reviewer, id);
    alsoKnownAs(owner, 'rita-admin');
    const report = await importInto(owner, back.file, signers);
    expect(report.added).toBe(1);
    expect(report.refused).toMatchObject([{ subject: 'rita-admin', isSelfReview: true, kind: 'certify' }]);
    const [imported] = campaignOf(owner.ledger.state(), id).imports;
    expect(imported?.refused[0]?.why).toContain('nobody decides about themselves');
    expect(campaignOf(owner.ledger.state(), id).decisions.has(await keyOf(owner, id, 'rita-admin'))).toBe(
      false,
    );
    alsoKnownAs(reviewer, 'rita-admin');
    await expect(decide(reviewer, id, 'rita-admin', 'revoke', 'Mine.')).rejects.toThrow(/your own/);
    expect(entriesOf(reviewer, 'self-review-refused')).toHaveLength(1);
    const told = await runProgramHere(owner.folder, ['campaign', 'files', id]);
    expect(told.json).toMatchObject([{ kind: 'imported', count: 1, refused: 1 }, { kind: 'handed-out' }]);
  });

  test('names that only the reviewer’s workspace knows count where the decisions come back', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'rita-admin', 'certify', 'Fine.');
    const early = await handBack(reviewer, id);
    alsoKnownAs(reviewer, 'rita-admin');
    const back = await handBack(reviewer, id);
    expect([early.decided, back.decided, back.decisions]).toEqual([1, 0, 1]);
    const named = [{ subject: 'rita-admin', isSelfReview: true }];
    expect(await importInto(owner, back.file, signers)).toMatchObject({ added: 0, refused: named });
    expect((await owner.call.campaigns.get({ id })).counts).toMatchObject({ certified: 0 });
    // They are on record from then on, also for a file that does not state them.
    expect(await importInto(owner, early.file, signers)).toMatchObject({ added: 0, refused: named });
  });

  test('a name that is stated after the first file takes what that one brought: the item is open again, for somebody else', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'rita-admin', 'certify', 'Fine.');
    const early = await handBack(reviewer, id);
    alsoKnownAs(reviewer, 'rita-admin');
    const back = await handBack(reviewer, id);
    expect(await importInto(owner, early.file, signers)).toMatchObject({ added: 1, alsoKnownAs: [] });
    await owner.call.campaigns.attest({ id, role: 'owner', statement: 'Seen.' });
    const countsOf = async () => (await owner.call.campaigns.get({ id })).counts;
    const before = await countsOf();
    expect(before).toMatchObject({ certified: 1, ownOnly: 0 });
    const late = await importInto(owner, back.file, signers);
    expect(late).toMatchObject({ added: 0, known: 0, alsoKnownAs: ['rita-admin'] });
    expect(late.refused).toMatchObject([{ subject: 'rita-admin', isSelfReview: true }]);
    expect(late.refused[0]?.why).toContain('counts no longer, and the item is open again');
    expect(await countsOf()).toMatchObject({ certified: 0, ownOnly: 1, open: before.open + 1 });
    const key = await keyOf(owner, id, 'rita-admin');
    const { item, decisions } = await owner.call.campaigns.item({ id, key });
    expect(item).toMatchObject({ state: 'open', ofRecord: { id: 'otto' } });
    expect(decisions).toMatchObject([{ stands: false, isOwn: true }]);
    actAs(owner.ledger, 'adam');
    await expect(owner.call.campaigns.attest({ id, role: 'approver', statement: 'Seen.' })).rejects.toThrow(
      /changed after the owner attested/,
    );
    // The same file says nothing new; nor does the ledger when it is read anew.
    const { entries } = owner.ledger.state();
    await importInto(owner, back.file, signers);
    expect(owner.ledger.state().entries).toBe(entries);
    expect(await owner.call.ledger.rebuild()).toMatchObject({ ok: true });
    expect(await countsOf()).toMatchObject({ certified: 0, ownOnly: 1 });
  });

  test('a delegate decides items that came as a file only while the delegation is in force', async () => {
    const { owner, reviewer, id } = await handedOut();
    const [validFrom, validTo] = ['2026-10-01T00:00:00.000Z', '2026-10-03T00:00:00.000Z'];
    await owner.call.campaigns.delegate({
      id,
      from: 'rita',
      to: 'otto',
      reason: 'Away.',
      validFrom,
      validTo,
    });
    let later = 0;
    const delegate = await stationOf('otto', () => nowMs() + later);
    const { file } = await assign(owner, id, 'otto');
    await accept(delegate, file, signersOf(owner, reviewer));
    await decide(delegate, id, 'eve', 'certify', 'Fine.');
    later = 86_400_000;
    await expect(decide(delegate, id, 'frank', 'certify', 'Fine.')).rejects.toThrow(
      /do not stand in for Rita/,
    );
    // Greta's item is Otto's own by rule.
    await decide(delegate, id, 'greta', 'certify', 'Fine.');
    expect(entriesOf(delegate, 'campaign-decision')).toHaveLength(2);
    // A file from long after the delegation ended is believed, and what was decided under it is named.
    later = 11 * 86_400_000;
    await delegate.call.keys.unlock({ passphrase });
    const back = await handBack(delegate, id);
    await owner.close();
    const today = await openStation(owner.folder, () => nowMs() + later);
    const report = await importInto(today, back.file, signersOf(delegate));
    expect(report).toMatchObject({ added: 2, refused: [], remarks: [{ subject: 'eve', kind: 'certify' }] });
    expect(report.remarks[0]?.why).toMatch(/ended on 2026-10-03T00:00:00.000Z, 10 days before the file/);
    const [imported] = campaignOf(today.ledger.state(), id).imports;
    expect(imported?.remarks).toMatchObject([{ decision: report.remarks[0]?.decision }]);
  });

  test('a delegate and the reviewer of record who differ: both stay, the campaign cannot count it, a note says what stands', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await owner.call.campaigns.delegate({
      id,
      from: 'rita',
      to: 'otto',
      reason: 'Rita may be away.',
      validFrom: '2026-10-01T00:00:00.000Z',
      validTo: '2026-11-01T00:00:00.000Z',
    });
    const delegate = await stationOf('otto');
    const all = signersOf(owner, reviewer, delegate);
    await accept(delegate, (await assign(owner, id, 'otto')).file, all);
    await decide(reviewer, id, 'eve', 'certify', 'Still in sales.');
    await decide(delegate, id, 'eve', 'revoke', 'Moved to marketing.');
    const files = [(await handBack(delegate, id)).file, (await handBack(reviewer, id)).file];
    expect(await importInto(owner, files[0]!, all)).toMatchObject({ added: 1, conflicts: 0 });
    expect(await importInto(owner, files[1]!, signers)).toMatchObject({ added: 1, conflicts: 1 });
    const [conflict, ...more] = await owner.call.campaignFiles.conflicts({ id });
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({ subject: 'eve', closing: null });
    expect(conflict!.opinions.map(({ reviewer: by, kind }) => `${by} ${kind}`).toSorted()).toEqual([
      'otto revoke',
      'rita certify',
    ]);
    expect((await owner.call.campaigns.get({ id })).counts).toMatchObject({
      revoked: 0,
      certified: 0,
      disagreed: 1,
    });
    const stands = conflict!.opinions.find(({ kind }) => kind === 'revoke')!.decision;
    const note = 'HR says she moved.';
    const closed = await owner.call.campaignFiles.closeConflict({ id, item: conflict!.item, stands, note });
    expect(closed.closing).toMatchObject({ stands, note });
    expect(closed.opinions).toHaveLength(2);
    expect((await owner.call.campaigns.get({ id })).counts).toMatchObject({ revoked: 1, disagreed: 0 });
    await expect(
      owner.call.campaignFiles.closeConflict({ id, item: conflict!.item, stands: 'another', note }),
    ).rejects.toThrow(/none of those in conflict/);
  });
});

describe('files nobody should believe', () => {
  /** The rows and the statement of a file, to be changed and signed again. */
  async function partsOf(station: Station, file: string, signers: string) {
    const trust = { signers, now: new Date(nowMs()).toISOString() };
    return withTravelling(file, decisionsKind, { trust, accept: () => null }, async ({ statement, rows }) => {
      const lines: string[] = [];
      for await (const some of rows()) lines.push(...some.map(({ text }) => `${text}\n`));
      return { statement, lines, signer: await signerOf(station) };
    });
  }

  async function decided() {
    const scene = await handedOut();
    await decide(scene.reviewer, scene.id, 'eve', 'certify', 'Still in sales.');
    const { file } = await handBack(scene.reviewer, scene.id);
    return { ...scene, file, forged: join(scene.owner.folder, 'forged.zip') };
  }

  const nothingImported = (owner: Station) => {
    expect(entriesOf(owner, 'campaign-decision')).toHaveLength(0);
    expect(entriesOf(owner, 'campaign-imported')).toHaveLength(0);
  };

  test('a decision changed in the file', async () => {
    const { owner, file, forged, signers } = await decided();
    const { files } = readZip(readFileSync(file));
    const rows = files.get('data/decisions.jsonl')!;
    const changed = Buffer.from(Buffer.from(rows).toString().replace('"certify"', '"abstain"'));
    writeFileSync(forged, writeZip(new Map([...files, ['data/decisions.jsonl', changed]])));
    await expect(importInto(owner, forged, signers)).rejects.toThrow(/changed on the way/);
    const whole = readFileSync(file);
    for (const at of [60, Math.floor(whole.length / 2), whole.length - 30]) {
      const bent = Buffer.from(whole);
      bent[at]! ^= 1;
      writeFileSync(forged, bent);
      await expect(importInto(owner, forged, signers)).rejects.toThrow(
        /Nothing was taken|nothing was taken|zip|pack/,
      );
    }
    nothingImported(owner);
  });

  test('a decision under a number no ledger gives, or from a time when it cannot have been made', async () => {
    const { owner, reviewer, file, forged, signers } = await decided();
    const { statement, lines, signer } = await partsOf(reviewer, file, signers);
    const write = (changes: object) => {
      const rows = [[formatJsonLine({ ...(JSON.parse(lines[0]!) as object), ...changes })]];
      const bag = { kind: decisionsKind, rows, statement: () => statement, toolVersion: '0' };
      return writeTravelling(forged, bag, signer);
    };
    await write({ id: '../../elsewhere' });
    await expect(importInto(owner, forged, signers)).rejects.toThrow(/no number as ledgers give them/);
    nothingImported(owner);
    for (const wall_time of ['2020-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z']) {
      await write({ wall_time });
      const { added, refused } = await importInto(owner, forged, signers);
      expect([added, refused[0]?.why]).toEqual([0, expect.stringContaining('is said to be from')]);
    }
  });

  test('whatever a reviewer signs, what was taken of it can be exported and is trusted', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'eve', 'certify', 'Still in sales.');
    await decide(reviewer, id, 'eve', 'revoke', 'No longer.');
    await decide(reviewer, id, 'frank', 'certify', 'Fine.');
    const { file } = await handBack(reviewer, id);
    const { statement, lines, signer } = await partsOf(reviewer, file, signers);
    const forged = join(owner.folder, 'forged.zip');
    const take = async (rows: readonly string[], changes: Partial<typeof statement> = {}) => {
      const said = () => ({ ...statement, decisions: rows.length, ...changes });
      await writeTravelling(
        forged,
        { kind: decisionsKind, rows: [rows], statement: said, toolVersion: '0' },
        signer,
      );
      const { added, known, refused } = await importInto(owner, forged, signers);
      return [added, known, refused.map(({ why }) => why)];
    };
    const [first, corrected, other] = lines as [string, string, string];
    // Decided by a clock that was wrong, then corrected by one that was right.
    const early = first.replace(/"wall_time":"[^"]*"/, '"wall_time":"2026-10-01T00:00:00.000Z"');
    expect(await take([early, corrected])).toEqual([
      1,
      0,
      [expect.stringContaining('before the population')],
    ]);
    const dwelt = corrected.replace('"dwellMs":null', '"dwellMs":777');
    expect(dwelt).not.toBe(corrected);
    expect(await take([dwelt, corrected, other])).toEqual([
      1,
      0,
      [
        expect.stringContaining('says something else'),
        expect.stringContaining('two decisions of this number'),
      ],
    ]);
    const { files } = readZip(readFileSync(forged));
    const [signature, bytes] = [...files].find(([name]) => name.startsWith('signatures/'))!;
    const timestamp = signature.replace('signatures/', 'timestamps/').replace('.sig', '.tsr');
    writeFileSync(forged, writeZip(new Map([...files, [timestamp, bytes]])));
    await expect(importInto(owner, forged, signers)).rejects.toThrow(/other files than it should/);
    const assignments = [...statement.assignments, ...Array<string>(260_000).fill('a'.repeat(64))];
    await expect(take([other], { assignments })).rejects.toThrow(/larger than a file of this kind/);
    const report = (await owner.finish(owner.call.evidence.export({ passphrase }))) as ExportReport;
    const trust = { now: new Date(nowMs()).toISOString(), isPrintOf, signers };
    expect(await verifyPack(readFileSync(report.file), trust)).toMatchObject({ verdict: 'trusted' });
  });

  test('a decision changed and signed anew by its maker no longer fits what is on record', async () => {
    const { owner, reviewer, file, forged, signers } = await decided();
    expect(await importInto(owner, file, signers)).toMatchObject({ added: 1 });
    const { statement, lines, signer } = await partsOf(reviewer, file, signers);
    const rows = [lines.map((line) => line.replace('"certify"', '"revoke"'))];
    await writeTravelling(
      forged,
      { kind: decisionsKind, rows, statement: () => statement, toolVersion: '0' },
      signer,
    );
    const report = await importInto(owner, forged, signers);
    expect(report).toMatchObject({ added: 0, known: 0 });
    expect(report.refused[0]?.why).toContain('says something else');
    expect(entriesOf(owner, 'campaign-decision')).toHaveLength(1);
  });

  test('another population, another person’s key, another purpose, another workspace’s entries', async () => {
    const { owner, reviewer, file, forged, signers } = await decided();
    const otto = await stationOf('otto');
    const all = signersOf(owner, reviewer, otto);
    const { statement, lines, signer } = await partsOf(reviewer, file, signers);
    const write = (changes: Partial<typeof statement>, by = signer, kind = decisionsKind) =>
      writeTravelling(
        forged,
        { kind, rows: [lines], statement: () => ({ ...statement, ...changes }), toolVersion: '0' },
        by,
      );
    await write({ populationSha256: 'f'.repeat(64) });
    await expect(importInto(owner, forged, all)).rejects.toThrow(/another population/);

    const ottosSigner = await signerOf(otto);
    await write({}, ottosSigner);
    await expect(importInto(owner, forged, all)).rejects.toThrow(/another key than it states/);
    const ottosKey = otto.ledger.state().keyFingerprint!;
    await write({ signer: { identity: 'rita@example.org', fingerprint: ottosKey } }, ottosSigner);
    await expect(importInto(owner, forged, all)).rejects.toThrow(/does not let/);
    await write({ signer: { identity: 'otto@example.org', fingerprint: ottosKey } }, ottosSigner);
    await expect(importInto(owner, forged, all)).rejects.toThrow(/somebody else than the reviewer/);
    await write(
      { reviewer: people.otto, signer: { identity: 'otto@example.org', fingerprint: ottosKey } },
      ottosSigner,
    );
    await expect(importInto(owner, forged, all)).rejects.toThrow(
      /decided by somebody else than the file says/,
    );

    await write({}, signer, { ...decisionsKind, namespace: 'countersign-evidence-pack' });
    await expect(importInto(owner, forged, all)).rejects.toThrow(/another purpose/);
    await write({ assignments: ['f'.repeat(64)] });
    await expect(importInto(owner, forged, all)).rejects.toThrow(/not handed out from this workspace/);
    await write({ madeAt: '2026-10-02T09:10:00.001Z' });
    await expect(importInto(owner, forged, all)).rejects.toThrow(/later than it is now/);
    await write({ campaign: '01JZZZZZZZZZZZZZZZZZZZZZZZ' });
    await expect(importInto(owner, forged, all)).rejects.toThrow(/no such campaign/);
    nothingImported(owner);
  });

  test('a key nobody vouches for is named, and taken only on a person’s word about this very key', async () => {
    const { owner, reviewer, file } = await decided();
    const fingerprint = reviewer.ledger.state().keyFingerprint!;
    await expect(importInto(owner, file, listSigningKey(owner))).rejects.toThrow(fingerprint);
    const from = (key: string) =>
      importFile(owner, {
        path: file,
        name: 'back.zip',
        trust: {},
        accept: { fingerprint: key, reason: 'Rita read it out on the phone.' },
      });
    await expect(from(owner.ledger.state().keyFingerprint!)).rejects.toThrow(/not with the key/);
    nothingImported(owner);
    expect(await from(fingerprint)).toMatchObject({ added: 1, accepted: 'Rita read it out on the phone.' });
    expect(await importFile(owner, { path: file, name: 'back.zip', trust: {} })).toMatchObject({ known: 1 });
    const revoked = listSigningKey(reviewer).split(' ').slice(-2).join(' ');
    await expect(importFile(owner, { path: file, name: 'back.zip', trust: { revoked } })).rejects.toThrow(
      /has been revoked/,
    );
  });

  test('an assignment is no file of decisions, and the other way round', async () => {
    const { owner, reviewer, file, signers } = await decided();
    const handed = campaignOf(owner.ledger.state(), (await owner.call.campaigns.list())[0]!.id).assigned[0]!;
    const assignment = join(owner.exportsDirectory, handed.fileName);
    await expect(importInto(owner, assignment, signers)).rejects.toThrow(/not a file of decisions/);
    await expect(accept(reviewer, file, signers)).rejects.toThrow(/not an assignment/);
    await expect(accept(reviewer, join(owner.folder, 'rights.csv'), signers)).rejects.toThrow(/no zip file/);
    const [half, absent] = [join(owner.folder, 'half.zip'), join(owner.folder, 'absent.zip')];
    writeFileSync(half, readFileSync(assignment).subarray(0, 4000));
    await expect(accept(reviewer, half, signers)).rejects.toThrow(/damaged or incomplete.*Nothing was taken/);
    await expect(accept(reviewer, absent, signers)).rejects.toThrow(/cannot be opened\. Nothing was taken/);
  });

  test('items that are not what their key says, are out of order, or lead out of the workspace', async () => {
    const { owner, file, signers } = await handedOut();
    const reviewer = await stationOf('rita');
    const forged = join(owner.folder, 'forged.zip');
    const trust = { signers, now: new Date(nowMs()).toISOString() };
    const {
      // Of the items alone, as in a file of an earlier release.
      statement: { evidence: _evidence, ...statement },
      lines,
    } = await withTravelling(file, assignmentKind, { trust, accept: () => null }, async (opened) => {
      const all: string[] = [];
      for await (const some of opened.rows()) all.push(...some.map(({ text }) => `${text}\n`));
      return { statement: opened.statement, lines: all };
    });
    const signer = await signerOf(owner);
    const write = (rows: readonly string[], changes: Partial<typeof statement> = {}) =>
      writeTravelling(
        forged,
        {
          kind: assignmentKind,
          rows: [rows],
          statement: () => ({ ...statement, ...changes }),
          toolVersion: '0',
        },
        signer,
      );
    await write(lines.map((line) => line.replace('"subject":"frank"', '"subject":"fritz"')));
    await expect(accept(reviewer, forged, signers)).rejects.toThrow(/does not have the key of its item/);
    await write(lines.toReversed());
    await expect(accept(reviewer, forged, signers)).rejects.toThrow(/out of order/);
    await write(lines.slice(1));
    await expect(accept(reviewer, forged, signers)).rejects.toThrow(/It holds 3 items and says 4/);
    await write(lines, { campaign: '../../elsewhere' });
    await expect(accept(reviewer, forged, signers)).rejects.toThrow(/campaign/);
    await write(lines, { definition: { ...statement.definition, name: 'Another' } });
    await expect(accept(reviewer, forged, signers)).rejects.toThrow(/not the one it names/);
    expect(reviewer.ledger.state().campaigns.byId.size).toBe(0);
    await write(lines);
    expect(await accept(reviewer, forged, signers)).toMatchObject({ allItems: 4 });
  });

  test('where the list names a signer, no word of a person puts another key in its place', async () => {
    const { owner, reviewer, file } = await decided();
    const signers = listSigningKey(owner).replace('olga@example.org', 'rita@example.org');
    const fingerprint = reviewer.ledger.state().keyFingerprint!;
    await expect(
      importFile(owner, {
        path: file,
        name: 'b.zip',
        trust: { signers },
        accept: { fingerprint, reason: 'She said so.' },
      }),
    ).rejects.toThrow(/names rita@example.org with another key/);
    nothingImported(owner);
  });

  test('nothing is imported once the campaign is closed', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'eve', 'certify', 'Still in sales.');
    const { file } = await handBack(reviewer, id);
    await owner.call.campaigns.attest({ id, role: 'owner', statement: 'Incomplete, and I know.' });
    actAs(owner.ledger, 'adam');
    await owner.call.campaigns.attest({ id, role: 'approver', statement: 'Seen.' });
    await owner.call.campaigns.close({ id, reason: 'The quarter is over.' });
    await expect(importInto(owner, file, signers)).rejects.toThrow(/is closed/);
    nothingImported(owner);
  });
});

const signerOf = (station: Station) => openSigner(station, undefined);

describe('by the command line, and over the doors', () => {
  test('the whole way: assign, accept, decide, export, import', async () => {
    const [owner, reviewer] = [await stationOf('olga'), await stationOf('rita')];
    const signers = join(owner.folder, 'signers');
    writeFileSync(signers, `${signersOf(owner, reviewer)}\n`);
    const id = await openCampaign(owner);
    const [assignment, back] = [join(owner.folder, 'to-rita.zip'), join(owner.folder, 'from-rita.zip')];
    const mine = (...args: string[]) => runProgramHere(owner.folder, ['campaign', ...args]);
    const theirs = (...args: string[]) => runProgramHere(reviewer.folder, ['campaign', ...args]);
    expect(await mine('assign', id, 'rita@example.org', '--out', assignment)).toMatchObject({
      code: 0,
      json: { items: 4 },
    });
    // A file that is there stays, unless it is to be replaced.
    const written = readFileSync(assignment);
    const again = ['assign', id, 'rita@example.org', '--out', assignment];
    expect(await mine(...again)).toMatchObject({ code: 1, json: { error: { code: 'refused' } } });
    expect(readFileSync(assignment).equals(written)).toBe(true);
    expect((await mine(...again, '--replace')).code).toBe(0);
    expect(readFileSync(assignment).equals(written)).toBe(false);
    expect((await mine('decide', id, `,${'a'.repeat(32)},`, 'certify')).code).toBe(2);
    expect((await theirs('accept', assignment)).code).toBe(1);
    const unexplained = ['--accept-key', owner.ledger.state().keyFingerprint!, '--reason', '  '];
    expect((await theirs('accept', assignment, ...unexplained)).code).toBe(2);
    expect(await theirs('accept', assignment, '--signers', signers)).toMatchObject({
      code: 0,
      json: { allItems: 4 },
    });
    const key = await keyOf(reviewer, id, 'frank');
    expect((await theirs('decide', id, key, 'revoke', '--reason', 'Left.')).code).toBe(0);
    expect(await theirs('export-decisions', id, '--out', back)).toMatchObject({
      code: 0,
      json: { decisions: 1 },
    });
    expect(await mine('import-decisions', back, '--signers', signers)).toMatchObject({
      code: 0,
      json: { added: 1 },
    });
    const ticket = ['--ticket', 'OPS-7', '--state', 'ticketed', '--due', '2026-10-20', '--owner', 'Dana'];
    const { json } = await mine('remediation', id, key, ...ticket);
    expect(json).toMatchObject({ rows: [{ state: 'ticketed', ticket: 'OPS-7', subject: 'frank' }] });
    const later = join(owner.folder, 'later.csv');
    // Neither a file of something else nor one without rows shows that a right is gone.
    for (const unrelated of [csv.replaceAll(',crm,', ',CRM,'), csv.slice(0, csv.indexOf('\n') + 1)]) {
      writeFileSync(later, unrelated);
      expect(await mine('recheck', id, '--csv', later)).toMatchObject({
        code: 1,
        json: { results: [{ state: null }] },
      });
    }
    writeFileSync(later, csv.replace('frank,reader,crm,no,rita@example.org\n', ''));
    expect(await mine('recheck', id, '--csv', later)).toMatchObject({
      code: 0,
      json: { results: [{ state: 'verified-removed' }] },
    });
    writeFileSync(later, csv);
    expect(await mine('recheck', id, '--csv', later)).toMatchObject({
      code: 1,
      json: { results: [{ state: 're-granted' }] },
    });
    expect(await mine('conflicts', id)).toMatchObject({ code: 0, json: [] });
    expect((await mine('close-conflict', id, key, '--note', 'Nobody chose.')).code).toBe(2);
    expect((await mine('recheck', id)).code).toBe(1);
  });

  test('a file that comes in pieces', async () => {
    const { owner, reviewer, id, signers } = await handedOut();
    await decide(reviewer, id, 'eve', 'certify', 'Still in sales.');
    const bytes = readFileSync((await handBack(reviewer, id)).file);
    const { upload } = await owner.call.evidence.beginUpload({ bytes: bytes.length });
    await owner.call.evidence.addToUpload({ upload, offset: 0, piece: bytes.toString('base64') });
    const report = await owner.finish(
      owner.call.campaignFiles.importDecisions({ upload, name: 'back.zip', signers }),
    );
    expect(report).toMatchObject({ added: 1, refused: [] });
    const [imported] = await owner.call.campaignFiles.list({ id });
    expect(imported).toMatchObject({ kind: 'imported', fileName: 'back.zip', person: 'rita', count: 1 });
  });
});
