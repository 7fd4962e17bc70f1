// Choosing items to be decided together: one by one, or what a group allows.
import { useMutation } from '@tanstack/react-query';
import type { Review } from '#shared/model/review.ts';
import { shortened } from '../../components/shortened.ts';
import { useApi } from '../../domain/api.ts';
import { quoted } from '../../domain/event-words.ts';
import { announceFailure } from '../../domain/jobs.ts';
import { announce, dismissNotice } from '../../state/dialogs.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import { bulkCap, refusalToJoin, type JoinRefusal } from './queue-rules.ts';

const notJoining = 'selection';

function refusalWords(refusal: JoinRefusal): string {
  if (refusal.why === 'other-action')
    return text('queue:join.otherAction', { action: quoted(shortened(refusal.action, 60)) });
  return refusal.why === 'full' ? text('queue:join.full', { cap: bulkCap }) : text('queue:join.notOpen');
}

const inform = (message: string) => announce({ id: notJoining, tone: 'info', message, next: null });

/** Puts an item into the selection or takes it out; says why when it may not join. */
export function useToggleChecked(reviews: readonly Review[]): (id: string) => void {
  const { checked, setChecked } = useQueueView();
  return (id) => {
    const candidate = reviews.find((review) => review.id === id);
    if (candidate === undefined) return;
    const next = new Set(checked);
    if (next.delete(id)) {
      setChecked(next);
      return;
    }
    const refusal = refusalToJoin(
      reviews.filter((review) => checked.has(review.id)),
      candidate,
    );
    if (refusal === null) {
      dismissNotice(notJoining);
      setChecked(next.add(id));
    } else {
      inform(refusalWords(refusal));
    }
  };
}

export type JoinGroup = { items: (ids: readonly string[]) => void; isPending: boolean };

/** Makes the selection what can be decided together of these items, and says what was left out and why. */
export function useJoinGroup(): JoinGroup {
  const { orpc } = useApi();
  const setChecked = useQueueView((state) => state.setChecked);
  const preview = useMutation(
    orpc.triage.previewBulk.mutationOptions({
      onSuccess: ({ included, leftOut }) => {
        setChecked(new Set(included.map(({ id }) => id)));
        if (leftOut.length === 0) dismissNotice(notJoining);
        else inform(leftOutWords(included.length, leftOut));
      },
      onError: announceFailure,
    }),
  );
  return { items: (ids) => preview.mutate({ ids: [...ids] }), isPending: preview.isPending };
}

function leftOutWords(included: number, leftOut: readonly { sentence: string }[]): string {
  const reasons = [...Map.groupBy(leftOut, ({ sentence }) => sentence)].map(
    ([sentence, items]) => `${items.length} × ${sentence}`,
  );
  return `${text('queue:join.chosen', { count: included })} ${text('queue:join.leftOut', { count: leftOut.length })} ${reasons.join(' ')}`;
}
