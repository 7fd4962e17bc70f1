// Who else does the same, how often, and where that places the actor.
import type { PeerActivity } from '#shared/model/decision-context.ts';
import type { History } from './history/history.ts';

const mostPeers = 10;

/**
 * @param byActor events with the action by actor number
 * @param isActor tells the actor looked at, who may act in several source accounts
 */
export function peerActivityOf(
  actors: History['actors'],
  byActor: Float64Array,
  isActor: (actor: number) => boolean,
): PeerActivity {
  const active = [...byActor.keys()].filter((actor) => byActor[actor]! > 0 && actors[actor]!.actor !== '');
  const others = active.filter((actor) => !isActor(actor));
  const own = active.filter(isActor).reduce((sum, actor) => sum + byActor[actor]!, 0);
  const counts = [...others.map((actor) => byActor[actor]!), ...(own > 0 ? [own] : [])].toSorted(
    (a, b) => a - b,
  );
  const peers = others
    .toSorted((a, b) => byActor[b]! - byActor[a]! || compare(actors[a]!.actor, actors[b]!.actor) || a - b)
    .slice(0, mostPeers);
  return {
    actors: counts.length,
    total: counts.reduce((sum, count) => sum + count, 0),
    rank: own === 0 ? null : 1 + counts.filter((count) => count > own).length,
    own,
    median: medianOf(counts),
    peers: peers.map((number) => {
      const { sourceAccount, actor, name } = actors[number]!;
      return { sourceAccount, actor, actorName: name, count: byActor[number]! };
    }),
  };
}

/** Of counts in ascending order. */
function medianOf(counts: readonly number[]): number | null {
  if (counts.length === 0) return null;
  const middle = counts.length >>> 1;
  return counts.length % 2 === 1 ? counts[middle]! : (counts[middle - 1]! + counts[middle]!) / 2;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
