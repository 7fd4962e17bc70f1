// The review queue: a list to walk through with the keyboard, the item in full beside it, and decisions by single keys.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Review } from '#shared/model/review.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useQueueView, type QueueFilter } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { DecisionDialog } from './decision-dialog.tsx';
import { queueColumns, queueLeastWidth, queueWidths, ToggleContext } from './queue-columns.tsx';
import { queueList } from './queue-rules.ts';
import { filterLabels, QueueToolbar } from './queue-toolbar.tsx';
import { ReviewDetail } from './review-detail.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { DecisionScene } from './use-decisions.ts';
import { useDecide, useRecordDecision, useUndo } from './use-decisions.ts';
import { useDwell } from './use-dwell.ts';
import { useQueueKeys, useToggleChecked } from './use-queue-keys.ts';

const noReviews: readonly Review[] = [];
const reviewId = (review: Review) => review.id;

export function QueueScreen() {
  const { orpc } = useApi();
  const list = useQuery(orpc.reviews.list.queryOptions({ input: {} }));
  const reviews = list.data ?? noReviews;
  return (
    <>
      {list.isError && <ProblemNotice error={list.error} />}
      <Queue reviews={reviews} isLoading={list.isPending} />
    </>
  );
}

function Queue({ reviews, isLoading }: { reviews: readonly Review[]; isLoading: boolean }) {
  const { now } = useStatus();
  const { filter, text, checked: checkedIds } = useQueueView();
  const selectedId = useSelection((state) => state.selected.queue);
  const select = useSelection((state) => state.select);
  const minute = now.slice(0, 16);
  const shown = useMemo(
    () => queueList(reviews, filter, text, `${minute}:00.000Z`),
    [reviews, filter, text, minute],
  );
  const table = useGridTable(shown, queueColumns, reviewId);
  const order = table.getRowModel().rows.map((row) => row.original);
  // What the list does not show is neither in view nor decided by a key.
  const selected = order.find((review) => review.id === selectedId) ?? null;
  const checked = reviews.filter((review) => checkedIds.has(review.id) && review.status === 'pending');
  const details = useDetails(selected);
  const dwellMs = useDwell(selected?.id ?? null);
  const scene: DecisionScene = {
    reviews,
    order,
    selected,
    checked,
    inDetail: (id) => (details.data?.review.id === id ? details.data.review : null),
    dwellMs,
  };
  const record = useRecordDecision(scene);
  const decide = useDecide(scene, record);
  const undo = useUndo(scene);
  const toggle = useToggleChecked(reviews);
  const filterInput = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLElement>(null);
  const open = () => detail.current?.focus();
  useQueueKeys({
    order,
    selectedId: selected?.id ?? null,
    filterInput,
    decide: decide.byKey,
    undo,
    toggle,
    open,
  });
  return (
    <>
      <ListBesideDetail
        listName="Items"
        head={
          <>
            <QueueToolbar
              reviews={reviews}
              filterInput={filterInput}
              onUndo={undo}
              actions={
                <ExportListButton
                  table="reviews"
                  isReady={!isLoading}
                  what="The review items as listed here"
                  filter={() => ({ ids: visibleOrder(table), words: queueWords(filter, text) })}
                />
              }
            />
            <SelectionBar
              checked={checked}
              hidden={checked.filter((review) => !order.includes(review)).length}
              isBusy={record.isPending}
              onDecide={decide.together}
            />
          </>
        }
        list={
          <ToggleContext value={toggle}>
            <DataGrid
              label="Review queue"
              table={table}
              widths={queueWidths}
              leastWidth={queueLeastWidth}
              selectedId={selectedId}
              onSelect={(id) => select('queue', id)}
              onOpen={open}
              empty={
                isLoading ? <EmptyState title="Reading the queue…" /> : <NothingHere total={reviews.length} />
              }
            />
          </ToggleContext>
        }
        detail={
          <>
            {selected === null && <EmptyState title="Choose an item to see it in full." />}
            {selected !== null && details.isError && <ProblemNotice error={details.error} />}
            {selected !== null && details.data !== undefined && (
              <ReviewDetail
                details={details.data}
                isBusy={record.isPending}
                hasKeys={checked.length === 0}
                onDecide={decide.shown}
              />
            )}
          </>
        }
        detailRef={detail}
      />
      <ReasonDialog reviews={reviews} record={record} />
    </>
  );
}

/** What the list is narrowed to, for whoever reads the export. */
function queueWords(filter: QueueFilter, text: string): string[] {
  const label = filterLabels.find(([value]) => value === filter)?.[1] ?? filter;
  return [
    ...(filter === 'all' ? [] : [`Only items of the view “${label}”.`]),
    ...(text.trim() === '' ? [] : [`Only items that mention “${text.trim()}”.`]),
  ];
}

function useDetails(selected: Review | null) {
  const { orpc } = useApi();
  return useQuery(
    orpc.reviews.get.queryOptions({ input: { id: selected?.id ?? '' }, enabled: selected !== null }),
  );
}

function NothingHere({ total }: { total: number }) {
  return total === 0 ? (
    <EmptyState title="There is nothing to review.">
      <p>No privileged action has been found. The list of privileged actions is in the settings.</p>
    </EmptyState>
  ) : (
    <EmptyState title="No item matches.">
      <p>Choose another view or clear the filter.</p>
    </EmptyState>
  );
}

function ReasonDialog({
  reviews,
  record,
}: {
  reviews: readonly Review[];
  record: ReturnType<typeof useRecordDecision>;
}) {
  const { draft, setDraft } = useQueueView();
  if (draft === null) return null;
  const covered = reviews.filter((review) => draft.reviews.some(({ id }) => id === review.id));
  return (
    <DecisionDialog
      key={`${draft.decision} ${draft.reviews.map(({ id }) => id).join(' ')}`}
      decision={draft.decision}
      reviews={covered}
      isPending={record.isPending}
      error={record.error}
      onDecide={(reason, forget) =>
        record.mutate({ reviews: draft.reviews, decision: draft.decision, reason }, { onSuccess: forget })
      }
      onClose={() => {
        record.reset();
        setDraft(null);
      }}
    />
  );
}
