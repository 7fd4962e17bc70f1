// Says who takes care of a right that is to go, until when and under which ticket; for one, or for several together.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { personalStates, type RemediationRow } from '#shared/model/campaign-follow-up.ts';
import { Button } from '../../../components/button.tsx';
import { SelectField, SubmittingTextArea, TextArea, TextField } from '../../../components/field.tsx';
import { Modal, ModalActions } from '../../../components/modal.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import { rightWords, stateWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { changeOf, draftOf, lacksTicket, type RemediationDraft } from './remediation-draft.ts';

type EditRemediationProps = { campaign: string; rows: readonly RemediationRow[]; onClose: () => void };

export function EditRemediation({ campaign, rows, onClose }: EditRemediationProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(rows));
  const change = (part: Partial<RemediationDraft>) => setDraft((before) => ({ ...before, ...part }));
  const record = useMutation(
    orpc.campaignFollowUp.changeRemediation.mutationOptions({
      onSuccess: onClose,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const wish = changeOf(draft, rows);
  const canSave = wish !== null && !lacksTicket(draft, rows) && !record.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) record.mutate({ id: campaign, items: rows.map(({ item }) => item), ...wish });
  };
  const [first] = rows;
  const isOne = rows.length === 1 && first !== undefined;
  const title = isOne
    ? text('campaignFollowUp:edit.title', { right: rightWords(first) })
    : text('campaignFollowUp:edit.titleMany', { count: rows.length });
  return (
    <Modal title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        {!isOne && <p>{text('campaignFollowUp:edit.manyMeaning')}</p>}
        <Fields draft={draft} change={change} rows={rows} />
        {isOne && (
          <TextArea
            label={text('campaignFollowUp:edit.instruction')}
            hint={text('campaignFollowUp:edit.instructionHint')}
            rows={3}
            maxLength={8000}
            value={draft.instruction}
            onChange={(event) => change({ instruction: event.target.value })}
          />
        )}
        <SubmittingTextArea
          label={text('campaignFollowUp:edit.note')}
          rows={2}
          maxLength={4000}
          value={draft.note}
          onChange={(event) => change({ note: event.target.value })}
        />
        <ProblemNotice error={record.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('campaignFollowUp:edit.cancel')}</Button>
          <Button weight="primary" submits disabled={!canSave}>
            {text('campaignFollowUp:edit.save')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

type FieldsProps = {
  draft: RemediationDraft;
  change: (part: Partial<RemediationDraft>) => void;
  rows: readonly RemediationRow[];
};

function Fields({ draft, change, rows }: FieldsProps) {
  const [first] = rows;
  const asIs =
    rows.length === 1 && first !== undefined
      ? text('campaignFollowUp:edit.asIs', { state: stateWords[first.state].label })
      : text('campaignFollowUp:edit.asTheyAre');
  return (
    <div className={styles.pair}>
      <TextField
        label={text('campaignFollowUp:edit.owner')}
        hint={text('campaignFollowUp:edit.ownerHint')}
        maxLength={200}
        value={draft.owner}
        onChange={(event) => change({ owner: event.target.value })}
      />
      <TextField
        label={text('campaignFollowUp:edit.due')}
        type="date"
        value={draft.dueOn}
        onChange={(event) => change({ dueOn: event.target.value })}
      />
      <SelectField
        label={text('campaignFollowUp:edit.state')}
        hint={lacksTicket(draft, rows) ? text('campaignFollowUp:edit.ticketNeeded') : undefined}
        value={draft.state}
        onChange={({ target }) => change({ state: personalStates.find((one) => one === target.value) ?? '' })}
      >
        <option value="">{asIs}</option>
        {personalStates.map((state) => (
          <option key={state} value={state}>
            {stateWords[state].label}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text('campaignFollowUp:edit.ticket')}
        maxLength={200}
        value={draft.ticket}
        onChange={(event) => change({ ticket: event.target.value })}
      />
    </div>
  );
}
