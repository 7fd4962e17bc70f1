// Counts by hour of the week as a grid; every count is printed in its cell, so that the shade only helps.
import type { HoursOfWeek } from '../collect-hours.ts';
import type { Figure, Shape, Tone } from '../document-model.ts';
import { countText } from '../visible-text.ts';
import { label, rect } from './shapes.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const left = 30;
const top = 16;
const cellWidth = 19.6;
const cellHeight = 17;
const width = left + 24 * cellWidth + 1;
const height = top + 7 * cellHeight + 1;
const tones: readonly Tone[] = ['pale', 'light', 'middle', 'dark', 'ink'];

/** By the logarithm: one busy hour does not make all others look alike. */
function toneOf(count: number, highest: number): Tone {
  if (count === 0) return 'paper';
  const position = highest <= 1 ? 0 : Math.log(count) / Math.log(highest);
  return tones[Math.min(tones.length - 1, Math.floor(position * tones.length))] ?? 'ink';
}

function cell(hour: number, count: number, highest: number): Shape[] {
  const x = left + (hour % 24) * cellWidth;
  const y = top + Math.floor(hour / 24) * cellHeight;
  const fill = toneOf(count, highest);
  const box = rect([x, y, cellWidth, cellHeight], fill, 'light');
  if (count === 0) return [box];
  const tone: Tone = fill === 'dark' || fill === 'ink' ? 'paper' : 'ink';
  const text = count > 9999 ? `${Math.floor(count / 1000)}k` : String(count);
  return [box, label([x + cellWidth / 2, y + 11.5], text, 7.5, { anchor: 'middle', tone })];
}

function busiest(counts: HoursOfWeek, highest: number): string {
  const hour = counts.indexOf(highest);
  return `${days[Math.floor(hour / 24)] ?? ''} ${String(hour % 24).padStart(2, '0')}:00`;
}

/** @param what plural noun for what is counted. */
export function hourWeekFigure(counts: HoursOfWeek, what: string, zone: string): Figure {
  const highest = counts.reduce((most, count) => Math.max(most, count), 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const inHours = counts.filter((count) => count > 0).length;
  return {
    kind: 'figure',
    title: `${what} by hour of the week in ${zone}; the number in a cell is their count`,
    description:
      `${what}: ${countText(total)}, in ${inHours} of 168 hours of the week` +
      (total === 0
        ? '.'
        : `; most of them (${countText(highest)}) in the hour from ${busiest(counts, highest)}.`),
    width,
    height,
    shapes: [
      ...Array.from({ length: 24 }, (_, hour) =>
        label([left + (hour + 0.5) * cellWidth, top - 5], String(hour).padStart(2, '0'), 7.5, {
          anchor: 'middle',
        }),
      ),
      ...days.map((day, index) => label([0, top + index * cellHeight + 11.5], day, 8)),
      ...counts.flatMap((count, hour) => cell(hour, count, highest)),
    ],
  };
}
