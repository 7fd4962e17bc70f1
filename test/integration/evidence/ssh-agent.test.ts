// Signing through a real ssh-agent, verified by the real ssh-keygen; and signatures as a security key makes them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fingerprintOf, formatPublicKey, parsePublicKey } from '../../../src-main/evidence/public-key.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { agentSigner, findAgentKey, listAgentKeys } from '../../../src-main/evidence/ssh-agent.ts';
import { parseSignature, prepareSignature, signatureHolds } from '../../../src-main/evidence/sshsig.ts';
import { agentAt } from '../../../src-main/shell/ssh-agent.ts';
import { securityKey, touched } from '../../support/security-key.ts';
import { environmentOf, startAgent } from '../../support/ssh-agent.ts';
import { runTool } from './run-tool.ts';

const namespace = 'countersign-evidence-pack';
const message = Buffer.from('bytes \0 of \r\n a manifest\n');
const identity = 'rita@example.org';
let folder: string;
let socket: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-agent-'));
  ({ socket, stop } = await startAgent(folder));
  for (const type of ['ed25519', 'rsa', 'ecdsa']) {
    runTool('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', `rita ${type}`, '-f', type], { cwd: folder });
    const added = runTool('ssh-add', ['-q', type], { cwd: folder, env: environmentOf(socket) });
    expect(added).toEqual({ status: 0, output: '' });
    // From here on only the agent can sign.
    rmSync(join(folder, type));
  }
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const publicKey = (type: string) =>
  parsePublicKey(
    readFileSync(join(folder, `${type}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' '),
  );

function acceptedByTool(line: string, armored: string, space = namespace): boolean {
  writeFileSync(join(folder, 'signers'), `${line}\n`);
  writeFileSync(join(folder, 'message.sig'), armored);
  const options = ['-f', 'signers', '-I', identity, '-n', space, '-s', 'message.sig'];
  return runTool('ssh-keygen', ['-Y', 'verify', ...options], { cwd: folder, input: message }).status === 0;
}

test('the agent’s keys are listed as ssh-keygen names them; only Ed25519 can sign here', async () => {
  const listed = await listAgentKeys(agentAt(socket));
  expect(listed.map(({ comment, unusable }) => [comment, unusable === null])).toEqual([
    ['rita ed25519', true],
    ['rita rsa', false],
    ['rita ecdsa', false],
  ]);
  const printed = runTool('ssh-keygen', ['-l', '-f', 'ed25519.pub'], { cwd: folder });
  expect(printed.output.split(' ')[1]).toBe(listed[0]?.fingerprint);
});

test('ssh-keygen verifies what the agent signed for us, and so do we', async () => {
  const agent = agentAt(socket);
  const key = await findAgentKey(agent, fingerprintOf(publicKey('ed25519')));
  const armored = await agentSigner(agent, key).signLater(namespace, message);
  expect(acceptedByTool(allowedSignersLine(identity, key), armored)).toBe(true);
  expect(acceptedByTool(allowedSignersLine(identity, key), armored, 'countersign-checkpoint')).toBe(false);
  expect(signatureHolds(parseSignature(Buffer.from(armored)), namespace, message)).toBe(true);
});

test('a key the agent no longer has signs nothing', async () => {
  const agent = agentAt(socket);
  runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', 'gone'], { cwd: folder });
  await expect(agentSigner(agent, publicKey('gone')).signLater(namespace, message)).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(findAgentKey(agent, fingerprintOf(publicKey('gone')))).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('ssh-keygen reads signatures of a security key as we write them', () => {
  const key = securityKey(9);
  const line = `${identity} namespaces="countersign-*" ${formatPublicKey(key.publicKey)}`;
  const { bytes, finish } = prepareSignature(key.publicKey, namespace, message);
  expect(acceptedByTool(line, finish(key.sign(bytes, touched)))).toBe(true);
  expect(acceptedByTool(line, finish(securityKey(8).sign(bytes, touched)))).toBe(false);
  expect(acceptedByTool(line, finish(key.sign(message, touched)))).toBe(false);
  // The tool does not ask whether somebody touched the key; we do.
  const untouched = finish(key.sign(bytes, { flags: 0, counter: 7 }));
  expect(acceptedByTool(line, untouched)).toBe(true);
  expect(signatureHolds(parseSignature(Buffer.from(untouched)), namespace, message)).toBe(false);
});

test('ssh-keygen keeps to the validity a rotated key is listed with', async () => {
  const agent = agentAt(socket);
  const key = await findAgentKey(agent, fingerprintOf(publicKey('ed25519')));
  const armored = await agentSigner(agent, key).signLater(namespace, message);
  const listed = (validAfter: string | null, validBefore: string | null) =>
    acceptedByTool(allowedSignersLine(identity, key, { validAfter, validBefore }), armored);
  expect(listed('2020-01-01T00:00:00.000Z', null)).toBe(true);
  expect(listed('2020-01-01T00:00:00.000Z', '2099-01-01T00:00:00.000Z')).toBe(true);
  expect(listed('2099-01-01T00:00:00.000Z', null)).toBe(false);
  expect(listed(null, '2020-01-01T00:00:00.000Z')).toBe(false);
});
