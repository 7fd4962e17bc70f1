// Pages of matching events from any place and both ways, in the order (time, id).
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { inSlices } from '../in-slices.ts';
import { idAt } from '../columns.ts';
import type { EventMatches } from './event-matches.ts';
import { eventReader } from './event-reader.ts';
import { firstRowAt, type MatchingRows } from './match-segment.ts';
import type { SearchedSegment } from './searched-segment.ts';

/** Between two events: everything below lies before (time, id). An empty id lies before all ids of that time. */
export type EventCut = { readonly microseconds: number; readonly id: string };

export type PageRequest =
  | { readonly from: 'newest' | 'oldest' }
  | { readonly olderThan: EventCut }
  | { readonly newerThan: EventCut }
  | { readonly offset: number };

export type Page = {
  /** Newest first. */
  readonly events: readonly AuditEvent[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Matching events newer than the first one; null while segments with newer events are not looked through. */
  readonly position: number | null;
};

/** One row among the matching ones of one segment. */
type Spot = { readonly segment: number; readonly place: number };

export async function readEventPage(
  matches: EventMatches,
  request: PageRequest,
  limit: number,
): Promise<Page> {
  const isUpwards = 'newerThan' in request || ('from' in request && request.from === 'oldest');
  const start = await startOf(matches, request);
  const found: Spot[] = [];
  let hasMore = false;
  let { segment, place } = start;
  // One step looks at one segment: it may have to be read first.
  await inSlices(() => {
    if (segment < 0 || segment >= matches.segments.length) return true;
    const { length } = matches.rowsOf(segment);
    const first = Number.isFinite(place) ? place : isUpwards ? 0 : length - 1;
    for (let at = first; isUpwards ? at < length : at >= 0; at += isUpwards ? 1 : -1) {
      hasMore = found.length === limit;
      if (hasMore) return true;
      found.push({ segment, place: at });
    }
    segment += isUpwards ? 1 : -1;
    place = Number.NaN;
    return false;
  });
  const spots = isUpwards ? found.toReversed() : found;
  const read = eventReader(matches.history);
  const beyond = await hasMatch(matches, start, isUpwards ? -1 : 1);
  return {
    events: spots.map((spot) =>
      read(matches.segments[spot.segment]!, matches.rowsOf(spot.segment).rowAt(spot.place)),
    ),
    hasOlder: isUpwards ? beyond : hasMore,
    hasNewer: isUpwards ? hasMore : beyond,
    position: spots.length === 0 ? null : positionOf(matches, spots[0]!),
  };
}

/** The first row to look at; its place is not a number where the whole segment is to be looked at. */
async function startOf(matches: EventMatches, request: PageRequest): Promise<Spot> {
  const last = matches.segments.length - 1;
  if ('from' in request) return { segment: request.from === 'newest' ? last : 0, place: Number.NaN };
  if ('offset' in request) return spotOfOffset(matches, request.offset);
  const isUpwards = 'newerThan' in request;
  const cut = isUpwards ? request.newerThan : request.olderThan;
  // The last segment that begins before the cut, or at its time: behind it, all is newer.
  const segment = matches.segments.findLastIndex(({ firstMicroseconds: first }) => first <= cut.microseconds);
  if (segment < 0) return { segment: isUpwards ? 0 : -1, place: Number.NaN };
  const rows = matches.rowsOf(segment);
  const before = countBefore(matches.segments[segment]!, rows, cut);
  if (!isUpwards)
    return before > 0 ? { segment, place: before - 1 } : { segment: segment - 1, place: Number.NaN };
  const isAtCut = before < rows.length && isSameEvent(matches.segments[segment]!, rows.rowAt(before), cut);
  const place = before + Number(isAtCut);
  return place < rows.length ? { segment, place } : { segment: segment + 1, place: Number.NaN };
}

async function spotOfOffset(matches: EventMatches, offset: number): Promise<Spot> {
  let left = offset;
  let segment = matches.segments.length - 1;
  await inSlices(() => {
    if (segment < 0) return true;
    const { length } = matches.rowsOf(segment);
    if (left < length) return true;
    left -= length;
    segment -= 1;
    return false;
  });
  return { segment, place: segment < 0 ? Number.NaN : matches.rowsOf(segment).length - 1 - left };
}

/** How many of the rows lie before a cut. */
function countBefore(segment: SearchedSegment, rows: MatchingRows, cut: EventCut): number {
  const firstAtTime = firstRowAt(segment, cut.microseconds);
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows.rowAt(middle) < firstAtTime) low = middle + 1;
    else high = middle;
  }
  if (cut.id === '') return low;
  const times = segment.times();
  const ids = segment.ids();
  const id = Buffer.from(cut.id);
  const isBefore = (row: number) =>
    times[row] === cut.microseconds && Buffer.compare(Buffer.from(idAt(ids, row)), id) < 0;
  while (low < rows.length && isBefore(rows.rowAt(low))) low += 1;
  return low;
}

function isSameEvent(segment: SearchedSegment, row: number, cut: EventCut): boolean {
  return segment.times()[row] === cut.microseconds && idAt(segment.ids(), row) === cut.id;
}

/** Whether anything matches on the other side of where a page starts. */
async function hasMatch(matches: EventMatches, start: Spot, step: 1 | -1): Promise<boolean> {
  const { length } = matches.segments;
  if (start.segment >= 0 && start.segment < length && Number.isFinite(start.place)) {
    const other = start.place + step;
    if (other >= 0 && other < matches.rowsOf(start.segment).length) return true;
  } else if (start.segment >= 0 && start.segment < length && isAtEdge(matches, start, step)) return false;
  let segment = start.segment + step;
  let isFound = false;
  await inSlices(() => {
    if (segment < 0 || segment >= length) return true;
    isFound = matches.rowsOf(segment).length > 0;
    segment += step;
    return isFound;
  });
  return isFound;
}

function isAtEdge({ segments }: EventMatches, { segment }: Spot, step: 1 | -1): boolean {
  return step === 1 ? segment === segments.length - 1 : segment === 0;
}

function positionOf({ segments, rowsOf, isKnown }: EventMatches, first: Spot): number | null {
  let newer = rowsOf(first.segment).length - 1 - first.place;
  for (let segment = first.segment + 1; segment < segments.length; segment += 1) {
    if (!isKnown(segment)) return null;
    newer += rowsOf(segment).length;
  }
  return newer;
}

/** Where a page ends, as text. */
export function writeCut({ createdAt, id }: Pick<AuditEvent, 'createdAt' | 'id'>): string {
  return `${parseInstant(createdAt)}:${id}`;
}
