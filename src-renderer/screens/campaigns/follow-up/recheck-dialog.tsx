// Asks for what a re-check needs: nothing for a table, a later file for a file, a first day for activity.
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/field.tsx';
import { Modal, ModalActions } from '../../../components/modal.tsx';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { listWords } from '../../../domain/count-words.ts';
import { FileDrop } from '../../../domain/file-drop.tsx';
import { handOver } from '../../../domain/pack-file.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useCancellable } from '../../../domain/use-cancellable.ts';
import { text } from '../../../texts/text.ts';
import styles from './follow-up.module.css';

type RecheckDialogProps = {
  campaign: CampaignStatus;
  onStarted: (started: { jobId: string }) => void;
  onClose: () => void;
};

type Asked = { file: File | null; from: string };

/** Hands the file over where there is one, then starts. */
function useStart(id: string) {
  const { client } = useApi();
  return useCancellable(async ({ file, from }: Asked, { signal, onProgress }) => {
    const day = from === '' ? {} : { from };
    if (file === null) return client.campaignFollowUp.recheck({ id, ...day });
    const upload = await handOver(client.evidence, file, onProgress, signal);
    const { name, sha256 } = await client.campaigns.keepFile({ upload, name: file.name });
    return client.campaignFollowUp.recheck({ id, file: { name, sha256 } });
  });
}

export function RecheckDialog({ campaign, onStarted, onClose }: RecheckDialogProps) {
  const queryClient = useQueryClient();
  const { scope } = campaign.definition;
  const [asked, setAsked] = useState<Asked>({ file: null, from: '' });
  const start = useStart(campaign.id);
  const isReady = (scope.from !== 'file' || asked.file !== null) && !start.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    start.mutate(asked, {
      onSuccess: (started) => {
        onStarted(started);
        onClose();
      },
      onSettled: () => void refetchWorkspace(queryClient),
    });
  };
  return (
    <Modal title={text('campaignFollowUp:recheck.title')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{text(`campaignFollowUp:recheck.${scope.from}`)}</p>
        {scope.from === 'file' && (
          <>
            <p className={styles.muted}>
              {text('campaignFollowUp:recheck.fileColumns', {
                columns: listWords(
                  Object.values(scope.columns).flatMap((name) =>
                    name === undefined ? [] : [visibleText(name)],
                  ),
                ),
              })}
            </p>
            <FileDrop
              label={text('campaignFollowUp:recheck.fileLabel')}
              accept=".csv,text/csv"
              file={asked.file}
              onFile={(file) => setAsked({ ...asked, file })}
            />
          </>
        )}
        {scope.from === 'activity' && (
          <TextField
            label={text('campaignFollowUp:recheck.from')}
            hint={text('campaignFollowUp:recheck.fromHint')}
            type="date"
            value={asked.from}
            onChange={(event) => setAsked({ ...asked, from: event.target.value })}
          />
        )}
        {start.isPending && asked.file !== null && (
          <ProgressBar label={text('campaignFollowUp:recheck.fileLabel')} share={start.share} />
        )}
        <ProblemNotice error={start.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={start.isPending ? start.cancel : onClose}>
            {text('campaignFollowUp:recheck.cancel')}
          </Button>
          <Button weight="primary" submits data-focus-first={scope.from === 'table'} disabled={!isReady}>
            {text('campaignFollowUp:recheck.start')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
