// The grid of the queue: items, or groups that open to their items.
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import type { GridTable } from '../../components/grid-table.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { text } from '../../texts/text.ts';
import { groupHeading } from './group-words.ts';
import { queueLeastWidth, queueWidths, RowContext } from './queue-columns.tsx';
import type { QueueRow } from './queue-rows.ts';
import { useDraftedItems } from './use-drafts.ts';

type QueueListProps = {
  table: GridTable<QueueRow>;
  selectedId: string | null;
  isLoading: boolean;
  /** Whether there is nothing in the queue at all. */
  isEmpty: boolean;
  toggle: (id: string) => void;
  onSelect: (id: string) => void;
  onOpen: () => void;
};

export function QueueList(props: QueueListProps) {
  const { table, selectedId, isLoading, isEmpty, toggle, onSelect, onOpen } = props;
  const grouping = useQueueView((state) => state.grouping);
  const drafted = useDraftedItems();
  const tree = useTree(table);
  return (
    <RowContext value={{ toggle, drafted }}>
      <DataGrid
        label={text('queue:title')}
        table={table}
        widths={queueWidths[grouping]}
        leastWidth={queueLeastWidth}
        selectedId={selectedId}
        onSelect={onSelect}
        onOpen={onOpen}
        empty={isLoading ? <EmptyState title={text('queue:loading')} /> : <NothingHere isEmpty={isEmpty} />}
        tree={grouping === 'none' ? undefined : tree}
      />
    </RowContext>
  );
}

function useTree(table: GridTable<QueueRow>) {
  const fold = useQueueView((state) => state.fold);
  const byId = new Map(table.getRowModel().rows.map(({ id, original }) => [id, original]));
  return {
    placeOf: (id: string) => {
      const row = byId.get(id);
      if (row?.kind === 'group')
        return { level: 1, isExpanded: !row.isFolded, parent: null, heading: groupHeading(row) };
      return { level: 2, isExpanded: null, parent: row?.group ?? null };
    },
    onExpand: (id: string, isExpanded: boolean) => {
      const row = byId.get(id);
      if (row?.kind === 'group') fold(row.key, !isExpanded);
    },
  };
}

function NothingHere({ isEmpty }: { isEmpty: boolean }) {
  return isEmpty ? (
    <EmptyState title={text('queue:empty.title')}>
      <p>{text('queue:empty.words')}</p>
    </EmptyState>
  ) : (
    <EmptyState title={text('queue:noMatch.title')}>
      <p>{text('queue:noMatch.words')}</p>
    </EmptyState>
  );
}
