// What stands out in the audit events, folded into stories, most severe first, with the explanation beside the list.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import type { Disposition, Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useZone } from '../../domain/workspace-status.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { useSelection } from '../../state/selection.ts';
import { AnomalyScreen } from './anomaly-screen.tsx';
import { DispositionDialog } from './disposition-dialog.tsx';
import { ExceptionDialog } from './exception-dialog.tsx';
import { ExportFindings } from './export-findings.tsx';
import { FindingDetail } from './finding-detail.tsx';
import { FindingList } from './finding-list.tsx';
import { findingList, statusOf } from './finding-rules.ts';
import { FindingsHead } from './findings-head.tsx';
import { StoryDetail } from './story-detail.tsx';
import { StoryList } from './story-list.tsx';
import { secondTierRow, secondTierTitle, storyRows } from './story-tree.ts';
import { useActKeys } from './use-finding-keys.ts';

const noFindings: readonly Finding[] = [];
const noStories: readonly FindingCase[] = [];

/** Ours, or those of the source’s own scorer: shown beside each other, never in one list. */
export function FindingsScreen({ onHeatmap }: { onHeatmap: () => void }) {
  const grouping = useFindingsView((state) => state.grouping);
  return grouping === 'source' ? <AnomalyScreen /> : <OwnFindings onHeatmap={onHeatmap} />;
}

function OwnFindings({ onHeatmap }: { onHeatmap: () => void }) {
  const { orpc } = useApi();
  const list = useQuery(orpc.findings.list.queryOptions({ input: {} }));
  const cases = useQuery(orpc.findings.cases.queryOptions({ input: {} }));
  const findings = list.data ?? noFindings;
  const stories = cases.data ?? noStories;
  const { status, grouping, detector, toggled, draft, exceptionFor, setDraft, setExceptionFor } =
    useFindingsView();
  const detail = useRef<HTMLElement>(null);
  const order = useRef<() => string[]>(() => []);
  const keepOrder = useCallback((tell: () => string[]) => {
    order.current = tell;
  }, []);
  const shown = useMemo(() => findingList(findings, status, detector), [findings, status, detector]);
  const rows = useMemo(
    () => storyRows(stories, findings, { status, detector }, toggled),
    [stories, findings, status, detector, toggled],
  );
  const excepted = findings.find(({ id }) => id === exceptionFor);
  const isPending = list.isPending || cases.isPending;
  return (
    <>
      <ListBesideDetail
        listName="Findings"
        head={
          <>
            <FindingsHead
              findings={findings}
              actions={
                <ExportFindings stories={stories} findings={findings} order={order} isReady={!isPending} />
              }
            />
            <ProblemNotice error={list.error ?? cases.error} />
          </>
        }
        list={
          grouping === 'story' ? (
            <StoryList rows={rows} isPending={isPending} detail={detail} />
          ) : (
            <FindingList findings={shown} isPending={isPending} detail={detail} onOrder={keepOrder} />
          )
        }
        detail={<Selected findings={findings} stories={stories} onHeatmap={onHeatmap} />}
        detailRef={detail}
      />
      {draft !== null && <DispositionDialog {...draft} onClose={() => setDraft(null)} />}
      {excepted !== undefined && <ExceptionDialog finding={excepted} onClose={() => setExceptionFor(null)} />}
    </>
  );
}

type SelectedProps = {
  findings: readonly Finding[];
  stories: readonly FindingCase[];
  onHeatmap: () => void;
};

/** What the selected row is about, with what can be done about it. */
function Selected({ findings, stories, onHeatmap }: SelectedProps) {
  const { orpc } = useApi();
  const zone = useZone();
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  const finding = findings.find(({ id }) => id === selectedId) ?? null;
  const story = finding === null ? (stories.find(({ id }) => id === selectedId) ?? null) : null;
  const { toggle, toggled, setDraft, setExceptionFor } = useFindingsView();
  const details = useQuery(
    orpc.findings.get.queryOptions({ input: { id: finding?.id ?? '' }, enabled: finding !== null }),
  );
  const gate = useReviewerGate();
  const dispose = (disposition: Disposition) => {
    const meant = finding === null ? openMembers(story, findings) : [finding.id];
    if (meant.length > 0) gate(() => setDraft({ findings: meant, disposition }));
  };
  const letPass = () => {
    if (finding !== null && finding.suppressedBy === null) gate(() => setExceptionFor(finding.id));
  };
  const expand = () => {
    if (selectedId === secondTierRow || (story !== null && story.members.length > 1)) toggle(selectedId!);
  };
  useActKeys({ dispose, letPass, expand });
  if (selectedId === secondTierRow) return <SecondTier />;
  if (story !== null) {
    const choose = (id: string) => {
      if (!toggled.has(story.id)) toggle(story.id);
      select('findings', id);
    };
    return <StoryDetail story={story} findings={findings} onChoose={choose} onDispose={dispose} />;
  }
  if (finding === null) return <EmptyState title="Choose a finding to see why it stands out." />;
  if (details.isError) return <ProblemNotice error={details.error} />;
  if (details.data === undefined) return <EmptyState title="Reading the finding…" />;
  const showInHeatmap = () => {
    const hourOfWeek = hourOfWeekIn(zone)(Math.floor(parseInstant(finding.start) / microsecondsPerSlot));
    useHeatmapView.getState().setAction(finding.action);
    useHeatmapView.getState().setOpen({ actor: finding.actor, hourOfWeek });
    onHeatmap();
  };
  return (
    <FindingDetail details={details.data} onDispose={dispose} onLetPass={letPass} onHeatmap={showInHeatmap} />
  );
}

function openMembers(story: FindingCase | null, findings: readonly Finding[]): string[] {
  const members = new Set(story?.members ?? []);
  return findings.filter((one) => members.has(one.id) && statusOf(one) === 'open').map(({ id }) => id);
}

function SecondTier() {
  return (
    <EmptyState title={secondTierTitle}>
      <p>
        These hours are busier than the actor’s last four weeks, whatever the hour of the week. Nothing else
        found anything in them, so they come after everything else.
      </p>
    </EmptyState>
  );
}
