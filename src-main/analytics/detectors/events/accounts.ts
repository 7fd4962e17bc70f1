// The source accounts that actors belong to, as numbers.
import type { History } from '../../history/history.ts';

export interface Accounts {
  /** Account by actor number. */
  readonly numberOf: Int32Array;
  readonly names: readonly string[];
}

const known = new WeakMap<History['actors'], Accounts>();

/** Actors are only ever added, and never change their account. */
export function accountsOf({ actors }: History): Accounts {
  const before = known.get(actors);
  if (before?.numberOf.length === actors.length) return before;
  const names = new Map((before?.names ?? []).map((name, number) => [name, number]));
  const numberOf = new Int32Array(actors.length);
  numberOf.set(before?.numberOf ?? []);
  for (let actor = before?.numberOf.length ?? 0; actor < actors.length; actor += 1) {
    const { sourceAccount } = actors[actor]!;
    const number = names.get(sourceAccount) ?? names.size;
    names.set(sourceAccount, number);
    numberOf[actor] = number;
  }
  const accounts = { numberOf, names: [...names.keys()] };
  known.set(actors, accounts);
  return accounts;
}
