// A wire between a workstation and its database that tests cut, and lead to another server.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Wire {
  readonly port: number;
  /** Which server new connections reach. */
  leadTo: (target: { readonly host: string; readonly port: number }) => void;
  /** Lets the next decisions through and cuts the connection before the answer comes back, so many times. */
  loseAnswers: (times: number) => void;
  /** New connections break at once, so many times. */
  refuse: (times: number) => void;
  readonly close: () => Promise<void>;
}

/** Text of every compare-and-set. */
const decisions = Buffer.from('SET reviewer_id = i.reviewer');

export async function layWire(first: { readonly host: string; readonly port: number }): Promise<Wire> {
  const sockets = new Set<Socket>();
  let target = first;
  let toLose = 0;
  let toRefuse = 0;
  const server = createServer((client) => {
    if (toRefuse > 0) {
      toRefuse -= 1;
      client.destroy();
      return;
    }
    const upstream = connect(target.port, target.host);
    let isLosing = false;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => other.destroy());
    }
    client.on('data', (chunk: Buffer) => {
      if (toLose > 0 && chunk.includes(decisions)) {
        toLose -= 1;
        isLosing = true;
      }
      upstream.write(chunk);
    });
    // What comes back now comes after the server committed.
    upstream.on('data', (chunk: Buffer) => void (isLosing ? client.destroy() : client.write(chunk)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (next) => (target = next),
    loseAnswers: (times) => (toLose = times),
    refuse: (times) => (toRefuse = times),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
