// Sorts events into groups without an object per event.

export interface Groups {
  /** What each group is: the number it was formed by. */
  readonly keys: readonly number[];
  /** Places of the events of each group, ascending. */
  readonly members: readonly Int32Array[];
}

/** Groups places 0…length−1 by a number; a negative number is no group, and groups smaller than `smallest` are left out. */
export function groupPlaces(length: number, keyOf: (place: number) => number, smallest = 1): Groups {
  const keyAt = new Float64Array(length);
  let largest = -1;
  for (let place = 0; place < length; place += 1) {
    const key = keyOf(place);
    keyAt[place] = key;
    if (key > largest) largest = key;
  }
  // A table is several times as fast, where keys are small for their number.
  const { groupAt, keys } = largest < 4 * length + 4096 ? numberByTable(keyAt, largest) : numberByMap(keyAt);
  const members = membersOf(groupAt, keys.length, smallest);
  const kept = [...members.keys()].filter((group) => members[group] !== null);
  return { keys: kept.map((group) => keys[group]!), members: kept.map((group) => members[group]!) };
}

/** Groups are numbered in the order of their first place; −1 is none. */
interface Numbered {
  readonly groupAt: Int32Array;
  readonly keys: number[];
}

function numberByTable(keyAt: Float64Array, largest: number): Numbered {
  const numbers = new Int32Array(largest + 1).fill(-1);
  const keys: number[] = [];
  const groupAt = new Int32Array(keyAt.length).fill(-1);
  for (let place = 0; place < keyAt.length; place += 1) {
    const key = keyAt[place]!;
    if (key < 0) continue;
    if (numbers[key]! < 0) numbers[key] = keys.push(key) - 1;
    groupAt[place] = numbers[key]!;
  }
  return { groupAt, keys };
}

function numberByMap(keyAt: Float64Array): Numbered {
  const numbers = new Map<number, number>();
  const groupAt = new Int32Array(keyAt.length).fill(-1);
  for (let place = 0; place < keyAt.length; place += 1) {
    const key = keyAt[place]!;
    if (key < 0) continue;
    const group = numbers.get(key) ?? numbers.size;
    numbers.set(key, group);
    groupAt[place] = group;
  }
  return { groupAt, keys: [...numbers.keys()] };
}

function membersOf(groupAt: Int32Array, groups: number, smallest: number): (Int32Array | null)[] {
  const counts = new Uint32Array(groups);
  for (let place = 0; place < groupAt.length; place += 1)
    if (groupAt[place]! >= 0) counts[groupAt[place]!]! += 1;
  const members: (Int32Array | null)[] = [];
  for (const count of counts) members.push(count < smallest ? null : new Int32Array(count));
  const filled = new Uint32Array(groups);
  for (let place = 0; place < groupAt.length; place += 1) {
    const group = groupAt[place]!;
    const list = group < 0 ? null : members[group]!;
    if (list !== null) list[filled[group]!++] = place;
  }
  return members;
}
