// How the time of a refresh divides into its stages.
import type { RefreshStage } from '#shared/model/workspace.ts';

export type StageShare = {
  /** Null for the time between the stages. */
  step: string | null;
  milliseconds: number;
  /** Of the whole refresh, 0 to 100. */
  percent: number;
  done: number;
  unit: string;
};

/** Less than this between the stages is measuring, not work. */
const noticeableMs = 20;

/** The stages in their order, and last what none of them accounts for, where that is noticeable. */
export function stageShares(stages: readonly RefreshStage[], totalMs: number): StageShare[] {
  const accounted = stages.reduce((sum, { ms }) => sum + ms, 0);
  const whole = Math.max(totalMs, accounted);
  const percentOf = (ms: number) => (whole === 0 ? 0 : (100 * ms) / whole);
  const rest = whole - accounted;
  return [
    ...stages.map(({ step, ms, done, unit }) => ({
      step,
      milliseconds: ms,
      percent: percentOf(ms),
      done,
      unit,
    })),
    ...(rest >= noticeableMs
      ? [{ step: null, milliseconds: rest, percent: percentOf(rest), done: 0, unit: '' }]
      : []),
  ];
}
