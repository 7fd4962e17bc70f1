// Decisions the audit database has otherwise: the list, and both sides of one beside each other.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Conflict } from '#shared/model/conflict.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useConflictsView } from '../../state/conflicts-view.ts';
import { useSelection } from '../../state/selection.ts';
import { CloseDialog } from './close-dialog.tsx';
import { conflictColumns, conflictLeastWidth, conflictWidths } from './conflict-columns.tsx';
import { ConflictDetail } from './conflict-detail.tsx';
import { ConflictsHead } from './conflicts-head.tsx';
import { useConflictKeys } from './use-conflict-keys.ts';

const noConflicts: readonly Conflict[] = [];
const conflictId = (conflict: Conflict) => conflict.review;

export function ConflictsScreen() {
  const { orpc } = useApi();
  const list = useQuery(orpc.conflicts.list.queryOptions({ input: {} }));
  const { standing, closing, setClosing } = useConflictsView();
  const selectedId = useSelection((state) => state.selected.conflicts);
  const select = useSelection((state) => state.select);
  const all = list.data?.conflicts ?? noConflicts;
  const shown = useMemo(
    () => all.filter((conflict) => standing === 'all' || conflict.standing === standing),
    [all, standing],
  );
  const table = useGridTable(shown, conflictColumns, conflictId);
  const selected = all.find((conflict) => conflict.review === selectedId) ?? null;
  const details = useQuery(
    orpc.conflicts.get.queryOptions({ input: { id: selected?.review ?? '' }, enabled: selected !== null }),
  );
  // Only what is on screen can be closed.
  const onScreen = details.data?.conflict.review === selectedId ? details.data.conflict : null;
  const gate = useReviewerGate();
  const close = () => {
    if (onScreen === null || onScreen.standing !== 'open') return;
    const { review: id, ours, row } = onScreen;
    gate(() => setClosing({ id, shown: { decision: ours.id, row } }));
  };
  const detail = useRef<HTMLElement>(null);
  const open = () => detail.current?.focus();
  const print = () => {
    if (onScreen !== null) window.print();
  };
  useConflictKeys({ order: () => visibleOrder(table), open, close, print });
  return (
    <>
      <ListBesideDetail
        isWide
        listName="List of conflicts"
        head={
          <>
            <ConflictsHead list={list.data} />
            {list.isError && <ProblemNotice error={list.error} />}
          </>
        }
        list={
          <DataGrid
            label="Conflicts"
            table={table}
            widths={conflictWidths}
            leastWidth={conflictLeastWidth}
            selectedId={selectedId}
            onSelect={(id) => select('conflicts', id)}
            onOpen={open}
            empty={<NothingHere isLoading={list.isPending} isFailed={list.isError} total={all.length} />}
          />
        }
        detail={
          <>
            {selected === null && all.length > 0 && (
              <EmptyState title="Choose a conflict to see both sides." />
            )}
            {selected !== null && details.isError && <ProblemNotice error={details.error} />}
            {selected !== null && details.isPending && <EmptyState title="Reading both sides…" />}
            {selected !== null && details.data !== undefined && (
              <ConflictDetail details={details.data} onClose={close} onPrint={print} />
            )}
          </>
        }
        detailRef={detail}
      />
      {closing !== null && <CloseDialog closing={closing} onClose={() => setClosing(null)} />}
    </>
  );
}

function NothingHere({
  isLoading,
  isFailed,
  total,
}: {
  isLoading: boolean;
  isFailed: boolean;
  total: number;
}) {
  if (isLoading) return <EmptyState title="Looking for conflicts…" />;
  if (isFailed) return null;
  return total === 0 ? (
    <EmptyState title="No conflicts.">
      <p>
        Wherever the audit database holds a decision beside one of ours, both are shown here. Sending
        decisions and refreshing look for them.
      </p>
    </EmptyState>
  ) : (
    <EmptyState title="None of this kind.">
      <p>Choose another view.</p>
    </EmptyState>
  );
}
