// The parts of two bars on one scale, from the first item to the last: the earlier population, and the later one under it.
import type { DifferenceCounts } from '#shared/model/campaign-follow-up.ts';

export type BarPart = { part: 'gap' | 'removed' | 'unchanged' | 'new'; count: number };

/** Both add up to the same, and what both hold stands in the same place; parts of nothing are left out. */
export function barParts(counts: DifferenceCounts): { earlier: BarPart[]; later: BarPart[] } {
  const { removed, unchanged, new: added } = counts;
  const both: BarPart = { part: 'unchanged', count: unchanged };
  const some = (parts: BarPart[]) => parts.filter(({ count }) => count > 0);
  return {
    earlier: some([{ part: 'removed', count: removed }, both, { part: 'gap', count: added }]),
    later: some([{ part: 'gap', count: removed }, both, { part: 'new', count: added }]),
  };
}
