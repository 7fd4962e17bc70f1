// A proxy in front of PostgreSQL that drops, delays, halves, holds back and repeats bytes, at moments planned beforehand.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export const faultKinds = ['drop', 'half', 'stall', 'duplicate', 'repeat', 'echo', 'kill'] as const;
/**
 * drop: the connection breaks before this piece arrives · half: after a part of it · stall: nothing arrives any more, later it
 * breaks · duplicate: its end arrives twice at once · repeat: all of it again a while later · echo: the answer before arrives again first · kill: the client's process dies.
 */
export type FaultKind = (typeof faultKinds)[number];

export type Fault = {
  readonly kind: FaultKind;
  readonly direction: 'request' | 'answer';
  /** Which piece of that direction, counted from 0; or the one that carries the write, or the answer to it. */
  readonly at: number | 'write';
  /** Where a piece is cut, from 0 to 1. */
  readonly share: number;
  /** For a kill: whether the piece still arrives. */
  readonly arrives: boolean;
  readonly waitMs: number;
};

export type ConnectionPlan = {
  /** Before each piece is passed on; 0 means at once. */
  readonly delayMs: number;
  readonly fault: Fault | null;
  /** Its first write waits for the write of another connection, so that both arrive at once. */
  readonly meets: boolean;
};

export type FaultyProxy = {
  readonly port: number;
  /** Faults that took place so far. */
  readonly tally: Record<FaultKind | 'delay', number>;
  /** Asked once for each connection. */
  plan: () => ConnectionPlan;
  /** Resolves when another write is about to arrive as well, or none came for a while. */
  meet: () => Promise<void>;
  /** Kills the process behind the connections. */
  kill: () => void;
  /** Resolves when every connection so far is closed on both sides. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const untroubled: ConnectionPlan = { delayMs: 0, fault: null, meets: false };
/** Bytes too many can leave both sides waiting for each other until somebody's patience ends; ours is shorter than theirs. */
const longestLimpMs = 700;
const writeWords = ['UPDATE ', 'INSERT INTO '];

export async function startFaultyProxy(upstreamPort: number): Promise<FaultyProxy> {
  const open = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(upstreamPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      // Its close follows, and is what counts.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    const closed = carry(client, upstream, proxy).finally(() => open.delete(closed));
    open.add(closed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultyProxy = {
    port: (server.address() as AddressInfo).port,
    tally: { drop: 0, half: 0, stall: 0, duplicate: 0, repeat: 0, echo: 0, kill: 0, delay: 0 },
    plan: () => untroubled,
    meet: () => Promise.resolve(),
    kill: () => undefined,
    settle: async () => void (await Promise.all(open)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}

/** Carries one connection to its end. */
async function carry(client: Socket, upstream: Socket, proxy: FaultyProxy): Promise<void> {
  const plan = proxy.plan();
  if (plan.delayMs > 0) proxy.tally.delay += 1;
  const seen = { request: 0, answer: 0, isWriteUnanswered: false };
  let isToMeet = plan.meets;
  const isWriting = (piece: Buffer) => writeWords.some((word) => piece.includes(word));
  const isMoment = (direction: Fault['direction'], piece: Buffer): boolean => {
    const position = seen[direction]++;
    const isWrite = direction === 'request' ? isWriting(piece) : seen.isWriteUnanswered;
    seen.isWriteUnanswered = direction === 'request' && (isWrite || seen.isWriteUnanswered);
    if (plan.fault?.direction !== direction) return false;
    return plan.fault.at === 'write' ? isWrite : plan.fault.at === position;
  };
  let isOver = false;
  let lastAnswer: Buffer = Buffer.alloc(0);
  let lastResort: NodeJS.Timeout | undefined;
  const breakBoth = () => {
    isOver = true;
    client.destroy();
    upstream.destroy();
  };
  const pump = async (from: Socket, to: Socket, direction: Fault['direction']): Promise<void> => {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        if (plan.delayMs > 0) await sleep(plan.delayMs);
        if (isToMeet && direction === 'request' && isWriting(piece)) {
          isToMeet = false;
          await proxy.meet();
        }
        if (isOver) return;
        const isStruck = isMoment(direction, piece);
        if (direction === 'answer') lastAnswer = piece;
        if (!isStruck) await send(to, piece);
        else {
          proxy.tally[plan.fault!.kind] += 1;
          lastResort = setTimeout(breakBoth, longestLimpMs);
          const echo = () => send(client, lastAnswer);
          await misbehave(plan.fault!, piece, to, { breakBoth, echo, kill: proxy.kill });
        }
      }
    } catch {
      // One side is gone without a goodbye, which is what the other side shall learn.
    }
    // What was under way still arrives: a statement may take effect after the death of whoever sent it.
    to.end();
  };
  await Promise.all([
    pump(client, upstream, 'request'),
    pump(upstream, client, 'answer').then(() => void client.destroy()),
    closing(client),
    closing(upstream),
  ]);
  clearTimeout(lastResort);
}

type Powers = {
  readonly breakBoth: () => void;
  readonly echo: () => Promise<void>;
  readonly kill: () => void;
};

async function misbehave(
  fault: Fault,
  piece: Buffer,
  to: Socket,
  { breakBoth, echo, kill }: Powers,
): Promise<void> {
  const cut = Math.floor(piece.length * fault.share);
  switch (fault.kind) {
    case 'drop':
      return breakBoth();
    case 'half':
      await send(to, piece.subarray(0, cut));
      return breakBoth();
    case 'stall':
      await sleep(fault.waitMs);
      return breakBoth();
    case 'duplicate':
      return send(to, Buffer.concat([piece, piece.subarray(cut)]));
    case 'repeat':
      await send(to, piece);
      void sleep(fault.waitMs).then(() => send(to, piece));
      return undefined;
    case 'echo':
      await echo();
      return send(to, piece);
    case 'kill':
      if (fault.arrives) await send(to, piece);
      kill();
      if (!fault.arrives) breakBoth();
      return undefined;
  }
}

/** Resolves when the bytes are on their way, or cannot be any more. */
function send(to: Socket, bytes: Buffer): Promise<void> {
  if (to.destroyed || !to.writable) return Promise.resolve();
  return new Promise((resolve) => void to.write(bytes, () => resolve()));
}

function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => void (socket.closed ? resolve() : socket.once('close', () => resolve())));
}

const longestWaitMs = 150;

/** Lets go of two writes at once, wherever they come from; one that nobody joins goes on alone. */
export function meetingPlace(): () => Promise<void> {
  let waiting: (() => void) | null = null;
  return () => {
    if (waiting !== null) {
      waiting();
      waiting = null;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const goOn = () => {
        clearTimeout(alone);
        if (waiting === goOn) waiting = null;
        resolve();
      };
      const alone = setTimeout(goOn, longestWaitMs);
      waiting = goOn;
    });
  };
}
