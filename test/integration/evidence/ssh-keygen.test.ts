// Our reading and writing of SSH signatures against the real ssh-keygen, in both directions.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAllowedSigners } from '../../../src-main/evidence/allowed-signers.ts';
import {
  checkpointText,
  emptyCheckpointedLedger,
  makeCheckpoint,
  withEntry,
} from '../../../src-main/evidence/checkpoint.ts';
import { judgeSigner } from '../../../src-main/evidence/judge-signer.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey } from '../../../src-main/evidence/public-key.ts';
import { parseRevokedKeys } from '../../../src-main/evidence/revoked-keys.ts';
import { allowedSignersLine, signerIdentity } from '../../../src-main/evidence/signer-identity.ts';
import { parseSignature, signatureHolds } from '../../../src-main/evidence/sshsig.ts';
import { alice, signerOf } from '../../unit/evidence/sample-input.ts';
import { runTool } from './run-tool.ts';

const namespace = 'countersign-evidence-pack';
const message = Buffer.from('bytes \0 of \r\n a manifest\n');
const now = () => Math.floor(Date.now() / 1000);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-ssh-'));
  writeFileSync(join(folder, 'message'), message);
  writeFileSync(join(folder, 'alice.pub'), `${formatPublicKey(alice.publicKey)}\n`);
  writeFileSync(join(folder, 'alice.sig'), alice.sign(namespace, message));
  for (const type of ['ed25519', 'rsa', 'ecdsa']) {
    runTool('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', 'bob@laptop', '-f', `bob-${type}`], {
      cwd: folder,
    });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const keygen = (...rest: string[]) => runTool('ssh-keygen', rest, { cwd: folder, input: message });

function verifyByTool(list: string, identity: string, options: string[] = [], space = namespace): boolean {
  writeFileSync(join(folder, 'signers'), list);
  const named = ['-f', 'signers', '-I', identity, '-n', space, '-s', 'alice.sig'];
  return keygen('-Y', 'verify', ...named, ...options).status === 0;
}

test('ssh-keygen accepts our signature, for its namespace only', () => {
  const list = allowedSignersLine('alice@example.org', alice.publicKey);
  expect(verifyByTool(list, 'alice@example.org')).toBe(true);
  expect(verifyByTool(list, 'alice@example.org', [], 'countersign-checkpoint')).toBe(false);
  expect(verifyByTool(list, 'bob@example.org')).toBe(false);
});

test('ssh-keygen accepts a recorded checkpoint over the text of it', () => {
  const ledger = withEntry(emptyCheckpointedLedger, 'ab'.repeat(32));
  const { signature } = makeCheckpoint(ledger, 'daily', alice);
  writeFileSync(join(folder, 'checkpoint.sig'), signature ?? '');
  writeFileSync(join(folder, 'signers'), allowedSignersLine('alice@example.org', alice.publicKey));
  const verify = (input: Buffer) => {
    const named = ['-f', 'signers', '-I', 'alice@example.org', '-n', 'countersign-checkpoint'];
    const args = ['-Y', 'verify', ...named, '-s', 'checkpoint.sig'];
    return runTool('ssh-keygen', args, { cwd: folder, input }).status;
  };
  expect(verify(checkpointText(ledger))).toBe(0);
  expect(verify(checkpointText(withEntry(ledger, 'cd'.repeat(32))))).not.toBe(0);
});

test('ssh-keygen prints the fingerprint we print', () => {
  expect(keygen('-l', '-f', 'alice.pub').output).toContain(` ${fingerprintOf(alice.publicKey)} `);
});

test.each(['sha256', 'sha512'])('we accept a signature ssh-keygen made with %s', (hash) => {
  const made = keygen('-Y', 'sign', '-f', 'bob-ed25519', '-n', namespace, '-O', `hashalg=${hash}`);
  expect(made.status).toBe(0);
  const text = /-----BEGIN[^]*-----END SSH SIGNATURE-----\n/.exec(made.output)?.[0] ?? '';
  const signature = parseSignature(Buffer.from(text));
  expect(signature.hashAlgorithm).toBe(hash);
  expect(signatureHolds(signature, namespace, message)).toBe(true);
  expect(signatureHolds(signature, namespace, Buffer.concat([message, Buffer.from('x')]))).toBe(false);
  const bob = parsePublicKey(readFileSync(join(folder, 'bob-ed25519.pub'), 'utf8').trim());
  expect(fingerprintOf(signature.publicKey)).toBe(fingerprintOf(bob));
});

