// Sorts events into groups without an object per event.

export interface Groups {
  /** What each group is: the number it was formed by. */
  readonly keys: readonly number[];
  /** Places of the events of each group, ascending. */
  readonly members: readonly Int32Array[];
}

/** Groups places 0…length−1 by a number; a negative number is no group, and groups smaller than `smallest` are left out. */
export function groupPlaces(length: number, keyOf: (place: number) => number, smallest = 1): Groups {
  const numberOf = new Map<number, number>();
  const counts: number[] = [];
  const groupAt = new Int32Array(length).fill(-1);
  for (let place = 0; place < length; place += 1) {
    const key = keyOf(place);
    if (key < 0) continue;
    let group = numberOf.get(key);
    if (group === undefined) {
      group = counts.push(0) - 1;
      numberOf.set(key, group);
    }
    groupAt[place] = group;
    counts[group]! += 1;
  }
  const members = counts.map((count) => (count < smallest ? null : new Int32Array(count)));
  const filled = new Int32Array(counts.length);
  for (let place = 0; place < length; place += 1) {
    const group = groupAt[place]!;
    const list = group < 0 ? null : members[group]!;
    if (list !== null) list[filled[group]!++] = place;
  }
  const keys = [...numberOf.keys()];
  const kept = [...members.keys()].filter((group) => members[group] !== null);
  return { keys: kept.map((group) => keys[group]!), members: kept.map((group) => members[group]!) };
}
