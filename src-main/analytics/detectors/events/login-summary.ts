// Sums an episode of failed logins up: who, from where, how fast, and whether somebody got in.
import type { History } from '../../history/history.ts';
import { textAt } from '../../history/segment.ts';
import { busiestWindow } from './episodes.ts';
import type { LoginAttempts } from './login-attempts.ts';
import { isFailure, loginKind } from './login-kinds.ts';
import type { LoginEpisode, LoginRule } from './login-episodes.ts';
import { compareTexts } from './judged-days.ts';
import { isMachineType } from './machines.ts';

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

export interface LoginSummary {
  /** First event of the judged day in the episode; the window may have begun before midnight. */
  readonly startMicroseconds: number;
  readonly firstMicroseconds: number;
  readonly lastFailureMicroseconds: number;
  readonly failures: number;
  /** Of these, before the judged day. */
  readonly failuresBeforeMidnight: number;
  /** Of these, for accounts that do not exist, as the action says. */
  readonly unknownAccounts: number;
  /** Failures by account name, most first; unattributed ones are not in it. */
  readonly accounts: readonly NamedCount[];
  readonly unattributed: number;
  /** The one actor of all events; null when there are several, or some are unattributed. */
  readonly onlyActor: string | null;
  readonly addresses: readonly NamedCount[];
  readonly withoutAddress: number;
  /** Most failures within the burst window, and within the slow one. */
  readonly busiestBurst: number;
  readonly busiestSlow: number;
  /** One actor, which the source calls a machine, from one address. */
  readonly isMachine: boolean;
  readonly success: {
    readonly microseconds: number;
    readonly actor: string;
    readonly address: string | null;
    readonly failuresBefore: number;
    /** Whether the one who got in is among those whose logins failed. */
    readonly hadFailed: boolean;
  } | null;
}

export function summarise(
  history: History,
  attempts: LoginAttempts,
  episode: LoginEpisode,
  places: Int32Array,
  rule: LoginRule,
  dayStart: number,
): LoginSummary {
  const { events, addresses, actors } = attempts;
  const failed = places.filter((place) => isFailure(events.kinds[place]!));
  const times = Float64Array.from(failed, (place) => events.microseconds[place]!);
  const nameOf = (place: number) => history.actors[actors[place]!]!.actor;
  const addressOf = (place: number) => addresses.texts[addresses.numbers[place]!] ?? '';
  const accounts = countNames(failed, nameOf);
  const froms = countNames(failed, addressOf);
  const everybody = countNames(places, nameOf);
  const onlyActor = everybody.named.length === 1 && everybody.unnamed === 0 ? everybody.named[0]!.name : null;
  const busiest = (window: number) => busiestWindow(times, 0, times.length - 1, window).count;
  return {
    startMicroseconds: events.microseconds[places.find((place) => events.microseconds[place]! >= dayStart)!]!,
    firstMicroseconds: events.microseconds[places[0]!]!,
    lastFailureMicroseconds: times.at(-1)!,
    failures: failed.length,
    failuresBeforeMidnight: times.filter((time) => time < dayStart).length,
    unknownAccounts: failed.filter((place) => events.kinds[place] === loginKind.unknownAccount).length,
    accounts: accounts.named,
    unattributed: accounts.unnamed,
    onlyActor,
    addresses: froms.named,
    withoutAddress: froms.unnamed,
    busiestBurst: busiest(rule.burstWindowMicroseconds),
    busiestSlow: busiest(rule.slowWindowMicroseconds ?? rule.burstWindowMicroseconds),
    isMachine:
      onlyActor !== null &&
      froms.named.length === 1 &&
      froms.unnamed === 0 &&
      failed.every((place) => isMachineAt(history, attempts, place)),
    success: successOf(episode, places, attempts, nameOf, addressOf, accounts.named),
  };
}

function successOf(
  { success }: LoginEpisode,
  places: Int32Array,
  { events }: LoginAttempts,
  nameOf: (place: number) => string,
  addressOf: (place: number) => string,
  accounts: readonly NamedCount[],
): LoginSummary['success'] {
  const place = places.find((at) => !isFailure(events.kinds[at]!));
  if (success === null || place === undefined) return null;
  const actor = nameOf(place);
  return {
    microseconds: events.microseconds[place]!,
    actor,
    address: addressOf(place) === '' ? null : addressOf(place),
    failuresBefore: success.failuresBefore,
    hadFailed: accounts.some(({ name }) => name === actor),
  };
}

function isMachineAt(history: History, { events }: LoginAttempts, place: number): boolean {
  const segment = history.segments[events.segments[place]!]!;
  return isMachineType(textAt(segment, 'actorType', events.indexes[place]!));
}

/** Names with their counts, most first, then by name; the empty name apart. */
function countNames(
  places: Int32Array,
  nameOf: (place: number) => string,
): { readonly named: readonly NamedCount[]; readonly unnamed: number } {
  const counts = new Map<string, number>();
  for (const place of places) {
    const name = nameOf(place);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const unnamed = counts.get('') ?? 0;
  counts.delete('');
  const named = [...counts].map(([name, count]) => ({ name, count }));
  return { named: named.toSorted((a, b) => b.count - a.count || compareTexts(a.name, b.name)), unnamed };
}
