// One history told in other ways: other numbers, other cuts. What detectors find must not depend on them.
import { Dictionary } from '../../../src-main/analytics/history/dictionary.ts';
import type { ActivityDay } from '../../../src-main/analytics/history/activity.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import type { Segment } from '../../../src-main/analytics/history/segment.ts';
import type { Random } from './random.ts';

/** The same history with actors, actions and series numbered in any other order. */
export function renumbered(history: History, random: Random): History {
  const actors = random.shuffled([...history.actors.keys()]);
  const actions = random.shuffled([...history.actions.values.keys()]);
  const series = random.shuffled([...history.series.keys()]);
  const [actorOf, actionOf, seriesOf] = [actors, actions, series].map(inverse);
  return {
    ...history,
    actors: actors.map((actor) => history.actors[actor]!),
    actions: new Dictionary(actions.map((action) => history.actions.valueOf(action))),
    series: series.map((number) => {
      const { actor, action } = history.series[number]!;
      return { actor: actorOf![actor]!, action: actionOf![action]! };
    }),
    segments: history.segments.map((segment) => ({
      ...partOf(segment, 0, segment.length),
      series: segment.series.map((number) => seriesOf![number]!),
    })),
    activity: history.activity.map((day) => renumberedDay(day, seriesOf!)),
  };
}

function inverse(order: readonly number[]): Uint32Array {
  const places = new Uint32Array(order.length);
  for (const [place, number] of order.entries()) places[number] = place;
  return places;
}

function renumberedDay({ day, series, slots, counts }: ActivityDay, seriesOf: Uint32Array): ActivityDay {
  const number = (cell: number) => seriesOf[series[cell]!]!;
  const cells = [...series.keys()].toSorted((a, b) => number(a) - number(b) || slots[a]! - slots[b]!);
  return {
    day,
    series: Uint32Array.from(cells, number),
    slots: Uint8Array.from(cells, (cell) => slots[cell]!),
    counts: Uint32Array.from(cells, (cell) => counts[cell]!),
  };
}

/** The same events in segments that end anywhere within a day. */
export function recut(history: History, random: Random): History {
  const segments = history.segments.flatMap((segment) => {
    const rows = Array.from({ length: segment.length }, (_, row) => row);
    return random
      .pieces(rows, 1 + random.below(4))
      .filter((piece) => piece.length > 0)
      .map((piece) => partOf(segment, piece[0]!, piece.at(-1)! + 1));
  });
  return { ...history, segments };
}

function partOf(segment: Segment, from: number, to: number): Segment {
  return {
    length: to - from,
    microseconds: segment.microseconds.slice(from, to),
    series: segment.series.slice(from, to),
    idAt: (index) => segment.idAt(from + index),
    column: (field) => {
      const column = segment.column(field);
      return column && { codes: column.codes.slice(from, to), values: column.values };
    },
  };
}
