// Closes a campaign; with open items only as incomplete, with a reason. Nothing is decided by it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import type { FormEvent } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { SubmittingTextArea } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useDraft } from '../../domain/use-draft.ts';
import { text } from '../../texts/text.ts';
import styles from './closing.module.css';

export function ClosePanel({ campaign }: { campaign: CampaignStatus }) {
  const { id, counts, attestations } = campaign;
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [reason, setReason, forget] = useDraft(`campaign.close.${id}`);
  const close = useMutation(
    orpc.campaigns.close.mutationOptions({
      onSuccess: forget,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const isIncomplete = counts.open > 0;
  const held = attestations.filter(({ stillHolds }) => stillHolds).map(({ role }) => role);
  const isAttested = held.includes('owner') && held.includes('approver');
  const canClose = isAttested && (!isIncomplete || reason.trim() !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canClose) gate(() => close.mutate({ id, ...(isIncomplete && { reason: reason.trim() }) }));
  };
  return (
    <Panel title={text('campaigns:close.title')} note={text('campaigns:close.note')}>
      <form className={styles.form} onSubmit={submit}>
        {!isAttested && <Notice tone="info" title={text('campaigns:close.notAttested')} />}
        {campaign.ipe?.items === 0 && <Notice tone="warning" title={text('campaigns:attest.empty')} />}
        {isIncomplete && (
          <>
            <Notice
              tone="warning"
              title={text('campaigns:close.incomplete', {
                count: counts.open,
                number: formatCount(counts.open),
              })}
            />
            <SubmittingTextArea
              label={text('campaigns:close.reason')}
              rows={3}
              maxLength={4000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        )}
        <ProblemNotice error={close.error} />
        <div className={styles.buttons}>
          <Button weight="primary" icon={Lock} submits disabled={!canClose || close.isPending}>
            {text(isIncomplete ? 'campaigns:close.actIncomplete' : 'campaigns:close.act')}
          </Button>
          <ActingAs />
        </div>
      </form>
    </Panel>
  );
}
