// Columns over a line of counts: how many hours held so many events.
import { scaleLinear, scaleSqrt } from 'd3-scale';

export type HoursOfCount = { readonly events: number; readonly hours: number };

/** From and to are numbers of events, both included. */
export type HourColumn = {
  from: number;
  to: number;
  hours: number;
  x: number;
  width: number;
  height: number;
};

export type HourColumns = {
  columns: HourColumn[];
  /** How heights grow with hours. */
  scaleName: 'linear' | 'square-root';
  ticks: { hours: number; height: number }[];
};

const leastWidth = 5;
const leastHeight = 2;
/** Beyond this ratio of the most frequent to the least frequent count, single hours would be invisible. */
const linearUpTo = 12;

/**
 * Heights in pixels up to `height`. Where one number of events is narrower than a column can be, neighbours share one.
 * @param at where a number of events lies on the line
 */
export function hourColumns(
  counts: readonly HoursOfCount[],
  at: (events: number) => number,
  height: number,
): HourColumns {
  const shared = shareColumns(counts, at);
  const most = Math.max(1, ...shared.map(({ hours }) => hours));
  const least = Math.min(most, ...shared.map(({ hours }) => hours));
  const isLinear = most <= linearUpTo * least;
  const scale = isLinear ? scaleLinear([0, most], [0, height]) : scaleSqrt([0, most], [0, height]);
  return {
    scaleName: isLinear ? 'linear' : 'square-root',
    columns: shared.map((column) => ({ ...column, height: Math.max(leastHeight, scale(column.hours)) })),
    ticks: ticksOf(most, isLinear).map((hours) => ({ hours, height: scale(hours) })),
  };
}

function shareColumns(counts: readonly HoursOfCount[], at: (events: number) => number) {
  const columns: Omit<HourColumn, 'height'>[] = [];
  let end = -1;
  for (const { events, hours } of counts) {
    const last = columns.at(-1);
    if (last !== undefined && events <= end) {
      last.hours += hours;
      continue;
    }
    end = events;
    while (at(end + 0.5) - at(events - 0.5) < leastWidth) end += 1;
    const x = at(events - 0.5);
    columns.push({ from: events, to: end, hours, x, width: at(end + 0.5) - x });
  }
  return columns;
}

function ticksOf(most: number, isLinear: boolean): number[] {
  const quarter = isLinear ? most / 2 : most / 4;
  return [...new Set([Math.round(quarter), most])].filter((hours) => hours > 0);
}
