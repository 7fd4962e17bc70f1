// Actors, actions and series by number, kept in memory and in step with the file.
import { Dictionary } from '../../analytics/history/dictionary.ts';
import type { Actor, Series } from '../../analytics/history/history.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { PairNumbers } from './pair-numbers.ts';

type Span = { -readonly [Key in keyof Actor]: Actor[Key] } & { nameMicroseconds: number | null };

export type Names = {
  readonly actors: readonly Actor[];
  readonly actions: Dictionary;
  readonly series: readonly Series[];
  /** Numbers, given now where they are new. */
  readonly actorOf: (sourceAccount: string, actor: string) => number;
  readonly seriesOf: (actor: number, action: string) => number;
  /** An actor was seen at these times. */
  readonly widen: (actor: number, first: number, last: number) => void;
  /** An actor was called this at that time; the newest name counts. */
  readonly call: (actor: number, name: string, microseconds: number) => void;
  /** Writes what is new or changed; belongs into the transaction that writes the events. */
  readonly save: (database: DatabaseHandle) => void;
  /** Reads what others wrote meanwhile. */
  readonly sync: (database: DatabaseHandle) => void;
  /** A part of a first {@link Names.sync}, of at most so many rows; true once nothing is left but what changed meanwhile. */
  readonly syncSome: (database: DatabaseHandle, most: number) => boolean;
};

type ActorRow = {
  id: number;
  source_account: string;
  actor: string;
  name: string | null;
  name_us: number | null;
  first_us: number;
  last_us: number;
};

type SeriesRow = { actor_id: number; action: string };

const seriesFrom = 'SELECT actor_id, action FROM series WHERE id >= ? ORDER BY id LIMIT ?';

/** No names yet: the first {@link Names.sync} reads them. */
export function emptyNames(): Names {
  const actors: Span[] = [];
  const actorNumbers = new Map<string, number>();
  const actions = new Dictionary();
  const series: Series[] = [];
  const seriesNumbers = new PairNumbers();
  const changed = new Set<number>();
  let saved = { actors: 0, series: 0, revision: -1 };

  const addSeries = (actor: number, action: number) => {
    seriesNumbers.add(actor, action, series.length);
    return series.push({ actor, action }) - 1;
  };

  const putActor = (found: ActorRow) => {
    actorNumbers.set(keyOf(found.source_account, found.actor), found.id);
    actors[found.id] = {
      sourceAccount: found.source_account,
      actor: found.actor,
      name: found.name,
      nameMicroseconds: found.name_us,
      firstMicroseconds: found.first_us,
      lastMicroseconds: found.last_us,
    };
  };

  const sync = (database: DatabaseHandle) => {
    const revision = readRevision(database);
    if (revision === saved.revision) return;
    const changedSince = 'SELECT * FROM actor WHERE revision > ? ORDER BY id';
    for (const found of rows<ActorRow>(database, changedSince, saved.revision)) putActor(found);
    for (const { actor_id: actor, action } of rows<SeriesRow>(database, seriesFrom, series.length, -1))
      addSeries(actor, actions.codeOf(action));
    saved = { actors: actors.length, series: series.length, revision };
  };

  /** Rows read before this revision was known as a whole; a later sync reads again what changed since. */
  let begun: number | null = null;
  const syncSome = (database: DatabaseHandle, most: number): boolean => {
    if (saved.revision >= 0) return true;
    begun ??= readRevision(database);
    const some = 'SELECT * FROM actor WHERE id >= ? ORDER BY id LIMIT ?';
    const found = rows<ActorRow>(database, some, actors.length, most);
    for (const actor of found) putActor(actor);
    if (found.length === most) return false;
    const more = rows<SeriesRow>(database, seriesFrom, series.length, most);
    for (const { actor_id: actor, action } of more) addSeries(actor, actions.codeOf(action));
    if (more.length === most) return false;
    saved = { actors: actors.length, series: series.length, revision: begun };
    return true;
  };

  const save = (database: DatabaseHandle) => {
    const revision = saved.revision + 1;
    if (changed.size === 0 && series.length === saved.series) return;
    const put = database.prepare(
      `INSERT INTO actor (id, source_account, actor, name, name_us, first_us, last_us, revision)
       VALUES (@id, @sourceAccount, @actor, @name, @nameMicroseconds, @firstMicroseconds, @lastMicroseconds, @revision)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_us = excluded.name_us, first_us = excluded.first_us,
         last_us = excluded.last_us, revision = excluded.revision`,
    );
    for (const id of changed) put.run({ id, revision, ...actors[id]! });
    const add = database.prepare('INSERT INTO series (id, actor_id, action) VALUES (?, ?, ?)');
    for (let id = saved.series; id < series.length; id += 1)
      add.run(id, series[id]!.actor, actions.valueOf(series[id]!.action));
    database.prepare('UPDATE mirror_revision SET names = ?').run(revision);
    changed.clear();
    saved = { actors: actors.length, series: series.length, revision };
  };

  return {
    actors,
    actions,
    series,
    actorOf: (sourceAccount, actor) => {
      const key = keyOf(sourceAccount, actor);
      const known = actorNumbers.get(key);
      if (known !== undefined) return known;
      const id = actors.length;
      actors.push({ sourceAccount, actor, name: null, nameMicroseconds: null, ...emptySpan });
      actorNumbers.set(key, id);
      changed.add(id);
      return id;
    },
    seriesOf: (actor, action) => {
      const code = actions.codeOf(action);
      const known = seriesNumbers.get(actor, code);
      return known >= 0 ? known : addSeries(actor, code);
    },
    widen: (id, first, last) => {
      const actor = actors[id]!;
      if (first >= actor.firstMicroseconds && last <= actor.lastMicroseconds) return;
      actor.firstMicroseconds = Math.min(actor.firstMicroseconds, first);
      actor.lastMicroseconds = Math.max(actor.lastMicroseconds, last);
      changed.add(id);
    },
    call: (id, name, microseconds) => {
      const actor = actors[id]!;
      if (actor.nameMicroseconds !== null && actor.nameMicroseconds > microseconds) return;
      if (actor.name !== name) changed.add(id);
      actor.name = name;
      actor.nameMicroseconds = microseconds;
    },
    save,
    sync,
    syncSome,
  };
}

/** Nobody has been seen before they were: an event may yet turn out to be a duplicate. */
const emptySpan = {
  firstMicroseconds: Number.MAX_SAFE_INTEGER,
  lastMicroseconds: Number.MIN_SAFE_INTEGER,
};

function readRevision(database: DatabaseHandle): number {
  return row<{ names: number }>(database, 'SELECT names FROM mirror_revision')?.names ?? 0;
}

const keyOf = (sourceAccount: string, actor: string): string => `${sourceAccount}\0${actor}`;
