// Measures a step of a bench: how long it took, what memory it took meanwhile, and for how long nothing else got its turn.
export type Measured<T> = {
  readonly result: T;
  readonly ms: number;
  /** The longest time nothing else got its turn. */
  readonly stallMs: number;
  /** Resident memory at its most, above what was resident when it began. */
  readonly moreBytes: number;
  /** What the heap holds for good afterwards, above what it held before; needs --expose-gc. */
  readonly keptBytes: number;
};

const everyMs = 5;

export async function measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
  globalThis.gc?.();
  const before = process.memoryUsage();
  let [last, stallMs, most] = [performance.now(), 0, before.rss];
  let nextLook = 0;
  const look = () => {
    const now = performance.now();
    stallMs = Math.max(stallMs, now - last - everyMs);
    last = now;
    if (now < nextLook) return;
    nextLook = now + 50;
    most = Math.max(most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, everyMs);
  const start = performance.now();
  try {
    const result = await work();
    look();
    const ms = performance.now() - start;
    clearInterval(timer);
    globalThis.gc?.();
    const keptBytes = process.memoryUsage().heapUsed - before.heapUsed;
    return { result, ms, stallMs, moreBytes: most - before.rss, keptBytes };
  } finally {
    clearInterval(timer);
  }
}

export const say = (line: string) => void process.stdout.write(`${line}\n`);
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** One line a step. @param count of what it was done to, for the rate */
export async function step<T>(name: string, count: number | null, work: () => Promise<T>): Promise<T> {
  const { result, ms, stallMs, moreBytes, keptBytes } = await measure(work);
  const rate = count === null ? '' : `${Math.round(count / (ms / 1000))}/s`;
  say(
    [
      name.padEnd(38),
      seconds(ms).padStart(9),
      rate.padStart(10),
      `stall ${Math.round(stallMs)} ms`.padStart(15),
      `peak +${megabytes(moreBytes)}`.padStart(15),
      `kept +${megabytes(keptBytes)}`.padStart(14),
    ].join(' '),
  );
  return result;
}
