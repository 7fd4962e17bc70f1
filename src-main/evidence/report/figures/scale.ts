// Scales of figures: a count to a place along a line, and round numbers to label it with.

export type Scale = {
  readonly name: 'linear' | 'logarithmic';
  /** Place of a value, in points from 0 to the width. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
};

/** 1, 2 or 5 times a power of ten, so that about `wanted` steps fill the range. */
export function roundStep(top: number, wanted: number): number {
  const rough = top / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return factor * power;
}

function linearTicks(top: number): number[] {
  const step = roundStep(top, 5);
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, index) =>
    Number((index * step).toPrecision(12)),
  );
}

/** 0, 1, 10, 100 … up to the top. */
function decades(top: number): number[] {
  const values = [0];
  for (let value = 1; value <= top; value *= 10) values.push(value);
  const apart = Math.ceil(values.length / 8);
  return values.filter((_, index) => index % apart === 0);
}

/**
 * A scale from zero to `top`; logarithmic (log of 1 + value) where the highest value would dwarf `usual`.
 * @param width in points
 */
export function scaleTo(top: number, usual: number, width: number): Scale {
  const highest = Math.max(top, 1e-9) * 1.06;
  if (top <= 8 * Math.max(usual, 1))
    return {
      name: 'linear',
      at: (value) => (Math.max(0, value) / highest) * width,
      ticks: linearTicks(highest),
    };
  const span = Math.log1p(highest);
  return {
    name: 'logarithmic',
    at: (value) => (Math.log1p(Math.max(0, value)) / span) * width,
    ticks: decades(highest),
  };
}

/** A number for a label: whole, or with as many decimals as it needs to be told from zero. */
export function measureText(value: number): string {
  if (Number.isInteger(value)) return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  if (size >= 0.01) return value.toFixed(2);
  return value.toPrecision(2);
}
