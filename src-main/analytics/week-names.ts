// Cells of several units added up: everything one name did, whatever it was and in whatever source account.
import { emptyCells, type PlaceCells } from './week-cube.ts';
import { SparseSum } from './sparse-sum.ts';

/** So many cells between two yields: well under a millisecond. */
const stepCells = 32_768;

/** The cells of every group's members together; group g has members[offsets[g]] to members[offsets[g + 1]]. */
export function* addUp(
  cells: PlaceCells,
  { offsets, members }: { readonly offsets: Uint32Array; readonly members: Uint32Array },
  placeCount: number,
): Generator<void, PlaceCells> {
  const groups = offsets.length - 1;
  // What a name can have in a quarter hour at most.
  const most = (2 ** (8 * cells.counts.BYTES_PER_ELEMENT) - 1) * largestStep(offsets);
  const found = emptyCells(groups, cells.places.length, placeCount, most);
  const sum = new SparseSum(placeCount);
  let end = 0;
  let done = 0;
  for (let group = 0; group < groups; group += 1) {
    for (let at = offsets[group]!; at < offsets[group + 1]!; at += 1) {
      const member = members[at]!;
      done += cells.offsets[member + 1]! - cells.offsets[member]! + 1;
      addPlaces(sum, cells, member);
    }
    end = sum.drain(found.places, found.counts, end);
    found.offsets[group + 1] = end;
    if (done < stepCells) continue;
    done = 0;
    yield;
  }
  const places = found.places.slice(0, end);
  yield;
  return { offsets: found.offsets, places, counts: found.counts.slice(0, end) };
}

function largestStep(offsets: Uint32Array): number {
  let most = 0;
  for (let at = 1; at < offsets.length; at += 1) most = Math.max(most, offsets[at]! - offsets[at - 1]!);
  return most;
}

function addPlaces(sum: SparseSum, { offsets, places, counts }: PlaceCells, unit: number): void {
  const end = offsets[unit + 1]!;
  for (let cell = offsets[unit]!; cell < end; cell += 1) sum.add(places[cell]!, counts[cell]!);
}
