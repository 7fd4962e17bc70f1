// What a question matches in the mirror: found segment by segment, when it is asked for, and kept for the next page.
import type { EventFilter } from '#shared/model/event-browser.ts';
import { inSlices } from '../in-slices.ts';
import type { DatabaseHandle } from '../../database.ts';
import type { MirroredHistory } from '../resident.ts';
import { questionOf, type QuestionContext } from './event-question.ts';
import { matchSegment, type MatchingRows } from './match-segment.ts';
import type { SearchedSegment } from './searched-segment.ts';
import { searchedSegments } from './searched-segments.ts';

export type EventMatches = {
  readonly history: MirroredHistory;
  /** In time order. */
  readonly segments: readonly SearchedSegment[];
  readonly rowsOf: (place: number) => MatchingRows;
  /** Whether {@link rowsOf} answers at once. */
  readonly isKnown: (place: number) => boolean;
};

const keptQuestions = 8;
const kept = new WeakMap<object, Map<string, EventMatches>>();

/** @param context as of the history the filter is asked of */
export function matchEvents(
  database: DatabaseHandle,
  history: MirroredHistory,
  filter: EventFilter,
  context: Omit<QuestionContext, 'history'> & { readonly zone: string },
): EventMatches {
  const { hourOfWeek: _function, ...rest } = context;
  const key = JSON.stringify([filter, rest]);
  const segments = searchedSegments(database, history);
  // Where events are only counted, those kept whole may become more while the counts stay.
  const owner = history.onlyCounts === true ? (segments[0] ?? history.activity) : history.infos;
  let known = kept.get(owner);
  if (!known) kept.set(owner, (known = new Map()));
  const before = known.get(key);
  const matches = before ?? find(history, segments, filter, context);
  known.delete(key);
  known.set(key, matches);
  if (known.size > keptQuestions) known.delete(known.keys().next().value!);
  return matches;
}

function find(
  history: MirroredHistory,
  segments: readonly SearchedSegment[],
  filter: EventFilter,
  context: Omit<QuestionContext, 'history'>,
): EventMatches {
  const question = questionOf(filter, { ...context, history });
  const found = new Map<number, MatchingRows>();
  return {
    history,
    segments,
    isKnown: (place) => found.has(place),
    rowsOf: (place) => {
      const known = found.get(place);
      if (known) return known;
      const rows = matchSegment(segments[place]!, question);
      found.set(place, rows);
      return rows;
    },
  };
}

/** Looks through segments, newest first, until `isEnough` or the time is used up; other work gets its turn in between. */
export async function lookThrough(
  { segments, rowsOf, isKnown }: EventMatches,
  { withinMs, nowMs }: { readonly withinMs: number; readonly nowMs: () => number },
): Promise<void> {
  const until = nowMs() + withinMs;
  let place = segments.length - 1;
  await inSlices(() => {
    while (place >= 0 && isKnown(place)) place -= 1;
    if (place < 0 || nowMs() >= until) return true;
    rowsOf(place);
    place -= 1;
    return false;
  });
}

/** The first place from which on all segments are looked through; 0 when nothing is left. */
export function lookedThroughFrom({ segments, isKnown }: EventMatches): number {
  let place = segments.length;
  while (place > 0 && isKnown(place - 1)) place -= 1;
  return place;
}
