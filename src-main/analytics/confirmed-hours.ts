// Hours in which somebody confirmed that something was wrong: they must not teach a baseline that it is usual.
import type { IsConfirmed } from './detectors/nb/past.ts';

export type ConfirmedHour = {
  readonly sourceAccount: string;
  readonly actor: string;
  /** Hours since the epoch. */
  readonly hour: number;
};

/** Null when there are none. */
export function confirmedHourTest(confirmed: readonly ConfirmedHour[]): IsConfirmed | null {
  if (confirmed.length === 0) return null;
  const actors = Map.groupBy(confirmed, ({ sourceAccount, actor }) => keyOf(sourceAccount, actor));
  const hours = new Map([...actors].map(([key, found]) => [key, new Set(found.map(({ hour }) => hour))]));
  return (sourceAccount, actor, hour) => hours.get(keyOf(sourceAccount, actor))?.has(hour) ?? false;
}

const keyOf = (sourceAccount: string, actor: string): string => JSON.stringify([sourceAccount, actor]);
