// The socket of an ssh-agent: one connection a question, so that an agent that misbehaves spoils nothing else.
import { createConnection } from 'node:net';
import { Problem } from '#shared/model/problem.ts';
import type { AgentTransport } from '../evidence/ssh-agent.ts';
import { firstMessage, wrongAnswer } from '../evidence/ssh-agent-messages.ts';

/** Where the agent that comes with Windows listens. */
const windowsPipe = '\\\\.\\pipe\\openssh-ssh-agent';

/** The agent's address by the environment; null where none is named and the system has no fixed one. */
export function agentSocketOf(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | null {
  return environment['SSH_AUTH_SOCK'] || (platform === 'win32' ? windowsPipe : null);
}

const noAgent = (cause?: unknown) =>
  new Problem('not-found', 'No ssh-agent can be reached, so nothing was signed or changed.', {
    next: 'Start one (“eval $(ssh-agent)”, or the service OpenSSH Authentication Agent on Windows) and start Countersign where SSH_AUTH_SOCK names it.',
    cause,
  });

const silentAgent = (timeoutMs: number) =>
  new Problem(
    'cancelled',
    `The ssh-agent gave no complete answer within ${Math.round(timeoutMs / 1000)} seconds. Nothing was signed or changed.`,
    { next: 'If it waits for a PIN or a touch, try again and give it; else restart the agent.' },
  );

/** @param path of a Unix socket, or of a named pipe (`\\.\pipe\…`); null where there is no agent. */
export function agentAt(path: string | null): AgentTransport {
  return {
    ask: (message, timeoutMs) => {
      if (path === null) return Promise.reject(noAgent());
      return askOnce(path, message, timeoutMs);
    },
  };
}

function askOnce(path: string, message: Buffer, timeoutMs: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = createConnection({ path });
  // Not the socket's own timeout, which every single byte would put off.
  const timer = setTimeout(() => reject(silentAgent(timeoutMs)), timeoutMs);
  let received = Buffer.alloc(0);
  socket.on('connect', () => socket.write(message));
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    try {
      const answer = firstMessage(received);
      if (answer !== null) resolve(answer);
    } catch (error) {
      reject(error);
    }
  });
  socket.on('error', (error) =>
    reject(received.length > 0 ? wrongAnswer('breaks off', error) : noAgent(error)),
  );
  socket.on('close', () => reject(wrongAnswer('breaks off')));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.destroy();
  });
}
