// Gives hits over counts the events they are about: known ones where nothing changed, else fetched from the database.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { EventSpan } from '../source/known-event-query.ts';
import type { SourceEvent } from '../source/source-event.ts';
import { keepFetchedEvents } from '../store/cache/cell-days.ts';
import { readFindingVersions } from '../store/cache/findings.ts';
import { mirrorGuard } from '../store/cache/mirror.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { citedEventsLimit, type Hit } from './detector.ts';
import { hitIdentity } from './hit-identity.ts';
import type { History } from './history/history.ts';
import type { EventReference, Segment } from './history/segment.ts';

/** Reads the events of many spans with one statement: an array for each, oldest first, at most `each` of them. */
export type FetchSpans = (spans: readonly EventSpan[], each: number) => Promise<SourceEvent[][]>;

export type CitePorts = {
  readonly fetch: FetchSpans;
  readonly onProgress: (done: number, total: number) => void;
  /** Awaited between two statements; throws to cancel. */
  readonly breathe: () => Promise<void>;
};

/** Fetched with one statement: so many hits, as far as they foresee no more events than that. */
const citedTogether = { hits: 200, events: 20_000 };

/**
 * Hits with the events they cite, which are kept whole from then on. A hit that was recorded before with the same count
 * keeps the events it was recorded with.
 */
export async function citeHits(
  database: DatabaseHandle,
  history: History,
  hits: readonly Hit[],
  ports: CitePorts,
): Promise<Hit[]> {
  const assertSameSource = mirrorGuard(database);
  const cited = hits.map((hit) => knownCitation(database, hit));
  const open = [...hits.keys()]
    .filter((place) => cited[place] === null)
    .toSorted((a, b) => hits[a]!.startMicroseconds - hits[b]!.startMicroseconds);
  let done = 0;
  for (const places of inBatches(open, hits)) {
    ports.onProgress(done, open.length);
    await ports.breathe();
    const events = await fetchTogether(
      places.map((place) => spansOf(hits[place]!, history)),
      ports.fetch,
    );
    assertSameSource();
    keepFetchedEvents(database, events.flat());
    for (const [at, place] of places.entries())
      cited[place] = { ...hits[place]!, events: references(events[at]!) };
    done += places.length;
  }
  return cited.map((hit, place) => hit ?? { ...hits[place]!, events: [] });
}

function knownCitation(database: DatabaseHandle, hit: Hit): Hit | null {
  if (hit.events.length === 0) return hit;
  const latest = readFindingVersions(database, hitIdentity(hit)).at(-1);
  if (!latest?.flagged || latest.count !== hit.count || latest.eventIds.length === 0) return null;
  const segment = segmentWith(latest.eventIds, []);
  return { ...hit, events: latest.eventIds.map((_, index) => ({ segment, index })) };
}

function* inBatches(places: readonly number[], hits: readonly Hit[]): Generator<number[]> {
  let batch: number[] = [];
  let events = 0;
  for (const place of places) {
    const expected = hits[place]!.events.length;
    if (batch.length >= citedTogether.hits || (events > 0 && events + expected > citedTogether.events)) {
      yield batch;
      [batch, events] = [[], 0];
    }
    batch.push(place);
    events += expected;
  }
  if (batch.length > 0) yield batch;
}

/** The quarter hours of series a hit refers to, those side by side as one. */
function spansOf({ events }: Hit, history: History): EventSpan[] {
  const slots = new Map<number, Set<number>>();
  for (const { segment, index } of events) {
    const number = segment.series[index]!;
    const own = slots.get(number) ?? new Set<number>();
    slots.set(number, own.add(Math.floor(segment.microseconds[index]! / microsecondsPerSlot)));
  }
  return [...slots].flatMap(([number, own]) => {
    const series = history.series[number]!;
    const { sourceAccount, actor } = history.actors[series.actor]!;
    const names = { sourceAccount, actor, action: history.actions.valueOf(series.action) };
    return stretchesOf(own).map((stretch) => ({ ...names, ...stretch }));
  });
}

/** Quarter hours as half-open stretches of time, ascending. */
export function stretchesOf(
  slots: ReadonlySet<number>,
): { fromMicroseconds: number; untilMicroseconds: number }[] {
  const stretches: { fromMicroseconds: number; untilMicroseconds: number }[] = [];
  for (const slot of [...slots].toSorted((a, b) => a - b)) {
    const fromMicroseconds = slot * microsecondsPerSlot;
    const untilMicroseconds = fromMicroseconds + microsecondsPerSlot;
    const before = stretches.at(-1);
    if (before?.untilMicroseconds === fromMicroseconds) before.untilMicroseconds = untilMicroseconds;
    else stretches.push({ fromMicroseconds, untilMicroseconds });
  }
  return stretches;
}

async function fetchTogether(spans: readonly EventSpan[][], fetch: FetchSpans): Promise<SourceEvent[][]> {
  const found = await fetch(spans.flat(), citedEventsLimit);
  let next = 0;
  return spans.map(({ length }) =>
    found
      .slice(next, (next += length))
      .flat()
      .toSorted(byTimeAndId)
      .slice(0, citedEventsLimit),
  );
}

function byTimeAndId(a: SourceEvent, b: SourceEvent): number {
  return (
    a.createdAtMicroseconds - b.createdAtMicroseconds || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
  );
}

function references(events: readonly SourceEvent[]): EventReference[] {
  const segment = segmentWith(
    events.map(({ id }) => id),
    events.map(({ createdAtMicroseconds }) => createdAtMicroseconds),
  );
  return events.map((_, index) => ({ segment, index }));
}

/** Enough of a segment to be cited: ids, and times where they are known. */
function segmentWith(ids: readonly string[], times: readonly number[]): Segment {
  return {
    length: ids.length,
    microseconds: Float64Array.from(times),
    series: new Uint32Array(ids.length),
    idAt: (index) => ids[index]!,
    column: () => null,
  };
}
