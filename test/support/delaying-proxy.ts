// A TCP proxy that passes every byte on late, as a network far away does; in a thread of its own, so that it waits for nobody.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export interface DelayingProxy {
  readonly port: number;
  close(): Promise<void>;
}

interface Order {
  readonly host: string;
  readonly port: number;
  readonly delayMs: number;
}

/**
 * Each byte arrives `delayMs` after it was sent, in either direction: a round trip takes twice as long.
 * Bytes under way together arrive together, so the proxy costs time and no bandwidth.
 */
export async function startDelayingProxy(
  { host, port }: { readonly host: string; readonly port: number },
  delayMs: number,
): Promise<DelayingProxy> {
  const order: Order = { host, port, delayMs };
  const worker = new Worker(new URL(import.meta.url), { workerData: { delayingProxy: order } });
  const listening = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  return { port: listening, close: async () => void (await worker.terminate()) };
}

function serve({ host, port, delayMs }: Order): void {
  const server = createServer((client) => {
    const upstream = connect(port, host);
    passOn(client, upstream, delayMs);
    passOn(upstream, client, delayMs);
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
}

function passOn(from: Socket, to: Socket, delayMs: number): void {
  from.setNoDelay(true);
  from.on('data', (chunk) => void setTimeout(() => void (to.destroyed || to.write(chunk)), delayMs));
  from.on('end', () => void setTimeout(() => to.end(), delayMs));
  from.on('error', () => to.destroy());
}

const orders: unknown = workerData;
if (!isMainThread && typeof orders === 'object' && orders !== null && 'delayingProxy' in orders)
  serve(orders.delayingProxy as Order);
