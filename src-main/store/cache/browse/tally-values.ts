// Which values a field of the matching events has: how often, first and last.
import type { SegmentField } from '../../../analytics/history/segment.ts';
import { textOf } from '../columns.ts';
import type { EventMatches } from './event-matches.ts';
import type { SearchedSegment } from './searched-segment.ts';

export type ValueTally = { count: number; firstMicroseconds: number; lastMicroseconds: number };

/** By value; events that state none there are left out. Null where the field is not mirrored in any segment. */
export function tallyField(
  matches: EventMatches,
  field: SegmentField,
): ReadonlyMap<string, ValueTally> | null {
  let isMirrored = false;
  const tallies = tally(matches, (segment) => {
    const column = segment.texts(field);
    if (column === null) return () => null;
    isMirrored = true;
    if (column.kind === 'plain') return (row) => textOf(column, row);
    return (row) => column.values[column.codes[row]!]!;
  });
  return isMirrored || matches.segments.length === 0 ? tallies : null;
}

export function tallyActions(matches: EventMatches): ReadonlyMap<string, ValueTally> {
  const { actions, series } = matches.history;
  return tally(matches, (segment) => {
    const numbers = segment.series();
    return (row) => actions.valueOf(series[numbers[row]!]!.action);
  });
}

type ValueAt = (row: number) => string | null;

function tally(
  { segments, rowsOf }: EventMatches,
  open: (segment: SearchedSegment) => ValueAt,
): Map<string, ValueTally> {
  const tallies = new Map<string, ValueTally>();
  for (const [place, segment] of segments.entries()) {
    const rows = rowsOf(place);
    if (rows.length === 0) continue;
    const valueAt = open(segment);
    const times = segment.times();
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows.rowAt(at);
      const value = valueAt(row);
      if (value === null || value === '') continue;
      const time = times[row]!;
      const known = tallies.get(value);
      if (known) {
        known.count += 1;
        known.lastMicroseconds = time;
      } else tallies.set(value, { count: 1, firstMicroseconds: time, lastMicroseconds: time });
    }
  }
  return tallies;
}
