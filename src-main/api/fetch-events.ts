// Brings events here that were only counted, when somebody wants to look at them.
import { Problem } from '#shared/model/problem.ts';
import { databaseIdentity, mirrorIdentity } from '../analytics/source-identity.ts';
import { unkeptSpans } from '../analytics/unkept-spans.ts';
import { erasedPeople } from '../review/privacy/erase-person.ts';
import { closeSource, connectSource } from '../source/client.ts';
import { serverClock } from '../source/clock.ts';
import { readEventsOfSpans } from '../source/known-events.ts';
import type { ActivityFilter } from '../store/cache/activity.ts';
import { keepFetchedEvents } from '../store/cache/cell-days.ts';
import { mirrorGuard, readSourceState } from '../store/cache/mirror.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { hideFrom } from '../store/erasure/erased-people.ts';
import type { Workstation } from '../workstation.ts';
import { rememberedSource } from './source.ts';

/** With one request. */
const mostEvents = 5_000;

export type FetchReport = {
  /** Events that came here now. */
  fetched: number;
  /** Events that were counted, and still are not here. */
  missing: number;
};

/**
 * Fetches the newest of the counted events that are not here, and keeps them whole.
 * @param matches Whether a quarter hour since the epoch is asked about.
 */
export async function fetchEvents(
  workstation: Workstation,
  filter: ActivityFilter,
  matches: (slot: number) => boolean,
): Promise<FetchReport> {
  const { cache } = workstation;
  if (!mirroredHistory(cache).onlyCounts) return { fetched: 0, missing: 0 };
  const { spans, missing } = unkeptSpans(cache, filter, matches, mostEvents);
  if (spans.length === 0) return { fetched: 0, missing };
  const assertSameSource = mirrorGuard(cache);
  const { erased } = await erasedPeople(workstation);
  if (erased) hideFrom(cache, erased);
  const { profile, password } = await rememberedSource(workstation);
  const client = await connectSource(profile, password, {
    purpose: 'read',
    statementTimeoutMs: 60_000,
    connectTimeoutMs: 10_000,
  });
  try {
    const { systemIdentifier } = await serverClock(client);
    const identity = databaseIdentity(profile, systemIdentifier);
    const { mapping } = profile;
    if (mapping === null || readSourceState(cache)?.identity !== mirrorIdentity(identity, mapping, profile))
      throw new Problem(
        'source-changed',
        'This is not the database the events were counted in. Nothing was fetched.',
        {
          next: 'Check the address, or refresh.',
        },
      );
    const found = await readEventsOfSpans(client, mapping, profile.sourceAccount, spans, mostEvents);
    const events = found.flat();
    assertSameSource();
    keepFetchedEvents(cache, events);
    return { fetched: events.length, missing: unkeptSpans(cache, filter, matches, mostEvents).missing };
  } finally {
    await closeSource(client);
  }
}
