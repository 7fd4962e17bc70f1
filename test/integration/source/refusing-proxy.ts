// A proxy in front of PostgreSQL that refuses some statements, as poolers and gateways do; everything else passes unchanged.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { TestPostgres } from '../../support/postgres.ts';

export interface RefusingProxy {
  port: number;
  /** Statements refused so far. */
  refused: string[];
  close(): Promise<void>;
}

const kinds = { query: 0x51, parse: 0x50 };
const refusal = `DO $$ BEGIN RAISE EXCEPTION 'not here' USING ERRCODE = 'feature_not_supported'; END $$`;

/** @param isRefused Told the text of each statement a client sends. */
export async function startRefusingProxy(
  postgres: TestPostgres,
  isRefused: (text: string) => boolean,
): Promise<RefusingProxy> {
  const refused: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(postgres.port, postgres.host);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    upstream.pipe(client);
    const walk = statements((text) => {
      if (!isRefused(text)) return text;
      refused.push(text);
      return refusal;
    });
    client.on('data', (chunk: Buffer) => void upstream.write(walk(chunk)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Cuts a client's bytes into messages and replaces the texts of statements; the first message has no kind. */
function statements(replace: (text: string) => string): (chunk: Buffer) => Buffer {
  let rest = Buffer.alloc(0);
  let isStarted = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const out: Buffer[] = [];
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (rest.length < head + 4) break;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) break;
      out.push(isStarted ? rewritten(rest.subarray(0, length), replace) : rest.subarray(0, length));
      rest = rest.subarray(length);
      isStarted = true;
    }
    return Buffer.concat(out);
  };
}

function rewritten(message: Buffer, replace: (text: string) => string): Buffer {
  const kind = message[0];
  if (kind !== kinds.query && kind !== kinds.parse) return message;
  const start = kind === kinds.query ? 5 : message.indexOf(0, 5) + 1;
  const end = message.indexOf(0, start);
  const text = message.toString('utf8', start, end);
  const replaced = replace(text);
  if (replaced === text) return message;
  const body = Buffer.concat([message.subarray(5, start), Buffer.from(replaced), message.subarray(end)]);
  const head = Buffer.alloc(5);
  head[0] = kind;
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
