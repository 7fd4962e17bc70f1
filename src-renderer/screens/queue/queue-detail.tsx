// The pane beside the queue: the item in view in full, or the group.
import type { DecisionKind } from '#shared/model/review.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { GroupDetail } from './group-detail.tsx';
import type { QueueRow } from './queue-rows.ts';
import { ReviewDetail } from './review-detail.tsx';
import type { useItem } from './use-item-ahead.ts';
import type { JoinGroup } from './use-selection.ts';

type QueueDetailProps = {
  row: QueueRow | null;
  known: ReturnType<typeof useItem>;
  isBusy: boolean;
  hasKeys: boolean;
  join: JoinGroup;
  onDecide: (decision: DecisionKind) => void;
  onFinding: (id: string) => void;
};

export function QueueDetail({ row, known, isBusy, hasKeys, join, onDecide, onFinding }: QueueDetailProps) {
  if (row === null) return <EmptyState title={text('queue:chooseItem')} />;
  if (row.kind === 'group') return <GroupDetail group={row} join={join} />;
  const { details, context } = known;
  if (details.isError) return <ProblemNotice error={details.error} />;
  if (details.data === undefined) return <EmptyState title={text('queue:itemLoading')} />;
  return (
    <ReviewDetail
      details={details.data}
      item={row.item}
      context={context.data?.review === row.id ? context.data : null}
      contextError={context.error}
      isBusy={isBusy}
      hasKeys={hasKeys}
      onDecide={onDecide}
      onFinding={onFinding}
    />
  );
}
