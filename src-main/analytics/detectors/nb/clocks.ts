// After a change of clocks, only what is unusual by both: a habit may follow the wall clock, or the sun.
import type { JudgedHour, SingleTest, WholeTest } from './hour.ts';

/**
 * The less surprising of two judgements of an hour, for the total and for single actions: a job that runs at the same hour of
 * UTC all year is no more unusual when the wall clock is put back than somebody who comes an hour later with it.
 * @param steady undefined when by that clock nothing is large enough to be listed.
 */
export function byBothClocks(wall: JudgedHour, steady: JudgedHour | undefined): JudgedHour | null {
  const whole = lesser<WholeTest>(wall.whole, steady?.whole ?? null);
  const single = lesser<SingleTest>(wall.single, steady?.single ?? null);
  return whole === null && single === null ? null : { ...wall, whole, single };
}

function lesser<T extends WholeTest>(wall: T | null, steady: T | null): T | null {
  if (wall === null || steady === null) return null;
  return steady.test.surprise < wall.test.surprise ? steady : wall;
}
