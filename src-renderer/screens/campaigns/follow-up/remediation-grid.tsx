// The rights that are to go, one a row; the next page is read when its first row comes into sight.
import { CalendarX } from 'lucide-react';
import type { NamedRemediation } from '#shared/model/campaign-follow-up.ts';
import { Button } from '../../../components/button.tsx';
import { Chip } from '../../../components/chip.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import type { LongColumn } from '../../../components/long-grid.tsx';
import { Spoken } from '../../../components/spoken.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { text } from '../../../texts/text.ts';
import { FittedGrid } from './fitted-grid.tsx';
import { rightWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { StateMark } from './state-mark.tsx';
import { usePagedRows } from './use-paged-rows.ts';
import type { ShownRemediation } from './use-remediation.ts';

type RemediationGridProps = {
  list: ShownRemediation;
  checked: ReadonlyMap<string, unknown>;
  onToggle: (row: NamedRemediation) => void;
  chosen: string | null;
  onChoose: (item: string) => void;
  onOpen: () => void;
};

const leastWidth = 600;

export function RemediationGrid({ list, checked, onToggle, chosen, onChoose, onOpen }: RemediationGridProps) {
  const { rows, first, setFilter } = list;
  const paged = usePagedRows(rows, list);
  const at = rows.findIndex(({ item }) => item === chosen);
  const choose = (row: number) => {
    const item = rows[row]?.item;
    if (item !== undefined) onChoose(item);
  };
  return (
    <>
      <FittedGrid
        {...paged}
        label={text('campaignFollowUp:tasks.list')}
        columns={columnsOf((item) => checked.has(item), onToggle)}
        leastWidth={leastWidth}
        selected={at === -1 ? null : at}
        onSelect={choose}
        onOpen={onOpen}
        empty={
          <EmptyState title={text('campaignFollowUp:tasks.nothingLike')}>
            <p>{text('campaignFollowUp:tasks.nothingLikeNext')}</p>
            <Button onClick={() => setFilter({ show: 'all', owner: null, text: '' })}>
              {text('campaignFollowUp:tasks.showAll')}
            </Button>
          </EmptyState>
        }
      />
      <p className={styles.foot} aria-live="polite">
        {text('campaignFollowUp:shown', { shown: rows.length, all: first?.matching ?? rows.length })}
      </p>
    </>
  );
}

function columnsOf(
  isChecked: (item: string) => boolean,
  onToggle: (row: NamedRemediation) => void,
): readonly LongColumn<NamedRemediation>[] {
  return [
    {
      // A word would take more room than the boxes; each box says what it chooses.
      name: '✓',
      width: '40px',
      cell: (row) => (
        <input
          type="checkbox"
          className={styles.check}
          checked={isChecked(row.item)}
          disabled={row.outcome === null}
          tabIndex={-1}
          aria-label={text('campaignFollowUp:tasks.checkWhat', {
            right: rightWords(row),
            subject: visibleText(row.subject),
          })}
          onChange={() => onToggle(row)}
        />
      ),
    },
    {
      name: text('campaignFollowUp:whoAndRight'),
      cell: (row) => (
        <span title={`${visibleText(row.subject)}: ${rightWords(row)}`}>
          <Verbatim value={row.subjectName ?? row.subject} most={60} />{' '}
          <span className={styles.muted}>{rightWords(row)}</span>
        </span>
      ),
    },
    {
      name: text('campaignFollowUp:tasks.filter'),
      width: '166px',
      cell: ({ state, outcome }) =>
        outcome === null ? (
          <Chip title={text('campaignFollowUp:tasks.correctedMeaning')}>
            {text('campaignFollowUp:tasks.corrected')}
          </Chip>
        ) : (
          <StateMark state={state} />
        ),
    },
    {
      name: text('campaignFollowUp:tasks.owner'),
      width: '104px',
      cell: ({ owner }) => <Verbatim value={owner} missing={text('campaignFollowUp:nobody')} most={40} />,
    },
    { name: text('campaignFollowUp:tasks.due'), width: '116px', cell: (row) => <DueDay row={row} /> },
  ];
}

export function DueDay({ row: { dueOn, isOverdue } }: { row: NamedRemediation }) {
  if (dueOn === null) return text('campaignFollowUp:none');
  if (!isOverdue) return <time dateTime={dueOn}>{dueOn}</time>;
  return (
    <span className={styles.overdue} title={text('campaignFollowUp:tasks.isOverdue')}>
      <CalendarX className={styles.icon} aria-hidden="true" />
      <Spoken>{text('campaignFollowUp:tasks.isOverdue')}</Spoken>
      <time dateTime={dueOn}>{dueOn}</time>
    </span>
  );
}
