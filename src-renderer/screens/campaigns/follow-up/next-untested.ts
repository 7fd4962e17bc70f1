// Which item of a sample comes next for whoever tests it.
import type { SampleItem } from '#shared/model/campaign-follow-up.ts';

/** The first untested item after this one that may be tested here, else the first before it; null where there is none. */
export function nextUntested(
  items: readonly Pick<SampleItem, 'result' | 'mayTest'>[],
  after: number,
): number | null {
  const order = [...items.keys()];
  const isNext = (index: number) => items[index]?.result === null && items[index].mayTest;
  return order.slice(after + 1).find(isNext) ?? order.slice(0, Math.max(0, after)).find(isNext) ?? null;
}
