// The shape most rules have: count certain events of somebody within a window, list when it is too much.
import type { Severity } from '#shared/model/severity.ts';
import type { Evidence, Hit, Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import type { BoundRule } from './declared-rule.ts';
import { episodesOf, type Episode, type Measure } from './episodes.ts';
import { judgedDays, microsecondsPerMinute } from './judged-days.ts';
import { collectOccurrences, type Inclusion, type Occurrences } from './occurrences.ts';
import { inOrder, ruleHit, type Words } from './rule-hit.ts';
import type { Grouping, Subject } from './subjects.ts';
import { Tally } from './tally.ts';

/** What is said of an episode; the peak window is where its score was highest. */
export interface Conclusion {
  readonly threshold: number;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly words: Words;
}

export interface WindowedRule {
  readonly grouping: Grouping;
  readonly include: Inclusion;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  /** Made once for each judged day; a place is a place in these occurrences. */
  measure(occurrences: Occurrences): Measure;
  conclude(occurrences: Occurrences, episode: Episode, subject: Subject): Conclusion;
}

/** The findings of a windowed rule on the days of a scope. */
export function windowedHits(rule: BoundRule, history: History, scope: Scope, windowed: WindowedRule): Hit[] {
  const { grouping, include, windowMinutes, cooldownMinutes } = windowed;
  const windowMicroseconds = windowMinutes * microsecondsPerMinute;
  const cooldownMicroseconds = cooldownMinutes * microsecondsPerMinute;
  const hits: Hit[] = [];
  for (const { startMicroseconds, endMicroseconds } of judgedDays(scope)) {
    const from = startMicroseconds - windowMicroseconds - cooldownMicroseconds;
    const occurrences = collectOccurrences(history, grouping, include, from, endMicroseconds);
    const pace = { windowMicroseconds, cooldownMicroseconds };
    for (const episode of episodesOf(occurrences, windowed.measure(occurrences), pace, startMicroseconds)) {
      const subject = grouping.subjectOf(episode.key);
      const { threshold, severity, evidence, words } = windowed.conclude(occurrences, episode, subject);
      hits.push(
        ruleHit(rule, scope, {
          subject,
          startMicroseconds: episode.startMicroseconds,
          endMicroseconds: episode.endMicroseconds,
          count: episode.count,
          score: episode.peak.score,
          threshold,
          severity,
          evidence: { ...evidence, continuesFromDayBefore: episode.continues },
          words: episode.continues ? { ...words, confidence: withContinuation(words.confidence) } : words,
          events: episode.cited.map((place) => occurrences.referenceAt(place)),
        }),
      );
    }
  }
  return inOrder(hits);
}

function withContinuation(confidence: string | null | undefined): string {
  const sentence = 'It had begun before midnight UTC; that part is listed for the day before.';
  return confidence ? `${confidence} ${sentence}` : sentence;
}

/** A measure that needs nothing but where its window begins and ends. */
export function measureBy(score: Measure['score']): Measure {
  return { clear: () => {}, add: () => {}, remove: () => {}, score };
}

/** Number of events in the window, from a minimum on. */
export function countAtLeast(minimum: number): Measure {
  return measureBy((first, last) => (last - first + 1 >= minimum ? last - first + 1 : Number.NaN));
}

/** Different values inside the window; what a rule makes of them and of the window is its score. */
export function measureDistinct(
  column: Float64Array,
  score: (distinct: number, first: number, last: number) => number,
): Measure {
  const inside = new Tally();
  return {
    clear: () => inside.clear(),
    add: (place) => inside.add(column[place]!),
    remove: (place) => inside.remove(column[place]!),
    score: (first, last) => score(inside.size, first, last),
  };
}

/** The different texts of the peak window, sorted; unknown ones left out. */
export function distinctTexts(
  { first, last }: Episode['peak'],
  column: Float64Array,
  textOf: (value: number) => string,
): string[] {
  const values = new Set([...column.subarray(first, last + 1)].filter((value) => value >= 0));
  return [...values].map((value) => textOf(value)).toSorted();
}
