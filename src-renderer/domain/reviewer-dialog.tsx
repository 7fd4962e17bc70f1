// Asks who reviews here. A known reviewer shows that they are it; a new identity gets its own signing key.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { text } from '../texts/text.ts';
import { AgentKeyField } from './agent-key-field.tsx';
import { refetchWorkspace, useApi } from './api.ts';
import { ProblemNotice } from './problem-notice.tsx';
import styles from './reviewer-dialog.module.css';
import type { PassphraseAsk, ReviewerDraft, ReviewerErrors } from './reviewer-form.ts';
import { passphraseAsk, reviewerErrors } from './reviewer-form.ts';
import { actAs } from '../state/acting-reviewer.ts';
import { useStatus } from './workspace-status.ts';

export function ReviewerDialog({ onSaved, onClose }: { onSaved: () => void; onClose: () => void }) {
  const { reviewer } = useStatus();
  const [draft, setDraft] = useState<ReviewerDraft>({
    name: reviewer?.name ?? '',
    id: reviewer?.id ?? '',
    email: reviewer?.email ?? '',
    passphrase: '',
    repeated: '',
    agent: '',
  });
  const [errors, setErrors] = useState<ReviewerErrors>({});
  const save = useSaveReviewer(onSaved);
  const { asked, makesKey } = useAsked(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = reviewerErrors(draft, asked);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    save.mutate({
      name: draft.name.trim(),
      id: draft.id.trim(),
      email: draft.email.trim() === '' ? null : draft.email.trim(),
      ...(draft.passphrase === '' || asked === 'none' ? {} : { passphrase: draft.passphrase }),
      ...(draft.agent === '' || !makesKey ? {} : { agent: draft.agent }),
    });
  };
  const set = (part: Partial<ReviewerDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <Modal title={text('domain:reviewer.title')} onClose={onClose}>
      <form onSubmit={submit} className={styles.form} noValidate>
        <p>{text('domain:reviewer.meaning')}</p>
        <IdentityFields draft={draft} errors={errors} set={set} />
        {makesKey && <AgentKeyField value={draft.agent} onChange={(agent) => set({ agent })} />}
        {asked === 'known' && <KnownPassphrase draft={draft} errors={errors} set={set} />}
        {(asked === 'new' || asked === 'maybe') && (
          <NewPassphrase draft={draft} errors={errors} set={set} needed={asked === 'new'} />
        )}
        <ProblemNotice error={save.error} />
        <ModalActions>
          <Button onClick={onClose}>{text('domain:cancel')}</Button>
          <Button weight="primary" submits disabled={save.isPending}>
            {text('domain:reviewer.save')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

/** What has to be asked for to become this reviewer; a key of theirs may be here already. */
function useAsked({ id, email, agent }: ReviewerDraft): { asked: PassphraseAsk; makesKey: boolean } {
  const { orpc, surroundings } = useApi();
  const input = { id: id.trim(), email: email.trim() === '' ? null : email.trim() };
  const { data } = useQuery(orpc.workspace.reviewerProof.queryOptions({ input }));
  const makesKey = data?.makesKey !== false;
  return { asked: passphraseAsk(surroundings.kind, data, agent !== '' && makesKey), makesKey };
}

function useSaveReviewer(onSaved: () => void) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation(
    orpc.workspace.setReviewer.mutationOptions({
      onSuccess: async (saved) => {
        actAs(saved.reviewer);
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
        label={text('domain:reviewer.name')}
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <div className={styles.withButton}>
        <TextField
          label={text('domain:reviewer.id')}
          hint={text('domain:reviewer.idHint')}
          value={draft.id}
          error={errors.id}
          onChange={(event) => set({ id: event.target.value })}
        />
        <Button onClick={() => set({ id: crypto.randomUUID() })}>{text('domain:reviewer.newId')}</Button>
      </div>
      <TextField
        label={text('domain:reviewer.email')}
        type="email"
        hint={text('domain:reviewer.emailHint')}
        value={draft.email}
        error={errors.email}
        onChange={(event) => set({ email: event.target.value })}
      />
    </>
  );
}

function KnownPassphrase({ draft, errors, set }: FieldsProps) {
  return (
    <TextField
      label={text('domain:reviewer.passphrase')}
      type="password"
      autoComplete="current-password"
      hint={text('domain:reviewer.knownHint')}
      value={draft.passphrase}
      error={errors.passphrase}
      onChange={(event) => set({ passphrase: event.target.value })}
    />
  );
}

function NewPassphrase({ draft, errors, set, needed }: FieldsProps & { needed: boolean }) {
  return (
    <div className={styles.pair}>
      <TextField
        label={needed ? text('domain:reviewer.passphrase') : text('domain:reviewer.passphraseOptional')}
        type="password"
        autoComplete="new-password"
        hint={needed ? text('domain:reviewer.neededHint') : text('domain:reviewer.optionalHint')}
        value={draft.passphrase}
        error={errors.passphrase}
        onChange={(event) => set({ passphrase: event.target.value })}
      />
      <TextField
        label={text('domain:reviewer.repeat')}
        type="password"
        autoComplete="new-password"
        value={draft.repeated}
        error={errors.repeated}
        onChange={(event) => set({ repeated: event.target.value })}
      />
    </div>
  );
}
