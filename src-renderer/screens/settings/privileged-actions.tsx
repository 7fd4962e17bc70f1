// The actions that put an event into the review queue, where the audit database lists none; every change has a reason.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { actionChange, parseActions } from './action-list.ts';
import styles from './privileged-actions.module.css';

export function PrivilegedActions() {
  const { orpc } = useApi();
  const actions = useQuery(orpc.workspace.privilegedActions.queryOptions());
  const [isEditing, setIsEditing] = useState(false);
  return (
    <Panel
      title="Privileged actions"
      note="events of critical severity always count"
      actions={
        !isEditing &&
        actions.data !== undefined && (
          <Button size="small" onClick={() => setIsEditing(true)}>
            Edit
          </Button>
        )
      }
    >
      <ProblemNotice error={actions.error} />
      {actions.data !== undefined && isEditing && (
        <ActionsForm before={actions.data} onClose={() => setIsEditing(false)} />
      )}
      {actions.data !== undefined && !isEditing && (
        <ul className={styles.list}>
          {actions.data.map((action) => (
            <li key={action} className={styles.action}>
              <Verbatim value={action} most={80} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ActionsForm({ before, onClose }: { before: readonly string[]; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [text, setText] = useState(before.join('\n'));
  const [reason, setReason] = useState('');
  const save = useMutation(
    orpc.workspace.setPrivilegedActions.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const after = parseActions(text);
  const { added, removed } = actionChange(before, after);
  const canSave = added.length + removed.length > 0 && reason.trim() !== '' && !save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate({ actions: after, reason: reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label="One action a line"
        rows={9}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <output className={styles.change}>
        {added.length === 0 && removed.length === 0 && 'No change yet.'}
        {added.length > 0 && `Adds: ${added.join(', ')}. `}
        {removed.length > 0 && `Removes: ${removed.join(', ')}.`}
      </output>
      <TextField
        label="Reason"
        hint="It goes into the ledger with the change."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button weight="primary" submits disabled={!canSave}>
          Save list
        </Button>
      </div>
    </form>
  );
}
