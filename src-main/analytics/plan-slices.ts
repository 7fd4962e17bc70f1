// In which slices of time a pull reads.
import { partitionEdges } from '../source/columns/partition-edges.ts';
import { estimateRows, estimateSlice, timeBounds } from '../source/columns/estimate.ts';
import type { SourceClient } from '../source/client.ts';
import type { PullScope, PullSessions } from './pull-scope.ts';
import { mergeSlices, sliceAtEdges, sliceByDay, type Slice } from './slices.ts';

export type Plan = { readonly slices: readonly Slice[]; readonly expected: number };

/** @param from null reads from the beginning; what is new is read in one piece. */
export async function planSlices(
  { counter, reader }: Pick<PullSessions, 'counter' | 'reader'>,
  scope: Pick<PullScope, 'mapping' | 'sourceAccount' | 'untilMicroseconds'>,
  from: number | null,
): Promise<Plan> {
  if (from !== null)
    return { slices: [{ fromMicroseconds: from, untilMicroseconds: scope.untilMicroseconds }], expected: 0 };
  const expected = await estimateRows(counter, scope.mapping, scope.sourceAccount);
  const bounds = await timeBounds(counter, scope.mapping, scope.sourceAccount);
  const { untilMicroseconds: until } = scope;
  const byDay = sliceByDay(from, until, bounds, expected);
  const edges = bounds === null ? [] : await partitionEdges(counter, scope.mapping);
  const byPartition = bounds === null ? [] : sliceAtEdges(from, until, bounds, edges);
  const slices = await affordableSlices(counter, reader.connections, scope, byDay, byPartition);
  return { slices, expected };
}

/** What reading in slices may cost more than reading at once, as the server estimates it. */
const affordable = 1.25;
/** So many slices for each connection keep all of them busy to the end. */
const slicesEach = 4;

/**
 * As many slices as are affordable: without an index or partitions by time, every slice costs the server a look at everything.
 * Never fewer than there are connections, unless there is too little to read.
 * @param byPartition slices that cut no partition; they are taken where finer ones cost too much
 */
export async function affordableSlices(
  client: SourceClient,
  connections: number,
  scope: Pick<PullScope, 'mapping' | 'sourceAccount'>,
  slices: readonly Slice[],
  byPartition: readonly Slice[] = [],
): Promise<readonly Slice[]> {
  if (slices.length <= connections) return slices;
  const costOf = async (some: readonly Slice[]) => {
    // Days are alike, so one of many stands for all; partitions are not, but there are few.
    const asked = some.length > few ? [some[Math.floor(some.length / 2)]!] : some;
    let cost = 0;
    for (const slice of asked)
      cost += (await estimateSlice(client, scope.mapping, scope.sourceAccount, slice)).cost;
    return (cost * some.length) / asked.length;
  };
  const few = connections * slicesEach;
  const most = affordable * (await costOf([{ fromMicroseconds: null, untilMicroseconds: null }]));
  for (const cut of [slices, mergeSlices(slices, few), mergeSlices(byPartition, few)])
    if (cut.length >= connections && (await costOf(cut)) <= most) return cut;
  return mergeSlices(slices, connections);
}
