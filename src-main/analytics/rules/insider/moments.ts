// What the five rules measure at each moment of one actor's day.
import type { Occurrences } from '../occurrences.ts';
import { Tally } from '../tally.ts';
import { contributionNames, type ContributionName } from './contributions.ts';
import type { Habits } from './habits.ts';

/** What is read of the events, by place. */
export interface ScoredColumns {
  readonly microseconds: Float64Array;
  /** NaN where unknown. */
  readonly bytes: Float64Array;
  /** −1 or NaN where unknown. */
  readonly addresses: Float64Array;
  readonly resources: Float64Array;
  /** 1 for an event that failed. */
  readonly failures: Float64Array;
  /** Local hour of the day. */
  readonly hours: Float64Array;
}

/** Lengths of the windows; 0 leaves a rule out, and it measures nothing. */
export type WindowLengths = Readonly<Record<ContributionName, number>>;

/** Sums or distinct values of the events inside one window. */
interface Inside {
  add(place: number): void;
  remove(place: number): void;
  value(): number;
}

function sumInside(amountOf: (place: number) => number): Inside {
  let sum = 0;
  return {
    add: (place) => {
      sum += amountOf(place);
    },
    remove: (place) => {
      sum -= amountOf(place);
    },
    value: () => sum,
  };
}

function distinctInside(valueOf: (place: number) => number): Inside {
  const inside = new Tally();
  return {
    add: (place) => inside.add(valueOf(place)),
    remove: (place) => inside.remove(valueOf(place)),
    value: () => inside.size,
  };
}

/**
 * Calls back for each instant from `fromMicroseconds` on at which the actor had an event, after the last event of that instant,
 * so that the order of simultaneous events shows nowhere. What it is told is in the order of {@link contributionNames}, and is
 * overwritten afterwards.
 * @param isKnown whether an address was used in the baseline.
 */
export function eachMoment(
  { microseconds, bytes, addresses, resources, failures, hours }: ScoredColumns,
  { from, to }: Occurrences['groups'][number],
  windowsMicroseconds: WindowLengths,
  fromMicroseconds: number,
  habits: Habits,
  isKnown: (address: number) => boolean,
  visit: (place: number, measured: Float64Array) => void,
): void {
  const insides: Readonly<Record<ContributionName, () => Inside>> = {
    off_hours: () => sumInside((place) => 1 - habits.isUsualHour[hours[place]!]!),
    new_ip: () => distinctInside((place) => (isKnown(addresses[place]!) ? -1 : addresses[place]!)),
    volume_spike: () => sumInside((place) => bytes[place]! || 0),
    scope_expansion: () => distinctInside((place) => resources[place]!),
    failure_burst: () => sumInside((place) => failures[place]!),
  };
  const windows = [...contributionNames.entries()]
    .map(([rule, name]) => ({
      rule,
      length: windowsMicroseconds[name],
      inside: insides[name](),
      first: from,
    }))
    .filter(({ length }) => length > 0);
  const measured = new Float64Array(contributionNames.length);
  for (let place = from; place < to; place += 1) {
    const time = microseconds[place]!;
    for (const window of windows) {
      for (; microseconds[window.first]! < time - window.length; window.first += 1)
        window.inside.remove(window.first);
      window.inside.add(place);
    }
    if (time < fromMicroseconds || (place + 1 < to && microseconds[place + 1] === time)) continue;
    for (const { rule, inside } of windows) measured[rule] = inside.value();
    visit(place, measured);
  }
}
