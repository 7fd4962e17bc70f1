// The sessions of one actor: runs of events with no longer pause in between.
import { sessionGapMinutes, type ActorSession, type ActorSessions } from '#shared/model/actor-profile.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { sessionsOf, type Session } from '../analytics/sessions.ts';
import { textOf, type TextColumn } from '../store/cache/columns.ts';
import type { EventMatches } from '../store/cache/browse/event-matches.ts';
import type { SearchedSegment } from '../store/cache/browse/searched-segment.ts';

const gapMicroseconds = sessionGapMinutes * 60_000_000;
const mostNamed = 5;

const rule = `Events of one actor belong to one session while each follows the one before after less than ${sessionGapMinutes} minutes; sessions the source may know of itself are not used.`;

/**
 * @param matches every event of the actor: a session that reaches into the range is told of as a whole
 * @param range half-open, in microseconds; null is open
 */
export function actorSessionsOf(
  matches: EventMatches,
  range: { readonly from: number | null; readonly to: number | null },
  { limit, offset }: { readonly limit: number; readonly offset: number },
): ActorSessions {
  const { times, rows } = listed(matches);
  const all = sessionsOf(times, gapMicroseconds).filter(
    ({ first, end }) =>
      (range.from === null || times[end - 1]! >= range.from) &&
      (range.to === null || times[first]! < range.to),
  );
  const describe = describer(matches, times, rows);
  return {
    gapMinutes: sessionGapMinutes,
    rule,
    total: all.length,
    sessions: all
      .toReversed()
      .slice(offset, offset + limit)
      .map(describe),
    onlyKept: matches.history.onlyCounts === true,
  };
}

type Row = { readonly segment: SearchedSegment; readonly row: number };

function listed({ segments, rowsOf }: EventMatches) {
  const rows: Row[] = [];
  const times: number[] = [];
  for (const [place, segment] of segments.entries()) {
    const found = rowsOf(place);
    for (let at = 0; at < found.length; at += 1) {
      const row = found.rowAt(at);
      rows.push({ segment, row });
      times.push(segment.times()[row]!);
    }
  }
  return { times, rows };
}

function describer({ history }: EventMatches, times: readonly number[], rows: readonly Row[]) {
  const addresses = new Map<SearchedSegment, TextColumn | null>();
  const addressOf = ({ segment, row }: Row): string | null => {
    let column = addresses.get(segment);
    if (column === undefined) addresses.set(segment, (column = segment.texts('ip')));
    return column === null ? null : textOf(column, row);
  };
  return ({ first, end }: Session): ActorSession => {
    const own = rows.slice(first, end);
    const actions = counted(
      own.map(({ segment, row }) => history.actions.valueOf(history.series[segment.series()[row]!]!.action)),
    );
    const from = counted(own.map(addressOf).filter((address) => address !== null && address !== ''));
    return {
      start: formatInstant(times[first]!),
      end: formatInstant(times[end - 1]!),
      events: own.length,
      actions: actions.slice(0, mostNamed).map(([action, count]) => ({ action, count })),
      otherActions: Math.max(0, actions.length - mostNamed),
      addresses: from.slice(0, mostNamed).map(([address]) => address),
      otherAddresses: Math.max(0, from.length - mostNamed),
    };
  };
}

/** Most often first. */
function counted(values: readonly (string | null)[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
