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
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { controlsText, readControls } from './controls-draft.ts';
import styles from './trust-panel.module.css';

export function ControlsPanel() {
  const { orpc } = useApi();
  const controls = useQuery(orpc.evidence.controls.queryOptions());
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Panel title={text('evidence:controls.title')}>
      <ProblemNotice error={controls.error} />
      <p className={styles.note}>{text('evidence:controls.meaning')}</p>
      {controls.data !== undefined && !isOpen && (
        <>
          <p>
            <Rich
              of="evidence:controls.count"
              values={{ controls: countWords(controls.data.length, 'control') }}
              parts={{
                frameworks: (
                  <bdi>{[...new Set(controls.data.map(({ framework }) => framework))].join(', ')}</bdi>
                ),
              }}
            />
          </p>
          <div>
            <Button onClick={() => setIsOpen(true)}>{text('evidence:controls.edit')}</Button>
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
  const [lines, setLines] = useState(() => controlsText(controls));
  const [reason, setReason] = useState('');
  const set = useMutation(
    orpc.evidence.setControls.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onEnd();
      },
    }),
  );
  const read = readControls(lines);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ('controls' in read) gate(() => set.mutate({ controls: read.controls, reason: reason.trim() }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label={text('evidence:controls.lines')}
        rows={12}
        error={'fault' in read ? read.fault : null}
        value={lines}
        onChange={(event) => setLines(event.target.value)}
      />
      <TextField
        label={text('evidence:reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={set.error} />
      <div>
        <Button onClick={onEnd}>{text('domain:cancel')}</Button>{' '}
        <Button weight="primary" submits disabled={'fault' in read || reason.trim() === '' || set.isPending}>
          {text('evidence:controls.record')}
        </Button>
      </div>
    </form>
  );
}
