// Freezes the population of a draft and opens it: what that means, what it is compared with, and how far it is.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { useState } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextArea } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { JobProgress } from '../../domain/job-progress.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useStartedJob } from '../../domain/use-started-job.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './about-section.module.css';
import { nameOf } from '#shared/model/campaign-people.ts';

type OpenPanelProps = { campaign: CampaignStatus; hasUnsaved: boolean; onStart: () => void };

/** Stand for what is no campaign: the newest one of the same source, and none. */
const newest = '';
const none = '-';

const mostNamed = 20;

/** Rights the source holds now that nobody explained, and whether it holds none; both no while that is not known. */
function useContents({ scope, period, zone, meanings }: CampaignStatus['definition']) {
  const { orpc } = useApi();
  const found = useQuery({
    ...orpc.campaigns.entitlements.queryOptions({ input: { scope, period, zone } }),
    retry: false,
  });
  const unexplained = (found.data?.entitlements ?? [])
    .map(({ entitlement }) => entitlement)
    .filter((entitlement) => (meanings[entitlement] ?? '').trim() === '');
  return { unexplained, isEmpty: found.data?.distinct === 0 };
}

export function OpenPanel({ campaign, hasUnsaved, onStart }: OpenPanelProps) {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const queryClient = useQueryClient();
  const campaigns = useQuery(orpc.campaigns.list.queryOptions());
  const [previous, setPrevious] = useState(newest);
  const [withoutMeanings, setWithoutMeanings] = useState('');
  const [emptyBecause, setEmptyBecause] = useState('');
  const { unexplained, isEmpty } = useContents(campaign.definition);
  const { job, isRunning, follow } = useStartedJob();
  const open = useMutation(
    orpc.campaigns.open.mutationOptions({
      onSuccess: follow,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const earlier = (campaigns.data ?? []).filter(
    ({ id, state, role }) => id !== campaign.id && state !== 'draft' && role === 'opened',
  );
  const isReasonMissing =
    (unexplained.length > 0 && withoutMeanings.trim() === '') || (isEmpty && emptyBecause.trim() === '');
  const start = () => {
    onStart();
    open.mutate({
      id: campaign.id,
      ...(withoutMeanings.trim() !== '' && { withoutMeanings: withoutMeanings.trim() }),
      ...(emptyBecause.trim() !== '' && { emptyBecause: emptyBecause.trim() }),
      ...(previous === none ? { previous: null } : previous === newest ? {} : { previous }),
    });
  };
  return (
    <Panel title={text('campaigns:open.title')}>
      <p className={styles.explained}>{text('campaigns:open.meaning')}</p>
      <p className={styles.explained}>
        <Rich
          of="campaigns:open.owner"
          parts={{ name: <bdi>{visibleText(nameOf(campaign.definition, campaign.definition.owner))}</bdi> }}
        />
      </p>
      {hasUnsaved && <Notice tone="warning" title={text('campaigns:open.unsaved')} />}
      {earlier.length > 0 && (
        <div className={styles.narrow}>
          <SelectField
            label={text('campaigns:open.previous')}
            hint={text('campaigns:open.previousHint')}
            value={previous}
            onChange={(event) => setPrevious(event.target.value)}
          >
            <option value={newest}>{text('campaigns:open.newest')}</option>
            <option value={none}>{text('campaigns:open.none')}</option>
            {earlier.map(({ id, name, period }) => (
              <option key={id} value={id}>
                {`${visibleText(name)} · ${text('campaigns:periodOf', { from: period.from, to: period.to })}`}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      {unexplained.length > 0 && (
        <Notice tone="warning" title={text('campaigns:open.unexplained', { count: unexplained.length })}>
          <p>{visibleText(unexplained.slice(0, mostNamed).join(', '))}</p>
          <p>{text('campaigns:open.explainFirst')}</p>
          <TextArea
            label={text('campaigns:open.withoutMeanings')}
            rows={2}
            maxLength={4000}
            value={withoutMeanings}
            onChange={(event) => setWithoutMeanings(event.target.value)}
          />
        </Notice>
      )}
      {isEmpty && (
        <Notice tone="warning" title={text('campaigns:open.empty')}>
          <p>{text('campaigns:open.emptyMeaning')}</p>
          <TextArea
            label={text('campaigns:open.emptyBecause')}
            rows={2}
            maxLength={4000}
            value={emptyBecause}
            onChange={(event) => setEmptyBecause(event.target.value)}
          />
        </Notice>
      )}
      <ProblemNotice error={open.error} />
      {job !== null && <JobProgress job={job}>{null}</JobProgress>}
      <div className={styles.buttons}>
        <Button
          weight="primary"
          icon={LockKeyhole}
          disabled={open.isPending || isRunning || isReasonMissing}
          onClick={() => gate(start)}
        >
          {text('campaigns:open.act')}
        </Button>
        <ActingAs />
      </div>
    </Panel>
  );
}
