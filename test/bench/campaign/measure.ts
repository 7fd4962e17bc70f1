// Measures a step of a bench: how long it took, what memory it took meanwhile, and for how long nothing else got its turn.
import { constants, PerformanceObserver } from 'node:perf_hooks';

export type Measured<T> = {
  readonly result: T;
  readonly ms: number;
  /** The longest time nothing else got its turn. */
  readonly stallMs: number;
  /** What this thread worked in such a time at most: on a busy machine the rest of it belonged to other programs, or to the disk. */
  readonly workedMs: number;
  /** Resident memory at its most, above what was resident when it began; much of it is garbage that nobody collected yet. */
  readonly moreBytes: number;
  /** What was in use at most where garbage had just been collected, above what was in use when it began. */
  readonly liveBytes: number;
  /** What the heap holds for good afterwards, above what it held before; needs --expose-gc. */
  readonly keptBytes: number;
};

const everyMs = 5;
const workedNowMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

const isMajor = (detail: unknown): boolean =>
  typeof detail === 'object' &&
  detail !== null &&
  'kind' in detail &&
  detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

/** Looks, every few milliseconds, at how long it could not. */
function watch() {
  const before = process.memoryUsage();
  let [last, lastWorked] = [performance.now(), workedNowMs()];
  const inUse = ({ heapUsed, external }: NodeJS.MemoryUsage) => heapUsed + external;
  const most = { stallMs: 0, workedMs: 0, rss: before.rss, liveBytes: 0 };
  const collected = new PerformanceObserver((list) => {
    const isWhole = list.getEntries().some((entry) => 'detail' in entry && isMajor(entry.detail));
    if (isWhole) most.liveBytes = Math.max(most.liveBytes, inUse(process.memoryUsage()) - inUse(before));
  });
  collected.observe({ entryTypes: ['gc'] });
  let nextLook = 0;
  const look = () => {
    const [now, worked] = [performance.now(), workedNowMs()];
    most.stallMs = Math.max(most.stallMs, now - last - everyMs);
    most.workedMs = Math.max(most.workedMs, worked - lastWorked);
    [last, lastWorked] = [now, worked];
    if (now < nextLook) return;
    nextLook = now + 50;
    most.rss = Math.max(most.rss, process.memoryUsage.rss());
  };
  const timer = setInterval(look, everyMs);
  const end = () => {
    clearInterval(timer);
    collected.disconnect();
  };
  return { before, most, look, end };
}

export async function measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
  globalThis.gc?.();
  const { before, most, look, end } = watch();
  const start = performance.now();
  try {
    const result = await work();
    look();
    const ms = performance.now() - start;
    end();
    globalThis.gc?.();
    const keptBytes = process.memoryUsage().heapUsed - before.heapUsed;
    const { stallMs, workedMs, rss, liveBytes } = most;
    return { result, ms, stallMs, workedMs, moreBytes: rss - before.rss, liveBytes, keptBytes };
  } finally {
    end();
  }
}

export const say = (line: string) => void process.stdout.write(`${line}\n`);
export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

export type Step = Omit<Measured<unknown>, 'result'> & {
  readonly name: string;
  readonly count: number | null;
};

const steps: Step[] = [];
const mark = '@steps ';

/** Everything measured so far, as one line for whoever started this process. */
export const sayAll = (): void => say(`${mark}${JSON.stringify(steps)}`);

/** The steps of such a line; null for another one. */
export const stepsIn = (line: string): Step[] | null =>
  line.startsWith(mark) ? (JSON.parse(line.slice(mark.length)) as Step[]) : null;

/** One line a step. @param count of what it was done to, for the rate */
export async function step<T>(name: string, count: number | null, work: () => Promise<T>): Promise<T> {
  const { result, ...measured } = await measure(work);
  const { ms, stallMs, workedMs, moreBytes, liveBytes, keptBytes } = measured;
  steps.push({ name, count, ...measured });
  const rate = count === null ? '' : `${Math.round(count / (ms / 1000))}/s`;
  say(
    [
      name.padEnd(38),
      seconds(ms).padStart(9),
      rate.padStart(10),
      `stall ${Math.round(stallMs)} ms`.padStart(15),
      `worked ${Math.round(workedMs)} ms`.padStart(15),
      `peak +${megabytes(moreBytes)}`.padStart(15),
      `live +${megabytes(liveBytes)}`.padStart(15),
      `kept +${megabytes(keptBytes)}`.padStart(14),
    ].join(' '),
  );
  return result;
}
