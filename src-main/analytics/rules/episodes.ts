// Slides a window over a group's events, and folds the moments at which a rule holds into episodes.
import { citedEventsLimit } from '../detector.ts';
import type { Occurrences } from './occurrences.ts';

/** What a rule knows about the events that are inside its window. Places come and go oldest first. */
export interface Measure {
  clear(): void;
  add(place: number): void;
  remove(place: number): void;
  /** Score of the window from place `first` to its newest event `last`; NaN where the rule does not hold. */
  score(first: number, last: number): number;
}

export interface Pace {
  /** Events this far apart are still within one window. */
  readonly windowMicroseconds: number;
  /** An episode is over when the rule has not held for longer than this. */
  readonly cooldownMicroseconds: number;
}

/** One stretch in which a rule held again and again. */
export interface Episode {
  readonly key: number;
  /** The first event of the first window, but not before the day, nor within the episode before. */
  readonly startMicroseconds: number;
  /** Just after the last event at which the rule held. */
  readonly endMicroseconds: number;
  /** Events inside the windows, each once. */
  readonly count: number;
  /** Places of these, oldest first, as many as can be cited. */
  readonly cited: readonly number[];
  /** The window with the highest score; of equals the one with the most events, then the earliest. */
  readonly peak: { readonly first: number; readonly last: number; readonly score: number };
  /** The rule held already shortly before midnight: that part is listed for the day before. */
  readonly continues: boolean;
}

type Draft = { -readonly [Key in keyof Episode]: Episode[Key] } & {
  cited: number[];
  lastMicroseconds: number;
  covered: number;
};

/**
 * Episodes of one UTC day. Windows reach back across midnight, episodes do not: an episode that goes on after midnight is
 * listed again for the new day. So each day's answer rests on that day and what was before it, however days are grouped.
 * The occurrences must begin a window and a cooldown before the day.
 */
export function episodesOf(
  occurrences: Occurrences,
  measure: Measure,
  { windowMicroseconds, cooldownMicroseconds }: Pace,
  dayStartMicroseconds: number,
): Episode[] {
  const { microseconds, groups } = occurrences;
  const episodes: Episode[] = [];
  for (const { key, from, to } of groups) {
    if (microseconds[to - 1]! < dayStartMicroseconds) continue;
    measure.clear();
    let draft: Draft | null = null;
    let heldBefore = -Infinity;
    let first = from;
    for (let place = from; place < to; place += 1) {
      const time = microseconds[place]!;
      for (; microseconds[first]! < time - windowMicroseconds; first += 1) measure.remove(first);
      measure.add(place);
      const score = measure.score(first, place);
      if (Number.isNaN(score)) continue;
      if (time < dayStartMicroseconds) {
        heldBefore = time;
        continue;
      }
      if (draft !== null && time - draft.lastMicroseconds > cooldownMicroseconds) {
        episodes.push(draft);
        heldBefore = -Infinity;
        draft = begin(key, Math.max(microseconds[first]!, draft.endMicroseconds), false);
      }
      draft ??= begin(
        key,
        Math.max(microseconds[first]!, dayStartMicroseconds),
        time - heldBefore <= cooldownMicroseconds,
      );
      extend(draft, first, place, score, time);
    }
    if (draft !== null) episodes.push(draft);
  }
  return episodes;
}

function begin(key: number, startMicroseconds: number, continues: boolean): Draft {
  return {
    key,
    startMicroseconds,
    endMicroseconds: startMicroseconds,
    count: 0,
    cited: [],
    peak: { first: 0, last: -1, score: -Infinity },
    continues,
    lastMicroseconds: startMicroseconds,
    covered: -1,
  };
}

function extend(draft: Draft, first: number, place: number, score: number, time: number): void {
  for (let at = Math.max(first, draft.covered + 1); at <= place; at += 1) {
    draft.count += 1;
    if (draft.cited.length < citedEventsLimit) draft.cited.push(at);
  }
  draft.covered = place;
  draft.lastMicroseconds = time;
  draft.endMicroseconds = time + 1;
  const { peak } = draft;
  const isHigher = score > peak.score || (score === peak.score && place - first > peak.last - peak.first);
  if (isHigher) draft.peak = { first, last: place, score };
}
