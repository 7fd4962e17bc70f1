// What an actor's peers do: their common rhythm of the week, and how uneven they usually are.
import { unknownType, type TypesOfActors } from './actor-types.ts';
import type { ActorFits } from './actor-fits.ts';
import type { CellSums } from './measure.ts';
import { cellCount } from './window.ts';

/** Actors as one baseline window sees them. */
export interface Population {
  /** Actors past their cold start: they are each other's peers. */
  readonly members: readonly number[];
  /** By actor: a number for its account. */
  readonly accounts: Int32Array;
  readonly types: TypesOfActors;
  readonly fits: ActorFits;
}

export interface Peers {
  /** Null when the actor's type has too few members, or is not known: then the peers are the whole account. */
  readonly type: string | null;
  readonly members: readonly number[];
  /** s of each cell: how busy it is in relation to the mean hour; the mean over the members, each counting alike. */
  readonly profile: Float64Array;
  /** Median of the members' dispersions; null when there are none. */
  medianDispersion: number | null;
}

/** Actors of the same account and type are peers; where they are too few, all of the account are. */
export function findPeers(population: Population, leastMembers: number): (actor: number) => Peers {
  const { accounts, fits } = population;
  const { codes: types, names } = population.types;
  const byAccount = new Map<number, PeerGroup>();
  const byType = new Map<number, PeerGroup>();
  for (const actor of population.members) {
    const groups = [groupIn(byAccount, accounts[actor]!, null)];
    const type = types[actor]!;
    if (type !== unknownType) groups.push(groupIn(byType, typeKey(accounts[actor]!, type), names[type]!));
    for (const group of groups) group.members.push(actor);
    addRatios(fits.measured(actor), groups);
  }
  const ofAccount = new Map([...byAccount].map(([key, group]) => [key, peersOfGroup(group)]));
  const ofType = new Map(
    [...byType]
      .filter(([, { members }]) => members.length >= leastMembers)
      .map(([key, group]) => [key, peersOfGroup(group)]),
  );
  const strangers = peersOfGroup(emptyGroup(null));
  const peersOf = (actor: number) =>
    ofType.get(typeKey(accounts[actor]!, types[actor]!)) ?? ofAccount.get(accounts[actor]!) ?? strangers;
  const dispersions = new Float64Array(accounts.length);
  const asked = new Set<Peers>();
  for (const actor of population.members) {
    const peers = peersOf(actor);
    asked.add(peers);
    dispersions[actor] = fits.settled(actor, peers.profile).dispersion;
  }
  // Nobody but members is ever judged: a group that none of them belongs to is never asked.
  for (const peers of asked) peers.medianDispersion = median(peers.members, dispersions);
  return peersOf;
}

interface PeerGroup {
  readonly type: string | null;
  readonly members: number[];
  /** Of each cell: ratios of the members that have hours of it, and how many these are. */
  readonly ratios: Float64Array;
  readonly exposed: Float64Array;
}

function emptyGroup(type: string | null): PeerGroup {
  return { type, members: [], ratios: new Float64Array(cellCount), exposed: new Float64Array(cellCount) };
}

function groupIn(groups: Map<number, PeerGroup>, key: number, type: string | null): PeerGroup {
  const group = groups.get(key) ?? emptyGroup(type);
  groups.set(key, group);
  return group;
}

function typeKey(account: number, type: number): number {
  return account * 2 ** 26 + type;
}

/** Ratios are added as whole multiples of this: the sum is then exact, and does not depend on the order of actors. */
const ratioUnit = 2 ** -20;

function peersOfGroup({ type, members, ratios, exposed }: PeerGroup): Peers {
  const profile = ratios.map((sum, cell) => (exposed[cell] === 0 ? 1 : (sum * ratioUnit) / exposed[cell]!));
  return { type, members, profile, medianDispersion: null };
}

/** Adds to each group how busy each cell of a member is in relation to its own mean hour. */
function addRatios({ sums, exposure, level }: CellSums, groups: readonly PeerGroup[]): void {
  for (let cell = 0; cell < cellCount; cell += 1) {
    if (exposure[cell]! <= 0) continue;
    // Most cells of most actors are empty.
    const isEmpty = sums[cell] === 0 && level > 0;
    const ratio = isEmpty ? 0 : Math.round(sums[cell]! / exposure[cell]! / level / ratioUnit);
    for (let at = 0; at < groups.length; at += 1) {
      const { ratios, exposed } = groups[at]!;
      exposed[cell]! += 1;
      ratios[cell]! += ratio;
    }
  }
}

function median(members: readonly number[], dispersions: Float64Array): number | null {
  if (members.length === 0) return null;
  const sorted = Float64Array.from(members, (actor) => dispersions[actor]!).toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
