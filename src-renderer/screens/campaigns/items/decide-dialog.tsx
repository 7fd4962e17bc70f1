// Asks for the reason of a decision on items, and shows exactly which it will cover and which it leaves out.
import { useQuery } from '@tanstack/react-query';
import type { CampaignBulkPreview, CampaignItemDetail, ListedItem } from '#shared/model/campaign-view.ts';
import { Notice } from '../../../components/notice.tsx';
import { useApi } from '../../../domain/api.ts';
import { DecisionDialog } from '../../../domain/decision-dialog.tsx';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
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
  const reason = useKeptDraft(draftSubject(campaign, items));
  const preview = usePreview(campaign, items);
  const covered = coveredOf(items, preview.data);
  return (
    <DecisionDialog
      decision={decision}
      meaning={decisionMeaning(decision)}
      what={text('campaignItems:items', { count: covered.length })}
      chosen={items.length}
      covered={covered.length}
      reason={reason}
      isReasonNeeded={isReasonNeeded(decision, items)}
      preview={{
        isLoading: preview.isLoading,
        error: preview.error,
        seen: preview.isSuccess ? { isAll: preview.data.leftOut.length === 0 } : null,
      }}
      record={record}
      onSave={() =>
        record.mutate({ ...draft, items: covered, reason: reason.text }, { onSuccess: reason.forget })
      }
      onClose={onClose}
    >
      <CoveredItems items={covered} />
      {preview.data !== undefined && (
        <p className={styles.quiet}>{text('campaignItems:dialog.cap', { cap: preview.data.cap })}</p>
      )}
      {preview.data !== undefined && preview.data.leftOut.length > 0 && (
        <LeftOutItems leftOut={preview.data.leftOut} items={items} />
      )}
      <Standing draft={draft} inView={inView} />
    </DecisionDialog>
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

/** Until the preview is there, and where there is one item, everything that was chosen. */
function coveredOf(
  items: readonly ListedItem[],
  preview: CampaignBulkPreview | undefined,
): readonly ListedItem[] {
  if (preview === undefined || items.length === 1) return items;
  const included = new Set(preview.included);
  return items.filter(({ key }) => included.has(key));
}
