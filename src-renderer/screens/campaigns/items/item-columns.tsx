// The columns of the items of a campaign; two lines a row, so that they fit beside an item in full.
import { createContext, useContext } from 'react';
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import { Chip } from '../../../components/chip.tsx';
import type { LongColumn } from '../../../components/long-grid.tsx';
import { RowCheck } from '../../../components/row-check.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { formatCount } from '../../../domain/count-words.ts';
import { useStatus } from '../../../domain/workspace-status.ts';
import { inUtc, inZone } from '../../../domain/zoned-time.ts';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import { FlagChip, StateMark } from './item-marks.tsx';
import styles from './item-columns.module.css';

export const itemsLeastWidth = 637;

/** What a row needs from the screen. */
export const RowContext = createContext<{
  toggle: (key: string) => void;
  stages: CampaignDefinition['stages'];
  zone: string;
}>({ toggle: () => undefined, stages: [], zone: 'UTC' });

export const itemColumns = (): readonly LongColumn<ListedItem>[] => [
  { name: '✓', width: '42px', cell: (item) => <CheckMark item={item} /> },
  { name: text('campaignItems:columns.subject'), cell: (item) => <Subject item={item} /> },
  { name: text('campaignItems:columns.right'), cell: (item) => <Right item={item} /> },
  { name: text('campaignItems:columns.lastUse'), width: '94px', cell: (item) => <LastUse item={item} /> },
  { name: text('campaignItems:columns.flags'), width: '172px', cell: (item) => <Flags item={item} /> },
  { name: text('campaignItems:columns.state'), width: '112px', cell: (item) => <State item={item} /> },
];

function CheckMark({ item }: { item: ListedItem }) {
  const isChecked = useCampaignItemsView((state) => state.checked.has(item.key));
  const { toggle } = useContext(RowContext);
  return (
    <RowCheck
      isChecked={isChecked}
      onToggle={() => toggle(item.key)}
      label={text('campaignItems:select', { right: item.entitlement, subject: item.subject })}
    />
  );
}

function Lines({ children, below }: { children: React.ReactNode; below: React.ReactNode }) {
  return (
    <div className={styles.lines}>
      <span className={styles.line}>{children}</span>
      <span className={`${styles.line} ${styles.below}`}>{below}</span>
    </div>
  );
}

function Subject({ item: { subject, subjectName, subjectType } }: { item: ListedItem }) {
  const name = subjectName === null || subjectName === '' ? subject : subjectName;
  const parts = [...(name === subject ? [] : [subject]), ...(subjectType === null ? [] : [subjectType])];
  return (
    <Lines below={<bdi title={parts.join(' · ')}>{parts.join(' · ')}</bdi>}>
      <Verbatim value={name} missing={text('campaignItems:nobody')} />
    </Lines>
  );
}

function Right({ item: { entitlement, resource } }: { item: ListedItem }) {
  return (
    <Lines below={resource !== null && <Verbatim value={resource} />}>
      <Verbatim value={entitlement} />
    </Lines>
  );
}

function LastUse({ item: { lastUsedAt, usesInPeriod } }: { item: ListedItem }) {
  const { zone } = useContext(RowContext);
  return (
    <Lines
      below={
        usesInPeriod !== null && (
          <span title={text('campaignItems:usesMeaning')}>
            {text('campaignItems:uses', { count: usesInPeriod })}
          </span>
        )
      }
    >
      {lastUsedAt === null ? (
        <span className={styles.none}>{text('campaignItems:unknown')}</span>
      ) : (
        <LastUsed at={lastUsedAt} zone={zone} />
      )}
    </Lines>
  );
}

const instantForm = /^\d{4}-\d\d-\d\dT/;

/** A time the freeze could not read stands as the source wrote it. */
function LastUsed({ at, zone }: { at: string; zone: string }) {
  if (!instantForm.test(at)) return <Verbatim value={at} />;
  return (
    <time dateTime={at} title={inUtc(at)}>
      {inZone(at, zone).slice(0, 10)}
    </time>
  );
}

const mostFlags = 2;

function Flags({ item }: { item: ListedItem }) {
  // Whether it is privileged is said even where nobody knows: it decides how it may be decided.
  const flags = item.flags.filter(({ flag, is }) => is === 'yes' || flag === 'privileged');
  const ordered = flags.toSorted((a, b) => Number(b.flag === 'privileged') - Number(a.flag === 'privileged'));
  const more = ordered.length - mostFlags;
  return (
    <span className={styles.flags}>
      {ordered.slice(0, more > 1 ? mostFlags - 1 : mostFlags).map((flag) => (
        <FlagChip key={flag.flag} flag={flag} />
      ))}
      {more > 1 && (
        <Chip
          title={text('campaignItems:moreFlags', { count: more + 1 })}
        >{`+${formatCount(more + 1)}`}</Chip>
      )}
    </span>
  );
}

function State({ item }: { item: ListedItem }) {
  const { stages } = useContext(RowContext);
  const { reviewer } = useStatus();
  const { ofRecord, acting, stage } = item;
  const isStandIn = acting !== null && ofRecord !== null && acting.id !== ofRecord.id;
  // Whoever stands in sees for whom; everybody else sees who decides.
  const names =
    isStandIn && acting.id === reviewer?.id
      ? text('campaignItems:decisions.for', { name: ofRecord.name })
      : ((acting ?? ofRecord)?.name ?? text('campaignItems:nobodyMay'));
  const why = isStandIn
    ? text('campaignItems:standsIn', { acting: acting.name, name: ofRecord.name })
    : item.because;
  const stageName = stages.length > 1 ? `${stages[stage]?.name ?? ''}: ` : '';
  return (
    <Lines
      below={
        <bdi title={why}>
          {stageName}
          {names}
        </bdi>
      }
    >
      <StateMark item={item} />
    </Lines>
  );
}
