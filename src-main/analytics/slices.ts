// Cuts what is to be read into stretches of whole UTC days, so that several connections can read at once.
import { microsecondsPerDay } from '#shared/time/instant.ts';

/** Both bounds inclusive; null is open. */
export type Slice = { readonly fromMicroseconds: number | null; readonly untilMicroseconds: number | null };

/** Large enough that a statement more costs nothing, small enough that a few fit into memory. */
const eventsPerSlice = 200_000;
const mostSlices = 4_000;

/**
 * Slices that together cover everything from `from` to `until` (inclusive, null is open), ascending.
 * @param known first and last instant there is, as far as known; without it there is one slice.
 * @param expected about how many events there are between them.
 */
export function sliceByDay(
  from: number | null,
  until: number | null,
  known: { readonly firstMicroseconds: number; readonly lastMicroseconds: number } | null,
  expected: number,
): Slice[] {
  if (known === null) return [{ fromMicroseconds: from, untilMicroseconds: until }];
  const firstDay = Math.floor(Math.max(known.firstMicroseconds, from ?? -Infinity) / microsecondsPerDay);
  const lastDay = Math.floor(Math.min(known.lastMicroseconds, until ?? Infinity) / microsecondsPerDay);
  const days = Math.max(1, lastDay - firstDay + 1);
  const slices = Math.min(days, mostSlices, Math.max(1, Math.ceil(expected / eventsPerSlice)));
  const edges = Array.from(
    { length: slices - 1 },
    (_, index) => (firstDay + Math.round(((index + 1) * days) / slices)) * microsecondsPerDay,
  );
  return [...edges, null].map((edge, index) => ({
    fromMicroseconds: index === 0 ? from : edges[index - 1]!,
    untilMicroseconds: edge === null ? until : edge - 1,
  }));
}

/** Slices from edge to edge that together cover everything from `from` to `until`; edges outside of what there is do not cut. */
export function sliceAtEdges(
  from: number | null,
  until: number | null,
  known: { readonly firstMicroseconds: number; readonly lastMicroseconds: number },
  edges: readonly number[],
): Slice[] {
  const first = Math.max(known.firstMicroseconds, from ?? -Infinity);
  const last = Math.min(known.lastMicroseconds, until ?? Infinity);
  const inner = edges.filter((edge) => edge > first && edge <= last);
  return [...inner, null].map((edge, index) => ({
    fromMicroseconds: index === 0 ? from : inner[index - 1]!,
    untilMicroseconds: edge === null ? until : edge - 1,
  }));
}

/** The same stretch of time in fewer slices. */
export function mergeSlices(slices: readonly Slice[], wanted: number): Slice[] {
  const size = Math.ceil(slices.length / wanted);
  return Array.from({ length: Math.ceil(slices.length / size) }, (_, index) => {
    const [first, last] = [slices[index * size]!, slices[Math.min((index + 1) * size, slices.length) - 1]!];
    return { fromMicroseconds: first.fromMicroseconds, untilMicroseconds: last.untilMicroseconds };
  });
}
