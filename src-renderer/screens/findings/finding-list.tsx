// Findings one by one.
import { useEffect, useMemo } from 'react';
import type { RefObject } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { useSelection } from '../../state/selection.ts';
import { findingColumns, findingLeastWidth, findingWidths } from './finding-columns.tsx';
import { useMoveKeys } from './use-finding-keys.ts';

type FindingListProps = {
  findings: readonly Finding[];
  isPending: boolean;
  detail: RefObject<HTMLElement | null>;
  /** Called with what tells the ids in the order they are on screen. */
  onOrder: (tell: () => string[]) => void;
};

const findingId = (finding: Finding) => finding.id;

export function FindingList({ findings, isPending, detail, onOrder }: FindingListProps) {
  const titleOf = useDetectorTitles();
  const columns = useMemo(() => findingColumns(titleOf), [titleOf]);
  const table = useGridTable(findings, columns, findingId);
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const open = () => detail.current?.focus();
  useEffect(() => {
    onOrder(() => visibleOrder(table));
  });
  useMoveKeys(() => visibleOrder(table), open);
  return (
    <DataGrid
      label="Findings"
      table={table}
      widths={findingWidths}
      leastWidth={findingLeastWidth}
      selectedId={selectedId}
      onSelect={(id) => select('findings', id)}
      onOpen={open}
      empty={<EmptyState title={isPending ? 'Reading findings…' : 'No finding here.'} />}
    />
  );
}
