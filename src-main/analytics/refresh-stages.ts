// How long each part of a refresh took, told from the steps it reports.
import type { RefreshStage } from '#shared/model/workspace.ts';

type OnProgress = (step: string, done: number, total: number | null, unit: string) => void;

export type StageWatch = {
  /** To be called in place of the other; hands everything on to it. */
  readonly onProgress: OnProgress;
  /** Stages so far, in the order in which each began first. What ran at the same time counts for what was reported last. */
  readonly stages: () => RefreshStage[];
};

export function watchStages(onProgress: OnProgress, monotonicMs: () => number): StageWatch {
  const spent = new Map<string, RefreshStage>();
  let running: { step: string; sinceMs: number } | null = null;
  const close = (nowMs: number) => {
    if (running === null) return;
    const stage = spent.get(running.step)!;
    spent.set(running.step, { ...stage, ms: stage.ms + nowMs - running.sinceMs });
    running = { step: running.step, sinceMs: nowMs };
  };
  return {
    onProgress: (step, done, total, unit) => {
      const nowMs = monotonicMs();
      close(nowMs);
      const before = spent.get(step) ?? { step, ms: 0, done: 0, unit };
      spent.set(step, { ...before, done: Math.max(before.done, done), unit });
      running = { step, sinceMs: nowMs };
      onProgress(step, done, total, unit);
    },
    stages: () => {
      close(monotonicMs());
      return [...spent.values()].map((stage) => ({ ...stage, ms: Math.round(stage.ms) }));
    },
  };
}
