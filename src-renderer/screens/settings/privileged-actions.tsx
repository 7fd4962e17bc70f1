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
import { text } from '../../texts/text.ts';
import { actionChange, parseActions } from './action-list.ts';
import styles from './privileged-actions.module.css';

export function PrivilegedActions() {
  const { orpc } = useApi();
  const actions = useQuery(orpc.workspace.privilegedActions.queryOptions());
  const [isEditing, setIsEditing] = useState(false);
  return (
    <Panel
      title={text('settings:privileged.title')}
      note={text('settings:privileged.note')}
      actions={
        !isEditing &&
        actions.data !== undefined && (
          <Button size="small" onClick={() => setIsEditing(true)}>
            {text('settings:privileged.edit')}
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
  const [lines, setLines] = useState(before.join('\n'));
  const [reason, setReason] = useState('');
  const save = useMutation(
    orpc.workspace.setPrivilegedActions.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const after = parseActions(lines);
  const { added, removed } = actionChange(before, after);
  const canSave = added.length + removed.length > 0 && reason.trim() !== '' && !save.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate({ actions: after, reason: reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea
        label={text('settings:privileged.field')}
        rows={9}
        spellCheck={false}
        value={lines}
        onChange={(event) => setLines(event.target.value)}
      />
      <output className={styles.change}>
        {added.length === 0 && removed.length === 0 && text('settings:noChange')}
        {added.length > 0 && `${text('settings:privileged.adds', { actions: added.join(', ') })} `}
        {removed.length > 0 && text('settings:privileged.removes', { actions: removed.join(', ') })}
      </output>
      <TextField
        label={text('settings:reason')}
        hint={text('settings:intoLedger')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="primary" submits disabled={!canSave}>
          {text('settings:privileged.save')}
        </Button>
      </div>
    </form>
  );
}
