// A stranger verifies a pack with unzip, sha256sum and ssh-keygen, and comes to the conclusions our verifier comes to.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPackAt, openPackFolder } from '../../../src-main/evidence/pack-reader.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import {
  alice,
  generatedAt,
  identity,
  sampleInput,
  signerOf,
  signersFile,
} from '../../unit/evidence/sample-input.ts';
import { z } from 'zod';
import { samplingPlan } from '#shared/model/sampling.ts';
import { signOffPack } from '../../../src-main/evidence/sign-off-pack.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { drawRecipe } from '../../../src-main/review/sampling/draw.ts';
import { filesOf } from '../../unit/evidence/forge.ts';
import { runTool } from './run-tool.ts';

const pack = await buildPack(sampleInput(), alice);
const trust = { signers: signersFile, now: generatedAt };
let folder: string;

const bash = (script: string) =>
  runTool('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: join(folder, 'pack') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-hand-'));
  writeFileSync(join(folder, 'pack.zip'), pack.bytes);
  writeFileSync(join(folder, 'signers'), signersFile);
  writeFileSync(join(folder, 'revoked'), '');
  expect(runTool('unzip', ['-q', 'pack.zip', '-d', 'pack'], { cwd: folder }).status).toBe(0);
});
afterEach(() => rmSync(folder, { recursive: true }));

const steps = `
sha256sum --quiet --strict -c tagmanifest-sha256.txt
sha256sum --quiet --strict -c manifest-sha256.txt
diff <(cut -c67- manifest-sha256.txt | LC_ALL=C sort) <(find data -type f | LC_ALL=C sort)
for signature in signatures/*.sig; do
  ssh-keygen -Y verify -f ../signers -r ../revoked -I ${identity} -n countersign-evidence-pack -s "$signature" < tagmanifest-sha256.txt
done`;

const byHand = () => bash(steps).status === 0;
const byUs = async () =>
  (await verifyPack(await openPackFolder(join(folder, 'pack')), trust)).verdict === 'trusted';

test('unzip and zip tools find the archive sound', async () => {
  expect(runTool('unzip', ['-t', 'pack.zip'], { cwd: folder }).output).toContain('No errors detected');
  const listed = runTool('unzip', ['-Z1', 'pack.zip'], { cwd: folder }).output.trim().split('\n');
  expect(listed).toContain('bagit.txt');
  expect(listed.some((name) => name.endsWith('/'))).toBe(false);
});

test('an untouched pack verifies by hand', async () => {
  const run = bash(steps);
  expect(run.output).toContain(`Good "countersign-evidence-pack" signature for ${identity}`);
  expect(run.status).toBe(0);
  expect(await byUs()).toBe(true);
});

test.each([
  ['a changed data file', 'sed -i s/certify/revoke/ data/decisions.jsonl'],
  ['a changed tag file', 'echo x >> VERIFY.txt'],
  ['a removed file', 'rm data/findings.csv'],
  ['an added file', 'echo x > data/added.txt'],
  ['a manifest with Windows line ends', "sed -i 's/$/\\r/' manifest-sha256.txt"],
  ['a tag manifest with Windows line ends', "sed -i 's/$/\\r/' tagmanifest-sha256.txt"],
  [
    'manifests made to fit',
    'echo >> data/report.html; sha256sum $(cut -c67- manifest-sha256.txt) > m; mv m manifest-sha256.txt; sha256sum $(cut -c67- tagmanifest-sha256.txt) > t; mv t tagmanifest-sha256.txt',
  ],
  ['no signature', 'rm signatures/*'],
])('%s verifies neither by hand nor by us', async (_, change) => {
  expect(bash(change).status).toBe(0);
  expect([byHand(), await byUs()]).toEqual([false, false]);
});

/** Shell tools compare every file but these with hashes; they look at signatures one by one, and `verify` at all of it. */
const names = [...filesOf(pack.bytes).keys()];
test.each(names)('a changed byte in %s verifies neither by hand nor by us', async (name) => {
  const path = join(folder, 'pack', name);
  const bytes = readFileSync(path);
  // Beginning of an armored signature: a change in its base64 is what somebody would try.
  const at = Math.min(bytes.length - 1, name.startsWith('signatures/') ? 120 : Math.floor(bytes.length / 2));
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
  expect([byHand(), await byUs()]).toEqual([false, false]);
});

test('each file taken out is noticed by hand and by us', async () => {
  for (const name of names) {
    const path = join(folder, 'pack', name);
    const bytes = readFileSync(path);
    rmSync(path);
    expect([byHand(), await byUs()], name).toEqual([false, false]);
    writeFileSync(path, bytes);
  }
  expect(byHand()).toBe(true);
});

