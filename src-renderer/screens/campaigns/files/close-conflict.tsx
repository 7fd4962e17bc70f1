// Says which of several decisions stands, and why. Nothing is chosen beforehand.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { CampaignConflict } from '#shared/model/campaign-files.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { SubmittingTextArea } from '../../../components/field.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { decisionWords } from '../../../domain/decision-words.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { useDraft } from '../../../domain/use-draft.ts';
import { text } from '../../../texts/text.ts';
import styles from './conflicts.module.css';

type CloseConflictProps = { campaign: CampaignStatus; conflict: CampaignConflict };

export function CloseConflict({ campaign, conflict }: CloseConflictProps) {
  const { item, stage, opinions } = conflict;
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [stands, setStands] = useState<string | null>(null);
  const [note, setNote, forget] = useDraft(`campaign-conflict.${campaign.id}.${item}.${stage}`);
  const close = useMutation(
    orpc.campaignFiles.closeConflict.mutationOptions({
      onSuccess: forget,
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  if (campaign.state !== 'open') return <p className={styles.quiet}>{text('campaignFiles:closed')}</p>;
  const canClose = stands !== null && note.trim() !== '' && !close.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canClose) gate(() => close.mutate({ id: campaign.id, item, stage, stands, note: note.trim() }));
  };
  return (
    <form className={styles.form} aria-label={text('campaignFiles:conflict.close')} onSubmit={submit}>
      <fieldset className={styles.choices}>
        <legend>{text('campaignFiles:conflict.whichStands')}</legend>
        {opinions.map(({ decision, reviewerName, kind }) => (
          <label key={decision} className={styles.choice}>
            <input
              type="radio"
              name={`${item} ${stage}`}
              checked={stands === decision}
              onChange={() => setStands(decision)}
            />
            <span>
              {decisionWords[kind].past} · <bdi>{reviewerName}</bdi>
            </span>
          </label>
        ))}
      </fieldset>
      <SubmittingTextArea
        label={text('campaignFiles:conflict.note')}
        hint={text('campaignFiles:conflict.noteHint')}
        rows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <ProblemNotice error={close.error} />
      <div className={styles.act}>
        <Button weight="primary" submits disabled={!canClose}>
          {text('campaignFiles:conflict.close')}
        </Button>
        <ActingAs />
      </div>
    </form>
  );
}
