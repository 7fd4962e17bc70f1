// The daily review of the log: a calendar of days by how they stand, how far they reach without a gap, and one day in detail.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dateAfter } from '#shared/time/local-days.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useToday } from '../../../domain/use-today.ts';
import { useStatus, useZone } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import styles from './daily-section.module.css';
import { DayDetail } from './day-detail.tsx';
import { dayOf, monthOf, weeksOf } from './local-date.ts';
import { MonthGrid } from './month-grid.tsx';
import { RecordSeveral } from './record-several.tsx';
import { ReviewedThroughLine } from './reviewed-through-line.tsx';

export function DailySection() {
  const { orpc } = useApi();
  const zone = useZone();
  const { lastRefresh } = useStatus();
  const today = useToday(zone);
  // The last whole day that was read is what there is to review.
  const read = lastRefresh === null ? today : dayOf(lastRefresh.asOf, zone);
  const [date, setDate] = useState(() => dateAfter(read < today ? read : today, -1));
  const month = monthOf(date);
  const weeks = weeksOf(month);
  const [from = month, to = month] = [weeks.at(0)?.at(0), weeks.at(-1)?.at(-1)];
  const standing = useQuery(
    orpc.campaignOversight.standing.queryOptions({
      input: { from, to, zone },
      placeholderData: keepPreviousData,
    }),
  );
  const days = new Map(standing.data?.days.map((day) => [day.date, day]));
  const covered = (standing.data?.days ?? []).filter(
    (day) => day.standing === 'covered' && monthOf(day.date) === month,
  );
  return (
    <div className={styles.columns}>
      <Panel
        title={text('campaignOversight:daily.title')}
        note={zone}
        actions={<RecordSeveral days={covered} />}
      >
        <ProblemNotice error={standing.error} />
        {lastRefresh === null ? (
          <Notice tone="info" title={text('campaignOversight:daily.noSource')}>
            <p>{text('campaignOversight:daily.noSourceNext')}</p>
          </Notice>
        ) : (
          standing.data !== undefined && <ReviewedThroughLine watermark={standing.data.watermark} />
        )}
        {standing.isPending ? (
          <EmptyState title={text('campaignOversight:daily.loading')} />
        ) : (
          <MonthGrid
            month={month}
            days={days}
            today={standing.data?.today ?? today}
            chosen={date}
            onChoose={setDate}
          />
        )}
      </Panel>
      <DayDetail key={date} date={date} standing={days.get(date)?.standing ?? null} />
    </div>
  );
}
