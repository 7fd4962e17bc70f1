// Opens the loopback door on 127.0.0.1 for a browser window of the same machine.
import { createServer, type Server } from 'node:http';
import type { AnyRouter } from '@orpc/server';
import { Problem } from '#shared/model/problem.ts';
import { requireRenderer } from './assets.ts';
import { answer, type Door } from './door.ts';
import { createProcedures } from './procedures.ts';
import { createToken } from './token.ts';
import type { FailureLog } from './unknown-failure.ts';

const loopback = '127.0.0.1';
/** How long a request in flight may still take once the door is closing. */
const closingGraceMs = 2000;

export type ServeOptions = {
  router: AnyRouter;
  version: string;
  /** The built renderer, dist/renderer. */
  rendererDirectory: string;
  packsDirectory: string;
  exportsDirectory: string;
  /** 0 takes any free port. */
  port: number;
  log: FailureLog;
};
export type OpenDoor = { url: string; origin: string; port: number; token: string; close(): Promise<void> };

/**
 * Starts answering and returns the address to open, with the token in its fragment.
 *
 * @throws Problem `file-unreadable` when the renderer is not built, `conflict` when the port is taken.
 */
export async function serve(options: ServeOptions): Promise<OpenDoor> {
  await requireRenderer(options.rendererDirectory);
  const door: Door = {
    port: 0,
    token: createToken(),
    procedures: createProcedures(options),
    rendererDirectory: options.rendererDirectory,
    packsDirectory: options.packsDirectory,
    exportsDirectory: options.exportsDirectory,
    log: options.log,
  };
  const server = createServer(serverLimits, (request, response) => {
    // A failure that even the log could not take must not end the door for everybody.
    answer(door, request, response).catch(() => response.destroy());
  });
  server.maxConnections = 256;
  door.port = await listen(server, options.port);
  const origin = `http://${loopback}:${door.port}`;
  const url = `${origin}/#token=${door.token}`;
  return { url, origin, port: door.port, token: door.token, close: () => close(server) };
}

/** A client that sends slowly loses its connection before it can tie one up for long. */
const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 16 * 1024,
};

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Problem('conflict', `The workstation could not open port ${port} on this machine.`, {
          next: 'Choose another with --port, or leave --port out to take any free one.',
          cause,
        }),
      ),
    );
    server.listen({ host: loopback, port, exclusive: true }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric address.');
  return address.port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), closingGraceMs);
  await closed;
  clearTimeout(impatience);
}
