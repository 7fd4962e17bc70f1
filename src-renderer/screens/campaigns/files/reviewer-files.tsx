// In the workspace of a reviewer: what was taken up and from whom, how much of it is decided, and handing the decisions back.
import { useMutation, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { decisionsReport } from '#shared/model/campaign-files.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Bar } from '../../../charts/bar.tsx';
import { Button } from '../../../components/button.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { useApi } from '../../../domain/api.ts';
import { countWords, formatCount } from '../../../domain/count-words.ts';
import { JobProgress } from '../../../domain/job-progress.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { TakeUpFile } from '../../../domain/take-up-file.tsx';
import { useStatus } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { FileTable } from './file-table.tsx';
import styles from './files.module.css';
import { useSignedFile } from './use-signed-file.tsx';
import { WrittenFile } from './written-file.tsx';

export function ReviewerFiles({ campaign, onGo }: SectionProps) {
  const { orpc } = useApi();
  const files = useQuery(orpc.campaignFiles.list.queryOptions({ input: { id: campaign.id } }));
  return (
    <>
      <HandBack campaign={campaign} onGo={onGo} />
      <ProblemNotice error={files.error} />
      <FileTable campaign={campaign} files={files.data} />
      <Panel title={text('campaignFiles:more.title')}>
        <p>{text('campaignFiles:more.meaning')}</p>
        <div>
          <TakeUpFile />
        </div>
      </Panel>
    </>
  );
}

function HandBack({ campaign, onGo }: SectionProps) {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const file = useSignedFile();
  const start = useMutation(orpc.campaignFiles.exportDecisions.mutationOptions(file.whenAsked));
  const isBlocked = start.isPending || file.isBlocked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBlocked) gate(() => start.mutate({ id: campaign.id, ...file.unlocking }));
  };
  return (
    <Panel title={text('campaignFiles:handBack.title')}>
      <HowFar campaign={campaign} onGo={onGo} />
      <p>{text('campaignFiles:handBack.meaning')}</p>
      <form className={styles.form} onSubmit={submit}>
        {file.passphraseField}
        <ProblemNotice error={start.error} />
        <div className={styles.buttons}>
          <Button weight="primary" submits disabled={isBlocked}>
            {text('campaignFiles:handBack.act')}
          </Button>
          <ActingAs />
        </div>
      </form>
      {file.job !== null && (
        <JobProgress job={file.job}>
          <HandedBack campaign={campaign} result={file.job.result} />
        </JobProgress>
      )}
    </Panel>
  );
}

function HowFar({ campaign, onGo }: SectionProps) {
  const { items, open, undecided, disagreed } = campaign.counts;
  // Who abstained or escalated has decided what was theirs to decide.
  const waiting = open - undecided - disagreed;
  const decided = items - waiting;
  const mine = useWaitingForMe(campaign.id);
  return (
    <div className={styles.form}>
      <p>
        <strong>
          {text('campaignFiles:handBack.decided', {
            decided: formatCount(decided),
            all: formatCount(items),
          })}
        </strong>
      </p>
      <Bar length={items === 0 ? 0 : (decided / items) * 100} />
      {mine !== null && mine > 0 && (
        <div className={styles.buttons}>
          <span className={styles.quiet}>{text('campaignFiles:handBack.partly')}</span>
          <Button size="small" onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'items' })}>
            {text('campaignFiles:handBack.goDecide', { count: mine })}
          </Button>
        </div>
      )}
      {mine !== null && waiting > mine && (
        <p className={styles.quiet}>{text('campaignFiles:handBack.notMine', { count: waiting - mine })}</p>
      )}
    </div>
  );
}

/** Items that are still for the reviewer of this workspace to decide; null while that is being counted. */
function useWaitingForMe(id: string): number | null {
  const { orpc } = useApi();
  const { reviewer } = useStatus();
  const shares = useQuery(orpc.campaignFiles.shares.queryOptions({ input: { id } }));
  if (shares.data === undefined) return null;
  return shares.data.filter(({ person }) => person === reviewer?.id).reduce((sum, { open }) => sum + open, 0);
}

function HandedBack({ campaign, result }: { campaign: CampaignStatus; result: unknown }) {
  const parsed = decisionsReport.safeParse(result);
  if (!parsed.success) return null;
  const { name, sha256, decisions, others, decided, open } = parsed.data;
  return (
    <>
      {others > 0 && (
        <Notice tone="warning" title={text('campaignFiles:handBack.others', { count: others })} />
      )}
      <WrittenFile
        name={name}
        sha256={sha256}
        title={text('campaignFiles:handBack.written')}
        facts={[
          { name: text('campaignFiles:seen.holds'), value: countWords(decisions, 'decision') },
          {
            name: text('campaignFiles:handBack.items'),
            value: text('campaignFiles:handBack.itemsOf', {
              decided: formatCount(decided),
              open: formatCount(open),
            }),
          },
        ]}
        message={(fingerprint) =>
          text('campaignFiles:handBack.message', {
            campaign: campaign.name,
            decisions: countWords(decisions, 'decision'),
            file: name,
            sha256,
            fingerprint,
          })
        }
        steps={[
          text('campaignFiles:handBack.step.send'),
          text('campaignFiles:handBack.step.takeIn'),
          text('campaignFiles:handBack.step.later'),
        ]}
      />
    </>
  );
}
