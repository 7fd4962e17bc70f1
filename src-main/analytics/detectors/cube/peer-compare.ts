// Sets the privileged actions of a day against what the rest of the group did in the window before.
import type { History } from '../../history/history.ts';
import { surpriseAtLeast } from '../nb/negative-binomial.ts';
import type { PeerDays } from './peer-days.ts';
import type { PeerParameters } from './peer-parameters.ts';
import type { PeerTypes } from './peer-types.ts';
import type { OthersOfGroup, PeerWindow, Tally } from './peer-window.ts';

export interface Comparison {
  readonly actor: number;
  readonly day: number;
  readonly count: number;
  readonly groupKind: 'actor type' | 'account';
  readonly groupName: string;
  /** The judged actor among them. */
  readonly members: number;
  readonly others: Tally;
  readonly own: Tally;
  readonly mean: number;
  readonly dispersion: number;
  readonly size: number;
  readonly ownMean: number;
  readonly ownSize: number;
  readonly surprise: number;
  /** 0 where the surprise is below the threshold: not asked. */
  readonly ownSurprise: number;
}

/** All comparisons that can be made of a day: of actors with enough privileged actions and a group of enough members. */
export function comparePeers(
  history: History,
  day: number,
  days: PeerDays,
  types: PeerTypes,
  window: PeerWindow,
  parameters: PeerParameters,
): Comparison[] {
  const { actors, counts } = days.privilegedOn(day);
  const busy = [...actors.keys()].filter((place) => counts[place]! >= parameters.minimumCount);
  if (busy.length === 0) return [];
  types.readUntil(day);
  const newcomers = busy.map((place) => actors[place]!).filter((actor) => types.before(actor, day) < 0);
  const firstTypes = types.firstOn(day, new Set(newcomers));
  const typeOf = (actor: number) => firstTypes.get(actor) ?? types.before(actor, day);
  window.moveTo(day);
  const groups = window.groupsBy(typeOf, parameters.leftOutShare);
  return busy.flatMap((place) => {
    const actor = actors[place]!;
    const group = groups(actor).find((one) => isEnough(one, parameters));
    if (group === undefined) return [];
    const name = group.type < 0 ? history.actors[actor]!.sourceAccount : types.nameOf(group.type);
    return [compare(actor, day, counts[place]!, name, group, parameters)];
  });
}

function isEnough(group: OthersOfGroup, parameters: PeerParameters): boolean {
  return group.members >= parameters.minimumMembers && group.others.days >= parameters.minimumActorDays;
}

function compare(
  actor: number,
  day: number,
  count: number,
  groupName: string,
  { type, members, others, own }: OthersOfGroup,
  parameters: PeerParameters,
): Comparison {
  const alpha = others.sum + 0.5;
  const mean = alpha / others.days;
  const dispersion = Math.max(0, (variance(others) - mean) / mean ** 2);
  const within = (size: number) => Math.min(Math.max(size, parameters.sizeFloor), parameters.sizeCeiling);
  const size = within(1 / (dispersion + 1 / alpha));
  const ownAlpha = own.sum + parameters.ownPriorDays * mean;
  const ownMean = ownAlpha / (own.days + parameters.ownPriorDays);
  const ownSize = within(1 / (dispersion + 1 / ownAlpha));
  const surprise = surpriseAtLeast(count, mean, size);
  return {
    actor,
    day,
    count,
    groupKind: type < 0 ? 'account' : 'actor type',
    groupName,
    members,
    others,
    own,
    mean,
    dispersion,
    size,
    ownMean,
    ownSize,
    surprise,
    ownSurprise: surprise < parameters.threshold ? 0 : surpriseAtLeast(count, ownMean, ownSize),
  };
}

/** Sample variance. */
function variance({ days, sum, sumOfSquares }: Tally): number {
  return days < 2 ? 0 : (sumOfSquares - sum ** 2 / days) / (days - 1);
}
