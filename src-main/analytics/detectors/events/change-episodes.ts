// Folds single changes of one kind by one actor into stretches.
import type { History } from '../../history/history.ts';
import type { EventReference } from '../../history/segment.ts';
import { referenceTo, type ClassEvents } from './class-events.ts';
import { episodesOf } from './episodes.ts';
import { groupPlaces } from './groups.ts';
import type { JudgedDay } from './judged-days.ts';

export interface ChangeEpisode {
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  /** Oldest first, never empty. */
  readonly events: readonly EventReference[];
}

export interface FoldedChange {
  readonly sourceAccount: string;
  readonly actor: string;
  readonly action: string;
  /** Place of the first event. */
  readonly place: number;
  readonly episode: ChangeEpisode;
}

/** Episodes per actor and action (series) of the places of a day that are given, ascending. */
export function foldChanges(
  history: History,
  events: ClassEvents,
  places: Int32Array,
  { start }: JudgedDay,
  quietMicroseconds: number,
): FoldedChange[] {
  const groups = groupPlaces(places.length, (at) => events.series[places[at]!]!);
  return groups.members.flatMap((members, group) => {
    const times = Float64Array.from(members, (at) => events.microseconds[places[at]!]!);
    const { actor: number, action } = history.series[groups.keys[group]!]!;
    const { sourceAccount, actor } = history.actors[number]!;
    return episodesOf(times, { count: 1, windowMicroseconds: 0, quietMicroseconds }, start).map(
      ({ first, last }) => ({
        sourceAccount,
        actor,
        action: history.actions.valueOf(action),
        place: places[members[first]!]!,
        episode: {
          startMicroseconds: times[first]!,
          endMicroseconds: times[last]! + 1,
          events: Array.from(members.subarray(first, last + 1), (at) =>
            referenceTo(history, events, places[at]!),
          ),
        },
      }),
    );
  });
}
