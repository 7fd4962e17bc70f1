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
        label="New key"
        value={draft.agent}
        onChange={(event) => set({ agent: event.target.value })}
        hint={
          agent.data?.problem
            ? 'No ssh-agent was found; a new key is made here.'
            : 'A security key is touched twice at most.'
        }
      >
        <option value="">made here</option>
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
        The present key is lost and cannot endorse the new one
      </label>
      {asksPassphrase && !draft.isLost && (
        <TextField
          label="Passphrase of the present key"
          type="password"
          autoComplete="current-password"
          value={draft.passphrase}
          onChange={(event) => set({ passphrase: event.target.value })}
        />
      )}
      <TextField
        label="Reason for the new key"
        hint="It goes into the ledger with the change. The old key never signs again."
        value={draft.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
      {draft.reason !== '' && errors.length > 0 && <p className={styles.note}>{errors.join(' ')}</p>}
      <ProblemNotice error={rotate.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button weight="primary" submits disabled={!canSave}>
          Replace for good
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
        label="Passphrase for the new key"
        hint={isNeeded ? 'It seals the private half.' : 'Leave it empty to seal with the system keychain.'}
        type="password"
        autoComplete="new-password"
        value={draft.newPassphrase}
        onChange={(event) => set({ newPassphrase: event.target.value })}
      />
      <TextField
        label="Repeat it"
        type="password"
        autoComplete="new-password"
        value={draft.repeated}
        onChange={(event) => set({ repeated: event.target.value })}
      />
    </>
  );
}
