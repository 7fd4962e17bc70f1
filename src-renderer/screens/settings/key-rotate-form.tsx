// Replaces the signing key by a new one, or by one that an ssh-agent holds.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { agentChoices } from '../../domain/agent-choices.ts';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { useKeySession } from '../../domain/key-session.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { rotationErrors, rotationOf, type RotationDraft } from './key-rotation-draft.ts';
import styles from './key-panel.module.css';

const empty: RotationDraft = {
  agent: '',
  reason: '',
  isLost: false,
  passphrase: '',
  newPassphrase: '',
  repeated: '',
};

export function KeyRotateForm({ onClose }: { onClose: () => void }) {
  const { orpc, surroundings } = useApi();
  const queryClient = useQueryClient();
  // Also while it is unlocked: that shows who was here, not who is.
  const asksPassphrase = useKeySession().data?.needsPassphrase === true;
  const agent = useQuery(orpc.keys.agent.queryOptions());
  const [draft, setDraft] = useState(empty);
  const set = (change: Partial<RotationDraft>) => setDraft({ ...draft, ...change });
  const rotate = useMutation(
    orpc.keys.rotate.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const errors = rotationErrors(draft, { asksPassphrase, isBrowser: surroundings.kind === 'browser' });
  const canSave = errors.length === 0 && !rotate.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) rotate.mutate(rotationOf(draft));
  };
  return (
    <form className={styles.card} onSubmit={submit}>
      <SelectField
        label={text('settings:rotate.agent')}
        value={draft.agent}
        onChange={(event) => set({ agent: event.target.value })}
        hint={text(agent.data?.problem ? 'settings:rotate.noAgent' : 'settings:rotate.agentHint')}
      >
        <option value="">{text('settings:rotate.madeHere')}</option>
        {agentChoices(agent.data?.keys ?? []).map(({ fingerprint, label }) => (
          <option key={fingerprint} value={fingerprint}>
            {label}
          </option>
        ))}
      </SelectField>
      {draft.agent === '' && (
        <NewPassphrase draft={draft} set={set} isNeeded={surroundings.kind === 'browser'} />
      )}
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={draft.isLost}
          onChange={(event) => set({ isLost: event.target.checked })}
        />
        {text('settings:rotate.lost')}
      </label>
      {asksPassphrase && !draft.isLost && (
        <TextField
          label={text('settings:rotate.passphrase')}
          type="password"
          autoComplete="current-password"
          value={draft.passphrase}
          onChange={(event) => set({ passphrase: event.target.value })}
        />
      )}
      <TextField
        label={text('settings:rotate.reason')}
        hint={text('settings:rotate.reasonHint')}
        value={draft.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
      {draft.reason !== '' && errors.length > 0 && <p className={styles.note}>{errors.join(' ')}</p>}
      <ProblemNotice error={rotate.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="primary" submits disabled={!canSave}>
          {text('settings:rotate.save')}
        </Button>
      </div>
    </form>
  );
}

type NewPassphraseProps = {
  draft: RotationDraft;
  set: (change: Partial<RotationDraft>) => void;
  isNeeded: boolean;
};

function NewPassphrase({ draft, set, isNeeded }: NewPassphraseProps) {
  return (
    <>
      <TextField
        label={text('settings:rotate.newPassphrase')}
        hint={text(isNeeded ? 'settings:rotate.seals' : 'settings:rotate.keychain')}
        type="password"
        autoComplete="new-password"
        value={draft.newPassphrase}
        onChange={(event) => set({ newPassphrase: event.target.value })}
      />
      <TextField
        label={text('settings:rotate.repeat')}
        type="password"
        autoComplete="new-password"
        value={draft.repeated}
        onChange={(event) => set({ repeated: event.target.value })}
      />
    </>
  );
}
