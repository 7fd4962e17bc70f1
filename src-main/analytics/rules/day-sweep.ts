// Walks through days in order, remembering what lies within a reach before each judged day.
import type { JudgedDay } from './judged-days.ts';

export interface DayMemory<Learned> {
  /** Whole days before a judged one that are remembered. */
  readonly reachDays: number;
  /** Days just before a judged one that are not remembered yet: 0 when all of them are. */
  readonly gapDays: number;
  /** Takes a whole day into memory. */
  learn(day: number): Learned;
  /** Takes it out again. */
  forget(learned: Learned): void;
  /** Memory holds exactly [day − gapDays − reachDays, day − gapDays). */
  judge(day: JudgedDay): void;
}

/** Each day is learned once however many judged days it lies before, and memory is the same however they are grouped. */
export function sweepDays<Learned>(days: readonly JudgedDay[], memory: DayMemory<Learned>): void {
  const held: { readonly day: number; readonly learned: Learned }[] = [];
  let next = -Infinity;
  for (const judged of days) {
    const until = judged.day - memory.gapDays;
    const from = until - memory.reachDays;
    for (let day = Math.max(next, from); day < until; day += 1)
      held.push({ day, learned: memory.learn(day) });
    next = Math.max(next, until);
    while (held.length > 0 && held[0]!.day < from) memory.forget(held.shift()!.learned);
    memory.judge(judged);
  }
}
