// Everybody who acts in the mirrored events: who is at risk, who is new, and the profile of one of them beside the list.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import { Button } from '../../components/button.tsx';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { useShortcuts } from '../../components/keyboard.tsx';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import toolbar from '../../components/list-toolbar.module.css';
import { SearchField } from '../../components/search-field.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useApi } from '../../domain/api.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useActorsView } from '../../state/actors-view.ts';
import { text } from '../../texts/text.ts';
import { actorColumns, actorsLeastWidth, actorWidths } from './actor-columns.tsx';
import { ActorProfilePane } from './actor-profile-pane.tsx';
import { actorRows, rowIdOf, searchActors, type ActorRow } from './actor-rows.ts';
import styles from './actors-screen.module.css';
import type { ProfileTarget } from './profile-target.ts';
import { showEventsOf } from './show-events.ts';

const mostActors = 10_000;
const mostRisks = 1000;
const courseDays = 30;
const rowId = (row: ActorRow) => row.id;

export function ActorsScreen({ onGoTo }: { onGoTo: (target: ProfileTarget) => void }) {
  const { rows, isPending, error } = useActorRows();
  const { search, chosen, open } = useActorsView();
  const shown = useMemo(() => searchActors(rows, search), [rows, search]);
  const columns = useMemo(() => actorColumns(), []);
  const table = useGridTable(shown, columns, rowId);
  const detail = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const chosenId = chosen === null ? null : rowIdOf(chosen);
  const choose = (id: string | null) => {
    const row = rows.find((one) => one.id === id);
    if (row !== undefined) open({ actor: row.actor, sourceAccount: row.sourceAccount });
  };
  const focusDetail = () => detail.current?.focus();
  useActorKeys({
    move: (step) => choose(movedSelection(visibleOrder(table), chosenId, step)),
    open: focusDetail,
    search: () => searchInput.current?.focus(),
  });
  return (
    <ListBesideDetail
      listName={text('actors:title')}
      head={
        <ActorsHead
          count={shown.length}
          isCut={rows.length >= mostActors}
          input={searchInput}
          error={error}
          onEvents={() => onGoTo('events')}
        />
      }
      list={
        <DataGrid
          label={text('actors:title')}
          table={table}
          widths={actorWidths}
          leastWidth={actorsLeastWidth}
          selectedId={chosenId}
          onSelect={choose}
          onOpen={focusDetail}
          empty={
            <EmptyState
              title={text(isPending ? 'actors:reading' : search === '' ? 'actors:nobody' : 'actors:noMatch')}
            />
          }
        />
      }
      detail={
        chosen === null ? (
          <EmptyState title={text('actors:choose')} />
        ) : (
          <ActorProfilePane key={rowIdOf(chosen)} whom={chosen} onGoTo={onGoTo} />
        )
      }
      detailRef={detail}
      isOpen={chosen !== null}
      onBack={() => open(null)}
    />
  );
}

type ActorsHeadProps = {
  count: number;
  isCut: boolean;
  input: RefObject<HTMLInputElement | null>;
  error: unknown;
  onEvents: () => void;
};

function ActorsHead({ count, isCut, input, error, onEvents }: ActorsHeadProps) {
  const { search, setSearch } = useActorsView();
  const { unattributed } = useStatus();
  return (
    <div className={toolbar.head}>
      <div className={toolbar.line}>
        <h1>{text('actors:title')}</h1>
        <SearchField
          input={input}
          label={text('actors:search')}
          width={[170, 360]}
          aria-keyshortcuts="/"
          placeholder={text('actors:search')}
          dir="auto"
          value={search}
          onSearch={setSearch}
        />
        <ExportListButton
          table="actors"
          label={text('actors:export.label')}
          what={text('actors:export.what')}
          filter={() => ({})}
        />
      </div>
      <div className={toolbar.line}>
        <output className={styles.note} aria-label={text('actors:howMany')}>
          {text(isCut ? 'actors:mostActive' : 'actors:count', { count })}
        </output>
        {unattributed > 0 && (
          <Button
            size="small"
            weight="quiet"
            onClick={() => {
              showEventsOf('');
              onEvents();
            }}
          >
            {text('actors:nobodyNamed', { count: unattributed })}
          </Button>
        )}
      </div>
      <ProblemNotice error={error} />
    </div>
  );
}

/** Everybody, as soon as events are counted; risk, findings and reviews follow when they are there. */
function useActorRows(): { rows: readonly ActorRow[]; isPending: boolean; error: unknown } {
  const { orpc } = useApi();
  const actors = useQuery(orpc.activity.topActors.queryOptions({ input: { limit: mostActors } }));
  const risks = useQuery(
    orpc.actors.risk.queryOptions({ input: { limit: mostRisks, historyDays: courseDays } }),
  );
  const findings = useQuery(orpc.findings.list.queryOptions({ input: {} }));
  const reviews = useQuery(orpc.reviews.list.queryOptions({ input: { status: 'pending' } }));
  const rows = useMemo(
    () =>
      actorRows({
        actors: actors.data ?? [],
        risks: risks.data ?? [],
        hasEveryRisk: risks.data !== undefined && risks.data.length < mostRisks,
        findings: findings.data ?? [],
        reviews: reviews.data ?? [],
      }),
    [actors.data, risks.data, findings.data, reviews.data],
  );
  // Counts that would be zero only because they are still on their way are not shown.
  const isPending = [actors, risks, findings, reviews].some((query) => query.isPending);
  return {
    rows: isPending ? noRows : rows,
    isPending,
    error: actors.error ?? risks.error ?? findings.error ?? reviews.error,
  };
}

const noRows: readonly ActorRow[] = [];

type ActorKeys = { move: (step: number) => void; open: () => void; search: () => void };

function useActorKeys({ move, open, search }: ActorKeys): void {
  const group = text('actors:title');
  const next = { label: text('actors:keys.next'), group, repeats: true, run: () => move(1) };
  const before = { label: text('actors:keys.before'), group, repeats: true, run: () => move(-1) };
  useShortcuts([
    { keys: 'j', ...next },
    { keys: 'k', ...before },
    { keys: 'ArrowDown', ...next },
    { keys: 'ArrowUp', ...before },
    { keys: 'Enter', label: text('actors:keys.open'), group, run: open },
    { keys: '/', label: text('actors:search'), group, run: search },
  ]);
}
