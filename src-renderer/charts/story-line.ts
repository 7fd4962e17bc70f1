// Places what belongs to a story on one line of time, one lane each.
import { scaleLinear } from 'd3-scale';

export type Stretch = { readonly id: string; readonly fromMs: number; readonly toMs: number };

export type StoryLine = {
  bars: { id: string; x: number; width: number }[];
  /** At whole steps of UTC, a step an hour or more. */
  ticks: { ms: number; x: number }[];
};

const hourMs = 3_600_000;
const leastWidth = 4;
const mostTicks = 6;
/** Hours between two ticks. */
const steps = [1, 2, 3, 6, 12, 24, 48, 168, 720];

/** Lanes in the order given, in pixels from 0 to `width`; the line runs over whole hours. */
export function storyLine(stretches: readonly Stretch[], width: number): StoryLine {
  if (stretches.length === 0) return { bars: [], ticks: [] };
  const from = Math.floor(Math.min(...stretches.map(({ fromMs }) => fromMs)) / hourMs) * hourMs;
  const last = Math.max(...stretches.map(({ toMs }) => toMs));
  const to = Math.max(Math.ceil(last / hourMs) * hourMs, from + hourMs);
  const x = scaleLinear([from, to], [0, width]);
  const hours = (to - from) / hourMs;
  const step = (steps.find((one) => hours / one <= mostTicks) ?? Math.ceil(hours / mostTicks)) * hourMs;
  const first = Math.ceil(from / step) * step;
  const count = Math.floor((to - first) / step) + 1;
  return {
    bars: stretches.map(({ id, fromMs, toMs }) => {
      const wide = Math.max(leastWidth, x(toMs) - x(fromMs));
      return { id, x: Math.min(x(fromMs), width - wide), width: wide };
    }),
    ticks: Array.from({ length: Math.max(0, count) }, (_, place) => first + place * step).map((ms) => ({
      ms,
      x: x(ms),
    })),
  };
}
