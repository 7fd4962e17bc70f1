// How long the main thread is away at most while a workstation refreshes and its screens ask how it goes.
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../../../src-main/api/router.ts';
import { nodeWorkstationOptions } from '../../../src-main/shell/node-workstation.ts';
import { openWorkstation } from '../../../src-main/workstation.ts';
import { privilegedAction } from './dataset.ts';
import type { Figure } from './figures.ts';
import { mirrorWithoutTexts } from './source.ts';

const probeMs = 5;
const pollMs = 250;

/** A timer that should fire every {@link probeMs}: what it is late, the thread was busy, or waited itself. */
function probe() {
  let last = performance.now();
  let cpu = process.threadCpuUsage();
  let longest = { lateMs: 0, cpuMs: 0 };
  const timer = setInterval(() => {
    const now = performance.now();
    const used = process.threadCpuUsage(cpu);
    const lateMs = now - last - probeMs;
    if (lateMs > longest.lateMs) longest = { lateMs, cpuMs: (used.user + used.system) / 1000 };
    last = now;
    cpu = process.threadCpuUsage();
  }, probeMs);
  return {
    /** The longest since the last call. */
    take: () => {
      const taken = longest;
      longest = { lateMs: 0, cpuMs: 0 };
      return taken;
    },
    stop: () => clearInterval(timer),
  };
}

export interface Stalls {
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** @param folder an empty folder for the workspace. */
export async function measureStalls(url: string, folder: string): Promise<Stalls> {
  const station = await openWorkstation(
    nodeWorkstationOptions({
      workspace: folder,
      environment: { XDG_CONFIG_HOME: folder },
      homeDirectory: folder,
      version: '0.0.0-bench',
    }),
  );
  const call = createRouterClient(createRouter(station));
  const watch = probe();
  const seen: [string, { lateMs: number; cpuMs: number }][] = [];
  try {
    await call.source.connect({ url, zone: 'Europe/Berlin', mirror: mirrorWithoutTexts });
    await call.workspace.setReviewer({
      name: 'Bench',
      id: 'a2b6f0d4-7c1e-4f53-9a08-5d3e7c9b1f20',
      email: null,
      passphrase: 'bench',
    });
    await call.workspace.setPrivilegedActions({ actions: [privilegedAction], reason: 'To measure.' });
    watch.take();
    const { jobId } = await call.refresh.start({});
    const poll = setInterval(() => {
      void call.workspace.status();
      void call.jobs.list();
    }, pollMs);
    await station.jobs.wait(jobId);
    clearInterval(poll);
    await turn();
    seen.push(['main thread away at most during the first refresh', watch.take()]);
    await call.workspace.status();
    await turn();
    seen.push(['main thread away at most, status afterwards', watch.take()]);
    await call.activity.heatmap({ rows: 'actor', top: 500 });
    await turn();
    seen.push(['main thread away at most, first heatmap afterwards', watch.take()]);
  } finally {
    watch.stop();
    await station.close();
  }
  return {
    figures: seen.map(([name, { lateMs }]) => ({
      name,
      ours: lateMs,
      theirs: null,
      unit: 'ms',
      target: { kind: 'most', value: 50 },
    })),
    notes: seen.map(
      ([name, { lateMs, cpuMs }]) =>
        `${name}: ${lateMs.toFixed(1)} ms, in which the thread itself worked ${cpuMs.toFixed(1)} ms; the rest of it, it waited for the processor, the disk or another thread.`,
    ),
  };
}

/** Long enough for the probe to notice what just ended. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 4 * probeMs);
  });
}
