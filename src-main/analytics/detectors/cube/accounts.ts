// The source accounts that have events on the judged days.
import type { History } from '../../history/history.ts';
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { daysBetween } from './judged-days.ts';

export interface Accounts {
  /** Source account of each group. */
  readonly names: readonly string[];
  /** Hour of each group's first event, unattributed ones included. */
  readonly firstHours: readonly number[];
  /** Group of each series; −1 for those of other accounts. */
  readonly groupOf: Int32Array;
}

/** Accounts with events on one of the UTC days [firstDay, lastDay], both included. */
export function accountsOf(history: History, firstDay: number, lastDay: number): Accounts {
  const numbers = new Map<string, number>();
  const firsts: number[] = [];
  const accountOfActor = Int32Array.from(history.actors, ({ sourceAccount, firstMicroseconds }) => {
    const number = numbers.get(sourceAccount) ?? numbers.size;
    numbers.set(sourceAccount, number);
    firsts[number] = Math.min(firsts[number] ?? Infinity, firstMicroseconds);
    return number;
  });
  const isActive = new Uint8Array(numbers.size);
  for (const { series } of daysBetween(history.activity, firstDay, lastDay + 1))
    for (const one of series) isActive[accountOfActor[history.series[one]!.actor]!] = 1;
  const names = [...numbers.keys()].filter((name) => isActive[numbers.get(name)!] === 1);
  const groupOfAccount = new Int32Array(numbers.size).fill(-1);
  for (const [group, name] of names.entries()) groupOfAccount[numbers.get(name)!] = group;
  return {
    names,
    firstHours: names.map((name) => Math.floor(firsts[numbers.get(name)!]! / microsecondsPerHour)),
    groupOf: Int32Array.from(history.series, ({ actor }) => groupOfAccount[accountOfActor[actor]!]!),
  };
}
