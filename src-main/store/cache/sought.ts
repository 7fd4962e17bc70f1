// What was looked for among the mirrored events, so that it is not looked for twice.
import type { Segment } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import type { MirroredHistory } from './resident.ts';

/** Segments of days that changed since all of these ids were sought. */
export function segmentsToSeek(
  database: DatabaseHandle,
  history: MirroredHistory,
  ids: ReadonlySet<string>,
): Segment[] {
  const sought = database.prepare<[string], { revision: number }>(
    'SELECT revision FROM sought_event WHERE id = ?',
  );
  let oldest = Infinity;
  for (const id of ids) oldest = Math.min(oldest, sought.get(id)?.revision ?? -1);
  const changed = rows<{ day: number }>(database, 'SELECT day FROM day WHERE revision > ?', oldest);
  const days = new Set(changed.map(({ day }) => day));
  return history.segments.filter((_, place) => days.has(history.infos[place]!.day));
}

export function rememberSought(database: DatabaseHandle, ids: Iterable<string>): void {
  const { days } = row<{ days: number }>(database, 'SELECT days FROM mirror_revision')!;
  for (const id of ids)
    run(database, 'INSERT OR REPLACE INTO sought_event (id, revision) VALUES (?, ?)', id, days);
}

/** Whether anything is mirrored, be it only counted. */
export function holdsEvents(database: DatabaseHandle): boolean {
  return row(database, 'SELECT 1 FROM day LIMIT 1') !== undefined;
}

/** Those of the actions whose events were not all kept. */
export function actionsNotKept(database: DatabaseHandle, actions: Iterable<string>): string[] {
  const kept = rows<{ action: string }>(database, 'SELECT action FROM kept_action');
  const known = new Set(kept.map(({ action }) => action));
  return [...actions].filter((action) => !known.has(action));
}

export function rememberKept(database: DatabaseHandle, actions: Iterable<string>): void {
  for (const action of actions)
    run(database, 'INSERT OR IGNORE INTO kept_action (action) VALUES (?)', action);
}
