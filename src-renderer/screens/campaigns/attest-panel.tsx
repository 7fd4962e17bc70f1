// An attestation: who gives it, whether one was given and still holds, and the words of a new one.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import type { FormEvent } from 'react';
import type { Attestation } from '#shared/model/campaign.ts';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { SubmittingTextArea } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useDraft } from '../../domain/use-draft.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { AttestationWords } from './attestation-words.tsx';
import styles from './closing.module.css';
import { nameOf } from '#shared/model/campaign-people.ts';

type AttestPanelProps = { campaign: CampaignStatus; as: Attestation['role'] };

export function AttestPanel({ campaign, as: role }: AttestPanelProps) {
  const { definition, attestations } = campaign;
  const given = attestations.find((one) => one.role === role);
  const ownerHolds = attestations.some((one) => one.role === 'owner' && one.stillHolds);
  return (
    <Panel title={text(`campaigns:attest.${role}.title`)} note={text(`campaigns:attest.${role}.note`)}>
      {given !== undefined && <AttestationWords given={given} />}
      {role === 'approver' && !ownerHolds && (
        <Notice tone="info" title={text('campaigns:attest.ownerFirst')} />
      )}
      {given?.stillHolds !== true && (
        <>
          {campaign.ipe?.items === 0 && <Notice tone="warning" title={text('campaigns:attest.empty')} />}
          <p>
            <Rich
              of={`campaigns:attest.${role}.who`}
              parts={{ name: <bdi>{visibleText(nameOf(definition, definition[role]))}</bdi> }}
            />
          </p>
          <AttestForm campaign={campaign} as={role} isAgain={given !== undefined} />
        </>
      )}
    </Panel>
  );
}

function AttestForm({ campaign: { id }, as: role, isAgain }: AttestPanelProps & { isAgain: boolean }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [statement, setStatement, forget] = useDraft(`campaign.attest.${id}.${role}`);
  const attest = useMutation(
    orpc.campaigns.attest.mutationOptions({
      onSuccess: () => {
        setStatement('');
        forget();
      },
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (statement.trim() !== '') gate(() => attest.mutate({ id, role, statement: statement.trim() }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <SubmittingTextArea
        label={text(`campaigns:attest.${role}.statement`)}
        hint={text('campaigns:attest.hint')}
        rows={3}
        maxLength={4000}
        value={statement}
        onChange={(event) => setStatement(event.target.value)}
      />
      <ProblemNotice error={attest.error} />
      <div className={styles.buttons}>
        <Button weight="primary" icon={Stamp} submits disabled={statement.trim() === '' || attest.isPending}>
          {text(isAgain ? `campaigns:attest.${role}.again` : `campaigns:attest.${role}.act`)}
        </Button>
        <ActingAs />
      </div>
    </form>
  );
}
