// The window reaches a real oRPC handler through each of its transports, and a refused token is noticed.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createORPCClient } from '@orpc/client';
import type { RouterClient } from '@orpc/server';
import { os } from '@orpc/server';
import { RPCHandler as MessagePortHandler } from '@orpc/server/message-port';
import { RPCHandler as HttpHandler } from '@orpc/server/node';
import { afterEach, describe, expect, it } from 'vitest';
import { openTransport } from '../../../../src-renderer/app/transport.ts';
import type { TransportHost } from '../../../../src-renderer/app/transport.ts';

const router = { ping: os.handler(() => 'pong') };
type Client = RouterClient<typeof router, Record<string, never>>;

const servers: Server[] = [];
const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  for (const server of servers.splice(0)) server.close();
});

function host(of: Partial<TransportHost>): TransportHost {
  return {
    location: { hash: '', pathname: '/', search: '', origin: 'http://127.0.0.1:1' },
    history: { state: null, replaceState: () => undefined },
    sessionStorage: { getItem: () => null, setItem: () => undefined },
    document: {
      createElement: () => {
        throw new Error('Nothing is to be saved here.');
      },
    },
    postMessage: () => undefined,
    fetch: (request, init) => fetch(request, init),
    ...of,
  };
}

async function startDoor(token: string): Promise<{ origin: string; contentTypes: string[] }> {
  const handler = new HttpHandler(router);
  const contentTypes: string[] = [];
  const server = createServer((request, response) => {
    contentTypes.push(request.headers['content-type'] ?? '');
    if (request.headers['x-countersign-token'] !== token) {
      response.writeHead(401).end();
      return;
    }
    void handler.handle(request, response, { prefix: '/rpc' });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a listening TCP server has an address and a port
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, contentTypes };
}

describe('openTransport', () => {
  it('speaks through a message port where the desktop bridge is present', async () => {
    const sent: string[] = [];
    const revealed: string[] = [];
    const revealedExports: string[] = [];
    const transport = openTransport(
      host({
        countersign: {
          kind: 'desktop',
          revealPack: (name) => void revealed.push(name),
          revealExport: (name) => void revealedExports.push(name),
          onShowPlace: () => undefined,
        },
        postMessage: (message, _origin, [port]) => {
          sent.push(message);
          if (port === undefined) return;
          ports.push(port);
          new MessagePortHandler(router).upgrade(port);
          port.start();
        },
      }),
      () => expect.unreachable('The desktop has no token to refuse.'),
    );
    if (transport === null) expect.fail('There is a bridge.');
    const client: Client = createORPCClient(transport.link);
    expect(await client.ping()).toBe('pong');
    expect(sent).toEqual(['countersign:connect']);
    await transport.takePack('a.zip');
    await transport.takeExport('b.csv');
    expect([transport.kind, revealed, revealedExports]).toEqual(['desktop', ['a.zip'], ['b.csv']]);
  });

  it('speaks JSON with the token where there is none', async () => {
    const { origin, contentTypes } = await startDoor('secret');
    const location = { hash: '#token=secret', pathname: '/', search: '', origin };
    const transport = openTransport(host({ location }), () => expect.unreachable('The token is right.'));
    if (transport === null) expect.fail('There is a token.');
    const client: Client = createORPCClient(transport.link);
    expect(await client.ping()).toBe('pong');
    expect([transport.kind, contentTypes]).toEqual(['browser', ['application/json']]);
  });

  it('tells when the token is refused', async () => {
    const { origin } = await startDoor('secret');
    const location = { hash: '#token=old', pathname: '/', search: '', origin };
    let refusals = 0;
    const transport = openTransport(host({ location }), () => {
      refusals += 1;
    });
    if (transport === null) expect.fail('There is a token.');
    const client: Client = createORPCClient(transport.link);
    await expect(client.ping()).rejects.toThrow();
    await expect(transport.takePack('a.zip')).rejects.toThrow('could not be read');
    await expect(transport.takeExport('b.csv')).rejects.toThrow('could not be read');
    expect(refusals).toBe(3);
  });

  it('opens nothing without a token', () => {
    expect(openTransport(host({}), () => undefined)).toBeNull();
  });
});
