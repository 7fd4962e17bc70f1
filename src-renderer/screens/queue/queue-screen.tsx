// The review queue: a list to walk through with the keyboard, the item in full beside it, and decisions by single keys.
import { useMemo, useRef, useState } from 'react';
import type { Review } from '#shared/model/review.ts';
import type { TriageItem } from '#shared/model/triage.ts';
import { useGridTable, visibleOrder, visibleRows } from '../../components/grid-table.ts';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useDwell } from '../../domain/use-dwell.ts';
import { useZone } from '../../domain/workspace-status.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { CheckedBar } from './checked-bar.tsx';
import { queueColumns } from './queue-columns.tsx';
import { QueueDetail } from './queue-detail.tsx';
import { QueueList } from './queue-list.tsx';
import { queueRows, reviewsIn, type QueueRow } from './queue-rows.ts';
import { QueueToolbar } from './queue-toolbar.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useDecide, useRecordDecision, useUndo, type DecisionScene } from './use-decisions.ts';
import { useItem, useItemsAhead } from './use-item-ahead.ts';
import { useNarrowed } from './use-narrowed.ts';
import { useQueueItems } from './use-queue-items.ts';
import { useQueueKeys } from './use-queue-keys.ts';
import { useJoinGroup, useToggleChecked } from './use-selection.ts';

const noItems: readonly TriageItem[] = [];
const rowId = (row: QueueRow) => row.id;

type QueueScreenProps = { onFindings: () => void };

export function QueueScreen({ onFindings }: QueueScreenProps) {
  const list = useQueueItems();
  return (
    <>
      {list.isError && <ProblemNotice error={list.error} />}
      <Queue items={list.data ?? noItems} isLoading={list.isPending} onFindings={onFindings} />
    </>
  );
}

type QueueProps = QueueScreenProps & { items: readonly TriageItem[]; isLoading: boolean };

function Queue({ items, isLoading, onFindings }: QueueProps) {
  const reviews = useMemo(() => items.map(({ review }) => review), [items]);
  const { table, selectedId, row } = useRows(items);
  const select = useSelection((state) => state.select);
  const checkedIds = useQueueView((state) => state.checked);
  const order = reviewsIn(visibleRows(table));
  // What the list does not show is neither in view nor decided by a key.
  const selected = row?.kind === 'item' ? row.item.review : null;
  const checked = reviews.filter((review) => checkedIds.has(review.id) && review.status === 'pending');
  const known = useItem(selected?.id ?? null);
  useItemsAhead(
    order.map(({ id }) => id),
    selected?.id ?? null,
  );
  const dwellMs = useDwell(selected?.id ?? null);
  const { data: details } = known.details;
  const scene: DecisionScene = {
    reviews,
    order,
    selected,
    checked,
    inDetail: (id) => (details?.review.id === id ? details.review : null),
    dwellMs,
  };
  const record = useRecordDecision(scene);
  const decide = useDecide(scene, record);
  const undo = useUndo(scene);
  const toggle = useToggleChecked(reviews);
  const join = useJoinGroup();
  const filterInput = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLElement>(null);
  // Where there is room for one of both, the item that was left for the list.
  const [leftId, setLeftId] = useState<string | null>(null);
  const open = () => {
    setLeftId(null);
    detail.current?.focus();
  };
  const back = () => setLeftId(row?.id ?? null);
  useQueueKeys({
    rows: () => visibleOrder(table),
    items: () => order.map(({ id }) => id),
    selectedId: row?.id ?? null,
    filterInput,
    decide: decide.byKey,
    undo,
    toggle: (id) => (row?.kind === 'group' ? join.items(openIn(row.items)) : toggle(id)),
    open,
    back,
  });
  return (
    <>
      <ListBesideDetail
        listName={text('queue:list')}
        head={
          <>
            <QueueToolbar
              reviews={reviews}
              filterInput={filterInput}
              onUndo={undo}
              actions={<ExportQueue order={order} isReady={!isLoading} />}
            />
            <CheckedBar
              checked={checked}
              hidden={checked.filter((review) => !order.includes(review)).length}
              isBusy={record.isPending}
              onDecide={decide.together}
            />
          </>
        }
        list={
          <QueueList
            table={table}
            selectedId={selectedId}
            isLoading={isLoading}
            isEmpty={items.length === 0}
            toggle={toggle}
            onSelect={(id) => {
              setLeftId(null);
              select('queue', id);
            }}
            onOpen={open}
          />
        }
        detail={
          <QueueDetail
            row={row}
            known={known}
            isBusy={record.isPending}
            hasKeys={checked.length === 0}
            join={join}
            onDecide={decide.shown}
            onFinding={(id) => {
              select('findings', id);
              onFindings();
            }}
          />
        }
        detailRef={detail}
        isOpen={row !== null && row.id !== leftId}
        onBack={back}
      />
      <ReasonDialog reviews={reviews} record={record} />
    </>
  );
}

const openIn = (items: readonly TriageItem[]) =>
  items.filter(({ review }) => review.status === 'pending').map(({ review }) => review.id);

/** The list as it is on screen, and the row in view; null where the list does not show what was chosen. */
function useRows(items: readonly TriageItem[]) {
  const grouping = useQueueView((state) => state.grouping);
  const folded = useQueueView((state) => state.folded);
  const zone = useZone();
  const shown = useNarrowed(items);
  const rows = useMemo(() => queueRows(shown, grouping, { folded, zone }), [shown, grouping, folded, zone]);
  const columns = queueColumns[grouping];
  const table = useGridTable(rows, columns, rowId);
  const selectedId = useSelection((state) => state.selected.queue);
  const row = useMemo(() => rows.find(({ id }) => id === selectedId) ?? null, [rows, selectedId]);
  return { table, selectedId, row };
}

function ExportQueue({ order, isReady }: { order: readonly Review[]; isReady: boolean }) {
  const { filter, text: words } = useQueueView();
  return (
    <ExportListButton
      table="reviews"
      isReady={isReady}
      what={text('queue:export.what')}
      filter={() => ({
        ids: order.map(({ id }) => id),
        words: [
          ...(filter === 'all' ? [] : [text('queue:export.view', { view: text(`queue:tab.${filter}`) })]),
          ...(words.trim() === '' ? [] : [text('queue:export.mention', { words: words.trim() })]),
        ],
      })}
    />
  );
}
