// One day of the log: its numbers and hours, what is missing of it, who put it on record, and the act that does.
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleSlash, Info } from 'lucide-react';
import type { DayReview, DayStanding } from '#shared/model/daily-review.ts';
import { DayHours } from '../../../charts/day-hours.tsx';
import { Chip } from '../../../components/chip.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { useApi } from '../../../domain/api.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useZone } from '../../../domain/workspace-status.ts';
import { inZone } from '../../../domain/zoned-time.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import styles from './daily-section.module.css';
import { weekdayName } from './local-date.ts';
import { RecordDay } from './record-day.tsx';
import { standingLooks } from './standing-looks.ts';

export function DayDetail({ date, standing }: { date: string; standing: DayStanding | null }) {
  const { orpc } = useApi();
  const zone = useZone();
  const day = useQuery(orpc.campaignOversight.day.queryOptions({ input: { date, zone } }));
  return (
    <Panel title={`${weekdayName(date)} ${date}`} note={day.data && numbersOf(day.data)}>
      {standing !== null && <Standing standing={standing} />}
      <ProblemNotice error={day.error} />
      {day.isPending && <EmptyState title={text('campaignOversight:daily.loading')} />}
      {day.data !== undefined && <Loaded day={day.data} />}
    </Panel>
  );
}

function Standing({ standing }: { standing: DayStanding }) {
  return (
    <div className={styles.standing}>
      <Chip {...standingLooks[standing]}>{text(`campaignOversight:daily.standing.${standing}`)}</Chip>
      <p className={styles.note}>{text(`campaignOversight:daily.meaning.${standing}`)}</p>
    </div>
  );
}

function numbersOf({ events, findings, openFindings }: DayReview): string {
  return [
    text('campaignOversight:daily.events', { count: events }),
    text('campaignOversight:daily.findings', { count: findings }),
    ...(openFindings > 0 ? [text('campaignOversight:daily.findingsOpen', { count: openFindings })] : []),
  ].join(', ');
}

function Loaded({ day }: { day: DayReview }) {
  const { openFindings, gaps, recorded } = day;
  const isInTheWay = gaps.some(({ blocks }) => blocks);
  return (
    <>
      <Hours day={day} />
      <Gaps day={day} />
      {(isInTheWay || openFindings > 0) && (
        <Notice tone="warning" title={text('campaignOversight:daily.obstacles')}>
          {isInTheWay && <p>{text('campaignOversight:daily.next_refresh')}</p>}
          {openFindings > 0 && (
            <p>{text('campaignOversight:daily.obstacleFindings', { count: openFindings })}</p>
          )}
        </Notice>
      )}
      {recorded.length > 0 && <Recorded day={day} />}
      <RecordDay day={day} />
    </>
  );
}

function Hours({ day: { date, zone, hours, gaps } }: { day: DayReview }) {
  const clockOf = (instant: string) => inZone(instant, zone).slice(11);
  const top = Math.max(0, ...hours.map(({ events }) => events));
  const said =
    gaps.length === 0
      ? text('campaignOversight:daily.hoursCovered')
      : text('campaignOversight:daily.hoursGaps', { count: gaps.length });
  return (
    <DayHours
      hours={hours}
      gaps={gaps}
      label={text('campaignOversight:daily.hours', { date, top, gaps: said })}
      clockOf={clockOf}
      titleOf={({ from, to, events }) =>
        text('campaignOversight:daily.hour', {
          from: clockOf(from),
          to: clockOf(to),
          events: text('campaignOversight:daily.events', { count: events }),
        })
      }
    />
  );
}

/** Many late hours may each be a gap of their own. */
const mostGaps = 12;

function Gaps({ day: { gaps, hours } }: { day: DayReview }) {
  if (gaps.length === 0)
    return (
      <p className={styles.covered}>
        <CircleCheck size={15} aria-hidden="true" />
        {hours.length > 0 && text('campaignOversight:daily.covered')}
      </p>
    );
  return (
    <section aria-label={text('campaignOversight:daily.gaps')}>
      <ul className={styles.gaps}>
        {gaps.slice(0, mostGaps).map(({ from, to, why, blocks }) => (
          <li key={`${from} ${why}`}>
            <Chip icon={blocks ? CircleSlash : Info} tone={blocks ? 'danger' : 'warning'}>
              {blocks ? text('campaignOversight:daily.blocks') : text('campaignOversight:daily.named')}
            </Chip>
            <span>
              <Rich
                of="campaignOversight:daily.stretch"
                parts={{ from: <InstantText instant={from} />, to: <InstantText instant={to} /> }}
              />
              <br />
              <span className={styles.note}>{why}</span>
            </span>
          </li>
        ))}
        {gaps.length > mostGaps && <li>… {gaps.length - mostGaps}</li>}
      </ul>
    </section>
  );
}

function Recorded({ day: { recorded } }: { day: DayReview }) {
  return (
    <section aria-label={text('campaignOversight:daily.onRecord')} className={styles.part}>
      <h3>{text('campaignOversight:daily.onRecord')}</h3>
      <ul className={styles.recorded}>
        {recorded.toReversed().map(({ entry, at, byName, statement, isSigned, stillHolds }) => (
          <li key={entry}>
            <p>
              <Verbatim value={statement} />
            </p>
            <p className={styles.note}>
              <Rich
                of="campaignOversight:daily.recordedBy"
                parts={{ name: <bdi>{byName}</bdi>, at: <InstantText instant={at} /> }}
              />
            </p>
            <p className={styles.chips}>
              {stillHolds === true && (
                <Chip tone="good" icon={CircleCheck}>
                  {text('campaignOversight:daily.holds')}
                </Chip>
              )}
              {stillHolds === false && (
                <Chip tone="high" icon={CircleSlash}>
                  {text('campaignOversight:daily.holdsNot')}
                </Chip>
              )}
              {stillHolds === null && <Chip>{text('campaignOversight:daily.holdsUnknown')}</Chip>}
              <SignedMark isSigned={isSigned} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SignedMark({ isSigned }: { isSigned: boolean | null }) {
  if (isSigned === null) return <Chip>{text('campaignOversight:daily.notYetSigned')}</Chip>;
  return isSigned ? (
    <Chip tone="good">{text('campaignOversight:daily.signed')}</Chip>
  ) : (
    <Chip tone="warning">{text('campaignOversight:daily.unsigned')}</Chip>
  );
}
