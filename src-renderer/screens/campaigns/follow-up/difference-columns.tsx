// The columns of a difference.
import type { DifferencePage } from '#shared/model/campaign-follow-up.ts';
import type { LongColumn } from '../../../components/long-grid.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { text } from '../../../texts/text.ts';
import { rightWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';

type Row = DifferencePage['rows'][number];

export const differenceLeastWidth = 440;

export const differenceColumns = (): readonly LongColumn<Row>[] => [
  {
    name: text('campaignFollowUp:subject'),
    cell: ({ item }) => <Verbatim value={item.subjectName ?? item.subject} most={60} />,
  },
  {
    name: text('campaignFollowUp:right'),
    cell: ({ item }) => <span title={rightWords(item)}>{rightWords(item)}</span>,
  },
  { name: text('campaignFollowUp:diff.earlier'), width: '150px', cell: (row) => <Earlier row={row} /> },
];

export function Earlier({ row: { kind, earlier } }: { row: Row }) {
  if (earlier !== null) return <DecisionMark decision={earlier.decision} />;
  return (
    <span className={styles.muted}>
      {kind === 'new' ? text('campaignFollowUp:diff.notThen') : text('campaignFollowUp:diff.undecided')}
    </span>
  );
}
