// What is due when in all campaigns: drawn along time, overdue first, then month by month; also as a calendar file.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DueEntry } from '#shared/model/campaign-calendar.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { useApi } from '../../../domain/api.ts';
import { ExportButton } from '../../../domain/export-button.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import type { CampaignPlace } from '../campaign-place.ts';
import styles from './calendar-section.module.css';
import { DueLine } from './due-line.tsx';
import { dueGroups, nextOpenings } from './due-groups.ts';
import { DueTimeline } from './due-timeline.tsx';
import { monthName } from './local-date.ts';

const ahead = ['30', '90', '365'] as const;
type Ahead = (typeof ahead)[number];

type CalendarSectionProps = { onGo: (place: CampaignPlace) => void };

export function CalendarSection({ onGo }: CalendarSectionProps) {
  const { orpc, client } = useApi();
  const [chosen, setChosen] = useState<Ahead>('90');
  const days = Number(chosen);
  const calendar = useQuery(
    orpc.campaignOversight.calendar.queryOptions({ input: { days }, placeholderData: keepPreviousData }),
  );
  const entries = calendar.data?.entries ?? [];
  const daysWords = text('campaignOversight:calendar.days', { count: days });
  return (
    <Panel
      title={text('campaignOversight:calendar.title')}
      actions={
        <ExportButton
          label={text('campaignOversight:calendar.export')}
          isReady={entries.length > 0}
          offer={() => ({
            what: text('campaignOversight:calendar.exportWhat'),
            words: [text('campaignOversight:calendar.exportWords', { days: daysWords })],
            formats: [{ value: 'ics', label: 'iCalendar' }],
            start: () => client.campaignOversight.exportCalendar({ days }),
          })}
        />
      }
    >
      <Segmented
        label={text('campaignOversight:calendar.ahead')}
        value={chosen}
        choices={ahead.map((value) => ({
          value,
          label: text('campaignOversight:calendar.days', { count: Number(value) }),
        }))}
        onChange={setChosen}
      />
      <ProblemNotice error={calendar.error} />
      {calendar.isPending && <EmptyState title={text('campaignOversight:calendar.loading')} />}
      {calendar.data !== undefined && <Agenda entries={entries} days={days} onGo={onGo} />}
    </Panel>
  );
}

type AgendaProps = { entries: readonly DueEntry[]; days: number; onGo: CalendarSectionProps['onGo'] };

function Agenda({ entries, days, onGo }: AgendaProps) {
  const { overdue, months, done } = dueGroups(entries);
  const startable = nextOpenings(entries);
  const { orpc } = useApi();
  const campaigns = useQuery(orpc.campaigns.list.queryOptions());
  const drafts = new Set(campaigns.data?.filter(({ state }) => state === 'draft').map(({ id }) => id));
  const list = (shown: readonly DueEntry[]) => (
    <ul className={styles.entries}>
      {shown.map((entry) => (
        <DueLine
          key={entry.uid}
          entry={entry}
          canStart={startable.has(entry.uid)}
          isDraft={drafts.has(entry.campaign)}
          onGo={onGo}
        />
      ))}
    </ul>
  );
  return (
    <>
      {overdue.length + months.length === 0 ? (
        <EmptyState
          title={text('campaignOversight:calendar.none', {
            days: text('campaignOversight:calendar.days', { count: days }),
          })}
        >
          <p>{text('campaignOversight:calendar.noneMeaning')}</p>
        </EmptyState>
      ) : (
        <DueTimeline entries={entries} days={days} />
      )}
      {overdue.length > 0 && (
        <section className={styles.group} aria-label={text('campaignOversight:calendar.overdue')}>
          <h3 className={styles.late}>{text('campaignOversight:calendar.overdue')}</h3>
          {list(overdue)}
        </section>
      )}
      {months.map(({ month, entries: own }) => (
        <section key={month} className={styles.group} aria-label={monthName(month)}>
          <h3>{monthName(month)}</h3>
          {list(own)}
        </section>
      ))}
      {done.length > 0 && (
        <details className={styles.done}>
          <summary>{text('campaignOversight:calendar.done', { count: done.length })}</summary>
          {list(done)}
        </details>
      )}
    </>
  );
}
