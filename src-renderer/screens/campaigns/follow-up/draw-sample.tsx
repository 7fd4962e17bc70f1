// Draws a sample of the frozen population; how many items that takes, and why, stands there before anything is drawn.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { Button } from '../../../components/button.tsx';
import { TextArea } from '../../../components/field.tsx';
import { Notice } from '../../../components/notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import {
  emptySamplingDraft,
  samplingWishOf,
  type SamplingDraft,
  type SamplingWish,
} from '../../../domain/sampling-draft.ts';
import { SamplingFields } from '../../../domain/sampling-fields.tsx';
import { useSettled } from '../../../domain/use-settled.ts';
import { text } from '../../../texts/text.ts';
import styles from './follow-up.module.css';

type DrawSampleProps = { campaign: string; onDrawn: (sample: string) => void };

const settledAfterMs = 250;

export function DrawSample({ campaign, onDrawn }: DrawSampleProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [purpose, setPurpose] = useState('');
  const [draft, setDraft] = useState<SamplingDraft>(emptySamplingDraft);
  const wish = useMemo(() => samplingWishOf(draft), [draft]);
  const asked = useSettled(wish, settledAfterMs);
  const draw = useMutation(
    orpc.campaignOversight.drawSample.mutationOptions({
      onSuccess: ({ id }) => {
        setPurpose('');
        onDrawn(id);
      },
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish !== null) gate(() => draw.mutate({ id: campaign, purpose: purpose.trim(), ...wish }));
  };
  return (
    <Panel title={text('campaignFollowUp:sample.draw')}>
      <form className={styles.form} onSubmit={submit}>
        <TextArea
          label={text('campaignFollowUp:sample.purpose')}
          hint={text('campaignFollowUp:sample.purposeHint')}
          rows={2}
          maxLength={1000}
          value={purpose}
          onChange={(event) => setPurpose(event.target.value)}
        />
        <SamplingFields draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />
        {wish !== null && asked !== null && <Preview campaign={campaign} wish={asked} />}
        <ProblemNotice error={draw.error} />
        <div className={styles.line}>
          <ActingAs />
          <Button
            weight="primary"
            submits
            disabled={wish === null || purpose.trim() === '' || draw.isPending}
          >
            {text('campaignFollowUp:sample.act')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Preview({ campaign, wish }: { campaign: string; wish: SamplingWish }) {
  const { orpc } = useApi();
  const preview = useQuery(
    orpc.campaignOversight.previewSample.queryOptions({
      input: { id: campaign, ...wish },
      staleTime: Infinity,
      placeholderData: keepPreviousData,
    }),
  );
  if (preview.isError) return <ProblemNotice error={preview.error} />;
  if (preview.data === undefined || preview.isPlaceholderData)
    return <Notice tone="info" title={text('campaignFollowUp:sample.counting')} />;
  const { size, populationSize, derivation } = preview.data;
  return (
    <Notice tone="info" title={text('campaignFollowUp:sample.would', { count: size, all: populationSize })}>
      <p>{derivation}</p>
    </Notice>
  );
}
