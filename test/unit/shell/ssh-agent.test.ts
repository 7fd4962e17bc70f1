import { expect, test } from 'vitest';
import type { Socket } from 'node:net';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { agentSigner, findAgentKey, listAgentKeys } from '../../../src-main/evidence/ssh-agent.ts';
import { listRequest } from '../../../src-main/evidence/ssh-agent-messages.ts';
import { parseSignature, signatureHolds } from '../../../src-main/evidence/sshsig.ts';
import { wireString, WireReader } from '../../../src-main/evidence/ssh-wire.ts';
import { agentAt, agentSocketOf } from '../../../src-main/shell/ssh-agent.ts';
import { securityKey } from '../../support/security-key.ts';
import { fakeAgent, listing, signed } from '../../support/ssh-agent.ts';
import { alice } from '../evidence/sample-input.ts';

const namespace = 'countersign-checkpoint';
const message = Buffer.from('three lines\n');

test.each<[string, (socket: Socket) => void, RegExp]>([
  ['closes at once', (socket) => socket.end(), /breaks off/],
  ['closes in the middle', (socket) => socket.end(Buffer.from('0000006400', 'hex')), /breaks off/],
  ['announces gigabytes', (socket) => socket.write(Buffer.from('ffffffff0c', 'hex')), /impossible length/],
  ['answers nothing of no length', (socket) => socket.write(Buffer.alloc(4)), /impossible length/],
  [
    'does not stop',
    (socket) => socket.write(Buffer.alloc(300_000, 1)),
    /impossible length|goes on after its end/,
  ],
  [
    'answers twice',
    (socket) => socket.write(Buffer.concat([listing([]), listing([])])),
    /goes on after its end/,
  ],
  ['says nothing', () => undefined, /no complete answer within/],
  ['stops half-way', (socket) => socket.write(Buffer.from('000000640c', 'hex')), /no complete answer within/],
])('an agent that %s gives a sentence', async (_, misbehave, sentence) => {
  const agent = agentAt(await fakeAgent((_body, socket) => misbehave(socket)));
  await expect(agent.ask(listRequest(), 300)).rejects.toThrow(sentence);
  await expect(agent.ask(listRequest(), 300)).rejects.toMatchObject({
    name: 'Problem',
    next: expect.any(String),
  });
});

test('an agent that drips is not waited for byte after byte', async () => {
  const agent = agentAt(
    await fakeAgent((_body, socket) => {
      socket.write(Buffer.from('00010000', 'hex'));
      const drip = setInterval(() => socket.write(Buffer.of(12)), 20);
      socket.on('close', () => clearInterval(drip));
    }),
  );
  await expect(agent.ask(listRequest(), 300)).rejects.toThrow(/no complete answer within/);
});

test.each([null, '/nowhere/agent.sock'])(
  'where there is no agent, a sentence says how to have one: %s',
  async (path) => {
    await expect(listAgentKeys(agentAt(path))).rejects.toMatchObject({ code: 'not-found' });
  },
);

test('the address comes from the environment, else it is the one of Windows', () => {
  expect(agentSocketOf({ SSH_AUTH_SOCK: '/run/agent' }, 'linux')).toBe('/run/agent');
  expect(agentSocketOf({ SSH_AUTH_SOCK: '' }, 'linux')).toBeNull();
  expect(agentSocketOf({}, 'win32')).toBe('\\\\.\\pipe\\openssh-ssh-agent');
  expect(agentSocketOf({ SSH_AUTH_SOCK: '\\\\.\\pipe\\other' }, 'win32')).toBe('\\\\.\\pipe\\other');
});

test('what the agent offers is listed, with the reason where it cannot sign here', async () => {
  const touch = securityKey(3);
  const rsa = wireString('ssh-rsa');
  const certificate = wireString('ssh-ed25519-cert-v01@openssh.com');
  const path = await fakeAgent((_body, socket) => {
    socket.write(
      listing([
        { blob: alice.publicKey.blob, comment: 'alice@laptop' },
        { blob: touch.publicKey.blob, comment: 'yubi' },
        { blob: rsa, comment: 'old' },
        { blob: certificate, comment: '' },
        { blob: Buffer.from('?'), comment: 'odd' },
      ]),
    );
  });
  const agent = agentAt(path);
  const listed = await listAgentKeys(agent);
  expect(listed.map(({ type, needsTouch, publicKey }) => [type, needsTouch, publicKey !== null])).toEqual([
    ['ssh-ed25519', false, true],
    ['sk-ssh-ed25519@openssh.com', true, true],
    ['ssh-rsa', false, false],
    ['ssh-ed25519-cert-v01@openssh.com', false, false],
    ['unknown', false, false],
  ]);
  expect(listed[2]?.unusable).toMatch(/Ed25519 only/);
  expect(listed[3]?.unusable).toMatch(/certificate/);
  await expect(findAgentKey(agent, listed[2]?.fingerprint ?? '')).rejects.toMatchObject({ code: 'refused' });
  await expect(findAgentKey(agent, `SHA256:${'A'.repeat(43)}`)).rejects.toMatchObject({ code: 'not-found' });
  expect(fingerprintOf(await findAgentKey(agent, fingerprintOf(touch.publicKey)))).toBe(
    fingerprintOf(touch.publicKey),
  );
});

const dataToSign = (body: Buffer): Buffer => {
  const reader = new WireReader(body.subarray(1));
  reader.string();
  return reader.string();
};

test('a security key signs through the agent', async () => {
  const touch = securityKey(3);
  const path = await fakeAgent((body, socket) => socket.write(signed(touch.sign(dataToSign(body)))));
  const armored = await agentSigner(agentAt(path), touch.publicKey).signLater(namespace, message);
  expect(signatureHolds(parseSignature(Buffer.from(armored)), namespace, message)).toBe(true);
});

test.each<[string, (body: Buffer) => Buffer]>([
  ['by another key', (body) => signed(securityKey(4).sign(dataToSign(body)))],
  ['over other bytes', () => signed(securityKey(3).sign(message))],
  ['that nobody touched', (body) => signed(securityKey(3).sign(dataToSign(body), { flags: 0, counter: 1 }))],
  ['that is none', () => signed(Buffer.from('x'))],
])('a signature %s is not believed', async (_, answer) => {
  const path = await fakeAgent((body, socket) => socket.write(answer(body)));
  const signer = agentSigner(agentAt(path), securityKey(3).publicKey);
  await expect(signer.signLater(namespace, message)).rejects.toThrow(/is no signature of the key SHA256:/);
});

test('an agent that will not sign is told as refused', async () => {
  const path = await fakeAgent((_body, socket) => socket.write(Buffer.from('0000000105', 'hex')));
  const signer = agentSigner(agentAt(path), alice.publicKey);
  await expect(signer.signLater(namespace, message)).rejects.toMatchObject({ code: 'refused' });
});
