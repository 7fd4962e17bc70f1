// What the source's own scorer found, beside our findings and apart from them: its list, and one row in full.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Disposition } from '#shared/model/finding.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { anomalyColumns } from './anomaly-columns.tsx';
import { AnomalyDetail } from './anomaly-detail.tsx';
import { AnomalyHead } from './anomaly-head.tsx';
import { anomalyStatusLabels, canDispose } from './anomaly-words.ts';
import { DispositionDialog } from './disposition-dialog.tsx';
import { FindingsGrid, useShownOrder } from './findings-grid.tsx';
import { useDispositionKeys } from './use-finding-keys.ts';

const noAnomalies: readonly ServerAnomaly[] = [];

export function AnomalyScreen() {
  const { client, orpc } = useApi();
  const { anomalyStatus, draft, setDraft } = useFindingsView();
  const input = anomalyStatus === 'all' ? {} : { status: anomalyStatus };
  const list = useQuery(orpc.anomalies.list.queryOptions({ input, placeholderData: keepPreviousData }));
  const detail = useRef<HTMLElement>(null);
  const columns = useMemo(() => anomalyColumns(), []);
  const { order, keepOrder } = useShownOrder();
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const words =
    anomalyStatus === 'all'
      ? []
      : [text('findings:anomaly.onlyStatus', { status: anomalyStatusLabels[anomalyStatus] })];
  return (
    <>
      <ListBesideDetail
        listName={text('findings:anomaly.list')}
        head={
          <>
            <AnomalyHead
              list={list.data}
              actions={
                <ExportListButton
                  table="anomalies"
                  isReady={list.isSuccess && !list.isPlaceholderData}
                  what={text('findings:anomaly.what')}
                  filter={() => ({ ids: order.current(), words })}
                />
              }
            />
            <ProblemNotice error={list.error} />
          </>
        }
        list={
          <FindingsGrid
            label={text('findings:anomaly.list')}
            rows={list.data?.anomalies ?? noAnomalies}
            columns={columns}
            detail={detail}
            empty={
              <EmptyState
                title={text(list.isPending ? 'findings:anomaly.loading' : 'findings:anomaly.none')}
              />
            }
            onOrder={keepOrder}
          />
        }
        detail={<Selected />}
        detailRef={detail}
        isOpen={selectedId !== null}
        onBack={() => select('findings', null)}
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
  if (selectedId === null || details.isError) return <EmptyState title={text('findings:anomaly.choose')} />;
  if (details.data === undefined) return <EmptyState title={text('findings:anomaly.reading')} />;
  return <AnomalyDetail details={details.data} onDispose={dispose} />;
}
