// The source accounts that have events on the judged days, and what each of them sent hour by hour.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { ActivityDay } from '../../history/activity.ts';
import type { Actor, History } from '../../history/history.ts';
import { actorsOfSeries } from './attributed.ts';
import { DayFolder, type DayRows } from './day-rows.ts';
import { daysBetween } from './judged-days.ts';

export interface Accounts {
  /** Source account of each group. */
  readonly names: readonly string[];
  /** Hour of each group's first event, unattributed ones included. */
  readonly firstHours: readonly number[];
  /** Group of each series; −1 for those of other accounts. */
  readonly groupOf: Int32Array;
  /** Group of each account as {@link accountNumbers} numbers them; −1 for other accounts. */
  readonly groupOfAccount: Int32Array;
}

/** Accounts with events on one of the UTC days [firstDay, lastDay], both included. */
export function accountsOf(history: History, firstDay: number, lastDay: number): Accounts {
  const { names: all, accountOf } = accountNumbers(history.actors);
  const groupOfAccount = new Int32Array(all.length).fill(-1);
  for (const { members } of accountDays(history, firstDay, lastDay + 1))
    for (let row = 0; row < members.length; row += 1) groupOfAccount[members[row]!] = 0;
  const active = [...all.keys()].filter((account) => groupOfAccount[account] === 0);
  for (const [group, account] of active.entries()) groupOfAccount[account] = group;
  const firsts = new Float64Array(all.length).fill(Infinity);
  for (const [actor, { firstMicroseconds }] of history.actors.entries()) {
    const account = accountOf[actor]!;
    if (firstMicroseconds < firsts[account]!) firsts[account] = firstMicroseconds;
  }
  const groupOf = accountsOfSeries(history);
  for (let at = 0; at < groupOf.length; at += 1) groupOf[at] = groupOfAccount[groupOf[at]!]!;
  return {
    names: active.map((account) => all[account]!),
    firstHours: active.map((account) => Math.floor(firsts[account]! / microsecondsPerHour)),
    groupOf,
    groupOfAccount,
  };
}

export interface AccountNumbers {
  /** In the order in which the actors name them. */
  readonly names: readonly string[];
  /** Account of each actor. Not to be written to. */
  readonly accountOf: Int32Array;
}

/** Actors are only ever added to a list, and whose account one belongs to never changes. */
const numbered = new WeakMap<readonly Actor[], AccountNumbers>();

export function accountNumbers(actors: readonly Actor[]): AccountNumbers {
  const known = numbered.get(actors);
  if (known?.accountOf.length === actors.length) return known;
  const numbers = new Map<string, number>();
  const accountOf = new Int32Array(actors.length);
  for (const [actor, { sourceAccount }] of actors.entries()) {
    const number = numbers.get(sourceAccount) ?? numbers.size;
    if (number === numbers.size) numbers.set(sourceAccount, number);
    accountOf[actor] = number;
  }
  const made = { names: [...numbers.keys()], accountOf };
  numbered.set(actors, made);
  return made;
}

/** A day of the cube never changes, and neither does whose account its series belong to. */
const folds = new WeakMap<ActivityDay, DayRows>();

/** Events of each account, unattributed ones included, on the days [fromDay, toDay). */
export function accountDays(history: History, fromDay: number, toDay: number): DayRows[] {
  let folder: DayFolder | null = null;
  return daysBetween(history.activity, fromDay, toDay).map((cells) => {
    const known = folds.get(cells);
    if (known) return known;
    folder ??= new DayFolder(accountsOfSeries(history), accountNumbers(history.actors).names.length);
    const folded = folder.fold(cells);
    folds.set(cells, folded);
    return folded;
  });
}

function accountsOfSeries(history: History): Int32Array {
  const { accountOf } = accountNumbers(history.actors);
  const actorOf = actorsOfSeries(history);
  const accounts = new Int32Array(actorOf.length);
  for (let at = 0; at < accounts.length; at += 1) accounts[at] = accountOf[actorOf[at]!]!;
  return accounts;
}
