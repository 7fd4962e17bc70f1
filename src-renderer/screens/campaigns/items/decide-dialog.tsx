// Asks for the reason of a decision on items, and shows exactly which it will cover and which it leaves out.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { FormEvent } from 'react';
import type { CampaignBulkPreview, CampaignItemDetail, ListedItem } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { SubmittingTextArea } from '../../../components/field.tsx';
import { Modal, ModalActions } from '../../../components/modal.tsx';
import { Notice } from '../../../components/notice.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { useApi } from '../../../domain/api.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { decisionWords } from '../../../domain/decision-words.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useKeptDraft } from '../../../domain/use-kept-draft.ts';
import { useCampaignItemsView, type ItemDraft } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import { CoveredItems, LeftOutItems } from './covered-items.tsx';
import { isReasonNeeded } from './item-rules.ts';
import { decisionMeaning } from './item-marks.tsx';
import styles from './items.module.css';
import type { RecordItems } from './use-decide-items.ts';

type DraftDialogProps = {
  campaign: string;
  /** The item in view as it stands now. */
  inView: CampaignItemDetail | null;
  record: RecordItems;
};

export function DraftDialog({ campaign, inView, record }: DraftDialogProps) {
  const { draft, setDraft } = useCampaignItemsView();
  if (draft === null) return null;
  return (
    <DecideDialog
      key={`${draft.decision} ${draft.items.map(({ key }) => key).join(' ')}`}
      campaign={campaign}
      draft={draft}
      inView={inView}
      record={record}
      onClose={() => {
        record.reset();
        setDraft(null);
      }}
    />
  );
}

/** What is said about one item is about it, whatever is decided in the end. */
function draftSubject(campaign: string, items: readonly ListedItem[]): string {
  const [first] = items;
  if (items.length === 1) return `campaign-item:${campaign} ${first?.key}`;
  return `campaign-items:${campaign} ${first?.entitlement.slice(0, 150) ?? ''}`;
}

type DecideDialogProps = DraftDialogProps & { draft: ItemDraft; onClose: () => void };

function DecideDialog({ campaign, draft, inView, record, onClose }: DecideDialogProps) {
  const { decision, items } = draft;
  const words = decisionWords[decision];
  const { text: reason, setText, forget } = useKeptDraft(draftSubject(campaign, items));
  const preview = usePreview(campaign, items);
  const covered = coveredOf(items, preview.data);
  const isNeeded = isReasonNeeded(decision, items);
  const isReady = items.length === 1 || preview.isSuccess;
  const isSaid = !isNeeded || reason.trim() !== '';
  const canSave = !record.isPending && isReady && covered.length > 0 && isSaid;
  const decide = () => record.mutate({ ...draft, items: covered, reason }, { onSuccess: forget });
  const saveOnceSeen = useSaveOnceSeen(preview.data, () => canSave && decide());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) decide();
    else if (preview.isLoading && isSaid) saveOnceSeen.ask();
  };
  const title = text('campaignItems:dialog.title', {
    decision: words.label,
    what: text('campaignItems:items', { count: covered.length }),
  });
  return (
    <Modal title={title} onClose={onClose} width={items.length > 1 ? 'wide' : 'normal'}>
      <form className={styles.form} onSubmit={submit}>
        <p>{decisionMeaning(decision)}</p>
        <CoveredItems items={covered} />
        {preview.data !== undefined && (
          <p className={styles.quiet}>{text('campaignItems:dialog.cap', { cap: preview.data.cap })}</p>
        )}
        {preview.data !== undefined && preview.data.leftOut.length > 0 && (
          <LeftOutItems leftOut={preview.data.leftOut} items={items} />
        )}
        <Standing draft={draft} inView={inView} />
        <SubmittingTextArea
          label={text(isNeeded ? 'campaignItems:dialog.reason' : 'campaignItems:dialog.reasonOptional')}
          hint={text('campaignItems:dialog.reasonHint')}
          value={reason}
          maxLength={4000}
          onChange={(event) => setText(event.target.value)}
        />
        {preview.isLoading && (
          <output className={styles.quiet}>
            {text(
              saveOnceSeen.isAsked ? 'campaignItems:dialog.savesOnceSeen' : 'campaignItems:dialog.previewing',
            )}
          </output>
        )}
        <ProblemNotice error={preview.error ?? record.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('campaignItems:dialog.cancel')}</Button>
          <Button weight={decision === 'revoke' ? 'danger' : 'primary'} submits disabled={!canSave}>
            {title}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

/** What a single item came to so far: what would be corrected, or what somebody decided while the dialog was open. */
function Standing({
  draft: { items, place },
  inView,
}: {
  draft: ItemDraft;
  inView: CampaignItemDetail | null;
}) {
  if (items.length !== 1 || inView === null || inView.item.key !== items[0]?.key) return null;
  const stage = place?.stage ?? inView.item.stage;
  const now = inView.decisions.find((made) => made.stands && made.stage === stage);
  if (now === undefined) return null;
  const isNew = place !== null && place.standing !== now.id;
  return (
    <Notice
      tone={isNew ? 'warning' : 'info'}
      title={text(isNew ? 'campaignItems:dialog.meanwhile' : 'campaignItems:dialog.corrects', {
        name: now.reviewerName,
      })}
    >
      <DecisionMark decision={now.decision} />
    </Notice>
  );
}

/** Asked only for several: one item is decided as it stands. */
function usePreview(campaign: string, items: readonly ListedItem[]) {
  const { orpc } = useApi();
  const keys = items.map(({ key }) => key);
  return useQuery(
    orpc.campaigns.previewBulk.queryOptions({ input: { id: campaign, keys }, enabled: keys.length > 1 }),
  );
}

/** Whoever ends the reason before the preview is there is not made to end it twice, where the preview leaves nothing out. */
function useSaveOnceSeen(preview: CampaignBulkPreview | undefined, save: () => void) {
  const [isAsked, setAsked] = useState(false);
  const isSeen = preview !== undefined;
  const saveAll = useEffectEvent(() => {
    if (preview?.leftOut.length === 0) save();
  });
  useEffect(() => {
    if (isAsked && isSeen) saveAll();
  }, [isAsked, isSeen]);
  return { isAsked, ask: () => setAsked(true) };
}

/** Until the preview is there, and where there is one item, everything that was chosen. */
function coveredOf(
  items: readonly ListedItem[],
  preview: CampaignBulkPreview | undefined,
): readonly ListedItem[] {
  if (preview === undefined || items.length === 1) return items;
  const included = new Set(preview.included);
  return items.filter(({ key }) => included.has(key));
}
