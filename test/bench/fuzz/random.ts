// Numbers that look random and are the same for the same seed, and choices made of them.

export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
  readonly pick: <Value>(values: readonly Value[]) => Value;
  readonly chance: (probability: number) => boolean;
  readonly shuffled: <Value>(values: readonly Value[]) => Value[];
  /** The values in their order, cut into pieces of any length. */
  readonly pieces: <Value>(values: readonly Value[], pieces: number) => Value[][];
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (values) => values[below(values.length)]!,
    chance: (probability) => next() < probability,
    shuffled: (values) => {
      const mixed = [...values];
      for (let last = mixed.length - 1; last > 0; last -= 1) {
        const other = below(last + 1);
        [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
      }
      return mixed;
    },
    pieces: (values, pieces) => {
      const edges = Array.from({ length: pieces - 1 }, () => below(values.length + 1));
      const cuts = [0, ...edges.toSorted((a, b) => a - b), values.length];
      return cuts.slice(1).map((cut, index) => values.slice(cuts[index], cut));
    },
  };
}
