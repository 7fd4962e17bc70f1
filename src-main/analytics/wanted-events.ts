// Events of some hours that are to be kept whole: which they are, and what is done with those the database shows.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { EventBatch } from '../source/columns/event-batch.ts';
import type { TimeSlice } from '../source/columns/slice-query.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readCited, strikeCited, type CitedEvent, type WantedHour } from '../store/cache/cited-events.ts';
import { idAt, textOf } from '../store/cache/columns.ts';
import {
  keptRowAt,
  readIncompleteEvents,
  rowKeeper,
  wholeEvents,
  type KeptRow,
} from '../store/cache/kept-events.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { firstIndexAt } from './history/segment.ts';

/** Hours after one another, and how many events of them are wanted at most. */
export type WantedHours = { readonly from: number; readonly until: number; readonly events: number };

/** Puts hours together until so many events are wanted of them; one hour is never cut. */
export function gatherHours(hours: readonly WantedHour[], eventsTogether: number): WantedHours[] {
  const gathered: { from: number; until: number; events: number }[] = [];
  for (const { hour, events } of hours) {
    const last = gathered.at(-1);
    if (last && last.events + events <= eventsTogether) {
      last.until = hour;
      last.events += events;
    } else gathered.push({ from: hour, until: hour, events });
  }
  return gathered;
}

type Wanted = { readonly instants: Map<number, CitedEvent | CitedEvent[]>; readonly last: number };

/** The slice of time they lie in. What is wanted is looked up when reading it begins, and let go when it ends. */
export class WantedSlice implements TimeSlice {
  readonly fromMicroseconds: number;
  readonly untilMicroseconds: number;
  readonly hours: WantedHours;
  readonly #database: DatabaseHandle;
  #wanted: Wanted | null = null;

  constructor(database: DatabaseHandle, hours: WantedHours) {
    this.#database = database;
    this.hours = hours;
    this.fromMicroseconds = hours.from * microsecondsPerHour;
    this.untilMicroseconds = (hours.until + 1) * microsecondsPerHour - 1;
  }

  get atMicroseconds(): readonly number[] {
    this.#wanted ??= this.#look();
    return [...this.#wanted.instants.keys()];
  }

  /** Keeps those of a batch that are wanted; belongs into a transaction. */
  keep({ length, microseconds, ids, columns }: EventBatch): void {
    const { instants } = (this.#wanted ??= this.#look());
    const keep = rowKeeper(this.#database, 'complete');
    for (let row = 0; row < length; row += 1) {
      const wanted = instants.get(microseconds[row]!);
      if (wanted === undefined) continue;
      const found = take(instants, wanted, idAt(ids, row));
      if (!found) continue;
      const text: KeptRow['text'] = (field) => {
        const column = columns.get(field);
        return column ? textOf(column, row) : null;
      };
      keep({ ...found, text }, true);
    }
  }

  /** Keeps the others as they are mirrored: the database no longer shows them, and is not asked again. Belongs into a transaction. */
  settle(): void {
    const { instants, last } = (this.#wanted ??= this.#look());
    const keep = rowKeeper(this.#database, 'add');
    const settle = this.#database.prepare<[string, number]>(
      'UPDATE event SET is_whole = 1 WHERE id = ? AND created_us = ?',
    );
    for (const event of [...instants.values()].flat()) {
      if (settle.run(event.id, event.createdAtMicroseconds).changes > 0) continue;
      keep(mirroredRow(this.#database, event), true);
    }
    strikeCited(this.#database, this.hours.from, this.hours.until, last);
    this.#wanted = null;
  }

  #look(): Wanted {
    const { from, until } = this.hours;
    const { fromMicroseconds: first, untilMicroseconds: end } = this;
    const cited = readCited(this.#database, from, until);
    const isWhole = wholeEvents(this.#database, first, end, cited.events.length);
    const instants: Wanted['instants'] = new Map();
    for (const event of cited.events) if (!isWhole(event)) put(instants, event);
    for (const event of readIncompleteEvents(this.#database, first, end)) put(instants, event);
    return { instants, last: cited.last };
  }
}

/** Several events of one instant are rare, so a list is made only for them. */
function put(instants: Wanted['instants'], event: CitedEvent): void {
  const known = instants.get(event.createdAtMicroseconds);
  if (known === undefined) instants.set(event.createdAtMicroseconds, event);
  else if (Array.isArray(known)) {
    if (!known.some(({ id }) => id === event.id)) known.push(event);
  } else if (known.id !== event.id) instants.set(event.createdAtMicroseconds, [known, event]);
}

function take(
  instants: Wanted['instants'],
  wanted: CitedEvent | CitedEvent[],
  id: string,
): CitedEvent | undefined {
  if (Array.isArray(wanted)) {
    const place = wanted.findIndex((event) => event.id === id);
    return place < 0 ? undefined : wanted.splice(place, 1)[0];
  }
  if (wanted.id !== id) return undefined;
  instants.delete(wanted.createdAtMicroseconds);
  return wanted;
}

/** With nothing but nulls where its segment is gone too. */
function mirroredRow(database: DatabaseHandle, event: CitedEvent): KeptRow {
  const history = mirroredHistory(database);
  for (const [place, info] of history.infos.entries()) {
    const at = event.createdAtMicroseconds;
    if (info.firstMicroseconds > at || info.lastMicroseconds < at) continue;
    const segment = history.segments[place]!;
    for (
      let index = firstIndexAt(segment, at);
      index < segment.length && segment.microseconds[index] === at;
      index += 1
    )
      if (segment.idAt(index) === event.id) return keptRowAt({ segment, index });
  }
  return { ...event, text: () => null };
}
