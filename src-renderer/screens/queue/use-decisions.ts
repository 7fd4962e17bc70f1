// Recording and taking back decisions: what is sent, and which item comes into view afterwards.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { useApi } from '../../domain/api.ts';
import { announceFailure } from '../../domain/jobs.ts';
import { describeProblem } from '../../domain/problem-text.ts';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { useQueueView } from '../../state/queue-view.ts';
import type { ShownItem } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { nextToDecide, undoableItem } from './queue-rules.ts';
import { useReasonRule } from './use-reason-rule.ts';
import { decidedReview, showDecided, showReopened } from './use-queue-items.ts';

type DecideInput = { reviews: readonly ShownItem[]; decision: DecisionKind; reason: string };

/** Everything the decision keys need to know about the list on screen. */
export type DecisionScene = {
  reviews: readonly Review[];
  order: readonly Review[];
  selected: Review | null;
  checked: readonly Review[];
  /** The item as the detail pane shows it; null while it does not. */
  inDetail: (id: string) => Review | null;
  dwellMs: (id: string) => number | null;
};

/**
 * Not awaited by anybody: an act is recorded when the answer is here, and the next key must not wait for every screen to catch up.
 * The list and the item already show the act; the status tells of it, and whatever else follows from it is read again once
 * there is a pause.
 */
function useCatchUp(): () => void {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return () => void queryClient.invalidateQueries({ queryKey: orpc.workspace.status.key() });
}

/** The item in full as an act left it, so that the next key decides on what stands now and not on what stood before. */
function useCorrectDetails() {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return (id: string, change: (review: Review) => Review) =>
    queryClient.setQueryData(
      orpc.reviews.get.queryKey({ input: { id } }),
      (details) => details && { ...details, review: change(details.review) },
    );
}

const inView = (): string | null => useSelection.getState().selected.queue;

export function useRecordDecision(scene: DecisionScene) {
  const { client } = useApi();
  const correct = useCorrectDetails();
  const catchUp = useCatchUp();
  const queryClient = useQueryClient();
  const select = useSelection((state) => state.select);
  return useMutation({
    mutationFn: ({ reviews, decision, reason }: DecideInput) =>
      client.reviews.decide({
        decision,
        ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        reviews: reviews.map((review) => {
          const dwellMs = scene.dwellMs(review.id);
          return { ...review, ...(dwellMs === null ? {} : { dwellMs }) };
        }),
      }),
    onMutate: inView,
    onSuccess: (decisions, { reviews }, before) => {
      const decided = new Set(reviews.map((review) => review.id));
      const view = useQueueView.getState();
      view.setDecidedHere([...view.decidedHere.filter((id) => !decided.has(id)), ...decided]);
      view.setDraft(null);
      view.setChecked(new Set([...view.checked].filter((id) => !decided.has(id))));
      const next = nextToDecide(scene.order, decided);
      // Whoever has gone on meanwhile stays where they are: the next key is meant for what they look at.
      if (next !== null && inView() === before) select('queue', next);
      showDecided(queryClient, decisions);
      for (const made of decisions) correct(made.review, (review) => decidedReview(review, made));
    },
    onSettled: catchUp,
  });
}

const asShown = ({ id, digest, decisionId }: Review): ShownItem => ({
  id,
  shown: digest,
  standing: decisionId,
});

export type Decide = (decision: DecisionKind) => void;

/**
 * Deciding on the item in view (`shown`), on the selection (`together`), or by key, which means the selection while
 * there is one. A certification that needs no reason happens at once; all else goes through the dialog, which
 * lists what it covers and asks for a reason.
 */
export function useDecide(
  scene: DecisionScene,
  record: ReturnType<typeof useRecordDecision>,
): { shown: Decide; together: Decide; byKey: Decide } {
  const gate = useReviewerGate();
  const needsReason = useReasonRule();
  const draft = (decision: DecisionKind, reviews: readonly Review[]) =>
    useQueueView.getState().setDraft({
      decision,
      reviews: reviews.map((review) => asShown(scene.inDetail(review.id) ?? review)),
    });
  const ask = (decision: DecisionKind, reviews: readonly Review[]) => gate(() => draft(decision, reviews));
  const shown: Decide = (decision) => {
    // A decision is about what was seen: an item cannot be decided before it is on screen.
    const inView = scene.selected && scene.inDetail(scene.selected.id);
    if (inView === null || record.isPending) return;
    const { decision: standing } = inView;
    if (standing !== null || needsReason(decision, [inView])) ask(decision, [inView]);
    else
      gate(() =>
        record.mutate(
          { reviews: [asShown(inView)], decision, reason: '' },
          {
            // What a certification of one item can lack is a reason, which privileged actions need.
            onError: (error) => {
              if (describeProblem(error).code === 'invalid-input') draft(decision, [inView]);
              else announceFailure(error);
            },
          },
        ),
      );
  };
  const together: Decide = (decision) => {
    if (scene.checked.length > 0 && !record.isPending) ask(decision, scene.checked);
  };
  return { shown, together, byKey: scene.checked.length > 0 ? together : shown };
}

/** Takes back the unsent decision on the selected item, else the latest one made in this window. */
export function useUndo(scene: DecisionScene): (() => void) | null {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const { now } = useStatus();
  const select = useSelection((state) => state.select);
  const correct = useCorrectDetails();
  const catchUp = useCatchUp();
  const undo = useMutation(
    orpc.reviews.undo.mutationOptions({
      onMutate: inView,
      onSuccess: (review, _, before) => {
        const view = useQueueView.getState();
        view.setDecidedHere(view.decidedHere.filter((id) => id !== review.id));
        showReopened(queryClient, review, now);
        correct(review.id, () => review);
        if (inView() === before) select('queue', review.id);
      },
      onError: announceFailure,
      onSettled: catchUp,
    }),
  );
  const decidedHere = useQueueView((state) => state.decidedHere);
  const id = undoableItem(scene.reviews, scene.selected?.id ?? null, decidedHere);
  return id === null ? null : () => undo.mutate({ id });
}
