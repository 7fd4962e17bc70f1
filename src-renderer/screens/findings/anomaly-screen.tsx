// What the source's own scorer found, beside our findings and apart from them: its list, and one row in full.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Disposition } from '#shared/model/finding.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { useApi } from '../../domain/api.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useSelection } from '../../state/selection.ts';
import { anomalyColumns, anomalyLeastWidth, anomalyWidths } from './anomaly-columns.tsx';
import { AnomalyDetail } from './anomaly-detail.tsx';
import { AnomalyHead } from './anomaly-head.tsx';
import { anomalyStatusLabels, canDispose } from './anomaly-words.ts';
import { DispositionDialog } from './disposition-dialog.tsx';
import { useDispositionKeys, useMoveKeys } from './use-finding-keys.ts';

const noAnomalies: readonly ServerAnomaly[] = [];

export function AnomalyScreen() {
  const { client, orpc } = useApi();
  const { anomalyStatus, draft, setDraft } = useFindingsView();
  const input = anomalyStatus === 'all' ? {} : { status: anomalyStatus };
  const list = useQuery(orpc.anomalies.list.queryOptions({ input, placeholderData: keepPreviousData }));
  const anomalies = list.data?.anomalies ?? noAnomalies;
  const detail = useRef<HTMLElement>(null);
  const order = useRef<() => string[]>(() => []);
  const keepOrder = useCallback((tell: () => string[]) => {
    order.current = tell;
  }, []);
  return (
    <>
      <ListBesideDetail
        listName="The source’s anomalies"
        head={
          <>
            <AnomalyHead
              list={list.data}
              actions={
                <ExportListButton
                  table="anomalies"
                  isReady={list.isSuccess && !list.isPlaceholderData}
                  what="The source’s own anomalies as listed here"
                  filter={() => ({
                    ids: order.current(),
                    words:
                      anomalyStatus === 'all'
                        ? []
                        : [`Only anomalies of the status “${anomalyStatusLabels[anomalyStatus]}”.`],
                  })}
                />
              }
            />
            <ProblemNotice error={list.error} />
          </>
        }
        list={
          <AnomalyList anomalies={anomalies} isPending={list.isPending} detail={detail} onOrder={keepOrder} />
        }
        detail={<Selected />}
        detailRef={detail}
      />
      {draft !== null && (
        <DispositionDialog
          findings={draft.findings}
          disposition={draft.disposition}
          record={(id, note) =>
            client.anomalies.dispose({ id, disposition: draft.disposition, note, shown: draft.shown })
          }
          onClose={() => setDraft(null)}
        />
      )}
    </>
  );
}

type AnomalyListProps = {
  anomalies: readonly ServerAnomaly[];
  isPending: boolean;
  detail: RefObject<HTMLElement | null>;
  /** Called with what tells the ids in the order they are on screen. */
  onOrder: (tell: () => string[]) => void;
};

const anomalyId = ({ id }: ServerAnomaly) => id;

function AnomalyList({ anomalies, isPending, detail, onOrder }: AnomalyListProps) {
  const table = useGridTable(anomalies, anomalyColumns, anomalyId);
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const open = () => detail.current?.focus();
  useEffect(() => {
    onOrder(() => visibleOrder(table));
  });
  useMoveKeys(() => visibleOrder(table), open);
  return (
    <DataGrid
      label="The source’s anomalies"
      table={table}
      widths={anomalyWidths}
      leastWidth={anomalyLeastWidth}
      selectedId={selectedId}
      onSelect={(id) => select('findings', id)}
      onOpen={open}
      empty={<EmptyState title={isPending ? 'Reading anomalies…' : 'No anomaly of the source here.'} />}
    />
  );
}

function Selected() {
  const { orpc } = useApi();
  const selectedId = useSelection((state) => state.selected.findings);
  const { setDraft } = useFindingsView();
  const gate = useReviewerGate();
  const details = useQuery(
    orpc.anomalies.get.queryOptions({
      input: { id: selectedId ?? '' },
      enabled: selectedId !== null,
      retry: false,
    }),
  );
  const dispose = (disposition: Disposition) => {
    const anomaly = details.data?.anomaly;
    if (anomaly && canDispose(anomaly))
      gate(() => setDraft({ findings: [anomaly.id], disposition, shown: anomaly.digest }));
  };
  useDispositionKeys(dispose);
  if (selectedId === null || details.isError)
    return <EmptyState title="Choose an anomaly to see what the source’s scorer said of it." />;
  if (details.data === undefined) return <EmptyState title="Reading the anomaly…" />;
  return <AnomalyDetail details={details.data} onDispose={dispose} />;
}