test.each([
  [
    'the signature of another key in its place',
    'ssh-keygen -q -t ed25519 -N "" -f ../other; rm signatures/*; ssh-keygen -Y sign -f ../other -n countersign-evidence-pack < tagmanifest-sha256.txt > signatures/preparer-00000000.sig',
  ],
  [
    'a signature in another namespace',
    'ssh-keygen -q -t ed25519 -N "" -f ../other; rm signatures/*; ssh-keygen -Y sign -f ../other -n countersign-checkpoint < tagmanifest-sha256.txt > signatures/preparer-00000000.sig; echo "alice@example.org $(cat ../other.pub)" >> ../signers',
  ],
])('%s verifies neither by hand nor by us', async (_, change) => {
  expect(bash(change).status).toBe(0);
  expect([byHand(), await byUs()]).toEqual([false, false]);
});

test('a key that had expired verifies neither by hand nor by us', async () => {
  const signers = signersFile.replace(' ssh-', ',valid-before="20261119Z" ssh-');
  writeFileSync(join(folder, 'signers'), signers);
  expect(
    bash(steps.replace('-n countersign', `-Overify-time=20261120100000Z -n countersign`)).status,
  ).not.toBe(0);
  expect((await verifyPack(pack.bytes, { signers, now: generatedAt })).verdict).toBe('unpinned');
});

test('a sign-off is verified by hand as VERIFY.txt describes', async () => {
  const boss = signerOf(7);
  await signOffPack({
    path: join(folder, 'pack.zip'),
    role: 'approver',
    note: 'agreed',
    reviewer: { id: 'boss', name: 'Boss', email: null },
    identity: 'boss@example.org',
    signer: boss,
    trust,
  });
  expect(runTool('unzip', ['-q', '-o', 'pack.zip', '-d', 'pack'], { cwd: folder }).status).toBe(0);
  writeFileSync(join(folder, 'boss'), `${allowedSignersLine('boss@example.org', boss.publicKey)}\n`);
  const sign = (given: string) =>
    `f=$(ls sign-offs/*.json); ssh-keygen -Y verify -f ../boss -I boss@example.org -n countersign-sign-off -s $f.sig < ${given}`;
  expect(bash(sign('$f')).output).toContain('Good "countersign-sign-off"');
  expect(bash(sign('tagmanifest-sha256.txt')).status).not.toBe(0);
  expect(bash('grep -q $(sha256sum tagmanifest-sha256.txt | cut -c1-64) sign-offs/*.json').status).toBe(0);
});

test('the sample of a pack is drawn again with sort and sha256sum', async () => {
  const sampling = {
    method: { kind: 'judgemental', frequency: 'weekly', reason: null },
    seed: 'it’s 7'.replace('’', "'"),
  } as const;
  const files = filesOf((await buildPack(sampleInput({ sampling }), alice)).bytes);
  const { plan } = z
    .object({ plan: samplingPlan })
    .parse(JSON.parse(Buffer.from(files.get('data/sampling.json') ?? '').toString()));
  const keys = ['r1', 'r2', 'r3', 'r4', 'r5'];
  writeFileSync(join(folder, 'pack', 'keys.txt'), keys.map((key) => `${key}\n`).join(''));
  expect(bash(drawRecipe(plan.seed, plan.size)).output.trim().split('\n')).toEqual(plan.drawn);
});

test('a revoked key verifies neither by hand nor by us', async () => {
  const revoked = `${formatPublicKey(alice.publicKey)}\n`;
  writeFileSync(join(folder, 'revoked'), revoked);
  expect(byHand()).toBe(false);
  expect((await verifyPack(pack.bytes, { ...trust, revoked })).verdict).toBe('unpinned');
});

test('an unknown signer verifies neither by hand nor by us', async () => {
  const signers = signersFile.replace(
    formatPublicKey(alice.publicKey),
    formatPublicKey(signerOf(5).publicKey),
  );
  writeFileSync(join(folder, 'signers'), signers);
  expect(byHand()).toBe(false);
  expect((await verifyPack(pack.bytes, { signers, now: generatedAt })).verdict).toBe('unpinned');
});

test('a pack signed by ssh-keygen itself is trusted by us', async () => {
  const made = bash(`
    ssh-keygen -q -t ed25519 -N '' -f ../approver
    short=$(cut -d' ' -f2 ../approver.pub | base64 -d | sha256sum | cut -c1-8)
    ssh-keygen -Y sign -f ../approver -n countersign-evidence-pack < tagmanifest-sha256.txt > signatures/approver-$short.sig`);
  expect(made.status).toBe(0);
  const approver = readFileSync(join(folder, 'approver.pub'), 'utf8');
  const files = await openPackFolder(join(folder, 'pack'));
  expect((await verifyPack(files, trust)).verdict).toBe('unpinned');
  const both = await verifyPack(files, { ...trust, signers: `${signersFile}boss@example.org ${approver}` });
  expect(both.verdict).toBe('trusted');
  expect(both.signers.map((signer) => signer.identity)).toEqual([identity, 'boss@example.org']);
});

