// The fingerprint of what is mirrored, events or counts: how many events there are, the first, the last, and one hash over all.
import { createHash } from 'node:crypto';
import { iterateEvents } from '../store/cache/events.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { hashCounts } from './count-hash.ts';
import { canonicalJson } from './entry-hash.ts';

type Bound = { readonly at: string; readonly id: string } | null;

export type PopulationHash = {
  /** What a line of the hash is: an event, or a count of some in one quarter hour. */
  readonly of: 'events' | 'counts';
  /** Events, in either case. */
  readonly rows: number;
  readonly sha256: string;
  readonly first: Bound;
  readonly last: Bound;
};

const eventsBetweenBreaths = 5_000;

/**
 * SHA-256 over one canonical JSON line per mirrored event up to `until` (microseconds; null is no limit), newest first; where events
 * are only counted, that of {@link hashCounts}.
 * @param database a connection of its own with an open transaction, because others go on writing meanwhile.
 * @param breathe awaited now and then with the number of events done; throws to cancel.
 */
export async function hashPopulation(
  database: DatabaseHandle,
  until: number | null,
  breathe: (done: number) => Promise<void>,
): Promise<PopulationHash> {
  const history = mirroredHistory(database);
  if (history.onlyCounts) return hashCounts(history, until, breathe);
  const hash = createHash('sha256');
  let rows = 0;
  let first: Bound = null;
  let last: Bound = null;
  for (const { event } of iterateEvents(
    database,
    { from: null, to: until === null ? null : until + 1 },
    null,
  )) {
    if (rows % eventsBetweenBreaths === 0) await breathe(rows);
    hash.update(`${canonicalJson(event)}\n`, 'utf8');
    first = { at: event.createdAt, id: event.id };
    last ??= first;
    rows += 1;
  }
  return { of: 'events', rows, sha256: hash.digest('hex'), first, last };
}
