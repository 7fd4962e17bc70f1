// Findings folded into stories: one row a story, which opens to its findings.
import { useMemo } from 'react';
import type { RefObject } from 'react';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useSelection } from '../../state/selection.ts';
import { storyColumns, storyLeastWidth, storyWidths } from './story-columns.tsx';
import { secondTierTitle, type StoryRow } from './story-tree.ts';
import { useMoveKeys } from './use-finding-keys.ts';

type StoryListProps = {
  rows: readonly StoryRow[];
  isPending: boolean;
  detail: RefObject<HTMLElement | null>;
};

const rowId = (row: StoryRow) => row.id;

export function StoryList({ rows, isPending, detail }: StoryListProps) {
  const titleOf = useDetectorTitles();
  const columns = useMemo(() => storyColumns(titleOf), [titleOf]);
  const table = useGridTable(rows, columns, rowId);
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const toggle = useFindingsView((state) => state.toggle);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const open = () => detail.current?.focus();
  useMoveKeys(() => visibleOrder(table), open);
  return (
    <DataGrid
      label="Findings"
      table={table}
      widths={storyWidths}
      leastWidth={storyLeastWidth}
      selectedId={selectedId}
      onSelect={(id) => select('findings', id)}
      onOpen={open}
      empty={<EmptyState title={isPending ? 'Reading findings…' : 'No finding here.'} />}
      tree={{
        placeOf: (id) => {
          const row = byId.get(id);
          return {
            level: row?.level ?? 1,
            isExpanded: row?.isExpanded ?? null,
            parent: row?.parent ?? null,
            heading:
              row?.kind === 'tier'
                ? `${secondTierTitle} · ${countWords(row.size, 'story', 'stories')}`
                : undefined,
          };
        },
        onExpand: (id, isExpanded) => {
          if (byId.get(id)?.isExpanded === !isExpanded) toggle(id);
        },
      }}
    />
  );
}
