// Recording and taking back decisions: what is sent, and which item comes into view afterwards.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { announceFailure } from '../../domain/jobs.ts';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { nextToDecide, undoableItem } from './queue-rules.ts';

type DecideInput = { reviews: readonly Review[]; decision: DecisionKind; reason: string };

/** Everything the decision keys need to know about the list on screen. */
export type DecisionScene = {
  reviews: readonly Review[];
  order: readonly Review[];
  selected: Review | null;
  checked: readonly Review[];
  /** Digest of the item as the detail pane shows it. */
  shownDigest: (id: string) => string | null;
  dwellMs: (id: string) => number | null;
};

export function useRecordDecision(scene: DecisionScene) {
  const { client } = useApi();
  const queryClient = useQueryClient();
  const select = useSelection((state) => state.select);
  return useMutation({
    mutationFn: ({ reviews, decision, reason }: DecideInput) =>
      client.reviews.decide({
        decision,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        reviews: reviews.map((review) => {
          const dwellMs = scene.dwellMs(review.id);
          return {
            id: review.id,
            shown: scene.shownDigest(review.id) ?? review.digest,
            ...(dwellMs === null ? {} : { dwellMs }),
          };
        }),
      }),
    onSuccess: (_, { reviews }) => {
      const decided = new Set(reviews.map((review) => review.id));
      const view = useQueueView.getState();
      view.setDecidedHere([...view.decidedHere.filter((id) => !decided.has(id)), ...decided]);
      view.setDraft(null);
      view.setChecked(new Set([...view.checked].filter((id) => !decided.has(id))));
      const next = nextToDecide(scene.order, decided);
      if (next !== null) select('queue', next);
    },
    // Not awaited: a decision is recorded when the answer is here, and the next key must not wait for every screen to catch up.
    onSettled: () => void refetchWorkspace(queryClient),
  });
}

/** The single-key decisions: a plain certification at once, everything else through the dialog that asks for a reason. */
export function useDecide(scene: DecisionScene, record: ReturnType<typeof useRecordDecision>) {
  const gate = useReviewerGate();
  return (decision: DecisionKind) => {
    const targets =
      scene.checked.length > 0 ? scene.checked : scene.selected === null ? [] : [scene.selected];
    const [first] = targets;
    if (first === undefined || record.isPending) return;
    // A decision is about what was seen: the next item cannot be decided before it is on screen.
    if (targets.length === 1 && scene.shownDigest(first.id) === null) return;
    const isPlain = decision === 'certify' && targets.length === 1 && first.decision === null;
    gate(() => {
      if (isPlain) record.mutate({ reviews: targets, decision, reason: '' }, { onError: announceFailure });
      else useQueueView.getState().setDraft({ decision, reviews: targets.map((review) => review.id) });
    });
  };
}

/** Takes back the unsent decision on the selected item, else the latest one made in this window. */
export function useUndo(scene: DecisionScene): (() => void) | null {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const select = useSelection((state) => state.select);
  const undo = useMutation(
    orpc.reviews.undo.mutationOptions({
      onSuccess: (review) => {
        const view = useQueueView.getState();
        view.setDecidedHere(view.decidedHere.filter((id) => id !== review.id));
        select('queue', review.id);
      },
      onError: announceFailure,
      // Not awaited: a decision is recorded when the answer is here, and the next key must not wait for every screen to catch up.
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const decidedHere = useQueueView((state) => state.decidedHere);
  const id = undoableItem(scene.reviews, scene.selected?.id ?? null, decidedHere);
  return id === null ? null : () => undo.mutate({ id });
}
