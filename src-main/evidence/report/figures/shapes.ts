// Short ways to write the shapes of a figure.
import type { Shape, Tone } from '../document-model.ts';

export const rect = (
  [x, y, width, height]: readonly [number, number, number, number],
  fill: Tone | null,
  stroke: Tone | null = null,
): Shape => ({ kind: 'rect', x, y, width, height, fill, stroke });

export const line = (
  from: readonly [number, number],
  to: readonly [number, number],
  stroke: Tone = 'ink',
  width = 0.75,
): Shape => ({ kind: 'line', from, to, stroke, width, isDashed: false });

export const dashedLine = (from: readonly [number, number], to: readonly [number, number]): Shape => ({
  kind: 'line',
  from,
  to,
  stroke: 'ink',
  width: 0.75,
  isDashed: true,
});

type Label = {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isStrong?: boolean;
  readonly tone?: Tone;
};

export const label = (
  [x, y]: readonly [number, number],
  text: string,
  size: number,
  { anchor = 'start', isStrong = false, tone = 'ink' }: Label = {},
): Shape => ({ kind: 'text', x, y, size, anchor, tone, isStrong, text });

/** A diamond around a point. */
export const diamond = ([x, y]: readonly [number, number], radius: number): Shape => ({
  kind: 'path',
  d: `M${x - radius} ${y}L${x} ${y - radius}L${x + radius} ${y}L${x} ${y + radius}Z`,
  fill: 'ink',
});
