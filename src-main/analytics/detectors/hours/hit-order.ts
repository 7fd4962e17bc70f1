// An order of hits that comes from what they say, not from how the history happens to be numbered.
import type { Hit } from '../../detector.ts';
import type { History } from '../../history/history.ts';

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

/**
 * A number for each of some series that orders them as {@link byTimeAndName} orders hits of the same hour. Tens of
 * thousands of hits are of few actors and fewer actions: names are compared once for each of these.
 */
export function nameRanks(
  { actors, actions, series }: History,
  numbers: Iterable<number>,
): Map<number, number> {
  const wanted = [...new Set(numbers)];
  const actorRanks = ranksOf(
    wanted.map((number) => series[number]!.actor),
    (a, b) =>
      compare(actors[a]!.sourceAccount, actors[b]!.sourceAccount) ||
      compare(actors[a]!.actor, actors[b]!.actor),
  );
  const actionRanks = ranksOf(
    wanted.map((number) => series[number]!.action),
    (a, b) => compare(actions.valueOf(a), actions.valueOf(b)),
  );
  const rankOf = (number: number) => {
    const { actor, action } = series[number]!;
    return actorRanks.get(actor)! * actionRanks.size + actionRanks.get(action)!;
  };
  return new Map(wanted.map((number) => [number, rankOf(number)]));
}

function ranksOf(numbers: readonly number[], order: (a: number, b: number) => number): Map<number, number> {
  const sorted = [...new Set(numbers)].toSorted(order);
  return new Map(sorted.map((number, rank) => [number, rank]));
}