test.each(['rsa', 'ecdsa'])('a signature of another kind of key (%s) is refused in words', (type) => {
  const { output } = keygen('-Y', 'sign', '-f', `bob-${type}`, '-n', namespace);
  const text = /-----BEGIN[^]*-----END SSH SIGNATURE-----\n/.exec(output)?.[0] ?? '';
  expect(text).not.toBe('');
  expect(() => parseSignature(Buffer.from(text))).toThrow(/not made with Ed25519/);
});

const key = formatPublicKey(alice.publicKey);
const utc = (offsetSeconds: number) =>
  new Date((now() + offsetSeconds) * 1000).toISOString().replaceAll(/[-:TZ]|\.\d+/g, '');

test.each([
  ['plain', `alice@example.org ${key} comment`],
  ['another person', `bob@example.org ${key}`],
  ['wildcard', `*@example.org ${key}`],
  ['negated', `*@example.org,!alice@example.org ${key}`],
  ['negated first', `!alice@example.org,* ${key}`],
  ['question mark', `al?ce@* ${key}`],
  ['quoted', `"alice@example.org" ${key}`],
  ['namespace', `alice@example.org namespaces="countersign-evidence-pack" ${key}`],
  ['namespace pattern', `alice@example.org namespaces="git,countersign-*" ${key}`],
  ['namespace negated', `alice@example.org namespaces="*,!countersign-evidence-pack" ${key}`],
  ['other namespace', `alice@example.org namespaces="git" ${key}`],
  ['certificate authority', `alice@example.org cert-authority ${key}`],
  ['option in capitals', `alice@example.org NAMESPACES="countersign-*" ${key}`],
  ['valid day in UTC', `alice@example.org valid-after="20200101Z",valid-before="20990101Z" ${key}`],
  ['valid day', `alice@example.org valid-after="20200101",valid-before="20990101" ${key}`],
  ['valid minute', `alice@example.org valid-after="202001010000Z" ${key}`],
  ['expired', `alice@example.org valid-before="20200101Z" ${key}`],
  ['expired a minute ago', `alice@example.org valid-before="${utc(-60)}Z" ${key}`],
  ['valid for an hour', `alice@example.org valid-before="${utc(3600)}Z" ${key}`],
  ['not yet valid', `alice@example.org valid-after="${utc(3600)}Z" ${key}`],
  ['comments and empty lines', `# a\n\n  # b\nalice@example.org ${key}\n`],
  ['Windows line ends', `# a\r\nalice@example.org ${key}\r\n`],
  ['first line expired, second valid', `alice@* valid-before="20200101Z" ${key}\nalice@* ${key}`],
  ['nothing', ''],
])('we and ssh-keygen agree about a list: %s', (_, list) => {
  const signers = parseAllowedSigners(list, 'UTC');
  const question = { key: alice.publicKey, namespace, identity: 'alice@example.org', at: now() };
  expect(judgeSigner(signers, question).pinned).toBe(verifyByTool(list, 'alice@example.org'));
});

test.each([
  ['an unknown option', `alice@example.org future="1" ${key}`],
  ['an unquoted value', `alice@example.org namespaces=git ${key}`],
  ['a bad time', `alice@example.org valid-after="2026" ${key}`],
  ['an end before the beginning', `alice@example.org valid-after="2027Z",valid-before="2026Z" ${key}`],
  ['a damaged key', `alice@example.org ${key.slice(0, -8)}`],
])('what we call unreadable, ssh-keygen does not accept either: %s', (_, list) => {
  expect(() => parseAllowedSigners(list, 'UTC')).toThrow(/line 1 /);
  expect(verifyByTool(list, 'alice@example.org')).toBe(false);
});

test('every reviewer id makes a line that ssh-keygen reads as that one identity', () => {
  for (const id of ['alice', 'Zoë Müller', 'a,b', '*', '!x', '"q"', '#1', '50%', 'CN=Ann\\Lee']) {
    const identity = signerIdentity({ name: 'A', id, email: null });
    const list = allowedSignersLine(identity, alice.publicKey);
    expect(verifyByTool(list, identity)).toBe(true);
    expect(verifyByTool(list, `x${identity}`)).toBe(false);
  }
});

test('we and ssh-keygen agree about revoked keys in plain text', () => {
  const list = allowedSignersLine('alice@example.org', alice.publicKey);
  const other = formatPublicKey(signerOf(2).publicKey);
  for (const revoked of [`${key}\n`, `# x\n${other}\n${key} lost\n`, `${other}\n`, '']) {
    writeFileSync(join(folder, 'revoked'), revoked);
    const accepted = verifyByTool(list, 'alice@example.org', ['-r', 'revoked']);
    expect(parseRevokedKeys(revoked)(alice.publicKey) !== null).toBe(!accepted);
  }
});
