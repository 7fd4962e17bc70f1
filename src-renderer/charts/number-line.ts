// Places a finding's numbers on one line: what was usual, where the threshold lies, what was observed.
import { scaleLinear, scaleSymlog } from 'd3-scale';

/** The observed count may exceed the threshold by this factor before the line turns logarithmic to keep both readable. */
const linearUpTo = 8;

export type NumberLineInput = {
  count: number;
  mean: number;
  sd: number;
  deviationUsed: number;
  highest: number;
  threshold: number;
  /** What `mean` stands for: the mean of the hours compared, or what a model expects of this hour. */
  meanIs?: 'mean' | 'usual';
};

export type NumberLine = {
  scaleName: 'linear' | 'logarithmic';
  /** Where a number of events lies. */
  at: (value: number) => number;
  /** The count above which an hour stands out: mean + threshold × deviation used. */
  limit: number;
  mean: number;
  highest: number;
  limitAt: number;
  observed: number;
  /** From one sample deviation below the mean (not below zero) to one above. */
  usual: { from: number; to: number };
  ticks: { value: number; at: number }[];
};

/** Positions in pixels from 0 to `width`; the line begins at half an event below none, so that a column for none fits. */
export function numberLine(input: NumberLineInput, width: number): NumberLine {
  const { count, mean, sd, deviationUsed, highest, threshold } = input;
  const limit = mean + threshold * deviationUsed;
  const top = Math.max(count, highest, limit, 1) * 1.06;
  const isLinear = count <= linearUpTo * limit;
  const domain = [-0.5, top];
  const scale = isLinear ? scaleLinear(domain, [0, width]) : scaleSymlog(domain, [0, width]).constant(1);
  const values = isLinear ? scale.ticks(6).filter((value) => value >= 0) : decades(top);
  return {
    scaleName: isLinear ? 'linear' : 'logarithmic',
    at: (value) => scale(value),
    limit,
    mean: scale(mean),
    highest: scale(highest),
    limitAt: scale(limit),
    observed: scale(count),
    usual: { from: scale(Math.max(0, mean - sd)), to: scale(mean + sd) },
    ticks: values.map((value) => ({ value, at: scale(value) })),
  };
}

/** 0, 1, 10, 100 … up to the top. */
function decades(top: number): number[] {
  const values = [0];
  for (let value = 1; value <= top; value *= 10) values.push(value);
  return values;
}

/**
 * Moves labels apart so that neighbours keep `gap` pixels, in the order of their anchors and inside 0…width.
 * Returns the new centres in the order given.
 */
export function spreadLabels(
  labels: readonly { at: number; width: number }[],
  width: number,
  gap: number,
): number[] {
  const order = labels
    .map((_, index) => index)
    .toSorted((a, b) => (labels[a]?.at ?? 0) - (labels[b]?.at ?? 0));
  const centres = labels.map((label) => label.at);
  let edge = 0;
  for (const index of order) {
    const label = labels[index];
    if (label === undefined) continue;
    const centre = Math.max(label.at, edge + label.width / 2);
    centres[index] = centre;
    edge = centre + label.width / 2 + gap;
  }
  let limit = width;
  for (const index of order.toReversed()) {
    const label = labels[index];
    if (label === undefined) continue;
    const centre = Math.min(centres[index] ?? 0, limit - label.width / 2);
    centres[index] = centre;
    limit = centre - label.width / 2 - gap;
  }
  return centres;
}
