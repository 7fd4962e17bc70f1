// Agents for tests: the one of OpenSSH, and one that answers what the test says.
import { createServer, type Socket } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { wireString } from '../../src-main/evidence/ssh-wire.ts';

/** Listens until the test ends. `answer` gets the body of each message, without its length. */
export async function fakeAgent(answer: (body: Buffer, socket: Socket) => void): Promise<string> {
  // A socket's path may have little more than a hundred characters.
  const folder = mkdtempSync(join(tmpdir(), 'countersign-agent-'));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readUInt32BE(0)) return;
      answer(received.subarray(4), socket);
      received = Buffer.alloc(0);
    });
  });
  const path = join(folder, 'agent.sock');
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(path, resolve);
  await promise;
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => void server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });
  return path;
}

const number = (value: number): Buffer => {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(value);
  return field;
};

/** The framed answer that lists these keys. */
export const listing = (identities: readonly { blob: Uint8Array; comment: string }[]): Buffer =>
  wireString(
    Buffer.concat([
      Buffer.of(12),
      number(identities.length),
      ...identities.flatMap(({ blob, comment }) => [wireString(blob), wireString(comment)]),
    ]),
  );

/** The framed answer that carries this signature field. */
export const signed = (field: Uint8Array): Buffer =>
  wireString(Buffer.concat([Buffer.of(14), wireString(field)]));

/** Starts the ssh-agent of OpenSSH, which holds no key yet, with its socket in this folder. */
export async function startAgent(folder: string): Promise<{ socket: string; stop: () => Promise<void> }> {
  const socket = join(folder, 'agent.sock');
  const { promise, resolve } = Promise.withResolvers<void>();
  const watcher = watch(folder, () => existsSync(socket) && resolve());
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  agent.on('error', () => resolve());
  await promise.finally(() => watcher.close());
  return {
    socket,
    stop: async () => {
      agent.kill();
      await once(agent, 'exit');
    },
  };
}

/** For programs that are to find this agent. */
export const environmentOf = (socket: string): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  SSH_AUTH_SOCK: socket,
});
