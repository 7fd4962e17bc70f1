// Keeps whole what something refers to, and fetches what a mirror with fewer fields left out of it.
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../source/client.ts';
import { readEventsAt } from '../source/events.ts';
import { readEventsByIds } from '../source/known-events.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { keepFetchedEvents } from '../store/cache/cell-days.ts';
import { actionsNotKept, rememberKept, rememberSought, segmentsToSeek } from '../store/cache/sought.ts';
import { completeEvents, keepEvents, readIncompleteEvents } from '../store/cache/kept-events.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import { readServerReviews } from '../store/cache/server-reviews.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import type { EventReference } from './history/segment.ts';

/** Whether the mirror may lack a field, or lose an event, that somebody will want to see again. */
export const isMinimised = ({ mirror }: Pick<ConnectionProfile, 'mirror'>): boolean =>
  mirror.rows && (mirror.fields !== null || mirror.days !== null);

const askedTogether = 2_000;

/** Completes kept events out of the database, in the snapshot they were read in. */
export async function completeKeptEvents(
  client: SourceClient,
  database: DatabaseHandle,
  mapping: Mapping,
  sourceAccount: string | null,
  signal: AbortSignal,
): Promise<void> {
  const assertSameSource = mirrorGuard(database);
  for (;;) {
    const asked = readIncompleteEvents(database, askedTogether);
    if (asked.length === 0) return;
    const found = await readEventsAt(client, mapping, sourceAccount, asked, signal);
    database
      .transaction(() => {
        assertSameSource();
        completeEvents(database, asked, found);
      })
      .immediate();
  }
}

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
      keepEvents(database, references, isWhole);
      rememberSought(database, wanted);
    })
    .immediate();
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
      if (!history.onlyCounts) keepEvents(database, references, isWhole);
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