test('the commands for sh in VERIFY.txt do what they say', async () => {
  const text = readFileSync(join(folder, 'pack', 'VERIFY.txt'), 'utf8');
  const commands = /\(sh;[^\n]*\n\n([^]*?)\n\n/.exec(text)?.[1] ?? '';
  expect(commands).toContain('ssh-keygen -Y verify');
  const script = commands
    .replaceAll('org_signers', '../signers')
    .replaceAll('IDENTITY', identity)
    .replaceAll('/tmp/', '../');
  const run = () => runTool('sh', ['-e', '-c', script], { cwd: join(folder, 'pack') });
  expect(run()).toMatchObject({
    status: 0,
    output: expect.stringContaining('Good "countersign-evidence-pack"'),
  });
  expect(run().output).not.toContain('./');
  symlinkSync('/dev/null', join(folder, 'pack', 'data', 'added'));
  expect(run().status).not.toBe(0);
  rmSync(join(folder, 'pack', 'data', 'added'));
  rmSync(join(folder, 'pack', 'data', 'findings.csv'));
  symlinkSync('/dev/null', join(folder, 'pack', 'data', 'findings.csv'));
  expect(run().status).not.toBe(0);
});

test('the commands for Windows in VERIFY.txt take every file, and know the hash of an empty one', () => {
  const text = readFileSync(join(folder, 'pack', 'VERIFY.txt'), 'utf8');
  const empty = createHash('sha256').digest('hex');
  expect(text).toContain(`if "%~zf"=="0" (if not %h==${empty} echo CHANGED: %i)`);
  for (const manifest of ['tagmanifest-sha256.txt', 'manifest-sha256.txt'])
    for (const line of readFileSync(join(folder, 'pack', manifest), 'utf8')
      .split('\n')
      .slice(0, -1)) {
      // What “tokens=1,*” and Substring(66) take for the name must be the name, and nothing in it may mean something to cmd.
      expect(/^(\S+)\s+(.*)$/.exec(line)?.slice(1)).toEqual([line.slice(0, 64), line.slice(66)]);
      expect(line.slice(66)).toMatch(/^[\w./-]+$/);
    }
});

test('the ledger can be checked by hand as VERIFY.txt describes', async () => {
  const first = bash(
    `{ printf '\\000'; sed -n 1p data/ledger.jsonl | tr -d '\\n'; } | sha256sum | cut -c1-64`,
  );
  const second = bash(`sed -n 2p data/ledger.jsonl`);
  expect(second.output).toContain(`"prev":"${first.output.trim()}"`);
});

async function again() {
  const { pack: opened, close } = await openPackAt(join(folder, 'again.zip'));
  try {
    return await verifyPack(opened, trust);
  } finally {
    await close();
  }
}
const unpackAgain = () =>
  bash(`
    rm -rf ../second && mkdir ../second && cp ../signers ../revoked ../second
    unzip -q ../again.zip -d ../second/pack && cd ../second/pack
    [[ -f bagit.txt ]] || { mv pack ../inner && cd ../inner; }
    ${steps}`);

test.each([
  ['with folders and extra fields', 'zip -q -r ../again.zip .'],
  ['without either', 'zip -q -r -X -D ../again.zip .'],
  ['stored', 'zip -q -0 -r ../again.zip .'],
  ['with data descriptors', 'zip -q -r - . | cat > ../again.zip'],
  ['below a top folder', 'cd .. && zip -q -r again.zip pack'],
  ['below a top folder, without folders', 'cd .. && zip -q -r -X -D again.zip pack'],
])('packed again by zip %s, a pack is judged by its contents, as by hand', async (_, command) => {
  expect(bash(command).status).toBe(0);
  expect((await again()).verdict).toBe('trusted');
  expect((await again()).checks[0]?.detail).toMatch(/judged by its contents/);
  expect(unpackAgain().status).toBe(0);
  for (const change of [
    'sed -i s/certify/revoke/ data/decisions.jsonl',
    'echo x > data/added.txt',
    'rm data/findings.csv',
  ]) {
    expect(bash(`cp -a . ../kept; ${change}; rm ../again.zip; ${command}`).status).toBe(0);
    expect((await again()).verdict).toBe('tampered');
    expect(unpackAgain().status).not.toBe(0);
    expect(bash('rm -rf ./* && cp -a ../kept/. . && rm -rf ../kept').status).toBe(0);
  }
});

test('a pack that zip added a link to is refused', async () => {
  expect(bash('ln -s /etc/passwd data/link && zip -q -r -y ../again.zip .').status).toBe(0);
  expect((await again()).verdict).toBe('malformed');
  expect((await again()).summary).toMatch(/such as a link/);
});

test('a pack that zip encrypted is refused', async () => {
  expect(bash('zip -q -r -P secret ../again.zip .').status).toBe(0);
  expect((await again()).verdict).toBe('malformed');
  expect((await again()).summary).toMatch(/encrypted/);
});

test('a file added to the pack file itself by zip is noticed', async () => {
  expect(
    bash('cp ../pack.zip ../again.zip; echo x > data/added.txt; zip -q ../again.zip data/added.txt').status,
  ).toBe(0);
  expect(['tampered', 'malformed']).toContain((await again()).verdict);
});
