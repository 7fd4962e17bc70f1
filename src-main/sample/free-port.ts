// A loopback port nobody listens on.
import { createServer } from 'node:net';
import { hasCode } from './system-error.ts';

async function listenOn(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen({ port, host: '127.0.0.1', exclusive: true }, resolve),
  );
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new TypeError('A listening socket has a port.');
  return address.port;
}

/** The preferred port when it is free, otherwise one the system picks. */
export async function findFreePort(preferred: number | null = null): Promise<number> {
  if (preferred === null) return listenOn(0);
  return listenOn(preferred).catch((error: unknown) => {
    if (!hasCode(error, 'EADDRINUSE', 'EACCES')) throw error;
    return listenOn(0);
  });
}
