// The controls that the evidence of this workspace is meant for, and how to edit them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ControlMapping } from '#shared/model/evidence.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { controlsText, readControls } from './controls-draft.ts';
import styles from './trust-panel.module.css';

export function ControlsPanel() {
  const { orpc } = useApi();
  const controls = useQuery(orpc.evidence.controls.queryOptions());
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel title="Controls">
      <ProblemNotice error={controls.error} />
      <p className={styles.note}>
        A pack says which controls it is meant for. That is your claim, and whether it suffices is for the
        auditor to judge.
      </p>
      {controls.data !== undefined && !isOpen && (
        <>
          <p>
            {countWords(controls.data.length, 'control')} of{' '}
            <bdi>{[...new Set(controls.data.map(({ framework }) => framework))].join(', ')}</bdi>
          </p>
          <div>
            <Button onClick={() => setIsOpen(true)}>Edit the controls</Button>
          </div>
        </>
      )}
      {controls.data !== undefined && isOpen && (
        <ControlsForm controls={controls.data} onEnd={() => setIsOpen(false)} />
      )}
    </Panel>
  );
}

function ControlsForm({ controls, onEnd }: { controls: ControlMapping; onEnd: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [text, setText] = useState(() => controlsText(controls));
  const [reason, setReason] = useState('');
  const set = useMutation(
    orpc.evidence.setControls.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onEnd();
      },
    }),
  );
  const read = readControls(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ('controls' in read) gate(() => set.mutate({ controls: read.controls, reason: reason.trim() }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label="Framework | control | what it asks for"
        rows={12}
        error={'fault' in read ? read.fault : null}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <TextField label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} />
      <ProblemNotice error={set.error} />
      <div>
        <Button onClick={onEnd}>Cancel</Button>{' '}
        <Button weight="primary" submits disabled={'fault' in read || reason.trim() === '' || set.isPending}>
          Record the controls
        </Button>
      </div>
    </form>
  );
}
