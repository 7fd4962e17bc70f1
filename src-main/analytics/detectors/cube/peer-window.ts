// The actor-days of a sliding window, added up by actor and by group.
import type { History } from '../../history/history.ts';
import { accountNumbers } from './accounts.ts';
import type { PeerDays } from './peer-days.ts';

/** Actor-days: how many, the sum of their counts, and the sum of the squares. */
export interface Tally {
  readonly days: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

export interface OthersOfGroup {
  /** −1 is the whole account. */
  readonly type: number;
  /** The judged actor among them. */
  readonly members: number;
  readonly others: Tally;
  readonly own: Tally;
}

interface GroupTally {
  members: number;
  days: number;
  sum: number;
  sumOfSquares: number;
  /** How many days had which count, above none. */
  readonly daysByCount: Map<number, number>;
  countsDescending: number[];
}

const nothing: Tally = { days: 0, sum: 0, sumOfSquares: 0 };

/** Moves forward only; a day enters it once and leaves it once. Sums of whole numbers, so leaving undoes entering exactly. */
export class PeerWindow {
  readonly #peerDays: PeerDays;
  readonly #windowDays: number;
  readonly #accounts: number;
  readonly #accountOf: Int32Array;
  readonly #days: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  /** Nothing yet. */
  #from = -Infinity;
  #to = -Infinity;

  constructor(history: History, peerDays: PeerDays, windowDays: number) {
    this.#peerDays = peerDays;
    this.#windowDays = windowDays;
    const { names, accountOf } = accountNumbers(history.actors);
    this.#accounts = names.length;
    this.#accountOf = accountOf;
    this.#days = new Float64Array(history.actors.length);
    this.#sums = new Float64Array(history.actors.length);
    this.#squares = new Float64Array(history.actors.length);
  }

  /** Makes it hold the days before `day`, and no others. */
  moveTo(day: number): void {
    const from = day - this.#windowDays;
    for (let left = this.#from; left < Math.min(from, this.#to); left += 1) this.#add(left, -1);
    for (let entered = Math.max(from, this.#to); entered < day; entered += 1) this.#add(entered, 1);
    this.#from = from;
    this.#to = day;
  }

  /**
   * Returns a function from actor to its groups without it: its type first, where that is known, then the account.
   * @param leftOutShare part of the others' days, the highest, that is left out.
   */
  groupsBy(typeOf: (actor: number) => number, leftOutShare: number): (actor: number) => OthersOfGroup[] {
    const types = new Int32Array(this.#days.length).fill(-1);
    const tallies = new Map<number, GroupTally>();
    const tallyOf = (actor: number, type: number) =>
      known(tallies, (type + 1) * this.#accounts + this.#accountOf[actor]!);
    for (let actor = 0; actor < types.length; actor += 1) {
      if (this.#days[actor] === 0) continue;
      types[actor] = typeOf(actor);
      this.#addMember(tallyOf(actor, -1), actor);
      if (types[actor]! >= 0) this.#addMember(tallyOf(actor, types[actor]!), actor);
    }
    const ownCounts = this.#countDays((actor, count) => {
      addTo(tallyOf(actor, -1).daysByCount, count);
      if (types[actor]! >= 0) addTo(tallyOf(actor, types[actor]!).daysByCount, count);
    });
    for (const tally of tallies.values())
      tally.countsDescending = [...tally.daysByCount.keys()].toSorted((a, b) => b - a);
    return (actor) => {
      const own = this.#ownOf(actor);
      const type = typeOf(actor);
      return (type < 0 ? [-1] : [type, -1]).map((type) => {
        const group = tallyOf(actor, type);
        const members = group.members + (own.days === 0 ? 1 : 0);
        const others = difference(group, own);
        const left = Math.floor(others.days * leftOutShare);
        const highest = highestDays(group, ownCounts.get(actor) ?? [], left);
        return { type, members, others: difference(others, { ...highest, days: left }), own };
      });
    };
  }

  /** Tells of every day with privileged actions, and returns their counts by actor. */
  #countDays(tell: (actor: number, count: number) => void): Map<number, number[]> {
    const counts = new Map<number, number[]>();
    for (let day = this.#from; day < this.#to; day += 1) {
      const { actors, counts: dayCounts } = this.#peerDays.privilegedOn(day);
      for (let place = 0; place < actors.length; place += 1) {
        const count = dayCounts[place]!;
        tell(actors[place]!, count);
        const own = counts.get(actors[place]!);
        if (own) own.push(count);
        else counts.set(actors[place]!, [count]);
      }
    }
    return counts;
  }

  #add(day: number, sign: 1 | -1): void {
    const active = this.#peerDays.activeOn(day);
    for (let place = 0; place < active.length; place += 1) this.#days[active[place]!]! += sign;
    const { actors, counts } = this.#peerDays.privilegedOn(day);
    for (let place = 0; place < actors.length; place += 1) {
      const actor = actors[place]!;
      const count = counts[place]!;
      this.#sums[actor]! += sign * count;
      this.#squares[actor]! += sign * count ** 2;
    }
  }

  #addMember(group: GroupTally, actor: number): void {
    group.members += 1;
    group.days += this.#days[actor]!;
    group.sum += this.#sums[actor]!;
    group.sumOfSquares += this.#squares[actor]!;
  }

  #ownOf(actor: number): Tally {
    if (this.#days[actor] === 0) return nothing;
    return { days: this.#days[actor]!, sum: this.#sums[actor]!, sumOfSquares: this.#squares[actor]! };
  }
}

function known(tallies: Map<number, GroupTally>, key: number): GroupTally {
  const tally = tallies.get(key);
  if (tally) return tally;
  const made = {
    members: 0,
    days: 0,
    sum: 0,
    sumOfSquares: 0,
    daysByCount: new Map<number, number>(),
    countsDescending: [],
  };
  tallies.set(key, made);
  return made;
}

function addTo(daysByCount: Map<number, number>, count: number): void {
  daysByCount.set(count, (daysByCount.get(count) ?? 0) + 1);
}

/** The sums of the `left` highest counts that are not the actor's own; days without anything add nothing. */
function highestDays(
  { daysByCount, countsDescending }: GroupTally,
  own: readonly number[],
  left: number,
): { sum: number; sumOfSquares: number } {
  let sum = 0;
  let sumOfSquares = 0;
  let open = left;
  const ownDescending = own.toSorted((a, b) => b - a);
  let ownAt = 0;
  for (let at = 0; at < countsDescending.length && open > 0; at += 1) {
    const count = countsDescending[at]!;
    const ownFrom = ownAt;
    while (ownDescending[ownAt] === count) ownAt += 1;
    const taken = Math.min(open, daysByCount.get(count)! - (ownAt - ownFrom));
    sum += taken * count;
    sumOfSquares += taken * count ** 2;
    open -= taken;
  }
  return { sum, sumOfSquares };
}

function difference(all: Tally, part: Tally): Tally {
  return {
    days: all.days - part.days,
    sum: all.sum - part.sum,
    sumOfSquares: all.sumOfSquares - part.sumOfSquares,
  };
}
