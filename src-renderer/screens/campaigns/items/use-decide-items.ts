// Recording decisions on items: what is sent, and which item comes into view afterwards.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CampaignItemDetail, ListedItem } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { useApi } from '../../../domain/api.ts';
import { announceFailure } from '../../../domain/jobs.ts';
import { describeProblem } from '../../../domain/problem-text.ts';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { useStatus } from '../../../domain/workspace-status.ts';
import { useCampaignItemsView, type ItemDraft } from '../../../state/campaign-items-view.ts';
import { isReasonNeeded, nextAfter, placeOf } from './item-rules.ts';

/** Everything the decision keys need to know about what is on screen. */
export type DecisionScene = {
  campaign: string;
  /** Keys of the items in their order in the list. */
  order: readonly string[];
  /** The item in view in full; null while there is none. */
  inView: CampaignItemDetail | null;
  checked: ReadonlyMap<string, ListedItem>;
  dwellMs: (key: string) => number | null;
  opened: (key: string) => readonly string[];
  showDecided: (items: readonly ListedItem[]) => void;
};

type Wish = ItemDraft & { reason: string };

export type RecordItems = ReturnType<typeof useRecordItems>;

export function useRecordItems(scene: DecisionScene) {
  const { client, orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ items, decision, reason, place }: Wish) =>
      client.campaigns.decide({
        id: scene.campaign,
        decision,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        ...(place === null || items.length > 1 ? {} : { stage: place.stage }),
        items: items.map(({ key, digest }) => {
          const dwellMs = scene.dwellMs(key);
          return {
            key,
            shown: digest,
            ...(items.length > 1 ? { standing: null } : place === null ? {} : { standing: place.standing }),
            ...(dwellMs === null ? {} : { dwellMs }),
            opened: [...scene.opened(key)],
          };
        }),
      }),
    onMutate: () => useCampaignItemsView.getState().selected,
    onSuccess: (details, _, before) => {
      const decided = new Set(details.map(({ item }) => item.key));
      const view = useCampaignItemsView.getState();
      view.setDraft(null);
      view.noteDecided([...decided]);
      const next = nextAfter(scene.order, decided);
      // Whoever has gone on meanwhile stays where they are: the next key is meant for what they look at.
      if (next !== null && view.selected === before) view.select(next);
      for (const detail of details)
        queryClient.setQueryData(
          orpc.campaigns.item.queryKey({ input: { id: scene.campaign, key: detail.item.key } }),
          detail,
        );
      scene.showDecided(details.map(({ item }) => item));
    },
    // Not awaited: the next key must not wait for every number to catch up.
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: orpc.campaigns.get.key() });
      void queryClient.invalidateQueries({ queryKey: orpc.campaigns.item.key() });
      void queryClient.invalidateQueries({ queryKey: orpc.workspace.status.key() });
    },
  });
}

export type Decide = (decision: DecisionKind) => void;

/**
 * Deciding on the item in view (`shown`), on the selection (`together`), or by key, which means the selection while there is one.
 * A certification that needs no reason happens at once; all else goes through the dialog.
 */
export function useDecideItems(scene: DecisionScene, record: RecordItems) {
  const gate = useReviewerGate();
  const { reviewer } = useStatus();
  const ask = (draft: ItemDraft) => gate(() => useCampaignItemsView.getState().setDraft(draft));
  const shown: Decide = (decision) => {
    const { inView } = scene;
    if (inView === null || record.isPending) return;
    const draft = { decision, items: [inView.item], place: placeOf(inView, reviewer?.id ?? null) };
    const isCorrection = draft.place !== null && draft.place.standing !== null;
    if (isCorrection || isReasonNeeded(decision, draft.items)) ask(draft);
    else
      gate(() =>
        record.mutate(
          { ...draft, reason: '' },
          {
            onError: (error) => {
              if (describeProblem(error).code === 'invalid-input') ask(draft);
              else announceFailure(error);
            },
          },
        ),
      );
  };
  const together: Decide = (decision) => {
    const items = [...scene.checked.values()];
    if (items.length === 0 || record.isPending) return;
    ask({ decision, items, place: null });
  };
  return { shown, together, byKey: scene.checked.size > 0 ? together : shown };
}
