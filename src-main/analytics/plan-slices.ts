// In which slices of time a pull reads.
import { estimateRows, estimateSlice, timeBounds } from '../source/columns/estimate.ts';
import type { SourceClient } from '../source/client.ts';
import type { PullScope, PullSessions } from './pull-scope.ts';
import { mergeSlices, sliceByDay, type Slice } from './slices.ts';

export type Plan = { readonly slices: readonly Slice[]; readonly expected: number };

/** @param from null reads from the beginning; what is new is read in one piece. */
export async function planSlices(
  { counter, reader }: PullSessions,
  scope: PullScope,
  from: number | null,
): Promise<Plan> {
  if (from !== null)
    return { slices: [{ fromMicroseconds: from, untilMicroseconds: scope.untilMicroseconds }], expected: 0 };
  const expected = await estimateRows(counter, scope.mapping, scope.sourceAccount);
  const bounds = await timeBounds(counter, scope.mapping, scope.sourceAccount);
  const slices = sliceByDay(from, scope.untilMicroseconds, bounds, expected);
  return { slices: await affordableSlices(counter, reader.connections, scope, slices), expected };
}

/** What reading in slices may cost more than reading at once, as the server estimates it. */
const affordable = 1.5;

/**
 * As many slices as are affordable: without an index or partitions by time, every slice costs the server a look at everything.
 * Never fewer than there are connections.
 */
export async function affordableSlices(
  client: SourceClient,
  connections: number,
  scope: Pick<PullScope, 'mapping' | 'sourceAccount'>,
  slices: readonly Slice[],
): Promise<readonly Slice[]> {
  if (slices.length <= connections) return slices;
  const costOf = async (slice: Slice) =>
    (await estimateSlice(client, scope.mapping, scope.sourceAccount, slice)).cost;
  const atOnce = await costOf({ fromMicroseconds: null, untilMicroseconds: null });
  for (const wanted of [slices.length, connections * 4]) {
    const cut = mergeSlices(slices, wanted);
    const middle = await costOf(cut[Math.floor(cut.length / 2)]!);
    if (middle * cut.length <= affordable * atOnce) return cut;
  }
  return mergeSlices(slices, connections);
}
