// Asks who reviews here. A new identity gets its own signing key.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { refetchWorkspace, useApi } from './api.ts';
import { ProblemNotice } from './problem-notice.tsx';
import styles from './reviewer-dialog.module.css';
import type { ReviewerDraft, ReviewerErrors } from './reviewer-form.ts';
import { needsPassphrase, reviewerErrors } from './reviewer-form.ts';
import { useStatus } from './workspace-status.ts';

export function ReviewerDialog({ onSaved, onClose }: { onSaved: () => void; onClose: () => void }) {
  const { surroundings } = useApi();
  const { reviewer, key } = useStatus();
  const [draft, setDraft] = useState<ReviewerDraft>({
    name: reviewer?.name ?? '',
    id: reviewer?.id ?? '',
    email: reviewer?.email ?? '',
    passphrase: '',
    repeated: '',
  });
  const [errors, setErrors] = useState<ReviewerErrors>({});
  const save = useSaveReviewer(onSaved);
  const known = reviewer === null ? null : { id: reviewer.id, hasKey: key !== null };
  const passphraseNeeded = needsPassphrase(surroundings.kind, known, draft.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = reviewerErrors(draft, passphraseNeeded);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    save.mutate({
      name: draft.name.trim(),
      id: draft.id.trim(),
      email: draft.email.trim() === '' ? null : draft.email.trim(),
      ...(draft.passphrase === '' ? {} : { passphrase: draft.passphrase }),
    });
  };
  const set = (part: Partial<ReviewerDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <Modal title="Who reviews here?" onClose={onClose}>
      <form onSubmit={submit} className={styles.form} noValidate>
        <p>Decisions carry this name. They are signed with a key that never leaves this computer.</p>
        <IdentityFields draft={draft} errors={errors} set={set} />
        {(passphraseNeeded || draft.passphrase !== '' || surroundings.kind === 'desktop') && (
          <PassphraseFields draft={draft} errors={errors} set={set} needed={passphraseNeeded} />
        )}
        <ProblemNotice error={save.error} />
        <ModalActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button weight="primary" submits disabled={save.isPending}>
            Save reviewer
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

function useSaveReviewer(onSaved: () => void) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation(
    orpc.workspace.setReviewer.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onSaved();
      },
    }),
  );
}

type FieldsProps = {
  draft: ReviewerDraft;
  errors: ReviewerErrors;
  set: (part: Partial<ReviewerDraft>) => void;
};

function IdentityFields({ draft, errors, set }: FieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <div className={styles.withButton}>
        <TextField
          label="Reviewer id"
          hint="Written to reviewer_id; where that column is a UUID, it must be one. You cannot decide on your own actions."
          value={draft.id}
          error={errors.id}
          onChange={(event) => set({ id: event.target.value })}
        />
        <Button onClick={() => set({ id: crypto.randomUUID() })}>New UUID</Button>
      </div>
      <TextField
        label="Email (optional)"
        type="email"
        hint="Becomes the signer’s name in evidence packs; without it the reviewer id does."
        value={draft.email}
        error={errors.email}
        onChange={(event) => set({ email: event.target.value })}
      />
    </>
  );
}

function PassphraseFields({ draft, errors, set, needed }: FieldsProps & { needed: boolean }) {
  return (
    <div className={styles.pair}>
      <TextField
        label={needed ? 'Passphrase' : 'Passphrase (optional)'}
        type="password"
        autoComplete="new-password"
        hint={
          needed
            ? 'At least 8 characters. It seals the signing key; nobody can recover it.'
            : 'Leave it empty where the system keychain can seal the signing key.'
        }
        value={draft.passphrase}
        error={errors.passphrase}
        onChange={(event) => set({ passphrase: event.target.value })}
      />
      <TextField
        label="Repeat passphrase"
        type="password"
        autoComplete="new-password"
        value={draft.repeated}
        error={errors.repeated}
        onChange={(event) => set({ repeated: event.target.value })}
      />
    </div>
  );
}
