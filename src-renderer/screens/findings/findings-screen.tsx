// What stands out in the audit events, most severe first, with the explanation beside the list.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { dispositions, findingStatuses } from '#shared/model/finding.ts';
import type { Disposition, Finding } from '#shared/model/finding.ts';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable, visibleOrder } from '../../components/grid-table.ts';
import { useShortcuts } from '../../components/keyboard.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useSelection } from '../../state/selection.ts';
import { DispositionDialog } from './disposition-dialog.tsx';
import { findingColumns, findingLeastWidth, findingWidths } from './finding-columns.tsx';
import { FindingDetail } from './finding-detail.tsx';
import { dispositionWords, findingList, statusLabels, statusOf } from './finding-rules.ts';
import styles from './findings-screen.module.css';

const noFindings: readonly Finding[] = [];
const findingId = (finding: Finding) => finding.id;

export function FindingsScreen() {
  const { orpc } = useApi();
  const list = useQuery(orpc.findings.list.queryOptions({ input: {} }));
  const findings = list.data ?? noFindings;
  const { status, draft, setDraft } = useFindingsView();
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const shown = useMemo(() => findingList(findings, status), [findings, status]);
  const table = useGridTable(shown, findingColumns, findingId);
  const selected = findings.find((finding) => finding.id === selectedId) ?? null;
  const details = useQuery(
    orpc.findings.get.queryOptions({ input: { id: selected?.id ?? '' }, enabled: selected !== null }),
  );
  const gate = useReviewerGate();
  const dispose = (disposition: Disposition) => {
    if (selected !== null) gate(() => setDraft({ finding: selected.id, disposition }));
  };
  const move = (steps: number) => select('findings', movedSelection(visibleOrder(table), selectedId, steps));
  const detail = useRef<HTMLElement>(null);
  const open = () => detail.current?.focus();
  useFindingKeys(move, dispose, open);
  return (
    <div className={styles.screen}>
      <section className={styles.list} aria-label="Findings">
        <FindingsHead findings={findings} />
        {list.isError && <ProblemNotice error={list.error} />}
        <div className={styles.grid}>
          <DataGrid
            label="Findings"
            table={table}
            widths={findingWidths}
            leastWidth={findingLeastWidth}
            selectedId={selectedId}
            onSelect={(id) => select('findings', id)}
            onOpen={open}
            empty={<EmptyState title={list.isPending ? 'Reading findings…' : 'No finding here.'} />}
          />
        </div>
      </section>
      <aside ref={detail} className={styles.detail} aria-label="Detail" tabIndex={-1}>
        {selected === null && <EmptyState title="Choose a finding to see why it stands out." />}
        {details.isError && <ProblemNotice error={details.error} />}
        {selected !== null && details.data !== undefined && (
          <FindingDetail details={details.data} onDispose={dispose} />
        )}
      </aside>
      {draft !== null && <DispositionDialog {...draft} onClose={() => setDraft(null)} />}
    </div>
  );
}

function FindingsHead({ findings }: { findings: readonly Finding[] }) {
  const { status, setStatus } = useFindingsView();
  const choices = [
    ...findingStatuses.map((value) => ({
      value,
      label: statusLabels[value],
      count: findings.filter((finding) => statusOf(finding) === value).length,
    })),
    { value: 'all' as const, label: 'All', count: findings.length },
  ];
  return (
    <div className={styles.head}>
      <h1>Findings</h1>
      <Segmented label="Show" value={status} choices={choices} onChange={setStatus} />
    </div>
  );
}

function useFindingKeys(
  move: (steps: number) => void,
  dispose: (disposition: Disposition) => void,
  open: () => void,
): void {
  const group = 'Findings';
  useShortcuts([
    { keys: 'j', label: 'Next finding', group, repeats: true, run: () => move(1) },
    { keys: 'k', label: 'Finding before', group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next finding', group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Finding before', group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: 'Read the finding in full', group, run: open },
    ...dispositions.map((disposition) => ({
      keys: dispositionWords[disposition].key,
      label: dispositionWords[disposition].label,
      group,
      run: () => dispose(disposition),
    })),
  ]);
}
