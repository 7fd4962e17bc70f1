// Lets one of the people of a campaign stand in for another for a span of days.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { SelectField, SubmittingTextArea, TextField } from '../../../components/field.tsx';
import { Modal, ModalActions } from '../../../components/modal.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { boundsOf } from '../../../domain/period.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useToday } from '../../../domain/use-today.ts';
import { useStatus } from '../../../domain/workspace-status.ts';
import { text } from '../../../texts/text.ts';
import { faultOf, isWhole, type DelegationDraft } from './delegation-state.ts';
import styles from './people-section.module.css';

type DelegateDialogProps = { campaign: CampaignStatus; onClose: () => void };

export function DelegateDialog({ campaign, onClose }: DelegateDialogProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const { reviewer } = useStatus();
  const { id, zone, definition } = campaign;
  const self = definition.people.find((person) => person.id === reviewer?.id)?.id ?? '';
  const today = useToday(zone);
  const [draft, setDraft] = useState<DelegationDraft>({
    from: self === definition.owner ? '' : self,
    to: '',
    firstDay: today,
    lastDay: '',
    reason: '',
  });
  const change = (part: Partial<DelegationDraft>) => setDraft((before) => ({ ...before, ...part }));
  const delegate = useMutation(
    orpc.campaigns.delegate.mutationOptions({
      onSuccess: onClose,
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const { from: validFrom, to: validTo } = boundsOf({ from: draft.firstDay, to: draft.lastDay }, zone);
  const canSubmit = isWhole(draft, today) && validFrom !== undefined && validTo !== undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!canSubmit || delegate.isPending) return;
    const { from, to, reason } = draft;
    delegate.mutate({ id, from, to, validFrom, validTo, reason: reason.trim() });
  };
  return (
    <Modal title={text('campaignOversight:delegation.act')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.note}>{text('campaignOversight:delegation.whoMay')}</p>
        <p className={styles.note}>{text('campaignOversight:delegation.noChain')}</p>
        <Fields campaign={campaign} draft={draft} change={change} today={today} />
        <ProblemNotice error={delegate.error} />
        <ActingAs />
        <ModalActions>
          <Button weight="primary" submits disabled={!canSubmit || delegate.isPending}>
            {text('campaignOversight:delegation.act')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

type FieldsProps = {
  campaign: CampaignStatus;
  draft: DelegationDraft;
  change: (part: Partial<DelegationDraft>) => void;
  today: string;
};

function Fields({ campaign, draft, change, today }: FieldsProps) {
  const fault = faultOf(draft, today);
  const people = campaign.definition.people.map(({ id, name }) => (
    <option key={id} value={id}>
      {visibleText(name)}
    </option>
  ));
  const choose = <option value="">{text('campaignOversight:delegation.choose')}</option>;
  return (
    <>
      <div className={styles.pair}>
        <SelectField
          label={text('campaignOversight:delegation.from')}
          data-focus-first
          value={draft.from}
          onChange={(event) => change({ from: event.target.value })}
        >
          {choose}
          {people}
        </SelectField>
        <SelectField
          label={text('campaignOversight:delegation.to')}
          value={draft.to}
          error={fault === 'same' ? text('campaignOversight:delegation.same') : null}
          onChange={(event) => change({ to: event.target.value })}
        >
          {choose}
          {people}
        </SelectField>
        <TextField
          label={text('campaignOversight:delegation.firstDay')}
          hint={text('campaignOversight:delegation.countsFromNow')}
          type="date"
          value={draft.firstDay}
          onChange={(event) => change({ firstDay: event.target.value })}
        />
        <TextField
          label={text('campaignOversight:delegation.lastDay')}
          hint={text('campaignOversight:delegation.lastDayHint', { zone: campaign.zone })}
          error={
            fault === 'backwards' || fault === 'past' ? text(`campaignOversight:delegation.${fault}`) : null
          }
          type="date"
          value={draft.lastDay}
          onChange={(event) => change({ lastDay: event.target.value })}
        />
      </div>
      <SubmittingTextArea
        label={text('campaignOversight:delegation.reason')}
        rows={2}
        maxLength={1000}
        value={draft.reason}
        onChange={(event) => change({ reason: event.target.value })}
      />
    </>
  );
}
