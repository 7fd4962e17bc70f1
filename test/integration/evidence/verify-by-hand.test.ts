// A stranger verifies a pack with unzip, sha256sum and ssh-keygen, and comes to the conclusions our verifier comes to.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPackFolder } from '../../../src-main/evidence/folder.ts';
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
import { runTool } from './run-tool.ts';

const pack = buildPack(sampleInput(), alice);
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
const byUs = () => verifyPack(readPackFolder(join(folder, 'pack')), trust).verdict === 'trusted';

test('unzip and zip tools find the archive sound', () => {
  expect(runTool('unzip', ['-t', 'pack.zip'], { cwd: folder }).output).toContain('No errors detected');
  const listed = runTool('unzip', ['-Z1', 'pack.zip'], { cwd: folder }).output.trim().split('\n');
  expect(listed).toContain('bagit.txt');
  expect(listed.some((name) => name.endsWith('/'))).toBe(false);
});

test('an untouched pack verifies by hand', () => {
  const run = bash(steps);
  expect(run.output).toContain(`Good "countersign-evidence-pack" signature for ${identity}`);
  expect(run.status).toBe(0);
  expect(byUs()).toBe(true);
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
])('%s verifies neither by hand nor by us', (_, change) => {
  expect(bash(change).status).toBe(0);
  expect([byHand(), byUs()]).toEqual([false, false]);
});

test('a revoked key verifies neither by hand nor by us', () => {
  const revoked = `${formatPublicKey(alice.publicKey)}\n`;
  writeFileSync(join(folder, 'revoked'), revoked);
  expect(byHand()).toBe(false);
  expect(verifyPack(pack.bytes, { ...trust, revoked }).verdict).toBe('unpinned');
});

test('an unknown signer verifies neither by hand nor by us', () => {
  const signers = signersFile.replace(
    formatPublicKey(alice.publicKey),
    formatPublicKey(signerOf(5).publicKey),
  );
  writeFileSync(join(folder, 'signers'), signers);
  expect(byHand()).toBe(false);
  expect(verifyPack(pack.bytes, { signers, now: generatedAt }).verdict).toBe('unpinned');
});

test('a pack signed by ssh-keygen itself is trusted by us', () => {
  const made = bash(`
    ssh-keygen -q -t ed25519 -N '' -f ../approver
    short=$(cut -d' ' -f2 ../approver.pub | base64 -d | sha256sum | cut -c1-8)
    ssh-keygen -Y sign -f ../approver -n countersign-evidence-pack < tagmanifest-sha256.txt > signatures/approver-$short.sig`);
  expect(made.status).toBe(0);
  const approver = readFileSync(join(folder, 'approver.pub'), 'utf8');
  const files = readPackFolder(join(folder, 'pack'));
  expect(verifyPack(files, trust).verdict).toBe('unpinned');
  const both = verifyPack(files, { ...trust, signers: `${signersFile}boss@example.org ${approver}` });
  expect(both.verdict).toBe('trusted');
  expect(both.signers.map((signer) => signer.identity)).toEqual([identity, 'boss@example.org']);
});

test('the commands for sh in VERIFY.txt do what they say', () => {
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
  writeFileSync(join(folder, 'pack', 'data', 'added'), '');
  expect(run().status).not.toBe(0);
});

test('the ledger can be checked by hand as VERIFY.txt describes', () => {
  const first = bash(
    `{ printf '\\000'; sed -n 1p data/ledger.jsonl | tr -d '\\n'; } | sha256sum | cut -c1-64`,
  );
  const second = bash(`sed -n 2p data/ledger.jsonl`);
  expect(second.output).toContain(`"prev":"${first.output.trim()}"`);
});

const again = () => verifyPack(readFileSync(join(folder, 'again.zip')), trust);
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
])('packed again by zip %s, a pack is judged by its contents, as by hand', (_, command) => {
  expect(bash(command).status).toBe(0);
  expect(again().verdict).toBe('trusted');
  expect(again().checks[0]?.detail).toMatch(/judged by its contents/);
  expect(unpackAgain().status).toBe(0);
  for (const change of [
    'sed -i s/certify/revoke/ data/decisions.jsonl',
    'echo x > data/added.txt',
    'rm data/findings.csv',
  ]) {
    expect(bash(`cp -a . ../kept; ${change}; rm ../again.zip; ${command}`).status).toBe(0);
    expect(again().verdict).toBe('tampered');
    expect(unpackAgain().status).not.toBe(0);
    expect(bash('rm -rf ./* && cp -a ../kept/. . && rm -rf ../kept').status).toBe(0);
  }
});

test('a pack that zip added a link to is refused', () => {
  expect(bash('ln -s /etc/passwd data/link && zip -q -r -y ../again.zip .').status).toBe(0);
  expect(again().verdict).toBe('malformed');
  expect(again().summary).toMatch(/such as a link/);
});

test('a pack that zip encrypted is refused', () => {
  expect(bash('zip -q -r -P secret ../again.zip .').status).toBe(0);
  expect(again().verdict).toBe('malformed');
  expect(again().summary).toMatch(/encrypted/);
});

test('a file added to the pack file itself by zip is noticed', () => {
  expect(
    bash('cp ../pack.zip ../again.zip; echo x > data/added.txt; zip -q ../again.zip data/added.txt').status,
  ).toBe(0);
  expect(['tampered', 'malformed']).toContain(again().verdict);
});
