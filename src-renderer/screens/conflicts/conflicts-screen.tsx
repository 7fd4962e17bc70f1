// Decisions and dispositions the audit database has otherwise: the list, and both sides of one beside each other.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { subjectOf, type AnyConflict } from '#shared/model/conflict-list.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder, visibleRows } from '../../components/grid-table.ts';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useConflictsView } from '../../state/conflicts-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { AnomalyConflictDetail } from './anomaly-conflict-detail.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { conflictColumns, conflictLeastWidth, conflictWidths } from './conflict-columns.tsx';
import { ConflictDetail } from './conflict-detail.tsx';
import { standingWords } from './conflict-words.ts';
import { ConflictsHead } from './conflicts-head.tsx';
import { useConflictKeys } from './use-conflict-keys.ts';

const noConflicts: readonly AnyConflict[] = [];
/** A review item and an anomaly may have one id. */
const conflictId = (conflict: AnyConflict) =>
  conflict.kind === 'review' ? conflict.review : `anomaly:${conflict.anomaly}`;

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
  const selected = all.find((conflict) => conflictId(conflict) === selectedId) ?? null;
  const details = useQuery(
    orpc.conflicts.get.queryOptions({
      input: selected === null ? { id: '' } : { id: subjectOf(selected), kind: selected.kind },
      enabled: selected !== null,
    }),
  );
  // Only what is on screen can be closed.
  const read = details.data?.conflict;
  const onScreen = read !== undefined && conflictId(read) === selectedId ? read : null;
  const gate = useReviewerGate();
  const close = () => {
    if (onScreen === null || onScreen.standing !== 'open') return;
    const { kind, ours, row } = onScreen;
    gate(() => setClosing({ id: subjectOf(onScreen), kind, shown: { decision: ours.id, row } }));
  };
  const detail = useRef<HTMLElement>(null);
  /** Left to look at the list again, where there is no room for both. */
  const [leftId, setLeftId] = useState<string | null>(null);
  const choose = (id: string) => {
    setLeftId(null);
    select('conflicts', id);
  };
  const open = () => detail.current?.focus();
  const print = () => {
    if (onScreen !== null) window.print();
  };
  useConflictKeys({ order: () => visibleOrder(table), open, close, print });
  return (
    <>
      <ListBesideDetail
        isWide
        listName={text('conflicts:listName')}
        head={
          <>
            <ConflictsHead
              list={list.data}
              actions={
                <ExportListButton
                  table="conflicts"
                  isReady={list.isSuccess}
                  what={text('conflicts:exported')}
                  filter={() => ({
                    ids: visibleRows(table).map((one) => `${one.kind} ${subjectOf(one)}`),
                    words:
                      standing === 'all'
                        ? []
                        : [text('conflicts:exportedOnly', { standing: standingWords[standing].plural })],
                  })}
                />
              }
            />
            {list.isError && <ProblemNotice error={list.error} />}
          </>
        }
        list={
          <DataGrid
            label={text('conflicts:title')}
            table={table}
            widths={conflictWidths}
            leastWidth={conflictLeastWidth}
            selectedId={selectedId}
            onSelect={choose}
            onOpen={open}
            empty={<NothingHere isLoading={list.isPending} isFailed={list.isError} total={all.length} />}
          />
        }
        detail={
          <>
            {selected === null && all.length > 0 && <EmptyState title={text('conflicts:choose')} />}
            {selected !== null && details.isError && <ProblemNotice error={details.error} />}
            {selected !== null && details.isPending && <EmptyState title={text('conflicts:reading')} />}
            {selected !== null && details.data?.kind === 'review' && (
              <ConflictDetail details={details.data} onClose={close} onPrint={print} />
            )}
            {selected !== null && details.data?.kind === 'anomaly' && (
              <AnomalyConflictDetail details={details.data} onClose={close} onPrint={print} />
            )}
          </>
        }
        detailRef={detail}
        isOpen={selected !== null && selectedId !== leftId}
        onBack={() => setLeftId(selectedId)}
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
  if (isLoading) return <EmptyState title={text('conflicts:loading')} />;
  if (isFailed) return null;
  return total === 0 ? (
    <EmptyState title={text('conflicts:empty')}>
      <p>{text('conflicts:emptyMeaning')}</p>
    </EmptyState>
  ) : (
    <EmptyState title={text('conflicts:emptyKind')}>
      <p>{text('conflicts:emptyKindNext')}</p>
    </EmptyState>
  );
}
