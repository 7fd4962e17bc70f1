// The heatmap computed event by event, with a formatter of its own: what the fast one is held against.
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Events by actor, action and local hour of the week. */
export function foldIntoWeek(events: readonly HistoryEvent[], zone: string): Map<string, number> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const cells = new Map<string, number>();
  for (const { createdAtMicroseconds, actor, action } of events) {
    const [, weekday = '', hour = ''] =
      /^(\w+).*?(\d\d):/.exec(format.format(Math.floor(createdAtMicroseconds / 1000))) ?? [];
    const key = JSON.stringify([actor, action, weekdays.indexOf(weekday) * 24 + Number(hour)]);
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  return cells;
}
