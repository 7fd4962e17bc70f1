// How far the remediation is: one bar, each state in words and number, and what is overdue.
import { CalendarX } from 'lucide-react';
import { remediationStates } from '#shared/model/campaign.ts';
import type { RemediationList } from '#shared/model/campaign-follow-up.ts';
import { Panel } from '../../../components/panel.tsx';
import { formatCount } from '../../../domain/count-words.ts';
import { text } from '../../../texts/text.ts';
import { stateWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { Proportions } from './proportions.tsx';

export function RemediationOverview({ list, total }: { list: RemediationList; total: number }) {
  const { counts, overdue } = list;
  const done = text('campaignFollowUp:tasks.verified', {
    done: formatCount(counts['verified-removed'] ?? 0),
  });
  return (
    <Panel
      title={text('campaignFollowUp:tasks.title')}
      note={`${text('campaignFollowUp:tasks.note', { count: total })} · ${done}`}
      actions={
        overdue > 0 && (
          <span className={styles.overdue}>
            <CalendarX className={styles.icon} aria-hidden="true" />
            {text('campaignFollowUp:tasks.overdue', { count: overdue })}
          </span>
        )
      }
    >
      <Proportions
        label={text('campaignFollowUp:tasks.states')}
        parts={remediationStates.map((state) => ({
          tone: state,
          count: counts[state] ?? 0,
          word: <span title={stateWords[state].meaning}>{stateWords[state].label}</span>,
        }))}
      />
    </Panel>
  );
}
