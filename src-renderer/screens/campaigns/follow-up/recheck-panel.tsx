// Re-checks: what each later population showed, and the way to freeze another one.
import { useQuery } from '@tanstack/react-query';
import { SearchCheck } from 'lucide-react';
import { useState } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import type { RecheckSummary } from '#shared/model/campaign-follow-up.ts';
import { Button } from '../../../components/button.tsx';
import { Panel } from '../../../components/panel.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useApi } from '../../../domain/api.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { JobProgress } from '../../../domain/job-progress.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { useStartedJob } from '../../../domain/use-started-job.ts';
import { text } from '../../../texts/text.ts';
import { recheckFindings, stateWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { Proportions } from './proportions.tsx';
import { RecheckDialog } from './recheck-dialog.tsx';
import { RecheckResults } from './recheck-results.tsx';

export function RecheckPanel({ campaign }: { campaign: CampaignStatus }) {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const rechecks = useQuery(orpc.campaignFollowUp.rechecks.queryOptions({ input: { id: campaign.id } }));
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  const { job, isRunning, follow } = useStartedJob();
  return (
    <Panel
      title={text('campaignFollowUp:recheck.list')}
      actions={
        <Button
          weight="primary"
          icon={SearchCheck}
          disabled={isRunning}
          onClick={() => gate(() => setAsking(true))}
        >
          {text('campaignFollowUp:recheck.act')}
        </Button>
      }
    >
      {job !== null && <JobProgress job={job}>{null}</JobProgress>}
      <ProblemNotice error={rechecks.error} />
      {rechecks.data?.length === 0 && <p className={styles.muted}>{text('campaignFollowUp:recheck.none')}</p>}
      <ol className={styles.rechecks} aria-label={text('campaignFollowUp:recheck.list')} reversed>
        {rechecks.data?.toReversed().map((recheck) => (
          <Line key={recheck.number} recheck={recheck} onShow={() => setShown(recheck.number)} />
        ))}
      </ol>
      {isAsking && <RecheckDialog campaign={campaign} onStarted={follow} onClose={() => setAsking(false)} />}
      {shown !== null && (
        <RecheckResults campaign={campaign.id} number={shown} onClose={() => setShown(null)} />
      )}
    </Panel>
  );
}

function Line({ recheck, onShow }: { recheck: RecheckSummary; onShow: () => void }) {
  const { number, at, byName, counts, ipe } = recheck;
  return (
    <li>
      <div className={styles.title}>
        <p>
          <strong>{text('campaignFollowUp:recheck.number', { number })}</strong>{' '}
          <span className={styles.muted}>
            <InstantText instant={at} /> {text('campaignFollowUp:recheck.by', { name: visibleText(byName) })}
            {' · '}
            {text('campaignFollowUp:recheck.rows', { count: ipe.rows, items: ipe.items })}
          </span>
        </p>
        <Button
          size="small"
          aria-label={text('campaignFollowUp:recheck.showWhat', { number })}
          onClick={onShow}
        >
          {text('campaignFollowUp:recheck.show')}
        </Button>
      </div>
      <Proportions
        label={text('campaignFollowUp:recheck.results', { number })}
        parts={recheckFindings
          .filter((state) => counts[state] > 0)
          .map((state) => ({
            tone: state,
            count: counts[state],
            word: <span title={stateWords[state].meaning}>{stateWords[state].label}</span>,
          }))}
      />
    </li>
  );
}
