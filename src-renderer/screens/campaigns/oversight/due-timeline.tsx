// What is due, as marks along the days ahead; what is overdue stands before today.
import type { DueEntry } from '#shared/model/campaign-calendar.ts';
import { TimeMarks } from '../../../charts/time-marks.tsx';
import { text } from '../../../texts/text.ts';
import { useToday } from '../../../domain/use-today.ts';
import { monthAfter, monthName, monthOf } from './local-date.ts';
import { dateAfter } from '#shared/time/local-days.ts';

/** So far back what is overdue is drawn; what is older stands at the edge. */
const daysBack = 14;

type DueTimelineProps = { entries: readonly DueEntry[]; days: number };

export function DueTimeline({ entries, days }: DueTimelineProps) {
  const today = useToday(entries[0]?.zone ?? 'UTC');
  const due = entries.filter(({ standing }) => standing !== 'done');
  const label = text('campaignOversight:calendar.timeline', {
    days: text('campaignOversight:calendar.days', { count: days }),
    due: due.length,
  });
  const [from, to] = [dateAfter(today, -daysBack), dateAfter(today, days)];
  const months: { date: string; words: string }[] = [];
  // A year of month names does not fit.
  const every = days > 120 ? 3 : 1;
  for (let month = monthAfter(monthOf(today), 1); `${month}-01` <= to; month = monthAfter(month, every))
    months.push({ date: `${month}-01`, words: monthName(month) });
  return (
    <TimeMarks
      label={label}
      span={{ from, to }}
      now={{ date: today, words: text('campaignOversight:calendar.now') }}
      ticks={months}
      marks={due.map(({ uid, date, standing, title }) => ({
        id: uid,
        date,
        isLate: standing === 'overdue',
        title: `${date}: ${title}`,
      }))}
    />
  );
}
