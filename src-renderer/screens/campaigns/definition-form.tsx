// The form of a campaign: what is reviewed, when, by whom and how it is judged, with what is still missing beside it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import type { CampaignStatus } from '#shared/model/campaign-view.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useDraft } from '../../domain/use-draft.ts';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { text } from '../../texts/text.ts';
import { DatesPart } from './dates-part.tsx';
import { ChangedElsewhere } from './changed-elsewhere.tsx';
import { DefinitionCheck } from './definition-check.tsx';
import { readDefinitionDraft } from './definition-draft.ts';
import { definitionOf } from './definition-of-draft.ts';
import styles from './definition-form.module.css';
import { JudgingPart } from './judging-part.tsx';
import { PeoplePart } from './people-part.tsx';
import { PurposePart } from './purpose-part.tsx';
import { ScopePart } from './scope-part.tsx';
import { StagesPart } from './stages-part.tsx';
import { draftSubject, type DefinitionDraftUse } from './use-definition-draft.ts';

type DefinitionFormProps = {
  /** The draft that is changed; null for a new campaign. */
  campaign: CampaignStatus | null;
  use: DefinitionDraftUse;
  /** Stands above the form: where it can start from. */
  head?: ReactNode;
  onSaved: (saved: CampaignStatus) => void;
  onCancel: () => void;
};

const unknownBasis = 'unknown';

export function DefinitionForm({ campaign, use, head, onSaved, onCancel }: DefinitionFormProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const { draft, change, forget } = use;
  const definition = definitionOf(draft);
  const [aside, putAside] = useDraft(`${draftSubject(campaign?.id ?? null)}.aside`);
  const save = useMutation(
    orpc.campaigns.define.mutationOptions({
      onSuccess: (saved) => {
        forget();
        putAside('');
        onSaved(saved);
      },
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (definition === null) return;
    // What was kept by an older version does not say what it is based on, so it overwrites nothing.
    const basedOn = draft.basedOn || unknownBasis;
    gate(() => save.mutate({ definition, ...(campaign !== null && { id: campaign.id, basedOn }) }));
  };
  const isChanged = campaign !== null && use.isKept && draft.basedOn !== campaign.definedAs.entry;
  const parts = [
    { id: 'purpose', body: <PurposePart draft={draft} change={change} /> },
    { id: 'scope', body: <ScopePart draft={draft} change={change} /> },
    { id: 'dates', body: <DatesPart draft={draft} change={change} /> },
    { id: 'people', body: <PeoplePart draft={draft} change={change} /> },
    { id: 'stages', body: <StagesPart draft={draft} change={change} /> },
    { id: 'judging', body: <JudgingPart draft={draft} change={change} /> },
  ] as const;
  return (
    <div className={styles.around}>
      <form className={styles.form} onSubmit={submit} aria-label={text('campaigns:define.form')} noValidate>
        <div className={styles.parts}>
          {head}
          {isChanged && (
            <ChangedElsewhere
              campaign={campaign}
              mine={definition}
              onTakeTheirs={() => {
                putAside(JSON.stringify(draft));
                forget();
                save.reset();
              }}
              onKeepMine={() => {
                change({ basedOn: campaign.definedAs.entry });
                save.reset();
              }}
            />
          )}
          {aside !== '' && !isChanged && (
            <Notice tone="info" title={text('campaigns:define.changed.aside')}>
              <Button
                size="small"
                onClick={() => {
                  const kept = readDefinitionDraft(aside);
                  if (kept !== null) use.replace(kept);
                  putAside('');
                }}
              >
                {text('campaigns:define.changed.putBack')}
              </Button>
            </Notice>
          )}
          {parts.map(({ id, body }, index) => (
            <Panel
              key={id}
              title={`${index + 1} · ${text(`campaigns:define.${id}.title`)}`}
              note={text(`campaigns:define.${id}.note`)}
            >
              {body}
            </Panel>
          ))}
        </div>
        <div className={styles.side}>
          <Panel title={text('campaigns:define.check')}>
            <DefinitionCheck draft={draft} definition={definition} />
            <ProblemNotice error={save.error} />
            <div className={styles.buttons}>
              <Button weight="primary" submits disabled={definition === null || save.isPending || isChanged}>
                {text(campaign === null ? 'campaigns:define.save' : 'campaigns:define.saveChanges')}
              </Button>
              <Button onClick={onCancel}>{text('domain:cancel')}</Button>
            </div>
            <ActingAs />
            <p className={styles.note}>
              {text(use.isKept ? 'campaigns:define.kept' : 'campaigns:define.nothingTyped')}
            </p>
            {use.isKept && (
              <div>
                <Button size="small" weight="quiet" onClick={forget}>
                  {text(campaign === null ? 'campaigns:define.forget' : 'campaigns:define.forgetChanges')}
                </Button>
              </div>
            )}
          </Panel>
        </div>
      </form>
    </div>
  );
}
