// The entries of the ledger, newest first, with the one in view in full beside them.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import type { LedgerLine, LedgerPage } from '#shared/model/ledger.ts';
import { Button } from '../../components/button.tsx';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder, visibleRows } from '../../components/grid-table.ts';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useLedgerView } from '../../state/ledger-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { EntryDetail } from './entry-detail.tsx';
import { ExportEntries } from './export-entries.tsx';
import { ledgerColumns, ledgerLeastWidth, ledgerWidths } from './ledger-columns.tsx';
import { LedgerFilters, LedgerTitle } from './ledger-head.tsx';
import styles from './ledger-screen.module.css';
import { useLedgerKeys } from './use-ledger-keys.ts';

const noLines: readonly LedgerLine[] = [];
const lineId = (line: LedgerLine) => String(line.seq);
const pageOfLines = 500;
const mostLines = 10_000;

export function EntriesView() {
  const { ledgerEntries } = useStatus();
  const [limit, setLimit] = useState(pageOfLines);
  const list = useEntries(limit);
  const selectedId = useSelection((state) => state.selected.ledger);
  const select = useSelection((state) => state.select);
  const lines = list.data?.entries ?? noLines;
  const table = useGridTable(lines, ledgerColumns, lineId);
  const detail = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  /** Left to look at the list again, where there is no room for both. */
  const [leftId, setLeftId] = useState<string | null>(null);
  const choose = (id: string) => {
    setLeftId(null);
    select('ledger', id);
  };
  const open = () => detail.current?.focus();
  useLedgerKeys({ order: () => visibleOrder(table), open, search: () => searchInput.current?.focus() });
  return (
    <ListBesideDetail
      listName={text('ledger:entries.listName')}
      head={
        <div className={styles.head}>
          <LedgerTitle size={list.data?.size ?? ledgerEntries} />
          <LedgerFilters
            page={list.data}
            searchInput={searchInput}
            actions={<ExportEntries lines={() => visibleRows(table)} page={list.data} />}
          />
          {list.isError && <ProblemNotice error={list.error} />}
          <Earlier page={list.data} onMore={() => setLimit(Math.min(limit + pageOfLines, mostLines))} />
        </div>
      }
      list={
        <DataGrid
          label={text('ledger:title')}
          table={table}
          widths={ledgerWidths}
          leastWidth={ledgerLeastWidth}
          selectedId={selectedId}
          onSelect={choose}
          onOpen={open}
          empty={<NothingHere isLoading={list.isPending} isFailed={list.isError} />}
        />
      }
      detail={
        selectedId === null ? (
          <EmptyState title={text('ledger:entries.choose')} />
        ) : (
          <EntryDetail seq={Number(selectedId)} />
        )
      }
      detailRef={detail}
      isOpen={selectedId !== null && selectedId !== leftId}
      onBack={() => setLeftId(selectedId)}
    />
  );
}

function useEntries(limit: number) {
  const { orpc } = useApi();
  const { type, actor, text } = useLedgerView();
  const wanted = useDeferredValue(text.trim());
  const input = {
    limit,
    ...(type === null ? {} : { type }),
    ...(actor === null ? {} : { actor }),
    ...(wanted === '' ? {} : { text: wanted }),
  };
  return useQuery(orpc.ledger.entries.queryOptions({ input, placeholderData: keepPreviousData }));
}

function Earlier({ page, onMore }: { page: LedgerPage | undefined; onMore: () => void }) {
  if (page === undefined || !page.hasEarlier) return null;
  return (
    <div className={styles.more}>
      <p>{text('ledger:entries.newest', { entries: formatCount(page.entries.length) })}</p>
      {page.entries.length < mostLines ? (
        <Button size="small" onClick={onMore}>
          {text('ledger:entries.earlier')}
        </Button>
      ) : (
        <p>{text('ledger:entries.narrow')}</p>
      )}
    </div>
  );
}

function NothingHere({ isLoading, isFailed }: { isLoading: boolean; isFailed: boolean }) {
  if (isLoading) return <EmptyState title={text('ledger:entries.loading')} />;
  if (isFailed) return null;
  return (
    <EmptyState title={text('ledger:entries.none')}>
      <p>{text('ledger:entries.noneNext')}</p>
    </EmptyState>
  );
}
