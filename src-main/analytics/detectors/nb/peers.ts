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
  const byAccount = Map.groupBy(population.members, (actor) => accounts[actor]!);
  const byType = Map.groupBy(
    population.members.filter((actor) => types[actor] !== unknownType),
    (actor) => typeKey(accounts[actor]!, types[actor]!),
  );
  const ofAccount = new Map<number, Peers>();
  const ofType = new Map<number, Peers>();
  for (const [key, members] of byAccount) ofAccount.set(key, peersAmong(members, null, fits));
  for (const [key, members] of byType)
    if (members.length >= leastMembers)
      ofType.set(key, peersAmong(members, names[types[members[0]!]!]!, fits));
  const strangers = peersAmong([], null, fits);
  const peersOf = (actor: number) =>
    ofType.get(typeKey(accounts[actor]!, types[actor]!)) ?? ofAccount.get(accounts[actor]!) ?? strangers;
  const dispersions = new Map<number, number>();
  for (const actor of population.members)
    dispersions.set(actor, fits.settled(actor, peersOf(actor).profile).dispersion);
  for (const peers of [...ofType.values(), ...ofAccount.values()])
    peers.medianDispersion = median(peers.members, dispersions);
  return peersOf;
}

function typeKey(account: number, type: number): number {
  return account * 2 ** 26 + type;
}

/** Ratios are added as whole multiples of this: the sum is then exact, and does not depend on the order of actors. */
const ratioUnit = 2 ** -20;

function peersAmong(members: readonly number[], type: string | null, fits: ActorFits): Peers {
  const ratios = new Float64Array(cellCount);
  const exposed = new Float64Array(cellCount);
  for (const actor of members) addRatios(fits.measured(actor), ratios, exposed);
  const profile = ratios.map((sum, cell) => (exposed[cell] === 0 ? 1 : (sum * ratioUnit) / exposed[cell]!));
  return { type, members, profile, medianDispersion: null };
}

/** Adds how busy each cell of a member is in relation to its own mean hour. */
function addRatios({ sums, exposure, level }: CellSums, ratios: Float64Array, exposed: Float64Array): void {
  for (let cell = 0; cell < cellCount; cell += 1) {
    if (exposure[cell]! <= 0) continue;
    exposed[cell]! += 1;
    ratios[cell]! += Math.round(sums[cell]! / exposure[cell]! / level / ratioUnit);
  }
}

function median(members: readonly number[], dispersions: ReadonlyMap<number, number>): number | null {
  if (members.length === 0) return null;
  const sorted = Float64Array.from(members, (actor) => dispersions.get(actor)!).toSorted();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
