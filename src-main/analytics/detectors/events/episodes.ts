// Finds stretches in which events come close together, one UTC day at a time.

export interface EpisodeRule {
  /** So many events… */
  readonly count: number;
  /** …of which the last comes no later than this after the first start an episode. */
  readonly windowMicroseconds: number;
  /** So much quiet ends it. */
  readonly quietMicroseconds: number;
}

/** Places in the list of times: the window that started it begins at `first`, `last` is the last event of the day in it. */
export interface Episode {
  readonly first: number;
  readonly last: number;
}

/**
 * How long before a day its episodes look. Only what was found within it keeps a window across midnight from being found
 * again; whatever goes on for longer fills a window within it too.
 */
export function lookBackOf(longestWindowMicroseconds: number, quietMicroseconds: number): number {
  return 4 * (longestWindowMicroseconds + quietMicroseconds);
}

/**
 * The episodes of one day in the ascending times of one person, address or thing.
 *
 * An episode belongs to the day on which its window is full, and ends with that day at the latest, so that what is found about a
 * day never depends on a later one. A window may begin the day before, unless an episode was already found there and
 * goes on: then only events of this day start another.
 * @param times ascending; those before the day are looked back at, for {@link lookBackOf} the rule.
 * @param dayStart first instant of the judged day, microseconds.
 */
export function episodesOf(times: Float64Array, rule: EpisodeRule, dayStart: number): Episode[] {
  const firstToday = firstAtOrAfter(times, dayStart);
  const count = wholeCount(rule.count);
  const episodes: Episode[] = [];
  let begin = 0;
  let wasFound = false;
  let first = -1;
  for (let at = 0; at < times.length; at += 1) {
    if (at > 0 && times[at]! - times[at - 1]! >= rule.quietMicroseconds) {
      if (first >= 0) episodes.push({ first, last: at - 1 });
      begin = at;
      wasFound = false;
      first = -1;
    }
    const isToday = at >= firstToday;
    const from = at - count + 1;
    const earliest = isToday && wasFound ? Math.max(begin, firstToday) : begin;
    if (first >= 0 || from < earliest || times[at]! - times[from]! > rule.windowMicroseconds) continue;
    if (isToday) first = from;
    else wasFound = true;
  }
  if (first >= 0) episodes.push({ first, last: times.length - 1 });
  return episodes;
}

/** “At least 2.5 events” are 3, and there is no finding of none. */
export function wholeCount(count: number): number {
  return Math.max(1, Math.ceil(count));
}

/** Most events within any window of the length between two places, and the place at which the first such window begins. */
export function busiestWindow(
  times: Float64Array,
  first: number,
  last: number,
  windowMicroseconds: number,
): { readonly count: number; readonly first: number } {
  let busiest = { count: 0, first };
  let low = first;
  for (let at = first; at <= last; at += 1) {
    while (times[at]! - times[low]! > windowMicroseconds) low += 1;
    if (at - low + 1 > busiest.count) busiest = { count: at - low + 1, first: low };
  }
  return busiest;
}

/** Place of the first time at or after an instant; the length when there is none. */
export function firstAtOrAfter(times: Float64Array, microseconds: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < microseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
