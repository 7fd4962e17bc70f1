// Finds when a correlation was fulfilled: at most once for each group and timespan.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { collectGroups, type Group } from './correlation-groups.ts';
import { rangesOfDays } from './match-rule.ts';
import type { CorrelationRule } from './rule.ts';
import { fixedWindows, slidingWindows, type Window } from './windows.ts';

export interface Episode {
  readonly group: Group;
  /**
   * The place of a fixed grid, as long as the timespan and cut at midnight UTC, in which windows ended: it names the episode, and
   * so does not move when an event arrives later.
   */
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  /** Events that belong to any of its windows, as places in the lists of the group, ascending. */
  readonly members: readonly number[];
  /** The first window of the highest measure. */
  readonly peak: Window;
}

const daysPerBlock = 4;

/** Episodes whose windows end on one of the days. Time before them is read only as far as the timespan reaches. */
export function findEpisodes(rule: CorrelationRule, history: History, scope: Scope): Episode[] {
  const { timespanMicroseconds } = rule;
  const collect = collectGroups(rule, history);
  // In blocks, so that what is held in memory at once does not grow with the number of days.
  const blockLength = daysPerBlock * Math.ceil(timespanMicroseconds / microsecondsPerDay);
  const episodes: Episode[] = [];
  for (let at = 0; at < scope.days.length; at += blockLength) {
    const days = scope.days.slice(at, at + blockLength);
    const judged = new Set(days);
    for (const range of rangesOfDays(days, timespanMicroseconds, scope.untilMicroseconds))
      for (const group of collect(range))
        episodes.push(...episodesOf(rule, group, judged, scope.untilMicroseconds));
  }
  return episodes;
}

function episodesOf(
  rule: CorrelationRule,
  group: Group,
  judged: ReadonlySet<number>,
  untilMicroseconds: number,
): Episode[] {
  const { type, timespanMicroseconds, condition } = rule;
  const isFixed = condition.atMost !== null;
  const windows = isFixed
    ? fixedWindows(type, group, timespanMicroseconds, condition)
    : slidingWindows(type, group, timespanMicroseconds, condition.atLeast ?? 1);
  const cells = new Map<number, { start: number; end: number; windows: Window[] }>();
  for (const window of windows) {
    const ended = group.microseconds[window.last]!;
    const day = Math.floor(ended / microsecondsPerDay);
    const { start, end } = cellAt(ended, day, timespanMicroseconds);
    // A piece of time is judged by its upper bound only once nothing can be added to it.
    if (!judged.has(day) || (isFixed && end > untilMicroseconds)) continue;
    const cell = cells.get(start) ?? { start, end, windows: [] };
    cells.set(start, cell);
    cell.windows.push(window);
  }
  return [...cells.values()].map(({ start, end, windows }) => ({
    group,
    startMicroseconds: start,
    endMicroseconds: end,
    members: membersOf(windows),
    peak: windows.reduce((highest, window) => (window.measure > highest.measure ? window : highest)),
  }));
}

function cellAt(instant: number, day: number, timespanMicroseconds: number): { start: number; end: number } {
  const dayStart = day * microsecondsPerDay;
  const length = Math.min(timespanMicroseconds, microsecondsPerDay);
  const start = dayStart + Math.floor((instant - dayStart) / length) * length;
  return { start, end: Math.min(start + length, dayStart + microsecondsPerDay) };
}

/** Neither the starts nor the ends of the windows ever go back. */
function membersOf(windows: readonly Window[]): number[] {
  const members: number[] = [];
  let next = 0;
  for (const { first, last } of windows) {
    for (let at = Math.max(first, next); at <= last; at += 1) members.push(at);
    next = last + 1;
  }
  return members;
}
