// Which series make up the rows that a week is asked about.
import type { Groups, WeekIndex } from './week-index.ts';

/** One row an actor's name, an action, or a pair of both. */
export type WeekRow = 'actor' | 'action' | 'series';

export interface WeekChoice {
  readonly rows: WeekRow;
  readonly actor?: string | undefined;
  /** Number of an action; −1 for one that never happened. */
  readonly action?: number | undefined;
}

/** Rows of the chosen series; a row may be empty. Series ascend within a row. */
export function chooseRows(index: WeekIndex, { rows, actor, action }: WeekChoice): Groups {
  const { seriesOfName, seriesOfAction, seriesOfPair } = index;
  const all = { actor: seriesOfName, action: seriesOfAction, series: seriesOfPair }[rows];
  if (actor === undefined && action === undefined) return all;
  const { nameOf, actionOf, pairOf } = index;
  const keyOf = { actor: nameOf, action: actionOf, series: pairOf }[rows];
  return regroup(chooseSeries(index, actor, action), keyOf, all.offsets.length - 1);
}

function chooseSeries(
  { seriesOfName, seriesOfAction, actionOf, rowOfName }: WeekIndex,
  actor: string | undefined,
  action: number | undefined,
): Uint32Array {
  if (actor === undefined) return membersOf(seriesOfAction, action);
  const ofActor = membersOf(seriesOfName, rowOfName.get(actor));
  return action === undefined ? ofActor : ofActor.filter((series) => actionOf[series] === action);
}

function membersOf({ offsets, members }: Groups, group: number | undefined): Uint32Array {
  return group === undefined || group < 0
    ? new Uint32Array(0)
    : members.subarray(offsets[group], offsets[group + 1]);
}

/** Groups chosen series by a key below `keys`; keys that none of them has make no group. */
function regroup(chosen: Uint32Array, keyOf: Uint32Array, keys: number): Groups {
  const rowOf = new Int32Array(keys).fill(-1);
  const sizes = new Uint32Array(chosen.length);
  let rows = 0;
  for (let at = 0; at < chosen.length; at += 1) {
    const key = keyOf[chosen[at]!]!;
    if (rowOf[key] === -1) rowOf[key] = rows++;
    sizes[rowOf[key]!]! += 1;
  }
  const offsets = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row += 1) offsets[row + 1] = offsets[row]! + sizes[row]!;
  const next = offsets.slice(0, rows);
  const members = new Uint32Array(chosen.length);
  for (let at = 0; at < chosen.length; at += 1) members[next[rowOf[keyOf[chosen[at]!]!]!]!++] = chosen[at]!;
  return { offsets, members };
}
