// Draws a sample: by which method, from which list, and before anything is drawn how many items that takes.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { packSections } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextArea } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { sectionNames } from '../../domain/audit-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { SamplingFields } from '../../domain/sampling-fields.tsx';
import { useAuditView } from '../../state/audit-view.ts';
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';
import { emptySampleDraft, sampleWishOf, type SampleDraft, type SampleWish } from './sample-draft.ts';

export function DrawForm() {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const choose = useAuditView((state) => state.choose);
  const [draft, setDraft] = useState(emptySampleDraft);
  const change = (part: Partial<SampleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const wish = sampleWishOf(draft);
  const draw = useMutation(
    orpc.audit.drawSample.mutationOptions({
      onSuccess: (drawn) => {
        choose({ sample: drawn.reference });
        setDraft((before) => ({ ...emptySampleDraft, section: before.section }));
        return refetchWorkspace(queryClient);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish !== null) gate(() => draw.mutate({ ...wish, purpose: draft.purpose }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <SelectField
        label={text('audit:draw.from')}
        value={draft.section}
        onChange={({ target }) =>
          change({ section: packSections.find((one) => one === target.value) ?? draft.section })
        }
      >
        {packSections.map((one) => (
          <option key={one} value={one}>
            {sectionNames[one]}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={text('audit:draw.purpose')}
        rows={2}
        value={draft.purpose}
        onChange={(event) => change({ purpose: event.target.value })}
      />
      <SamplingFields draft={draft} change={change} />
      {wish !== null && <Preview wish={wish} />}
      <ProblemNotice error={draw.error} />
      <div>
        <Button
          weight="primary"
          submits
          disabled={wish === null || draft.purpose.trim() === '' || draw.isPending}
        >
          {text('audit:draw.act')}
        </Button>
      </div>
    </form>
  );
}

function Preview({ wish }: { wish: SampleWish }) {
  const { orpc } = useApi();
  const preview = useQuery(orpc.audit.previewSample.queryOptions({ input: wish, staleTime: Infinity }));
  if (preview.isError) return <ProblemNotice error={preview.error} />;
  if (preview.data === undefined) return <p className={styles.note}>{text('audit:draw.counting')}</p>;
  const { size, derivation } = preview.data;
  return (
    <Notice tone="info" title={text('audit:draw.would', { count: size })}>
      <p>{derivation}</p>
    </Notice>
  );
}
