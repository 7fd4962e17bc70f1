// Events a day as bars; days on which the database counted otherwise are marked.
import type { Ipe } from '../../pack-input.ts';
import type { Figure, Shape } from '../document-model.ts';
import { countText } from '../visible-text.ts';
import { roundStep } from './scale.ts';
import { diamond, label, line, rect } from './shapes.ts';

const width = 500;
const height = 120;
const left = 46;
const top = 14;
const bottom = 96;
const mostBars = 124;

type Bar = { readonly from: string; readonly to: string; readonly count: number; readonly differs: boolean };

/** One bar a day, or a bar for several days where there are too many. */
function barsOf(days: Ipe['days']): Bar[] {
  const daysInBar = Math.ceil(days.length / mostBars);
  const bars: Bar[] = [];
  for (let index = 0; index < days.length; index += daysInBar) {
    const part = days.slice(index, index + daysInBar);
    bars.push({
      from: part[0]?.day ?? '',
      to: part.at(-1)?.day ?? '',
      count: part.reduce((sum, { mirrored }) => sum + mirrored, 0),
      differs: part.some(({ mirrored, server }) => server !== null && server !== mirrored),
    });
  }
  return bars;
}

function axis(highest: number): Shape[] {
  const step = Math.max(1, roundStep(highest, 3));
  const shapes: Shape[] = [];
  for (let value = 0; value <= highest; value += step) {
    const y = bottom - ((bottom - top) * value) / highest;
    shapes.push(line([left, y], [width, y], value === 0 ? 'ink' : 'light', 0.5));
    shapes.push(label([left - 5, y + 3], countText(value), 7.5, { anchor: 'end' }));
  }
  return shapes;
}

function barShapes(bars: readonly Bar[], highest: number): Shape[] {
  const pitch = (width - left) / Math.max(bars.length, 14);
  return bars.flatMap(({ count, differs }, index) => {
    const x = left + 1 + index * pitch;
    const length = ((bottom - top) * count) / highest;
    const bar = rect([x, bottom - length, Math.max(0.6, pitch * 0.8), length], 'dark');
    return differs ? [bar, diamond([x + pitch * 0.4, top - 6], 3)] : [bar];
  });
}

/** Null where there are no days. */
export function dayCountsFigure(days: Ipe['days']): Figure | null {
  const bars = barsOf(days);
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return null;
  const highest = bars.reduce((most, { count }) => Math.max(most, count), 1);
  const differing = days.filter(({ mirrored, server }) => server !== null && server !== mirrored).length;
  const unit = days.length > mostBars ? `${Math.ceil(days.length / mostBars)} days` : 'a day';
  const lastX = left + ((width - left) / Math.max(bars.length, 14)) * bars.length;
  return {
    kind: 'figure',
    title: `Events mirrored, ${unit === 'a day' ? unit : `one bar for ${unit}`} (UTC)`,
    description:
      `${days.length} days from ${first.from} to ${last.to}; at most ${countText(highest)} events in one bar. ` +
      (differing === 0
        ? 'On no day did the database count otherwise.'
        : `On ${differing} days the database counted otherwise; a diamond above marks them.`),
    width,
    height,
    shapes: [
      ...axis(highest),
      ...barShapes(bars, highest),
      label([left, height - 12], first.from, 7.5),
      ...(bars.length > 1
        ? [label([Math.max(lastX, left + 110), height - 12], last.to, 7.5, { anchor: 'end' as const })]
        : []),
    ],
  };
}
