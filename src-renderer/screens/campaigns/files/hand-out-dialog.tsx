// Writes a signed file with what one person has to decide, and says how they take it up.
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { assignmentReport } from '#shared/model/campaign-files.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { Modal, ModalActions } from '../../../components/modal.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { useApi } from '../../../domain/api.ts';
import { JobProgress } from '../../../domain/job-progress.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import type { FlowRow } from './file-flow.ts';
import styles from './files.module.css';
import { useSignedFile } from './use-signed-file.tsx';
import { WrittenFile } from './written-file.tsx';

type HandOutProps = { campaign: CampaignStatus; row: FlowRow; onClose: () => void };

export function HandOutDialog({ campaign, row, onClose }: HandOutProps) {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const file = useSignedFile();
  const start = useMutation(orpc.campaignFiles.assign.mutationOptions(file.whenAsked));
  const { person, stage, open } = row;
  if (person === null) return null;
  const isBlocked = start.isPending || file.isBlocked;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBlocked) return;
    gate(() => start.mutate({ id: campaign.id, to: person.id, stage, ...file.unlocking }));
  };
  const isWritten = file.job?.state === 'done';
  return (
    <Modal title={text('campaignFiles:handOut.title', { name: person.name })} onClose={onClose}>
      {!isWritten && (
        <form className={styles.form} onSubmit={submit}>
          <p>
            <Rich
              of="campaignFiles:handOut.meaning"
              values={{ items: text('campaignFiles:items', { count: open }) }}
              parts={{ name: <bdi>{person.name}</bdi>, stage: <bdi>{stageName(campaign, stage)}</bdi> }}
            />
          </p>
          <p className={styles.quiet}>{text('campaignFiles:handOut.care')}</p>
          {file.passphraseField}
          <ProblemNotice error={start.error} />
          <ModalActions>
            <ActingAs />
            <Button onClick={onClose}>{text('domain:cancel')}</Button>
            <Button weight="primary" submits disabled={isBlocked}>
              {text('campaignFiles:handOut.act')}
            </Button>
          </ModalActions>
        </form>
      )}
      {file.job !== null && (
        <JobProgress job={file.job}>
          <HandedOut campaign={campaign} result={file.job.result} onClose={onClose} />
        </JobProgress>
      )}
    </Modal>
  );
}

const stageName = ({ definition }: CampaignStatus, stage: number): string =>
  definition.stages[stage]?.name ?? '';

function HandedOut({
  campaign,
  result,
  onClose,
}: {
  campaign: CampaignStatus;
  result: unknown;
  onClose: () => void;
}) {
  const parsed = assignmentReport.safeParse(result);
  if (!parsed.success) return null;
  const { name, sha256, to, items, dueOn } = parsed.data;
  return (
    <WrittenFile
      name={name}
      sha256={sha256}
      title={text('campaignFiles:handOut.written')}
      facts={[
        { name: text('campaignFiles:seen.holds'), value: text('campaignFiles:items', { count: items }) },
        { name: text('campaignFiles:seen.dueOn'), value: dueOn },
      ]}
      message={(fingerprint) =>
        text('campaignFiles:handOut.message', {
          to: to.name,
          campaign: campaign.name,
          items: text('campaignFiles:items', { count: items }),
          dueOn,
          file: name,
          sha256,
          id: to.id,
          email: to.email ?? text('campaignFiles:handOut.noEmail'),
          fingerprint,
        })
      }
      steps={[
        text('campaignFiles:handOut.step.send'),
        text(
          to.email === null
            ? 'campaignFiles:handOut.step.identity'
            : 'campaignFiles:handOut.step.identityEmail',
          {
            id: to.id,
            email: to.email ?? '',
          },
        ),
        text('campaignFiles:handOut.step.takeUp'),
        text('campaignFiles:handOut.step.key'),
        text('campaignFiles:handOut.step.back'),
      ]}
      onClose={onClose}
    />
  );
}
