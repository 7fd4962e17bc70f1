// Keeps whole what something refers to, and fetches what a mirror with fewer fields left out of it.
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../source/client.ts';
import { EventPool } from '../source/columns/event-pool.ts';
import { readEventsByIds } from '../source/known-events.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { keepFetchedEvents } from '../store/cache/cell-days.ts';
import {
  actionsNotKept,
  holdsEvents,
  rememberKept,
  rememberSought,
  segmentsToSeek,
} from '../store/cache/sought.ts';
import { readWantedHours } from '../store/cache/cited-events.ts';
import { keepMirrored } from '../store/cache/kept-events.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import { readServerReviews } from '../store/cache/server-reviews.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { breathe } from './breathe.ts';
import { segmentFields, type EventReference } from './history/segment.ts';
import { gatherHours, WantedSlice } from './wanted-events.ts';

/** Whether the mirror may lack a field, or lose an event, that somebody will want to see again. */
export const isMinimised = ({ mirror }: Pick<ConnectionProfile, 'mirror'>): boolean =>
  mirror.rows && (mirror.fields !== null || mirror.days !== null);

const askedTogether = 2_000;

/** So many events are asked for in one statement: enough to cost the server one pass, few enough to be held here. */
const wantedTogether = 32_768;

type OnProgress = (done: number, total: number) => void;

/**
 * Fetches what kept events lack, in the snapshot they were read in: the fields of those that were kept without some, and all
 * of those that findings cite. A kill leaves the rest for the next call; nothing is lost, and nothing is fetched twice.
 * @param source One session inside a transaction, or all sessions of a snapshot, none of which is being used meanwhile.
 * @throws Problem; the sessions can then only be closed
 */
export async function completeKeptEvents(
  source: SourceClient | EventPool,
  database: DatabaseHandle,
  mapping: Mapping,
  sourceAccount: string | null,
  signal: AbortSignal,
  onProgress?: OnProgress,
): Promise<void> {
  const assertSameSource = mirrorGuard(database);
  const pool = source instanceof EventPool ? source : onlyOne(source);
  const hours = gatherHours(readWantedHours(database), wantedTogether);
  const total = hours.reduce((sum, { events }) => sum + events, 0);
  if (total === 0) return;
  const slices = hours.map((wanted) => new WantedSlice(database, wanted));
  const reading = { sourceAccount, slices, fields: segmentFields, batchRows: wantedTogether, signal };
  const store = (work: () => void) =>
    database
      .transaction(() => {
        assertSameSource();
        work();
      })
      .immediate();
  let done = 0;
  await pool.read(
    mapping,
    reading,
    async (slice, batch) => {
      store(() => slice.keep(batch));
      await breathe();
    },
    async (slice) => {
      store(() => slice.settle());
      done += slice.hours.events;
      onProgress?.(done, total);
      await breathe();
    },
  );
}

const onlyOne = (client: SourceClient): EventPool =>
  new EventPool({ id: null, sessions: [client], close: () => Promise.resolve() });

/** Keeps the events that review items name and that are not kept yet. What was sought in vain is sought only in what is new. */
export function keepReviewedEvents(database: DatabaseHandle, isWhole: boolean): void {
  const wanted = reviewedButNotKept(database);
  if (wanted.size === 0) return;
  const history = mirroredHistory(database);
  if (history.onlyCounts) return;
  const references: EventReference[] = [];
  for (const segment of segmentsToSeek(database, history, wanted))
    for (let index = 0; index < segment.length; index += 1)
      if (wanted.has(segment.idAt(index))) references.push({ segment, index });
  database
    .transaction(() => {
      keepMirrored(database, references, isWhole);
      rememberSought(database, wanted);
    })
    .immediate();
}

/** Of a mirror without events: whatever of these actions will come is kept as it comes. */
export function expectActions(database: DatabaseHandle, actions: ReadonlySet<string>): void {
  if (!holdsEvents(database)) rememberKept(database, actions);
}

/** Keeps the events of actions that became privileged after they were mirrored. */
export function keepActions(database: DatabaseHandle, actions: ReadonlySet<string>, isWhole: boolean): void {
  const added = actionsNotKept(database, actions);
  if (added.length === 0) return;
  const history = mirroredHistory(database);
  const codes = new Set(added.flatMap((action) => history.actions.find(action) ?? []));
  const isMeant = Uint8Array.from(history.series, ({ action }) => (codes.has(action) ? 1 : 0));
  const references: EventReference[] = [];
  for (const segment of codes.size === 0 ? [] : history.segments)
    for (let index = 0; index < segment.length; index += 1)
      if (isMeant[segment.series[index]!] === 1) references.push({ segment, index });
  database
    .transaction(() => {
      if (!history.onlyCounts) keepMirrored(database, references, isWhole);
      rememberKept(database, added);
    })
    .immediate();
}

/** The same where events are only counted: fetches them by their ids. */
export async function fetchReviewedEvents(
  client: SourceClient,
  database: DatabaseHandle,
  mapping: Mapping,
  sourceAccount: string | null,
  signal: AbortSignal,
): Promise<void> {
  const assertSameSource = mirrorGuard(database);
  const wanted = [...reviewedButNotKept(database)];
  for (let start = 0; start < wanted.length; start += askedTogether) {
    const ids = wanted.slice(start, start + askedTogether);
    const found = await readEventsByIds(client, mapping, sourceAccount, ids, signal);
    assertSameSource();
    keepFetchedEvents(database, found);
  }
}

function reviewedButNotKept(database: DatabaseHandle): Set<string> {
  const wanted = new Set(readServerReviews(database).flatMap(({ auditLogId }) => auditLogId ?? []));
  const known = database.prepare<[string], { one: number }>('SELECT 1 AS one FROM event WHERE id = ?');
  for (const id of wanted) if (known.get(id)) wanted.delete(id);
  return wanted;
}
