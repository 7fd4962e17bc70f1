// An order of hits that comes from what they say, not from how the history happens to be numbered.
import type { Hit } from '../../detector.ts';

/** By start, account, actor and action; texts by their code units, as they compare everywhere. */
export function byTimeAndName(a: Hit, b: Hit): number {
  return (
    a.startMicroseconds - b.startMicroseconds ||
    compare(a.sourceAccount, b.sourceAccount) ||
    compare(a.actor, b.actor) ||
    compare(a.action, b.action)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
