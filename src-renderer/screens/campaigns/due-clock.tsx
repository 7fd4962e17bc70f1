// How many days are left of a campaign, or how long it is overdue: always with the day itself, local and UTC on hover.
import { AlarmClock, CalendarClock } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CampaignSummary } from '#shared/model/campaign-view.ts';
import { Chip } from '../../components/chip.tsx';
import { inUtc, inZone, offsetAt } from '../../domain/zoned-time.ts';
import { text } from '../../texts/text.ts';
import styles from './campaigns-screen.module.css';
import { dueStanding } from './due-date.ts';

const soonDays = 3;
const lookEveryMs = 60_000;

type DueClockProps = { campaign: Pick<CampaignSummary, 'dueOn' | 'zone' | 'state' | 'isOverdue'> };

export function DueClock({ campaign: { dueOn, zone, state, isOverdue } }: DueClockProps) {
  const nowMs = useNowMs();
  if (dueOn === null) return <span>{text('campaigns:due.none')}</span>;
  const { daysLeft, endsAt } = dueStanding(dueOn, zone, nowMs);
  const until = text('campaigns:due.until', {
    local: `${inZone(endsAt, zone)} ${offsetAt(endsAt, zone)} (${zone})`,
    utc: inUtc(endsAt),
  });
  if (state !== 'open') return <span title={until}>{dueOn}</span>;
  const words = isOverdue
    ? text('campaigns:due.overdue', { count: Math.max(1, -daysLeft) })
    : daysLeft === 0
      ? text('campaigns:due.today')
      : text('campaigns:due.left', { count: Math.max(0, daysLeft) });
  return (
    <span className={styles.clock} title={until}>
      <Chip
        icon={isOverdue ? AlarmClock : CalendarClock}
        tone={isOverdue ? 'danger' : daysLeft <= soonDays ? 'warning' : 'neutral'}
      >
        {words}
      </Chip>
      <span>{text('campaigns:due.day', { date: dueOn })}</span>
    </span>
  );
}

/** The clock of this computer, by which the workstation judges what is overdue; looked at once a minute. */
function useNowMs(): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
