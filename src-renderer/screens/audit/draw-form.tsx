// Draws a sample: by which method, from which list, and before anything is drawn how many items that takes.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { controlFrequencies, type ControlFrequency } from '#shared/model/sampling.ts';
import { packSections } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { sectionNames } from '../../domain/audit-words.ts';
import { countWords } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useAuditView } from '../../state/audit-view.ts';
import styles from './audit-screen.module.css';
import {
  emptySampleDraft,
  sampleErrors,
  sampleWishOf,
  type SampleDraft,
  type SampleWish,
} from './sample-draft.ts';

const frequencyNames: Readonly<Record<ControlFrequency, string>> = {
  annual: 'Once a year',
  quarterly: 'Quarterly',
  monthly: 'Monthly',
  weekly: 'Weekly',
  daily: 'Daily',
  'several-a-day': 'Several times a day',
  'ad-hoc': 'As the need arises',
};

const kinds = [
  { value: 'attribute', label: 'Attribute' },
  { value: 'judgemental', label: 'Judgemental' },
] as const;

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
        label="From"
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
        label="What is tested"
        rows={2}
        value={draft.purpose}
        onChange={(event) => change({ purpose: event.target.value })}
      />
      <Segmented label="Method" value={draft.kind} choices={kinds} onChange={(kind) => change({ kind })} />
      {draft.kind === 'attribute' ? (
        <AttributeFields draft={draft} change={change} />
      ) : (
        <JudgementFields draft={draft} change={change} />
      )}
      <SeedFields draft={draft} change={change} />
      {wish !== null && <Preview wish={wish} />}
      <ProblemNotice error={draw.error} />
      <div>
        <Button
          weight="primary"
          submits
          disabled={wish === null || draft.purpose.trim() === '' || draw.isPending}
        >
          Draw sample
        </Button>
      </div>
    </form>
  );
}

type FieldsProps = { draft: SampleDraft; change: (part: Partial<SampleDraft>) => void };

function AttributeFields({ draft, change }: FieldsProps) {
  const errors = sampleErrors(draft);
  return (
    <div className={styles.pair}>
      <TextField
        label="Confidence (%)"
        inputMode="decimal"
        value={draft.confidence}
        error={errors.confidence}
        onChange={(event) => change({ confidence: event.target.value })}
      />
      <TextField
        label="Tolerable rate (%)"
        inputMode="decimal"
        value={draft.tolerable}
        error={errors.tolerable}
        onChange={(event) => change({ tolerable: event.target.value })}
      />
      <TextField
        label="Expected deviations"
        inputMode="numeric"
        value={draft.expected}
        error={errors.expected}
        onChange={(event) => change({ expected: event.target.value })}
      />
    </div>
  );
}

function JudgementFields({ draft, change }: FieldsProps) {
  return (
    <>
      <SelectField
        label="How often the control is performed"
        value={draft.frequency}
        onChange={({ target }) =>
          change({ frequency: controlFrequencies.find((one) => one === target.value) ?? draft.frequency })
        }
      >
        {controlFrequencies.map((one) => (
          <option key={one} value={one}>
            {frequencyNames[one]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Why another size (where it is not the usual one)"
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
    </>
  );
}

function SeedFields({ draft, change }: FieldsProps) {
  const errors = sampleErrors(draft);
  return (
    <div className={styles.pair}>
      <TextField
        label="Size (optional)"
        hint="Without it, what the method gives"
        inputMode="numeric"
        value={draft.size}
        error={errors.size}
        onChange={(event) => change({ size: event.target.value })}
      />
      <TextField
        label="Seed (optional)"
        hint="Without it the hash of the population, which nobody can choose"
        value={draft.seed}
        error={errors.seed}
        onChange={(event) => change({ seed: event.target.value })}
      />
    </div>
  );
}

function Preview({ wish }: { wish: SampleWish }) {
  const { orpc } = useApi();
  const preview = useQuery(orpc.audit.previewSample.queryOptions({ input: wish, staleTime: Infinity }));
  if (preview.isError) return <ProblemNotice error={preview.error} />;
  if (preview.data === undefined) return <p className={styles.note}>Counting…</p>;
  const { size, derivation } = preview.data;
  return (
    <Notice tone="info" title={`${countWords(size, 'item')} would be drawn.`}>
      <p>{derivation}</p>
    </Notice>
  );
}
