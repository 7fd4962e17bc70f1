// An actor's risk over time, in words and at a few days.
import type { ActorRisk } from '#shared/model/story.ts';
import { formatMeasure } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';

/** Days before now that a table shows. */
export const shownDaysAgo = [30, 14, 7, 3, 1];

/** The score that many days ago; null where the history does not reach so far. */
export function scoreDaysAgo({ history }: Pick<ActorRisk, 'history'>, daysAgo: number): number | null {
  return history.at(-daysAgo)?.score ?? null;
}

/** What the line shows, for whoever cannot see it. */
export function historyWords({ history, score }: Pick<ActorRisk, 'history' | 'score'>): string {
  const [first] = history;
  if (first === undefined) return text('overview:risk.only', { score: formatMeasure(score) });
  const highest = history.reduce((most, day) => (day.score > most.score ? day : most), first);
  return text('overview:risk.course', {
    score: formatMeasure(score),
    first: formatMeasure(first.score),
    firstDay: first.day,
    highest: formatMeasure(highest.score),
    highestDay: highest.day,
  });
}
