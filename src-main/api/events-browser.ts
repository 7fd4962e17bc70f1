// Leafing through the mirrored events: pages, and totals over time.
import type { EventFilter, EventPage, EventSummary, SearchedField } from '#shared/model/event-browser.ts';
import { searchedFields } from '#shared/model/event-browser.ts';
import { timeBuckets } from '#shared/charts/time-buckets.ts';
import { Problem } from '#shared/model/problem.ts';
import { hourOfWeekIn } from '#shared/time/hour-of-week.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { countMatches } from '../store/cache/browse/event-histogram.ts';
import { lookThrough, matchEvents, type EventMatches } from '../store/cache/browse/event-matches.ts';
import { readEventPage, writeCut, type PageRequest } from '../store/cache/browse/event-page.ts';
import { fieldsOf, wordsIn } from '../store/cache/browse/event-question.ts';
import type { MirroredHistory } from '../store/cache/resident.ts';
import { warmHistory } from '../store/cache/week.ts';
import type { Workstation } from '../workstation.ts';
import { readRange, upToHorizon, zoneOf } from './activity-range.ts';
import { decodeCursor } from './analytics.ts';
import { procedures } from './procedures.ts';

export function browserProcedures(workstation: Workstation) {
  const { browser } = procedures;
  return {
    events: browser.events.handler(({ input }) => pageOf(workstation, input)),
    summary: browser.summary.handler(({ input }) => summaryOf(workstation, input)),
  };
}

type PageInput = EventFilter & {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly at?: string | undefined;
  readonly offset?: number | undefined;
  readonly end?: 'newest' | 'oldest' | undefined;
  readonly limit: number;
};

async function pageOf(workstation: Workstation, input: PageInput): Promise<EventPage> {
  const { before, after, at, offset, end, limit, ...filter } = input;
  const request = requestOf({ before, after, at, offset, end });
  const { matches, ...said } = await askEvents(workstation, filter);
  const { events, hasOlder, hasNewer, position } = await readEventPage(matches, request, limit);
  const [newest, oldest] = [events[0], events.at(-1)];
  return {
    events: [...events],
    older: hasOlder && oldest ? writeCut(oldest) : null,
    newer: hasNewer && newest ? writeCut(newest) : null,
    position,
    ...said,
  };
}

function requestOf({ before, after, at, offset, end }: Omit<PageInput, 'limit'>): PageRequest {
  const given = [before, after, at, offset, end].filter((place) => place !== undefined);
  if (given.length > 1)
    throw new Problem('invalid-input', 'A page of events was asked for at several places at once.', {
      next: 'Give one of “before”, “after”, “at”, “offset” and “end”.',
    });
  if (before !== undefined) return { olderThan: cutOf(before) };
  if (after !== undefined) return { newerThan: cutOf(after) };
  if (at !== undefined) return { olderThan: { microseconds: parseInstant(at) + 1, id: '' } };
  return offset === undefined ? { from: end ?? 'newest' } : { offset };
}

function cutOf(text: string) {
  const { createdAtMicroseconds, id } = decodeCursor(text);
  return { microseconds: createdAtMicroseconds, id };
}

type SummaryInput = EventFilter & { readonly buckets: number; readonly withinMs: number };

async function summaryOf(workstation: Workstation, input: SummaryInput): Promise<EventSummary> {
  const { buckets: most, withinMs, ...filter } = input;
  const { matches, from, to, ...said } = await askEvents(workstation, filter);
  await lookThrough(matches, { withinMs, nowMs: workstation.clock.monotonicMs });
  const { segments } = matches;
  const first = Math.max(from ?? -Infinity, segments[0]?.firstMicroseconds ?? Infinity);
  const end = Math.min(to ?? Infinity, (segments.at(-1)?.lastMicroseconds ?? -Infinity) + 1);
  const isEmpty = first >= end;
  const zone = zoneOf(workstation);
  const { width, edges } = isEmpty
    ? { width: '1 day' as const, edges: [] }
    : timeBuckets(first, end, most, zone);
  const { total, counts, countedFrom } = countMatches(matches, edges);
  return {
    zone,
    from: isEmpty ? null : formatInstant(first),
    to: isEmpty ? null : formatInstant(end),
    total,
    isExact: countedFrom === null,
    countedFrom: countedFrom === null ? null : formatInstant(countedFrom),
    width,
    buckets: Array.from(counts, (count, bucket) => ({
      start: formatInstant(edges[bucket]!),
      end: formatInstant(edges[bucket + 1]!),
      count,
    })),
    ...said,
  };
}

const clocks = new Map<string, (slot: number) => number>();

export function clockOf(zone: string): (slot: number) => number {
  const known = clocks.get(zone) ?? hourOfWeekIn(zone);
  clocks.set(zone, known);
  return known;
}

/** While names are masked, searching for one must not tell whose pseudonym goes with it. */
const tellingFields: ReadonlySet<SearchedField> = new Set([
  'actor',
  'actorName',
  'resourceId',
  'ip',
  'userAgent',
  'metadata',
]);

type Asked = {
  readonly matches: EventMatches;
  readonly from: number | null;
  readonly to: number | null;
} & Pick<EventPage, 'onlyKept' | 'searched' | 'notMirrored'>;

/** What a filter matches, up to the as-of of a replay. */
export async function askEvents(workstation: Workstation, filter: EventFilter): Promise<Asked> {
  const { cache, ledger } = workstation;
  const history = await warmHistory(cache);
  const { from, to } = upToHorizon(cache, readRange(filter));
  const isSearch = wordsIn(filter.text).length > 0;
  const { isMasked } = ledger.state().privacy;
  const searched = isSearch ? searchedFields.filter((field) => !isMasked || !tellingFields.has(field)) : [];
  const zone = zoneOf(workstation);
  const context = { searched, from, to, zone, hourOfWeek: clockOf(zone) };
  return {
    matches: matchEvents(cache, history, filter, context),
    from,
    to,
    onlyKept: history.onlyCounts === true,
    searched,
    notMirrored: notMirrored(history, filter, searched),
  };
}

function notMirrored(
  { fields, onlyCounts, activity }: MirroredHistory,
  filter: EventFilter,
  searched: readonly SearchedField[],
): string[] {
  const columns: ReadonlySet<string> = fields;
  const ofEvents: readonly string[] = ['actor', 'actorName', 'action', 'id'];
  const wanted = new Set([...fieldsOf(filter), ...searched.filter((field) => !ofEvents.includes(field))]);
  // Before the first refresh nobody knows what there will be.
  if (onlyCounts === true || activity.length === 0) return [];
  return [...wanted].filter((field) => !columns.has(field));
}
