// Decisions that came by file bear their reviewers' own signatures in a pack: an owner who writes them anew is found out.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../src-shared/model/evidence.ts';
import { externalAuditor } from '../../../src-shared/model/redaction.ts';
import { sourceInMemory } from '../../../src-main/evidence/byte-source.ts';
import { sha256Hex } from '../../../src-main/evidence/digest.ts';
import { digestFiles } from '../../../src-main/evidence/manifest.ts';
import { formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { readPackZip } from '../../../src-main/evidence/pack-zip.ts';
import { readRedactionStatement } from '../../../src-main/evidence/redaction/redacted-contents.ts';
import { redactPack } from '../../../src-main/evidence/redaction/redact-pack.ts';
import { formatStatement, parseStatement } from '../../../src-main/evidence/statement.ts';
import { knownVerifyTexts, verifyText } from '../../../src-main/evidence/verify-text.ts';
import { readZip } from '../../support/read-zip.ts';
import { temporaryFolder } from '../../support/workspace.ts';
import { edit, filesOf, reseal, textOf, type MutableFiles } from './forge.ts';
import {
  everybody,
  handBack,
  judge,
  keys,
  lineOf,
  packOf,
  returnedScene,
  type Entries,
} from './returned-scene.ts';
import { alice, generatedAt, identity, signerOf, signersFile } from './sample-input.ts';

const kept: string[] = [];
afterAll(() => kept.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function make() {
  const workspace = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  kept.push(workspace);
  const scene = await returnedScene(workspace);
  const reports = [];
  for (const file of [scene.files.rita, scene.files.otto, scene.files.later])
    reports.push(await scene.take(file));
  const entries: Entries = scene.ledger.entries().map(({ entry }) => entry);
  const { hashes, record, items } = scene;
  return { workspace, entries, hashes, record, items, reports, pack: await packOf(entries, workspace) };
}
let made: ReturnType<typeof make> | undefined;
/** Made in whichever test asks first; nothing changes it. */
const scene = () => (made ??= make());

describe('files that came back', () => {
  test('are in the pack, and every decision in it is as its reviewer signed it', async () => {
    const { pack, reports, hashes } = await scene();
    expect(reports.map(({ added, known, refused }) => [added, known, refused.length])).toEqual([
      [2, 0, 1],
      [1, 0, 0],
      [1, 2, 1],
    ]);
    const { verdict, failing, reservations, detail } = await judge(pack);
    expect({ verdict, failing, reservations }).toEqual({ verdict: 'trusted', failing: [], reservations: [] });
    expect(detail('returned-files')).toBe(
      '3 files that came back, each signed by its reviewer: 4 decisions stand in the ledger as they were signed. Not taken over, and named with the reason: 2.',
    );
    expect(detail('returned-signers')).toMatch(
      /rita@example.org with SHA256:\S+, as the list .* confirms; otto/,
    );
    expect(detail('campaigns')).not.toContain('were signed by their reviewers');
    const files = filesOf(pack);
    expect(textOf(files, `data/returned/${hashes.rita}/data/decisions.jsonl`)).toContain('Left the team.');
    expect(JSON.parse(textOf(files, 'data/statement.json'))).toMatchObject({
      predicate: { counts: { returnedFiles: 3 } },
    });
    expect(textOf(files, 'data/report.html').replaceAll(/<[^>]*>/g, '')).toContain(
      'Signatures in the pack (data/returned), which verification compares with every decision: of Rita Reviewer',
    );
  });

  test('are checked with sha256sum and ssh-keygen as VERIFY.txt says', async () => {
    const { pack, hashes, entries } = await scene();
    const folder = temporaryFolder();
    for (const [name, content] of filesOf(pack)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    writeFileSync(join(folder, 'org_signers'), everybody);
    const steps = verifyText
      .toString()
      .split('\n')
      .filter((line) => line.includes('data/returned/NAME') && /^ {4}(\(cd|ssh-keygen)/.test(line));
    expect(steps).toHaveLength(2);
    const script = steps.join('\n').replaceAll('NAME', hashes.rita).replace('REVIEWER', 'rita@example.org');
    const run = () =>
      execFileSync('bash', ['-euc', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    expect(run()).toContain('Good "countersign-assignment-decisions" signature for rita@example.org');
    const bag = join(folder, 'data', 'returned', hashes.rita);
    const printed = execFileSync('sha256sum', [join(bag, 'tagmanifest-sha256.txt')], { encoding: 'utf8' });
    const taken = entries.find(({ payload }) => payload['fileSha256'] === hashes.rita && 'kept' in payload);
    expect(taken?.payload['kept']).toEqual({ tagManifestSha256: printed.slice(0, 64) });
    appendFileSync(join(bag, 'data', 'decisions.jsonl'), '\n');
    expect(run).toThrow();
    expect(knownVerifyTexts.size).toBe(3);
  });

  test('are said to be of a key nobody vouches for where the recipient’s list does not name it', async () => {
    const { pack } = await scene();
    const { verdict, reservations } = await judge(pack, { signers: `${signersFile}${lineOf('otto')}` });
    expect([verdict, reservations]).toEqual([
      'trusted',
      [
        expect.stringMatching(
          /^Nobody you named vouches for the key of a reviewer.*rita@example.org with SHA256/,
        ),
      ],
    ]);
  });

  test('are not trusted where the key was revoked, or is not the one that a list names', async () => {
    const { pack } = await scene();
    const revoked = await judge(pack, { revoked: formatPublicKey(keys.rita.publicKey) });
    expect([revoked.verdict, revoked.failing]).toEqual([
      'unpinned',
      [expect.stringContaining('the key has been revoked')],
    ]);
    const other = await judge(pack, {
      signers: `${signersFile}${lineOf('rita', signerOf(77))}${lineOf('otto')}`,
    });
    expect([other.verdict, other.failing]).toEqual([
      'unpinned',
      [expect.stringContaining('names that person with another key')],
    ]);
  });
});

type Payload = LedgerEntry['payload'];
const importedOf = ({ payload }: LedgerEntry) => payload['imported'] as Payload | undefined;
const change = (
  entries: Entries,
  is: (entry: LedgerEntry) => boolean,
  changes: (payload: Payload) => Payload,
): Entries =>
  entries.map((entry) =>
    is(entry) ? { ...entry, payload: { ...entry.payload, ...changes(entry.payload) } } : entry,
  );
const bySubject = (subject: string) => (entry: LedgerEntry) =>
  entry.type === 'campaign-decision' && entry.payload['subject'] === subject;
const importOf = (sha256: string) => (entry: LedgerEntry) =>
  entry.type === 'campaign-imported' && entry.payload['fileSha256'] === sha256;
const number = (payload: Payload, name: string, by: number) => ({ [name]: Number(payload[name]) + by });
/** A decision on Bob's right that nobody made, as if a file had brought it. */
const invented = (entries: Entries, file: string, reviewer = 'rita'): LedgerEntry => {
  const model = entries.find(bySubject('eve'))!;
  return {
    ...model,
    id: '01M7ZN0P91JPEF8YC9SKA3B3ZZ',
    payload: {
      ...model.payload,
      reason: 'Fine.',
      imported: { ...importedOf(model), id: '01M7ZN0P91JPEF8YC9SKA3B3ZY', file, reviewer },
    },
  };
};
const before = (entries: Entries, is: (entry: LedgerEntry) => boolean, more: LedgerEntry): Entries =>
  entries.flatMap((entry) => (is(entry) ? [more, entry] : [entry]));

/** The signer states whatever files there are. */
function sealAnew(files: MutableFiles): MutableFiles {
  const payload = new Map([...files].filter(([name]) => name.startsWith('data/')));
  const { predicate } = parseStatement(files);
  files.set('data/statement.json', formatStatement(predicate, digestFiles(payload)));
  return reseal(files, alice);
}

/** Everything of a file that nobody signed: its decision and its import. */
function inventedFile(entries: Entries, model: string, isKept: boolean): Entries {
  const file = 'e'.repeat(64);
  const { kept: was, ...payload } = entries.find(importOf(model))!.payload;
  const made = {
    ...payload,
    fileSha256: file,
    added: 1,
    known: 0,
    refused: [],
    ...(isKept && { kept: was }),
  };
  const taken = { ...entries.find(importOf(model))!, id: '01M7ZN0P91JPEF8YC9SKA3B3ZX', payload: made };
  return [...entries, invented(entries, file), taken];
}

describe('an owner who signs anew', () => {
  type Forgery = (entries: Entries, hashes: Record<'rita' | 'otto' | 'later', string>) => Entries;
  test.each<[string, RegExp, Forgery]>([
    [
      'a changed decision',
      /otherwise than its reviewer signed it/,
      (entries) => change(entries, bySubject('ann'), () => ({ decision: 'modify' })),
    ],
    [
      'a changed reason',
      /otherwise than its reviewer signed it/,
      (entries) => change(entries, bySubject('ann'), () => ({ reason: 'She asked for it.' })),
    ],
    [
      'a changed time in view',
      /otherwise than its reviewer signed it/,
      (entries) => change(entries, bySubject('ann'), () => ({ dwellMs: 90_000 })),
    ],
    [
      'a changed time',
      /otherwise than its reviewer signed it/,
      (entries) =>
        change(entries, bySubject('ann'), (payload) => ({
          imported: { ...(payload['imported'] as Payload), decidedAt: '2026-11-19T08:00:01.000Z' },
        })),
    ],
    [
      'a changed decision, said to be refused from the file',
      /is not in the file that is said to have brought it/,
      (entries, { later }) =>
        change(
          change(entries, bySubject('bob'), () => ({ decision: 'modify' })),
          importOf(later),
          (payload) => ({
            ...number(payload, 'known', -1),
            refused: [
              ...(payload['refused'] as Payload[]),
              {
                item: entries.find(bySubject('bob'))!.payload['item'],
                decision: importedOf(entries.find(bySubject('bob'))!)!['id'],
                why: 'Another.',
              },
            ],
          }),
        ),
    ],
    [
      'an invented decision',
      /number of decisions|is not in the file/,
      (entries, { rita }) =>
        before(
          change(entries, importOf(rita), (payload) => number(payload, 'added', 1)),
          importOf(rita),
          invented(entries, rita),
        ),
    ],
    [
      'an invented decision in place of one that was known',
      /is not in the file that is said to have brought it/,
      (entries, { later }) =>
        before(
          change(entries, importOf(later), (payload) => ({
            ...number(payload, 'added', 1),
            ...number(payload, 'known', -1),
          })),
          importOf(later),
          invented(entries, later),
        ),
    ],
    [
      'a decision that was left out',
      /leaves out the decision \S+ that its reviewer signed/,
      (entries, { rita }) =>
        change(
          entries.filter((entry) => !bySubject('ann')(entry)),
          importOf(rita),
          (payload) => ({ ...number(payload, 'added', -1), ...number(payload, 'known', 1) }),
        ),
    ],
    [
      'another reviewer’s name',
      /names somebody else, or another key/,
      (entries, { rita }) =>
        change(
          change(
            entries,
            (entry) => importedOf(entry)?.['file'] === rita,
            (payload) => ({
              imported: { ...(payload['imported'] as Payload), reviewer: 'otto' },
              reviewerName: 'Otto Other',
            }),
          ),
          importOf(rita),
          () => ({ reviewer: 'otto' }),
        ),
    ],
    [
      'a name the reviewer never gave',
      /another name than it states/,
      (entries, { rita }) => change(entries, importOf(rita), () => ({ alsoKnownAs: ['ann'] })),
    ],
    [
      'a name of the reviewer that is left out',
      /leaves out a name of its reviewer/,
      (entries, { later }) =>
        entries.map((entry) => {
          const { alsoKnownAs: _names, ...payload } = entry.payload;
          return importOf(later)(entry) ? { ...entry, payload } : entry;
        }),
    ],
    [
      'another identity for the key',
      /names somebody else, or another key/,
      (entries, { rita }) =>
        change(entries, importOf(rita), ({ signer }) => ({
          signer: { ...(signer as object), identity: 'otto@example.org' },
        })),
    ],
    [
      'another bag than was taken in',
      /not the one that the ledger says was taken in/,
      (entries, { rita }) =>
        change(entries, importOf(rita), () => ({ kept: { tagManifestSha256: 'd'.repeat(64) } })),
    ],
    [
      'more decisions than there are',
      /another number of decisions/,
      (entries, { rita }) => change(entries, importOf(rita), (payload) => number(payload, 'known', 1)),
    ],
    [
      'another reviewer’s name where only a later file was kept',
      /otherwise than its reviewer signed it/,
      (entries, { rita }) =>
        change(
          change(
            entries,
            (entry) => importedOf(entry)?.['file'] === rita,
            (payload) => ({
              imported: { ...(payload['imported'] as Payload), reviewer: 'otto' },
              reviewerName: 'Otto Other',
            }),
          ),
          importOf(rita),
          () => ({ reviewer: 'otto', kept: undefined }),
        ).map((entry) => ({ ...entry, payload: JSON.parse(JSON.stringify(entry.payload)) as Payload })),
    ],
    [
      'a file that was not handed out',
      /does not hand out/,
      (entries) =>
        change(
          entries,
          ({ type }) => type === 'campaign-assigned',
          () => ({ fileSha256: 'b'.repeat(64) }),
        ),
    ],
    [
      'an import in the form of an earlier release',
      /takes decisions in without their file, although files are kept since entry/,
      (entries, { rita }) => inventedFile(entries, rita, false),
    ],
  ])('%s', async (_, said, forge) => {
    const { entries, hashes, workspace } = await scene();
    const { verdict, failing } = await judge(await packOf(forge(entries, hashes), workspace));
    expect(verdict).toBe('tampered');
    expect(failing).toEqual([expect.stringMatching(said)]);
    expect(failing[0]).toMatch(/^returned-files: /);
  });

  test('a file that is not there', async () => {
    const { entries, hashes, workspace } = await scene();
    const forged = inventedFile(entries, hashes.rita, true);
    await expect(packOf(forged, workspace)).rejects.toThrow(/is not here as the ledger names it/);
    const pack = await packOf(forged, workspace, 'none');
    expect(await judge(pack)).toMatchObject({
      verdict: 'tampered',
      failing: [expect.stringContaining('were kept that are not here')],
    });
  });

  test('a ledger of an earlier release, which kept nothing, is no plain “Trusted”', async () => {
    const { entries, workspace } = await scene();
    const old = entries.map((entry) => {
      const { kept: _kept, ...payload } = entry.payload;
      return { ...entry, payload };
    });
    const pack = await packOf(old, workspace);
    const { verdict, reservations, failing, detail } = await judge(pack);
    expect({ verdict, failing }).toEqual({ verdict: 'trusted', failing: [] });
    expect(reservations).toEqual([
      expect.stringMatching(/^4 decisions of the campaign .* nothing in the pack shows/),
    ]);
    expect(detail('campaigns')).toContain('were signed by their reviewers');
    const files = filesOf(pack);
    expect([...files.keys()].filter((name) => name.startsWith('data/returned/'))).toEqual([]);
    expect(textOf(files, 'data/statement.json')).not.toContain('returnedFiles');
    expect(textOf(files, 'data/report.html')).not.toContain('data/returned');
    const correcting = (supersedes: string) => change(old, bySubject('eve'), () => ({ supersedes }));
    // Of another item than the one that was named as not taken over; and one that nobody ever made.
    const refused = (await scene()).reports[0]!.refused[0]!.decision;
    for (const number of [refused, 'NOTHING'])
      expect(await judge(await packOf(correcting(number), workspace))).toMatchObject({
        verdict: 'tampered',
        failing: [expect.stringContaining('corrects a decision that there is not')],
      });
  });

  /** Puts a file that somebody wrote by hand in the place of Rita's. */
  async function withForgedFile(signer = signerOf(66), changes: Parameters<typeof handBack>[4] = {}) {
    const { hashes, record, items, entries, workspace } = await scene();
    const path = join(temporaryFolder(), 'forged.zip');
    const made = [
      { subject: 'eve', decision: 'certify' as const, reason: 'Still in sales.' },
      { subject: 'ann', decision: 'certify' as const, reason: 'Stays.' },
      { subject: 'rita', decision: 'certify' as const, reason: 'Mine.' },
    ];
    await handBack(path, record, items, { by: 'rita', number: 1, made }, changes, signer);
    const bag = readZip(readFileSync(path)).files;
    // Her later file would tell of it.
    const alone = entries.filter((entry) => !importOf(hashes.later)(entry) && !bySubject('bob')(entry));
    const forged = change(
      change(alone, bySubject('ann'), () => ({ decision: 'certify', reason: 'Stays.' })),
      importOf(hashes.rita),
      (payload) => ({
        kept: { tagManifestSha256: sha256Hex(bag.get('tagmanifest-sha256.txt')!) },
        signer: {
          ...(payload['signer'] as object),
          fingerprint: JSON.parse(Buffer.from(bag.get('data/decisions.json')!).toString()).signer.fingerprint,
        },
      }),
    );
    const files = filesOf(await packOf(forged, workspace));
    const folder = `data/returned/${hashes.rita}/`;
    for (const name of files.keys()) if (name.startsWith(folder)) files.delete(name);
    for (const [name, content] of bag) files.set(`${folder}${name}`, content);
    return sealAnew(files);
  }

  test('a file signed with a key of their own is not trusted where the reviewer’s is known, and said where it is not', async () => {
    const forged = await withForgedFile();
    expect(await judge(forged)).toMatchObject({
      verdict: 'unpinned',
      failing: [expect.stringContaining('names that person with another key')],
    });
    const { verdict, reservations } = await judge(forged, { signers: `${signersFile}${lineOf('otto')}` });
    expect([verdict, reservations]).toEqual([
      'trusted',
      [expect.stringContaining('Nobody you named vouches')],
    ]);
  });

  test('a file signed with the owner’s listed key is somebody else’s', async () => {
    const forged = await withForgedFile(alice);
    expect(await judge(forged)).toMatchObject({
      verdict: 'unpinned',
      failing: [expect.stringContaining('the list names this key for somebody else')],
    });
  });

  test('the signature of another file, another purpose, changed lines, another bag, one too many', async () => {
    const { pack, hashes } = await scene();
    const [rita, otto] = [`data/returned/${hashes.rita}/`, `data/returned/${hashes.otto}/`];
    const signatureIn = (files: MutableFiles, folder: string) =>
      [...files.keys()].find((name) => name.startsWith(`${folder}signatures/`))!;
    const forgeries: [RegExp, (files: MutableFiles) => void][] = [
      [
        /does not fit tagmanifest/,
        (files) => files.set(signatureIn(files, rita), files.get(signatureIn(files, otto))!),
      ],
      [
        /another purpose/,
        (files) => {
          const signed = files.get(`${rita}tagmanifest-sha256.txt`)!;
          files.set(
            signatureIn(files, rita),
            Buffer.from(keys.rita.sign('countersign-evidence-pack', signed)),
          );
        },
      ],
      [
        /Changed since signing: data\/decisions.jsonl/,
        (files) => edit(files, `${rita}data/decisions.jsonl`, (text) => text.replace('"revoke"', '"modify"')),
      ],
      [/exactly one signature|has no signature/, (files) => files.delete(signatureIn(files, rita))],
      [/lacks what a file of decisions holds/, (files) => files.delete(`${rita}data/decisions.json`)],
      [
        /names somebody else|not the one that the ledger says/,
        (files) => {
          for (const name of files.keys()) if (name.startsWith(rita)) files.delete(name);
          for (const [name, content] of files)
            if (name.startsWith(otto)) files.set(name.replace(otto, rita), content);
        },
      ],
      [
        /No campaign in this pack took in/,
        (files) => {
          for (const [name, content] of files)
            if (name.startsWith(otto))
              files.set(name.replace(otto, `data/returned/${'c'.repeat(64)}/`), content);
        },
      ],
      [
        /not here/,
        (files) => {
          for (const name of files.keys()) if (name.startsWith(rita)) files.delete(name);
        },
      ],
    ];
    for (const [said, forge] of forgeries) {
      const files = filesOf(pack);
      forge(files);
      const { verdict, failing } = await judge(sealAnew(files));
      expect([verdict, failing]).toEqual(['tampered', [expect.stringMatching(said)]]);
    }
    const foreign = filesOf(pack);
    foreign.set(`${rita}notes.txt`, Buffer.from('x'));
    expect(await judge(sealAnew(foreign))).toMatchObject({ verdict: 'malformed' });
  });
});

test('a redacted pack leaves them out, and says so', async () => {
  const { pack } = await scene();
  const { files: archive } = await readPackZip(sourceInMemory(pack));
  const { bytes } = await redactPack({
    archive,
    source: { name: 'PACK.zip', sha256: sha256Hex(pack) },
    profile: externalAuditor,
    secret: Buffer.alloc(32, 9),
    signer: alice,
    signerIdentity: identity,
    generatedAt,
    toolVersion: '0.0.0-test',
  });
  const { files } = await readPackZip(sourceInMemory(bytes));
  expect([...files.keys()].filter((name) => name.includes('returned'))).toEqual([]);
  const { leftOut } = await readRedactionStatement(files);
  expect(leftOut.filter((name) => name.includes('returned'))).toEqual(['data/returned/']);
});
