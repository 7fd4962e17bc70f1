// When the subject was last seen, and what they did in the period, day by day.
import type { CampaignEvidence, EvidenceUse } from '#shared/model/campaign-evidence.ts';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import { dateAfter } from '#shared/time/local-days.ts';
import { DayColumns } from '../../../charts/day-columns.tsx';
import { DayLegend } from '../../../charts/day-legend.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { inUtc, inZone } from '../../../domain/zoned-time.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import { EvidencePart } from './evidence-part.tsx';
import styles from './use-part.module.css';

const mostInLegend = 40;

export function UsePart({ evidence, item }: { evidence: CampaignEvidence; item: ListedItem }) {
  return (
    <EvidencePart
      part="use"
      known={evidence.use}
      summary={({ events, uses }) =>
        uses === null
          ? text('campaignItems:use.summary', { count: events })
          : text('campaignItems:use.summaryUses', {
              events: text('campaignItems:use.summary', { count: events }),
              count: uses,
            })
      }
    >
      {(use) => <Use use={use} zone={evidence.zone} item={item} />}
    </EvidencePart>
  );
}

function Use({ use, zone, item }: { use: EvidenceUse; zone: string; item: ListedItem }) {
  const { firstDay, days, useDays, lastEventAt, lastUseAt, uses } = use;
  const drawn = days.map((all, at) => ({
    day: dateAfter(firstDay, at),
    all,
    same: all === null ? null : (useDays?.[at] ?? 0),
  }));
  const last = drawn.at(-1)?.day ?? firstDay;
  return (
    <>
      <p>
        <Rich of="campaignItems:use.lastEvent" parts={{ at: <Moment at={lastEventAt} zone={zone} /> }} />{' '}
        {uses === null ? (
          text('campaignItems:use.noAction')
        ) : (
          <Rich of="campaignItems:use.lastUse" parts={{ at: <Moment at={lastUseAt} zone={zone} /> }} />
        )}
      </p>
      <DayColumns
        days={drawn}
        marksLast={false}
        label={text('campaignItems:use.chart', { from: firstDay, to: last })}
        titleOf={({ day, all, same }) =>
          all === null
            ? text('campaignItems:use.dayGap', { day })
            : uses === null
              ? text('campaignItems:use.day', { day, all })
              : text('campaignItems:use.dayUses', { day, all, same: same ?? 0 })
        }
      />
      <p className={styles.axis} aria-hidden="true">
        <span>{firstDay}</span>
        <span>{last}</span>
      </p>
      <DayLegend
        keys={[
          { of: 'all', words: text('campaignItems:use.keyAll') },
          {
            of: 'same',
            isDrawn: uses !== null,
            words: <Verbatim value={item.entitlement} most={mostInLegend} />,
          },
          { of: 'gap', isDrawn: days.includes(null), words: text('campaignItems:use.keyGap') },
        ]}
      />
    </>
  );
}

export function Moment({ at, zone }: { at: string | null; zone: string }) {
  if (at === null) return <span>{text('campaignItems:never')}</span>;
  return (
    <time dateTime={at} title={inUtc(at)}>
      {inZone(at, zone)}
    </time>
  );
}
