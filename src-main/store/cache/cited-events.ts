// Events that findings cite and the mirror lacks fields of, written down until they are fetched: a kill forgets none.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { z } from 'zod';
import type { EventReference } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { rows, run } from '../query.ts';
import { assertUnchanged, checksumOf } from './checksum.ts';
import { packIds, unpackIds } from './packed-ids.ts';

/** An event by what is known of it without its texts. */
export type CitedEvent = {
  readonly createdAtMicroseconds: number;
  readonly id: string;
  /** Number of its series. */
  readonly series: number;
};

const hourOf = (microseconds: number): number => Math.floor(microseconds / microsecondsPerHour);

/** Writes events down to be fetched; belongs into the transaction of what cites them. Best called with many at once. */
export function noteCited(database: DatabaseHandle, events: readonly EventReference[]): void {
  const hours = new Map<number, EventReference[]>();
  for (const event of events) {
    const hour = hourOf(timeOf(event));
    const known = hours.get(hour);
    if (known) known.push(event);
    else hours.set(hour, [event]);
  }
  // In order of time: the ids of a segment are read from the file, and let go once those of others are asked for.
  for (const [hour, cited] of [...hours].toSorted(([first], [second]) => first - second))
    noteHour(database, hour, cited);
}

const timeOf = ({ segment, index }: EventReference): number => segment.microseconds[index]!;

function noteHour(database: DatabaseHandle, hour: number, events: readonly EventReference[]): void {
  const places = new Float64Array(events.length * 2);
  for (const [place, event] of events.entries()) {
    places[place * 2] = timeOf(event);
    places[place * 2 + 1] = event.segment.series[event.index]!;
  }
  const bytes = Buffer.from(places.buffer);
  const ids = packIds(events.map(({ segment, index }) => segment.idAt(index)));
  run(
    database,
    'INSERT INTO cited_event (hour, events, places, ids, checksum) VALUES (?, ?, ?, ?, ?)',
    hour,
    events.length,
    bytes,
    ids,
    checksumOf(bytes, ids),
  );
}

export type WantedHour = { readonly hour: number; readonly events: number };

/** Hours of events that are to be fetched, cited ones and kept ones that are incomplete, ascending; an event may count twice. */
export function readWantedHours(database: DatabaseHandle): WantedHour[] {
  return rows<WantedHour>(
    database,
    `SELECT hour, sum(events) AS events FROM (
       SELECT hour, events FROM cited_event
       UNION ALL SELECT (created_us - ((created_us % @width) + @width) % @width) / @width, 1 FROM event WHERE is_whole = 0)
      GROUP BY hour ORDER BY hour`,
    { width: microsecondsPerHour },
  );
}

type CitedRow = { number: number; events: number; places: Buffer; ids: Buffer; checksum: number };

const idList = z.array(z.string());

/** What was written down of the hours in [from, until], each event as often as it is cited, and up to which number that is all. */
export function readCited(
  database: DatabaseHandle,
  from: number,
  until: number,
): { readonly events: CitedEvent[]; readonly last: number } {
  const found = rows<CitedRow>(
    database,
    'SELECT number, events, places, ids, checksum FROM cited_event WHERE hour BETWEEN ? AND ? ORDER BY number',
    from,
    until,
  );
  const events: CitedEvent[] = [];
  for (const { places, ids: packed, checksum } of found) {
    assertUnchanged(checksum, places, packed);
    const ids = idList.parse(unpackIds(packed));
    for (const [place, id] of ids.entries())
      events.push({
        createdAtMicroseconds: places.readDoubleLE(place * 16),
        id,
        series: places.readDoubleLE(place * 16 + 8),
      });
  }
  return { events, last: found.at(-1)?.number ?? 0 };
}

/** Strikes them off once they are kept; what was written down meanwhile stays. */
export function strikeCited(database: DatabaseHandle, from: number, until: number, last: number): void {
  run(database, 'DELETE FROM cited_event WHERE hour BETWEEN ? AND ? AND number <= ?', from, until, last);
}
