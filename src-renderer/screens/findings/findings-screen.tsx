// What stands out in the audit events, folded into stories, most severe first, with the explanation beside the list.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { useApi } from '../../domain/api.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { AnomalyScreen } from './anomaly-screen.tsx';
import { dayStories } from './day-stories.ts';
import { DispositionDialog } from './disposition-dialog.tsx';
import { ExceptionDialog } from './exception-dialog.tsx';
import { ExceptionsButton, ExceptionsDialog } from './exceptions-dialog.tsx';
import { ExportFindings } from './export-findings.tsx';
import { FindingList } from './finding-list.tsx';
import { findingList } from './finding-rules.ts';
import { useShownOrder } from './findings-grid.tsx';
import { FindingsHead } from './findings-head.tsx';
import type { LeadTo } from './lead-elsewhere.tsx';
import { SelectedFinding } from './selected-finding.tsx';
import { StoryList } from './story-list.tsx';
import { storyRows } from './story-tree.ts';
import { useNarrowedFindings } from './use-narrowed-findings.ts';
import { WhyNotButton, WhyNotDialog } from './why-not-dialog.tsx';

const noFindings: readonly Finding[] = [];
const noStories: readonly FindingCase[] = [];

/** Ours, or those of the source’s own scorer: shown beside each other, never in one list. */
export function FindingsScreen({ onGoTo }: { onGoTo: LeadTo }) {
  const grouping = useFindingsView((state) => state.grouping);
  return grouping === 'source' ? <AnomalyScreen /> : <OwnFindings onGoTo={onGoTo} />;
}

function OwnFindings({ onGoTo }: { onGoTo: LeadTo }) {
  const { orpc } = useApi();
  const list = useQuery(orpc.findings.list.queryOptions({ input: {} }));
  const cases = useQuery(orpc.findings.cases.queryOptions({ input: {} }));
  const findings = list.data ?? noFindings;
  const { shown, isNarrowed } = useNarrowedFindings(findings);
  const stories = useStories(findings, cases.data ?? noStories);
  const detail = useRef<HTMLElement>(null);
  const { order, keepOrder } = useShownOrder();
  const isPending = list.isPending || cases.isPending;
  const selectedId = useSelection((state) => state.selected.findings);
  const select = useSelection((state) => state.select);
  return (
    <>
      <ListBesideDetail
        listName={text('findings:title')}
        head={
          <>
            <FindingsHead
              findings={shown}
              actions={
                <>
                  <WhyNotButton />
                  <ExceptionsButton />
                  <ExportFindings
                    stories={stories}
                    findings={shown}
                    isNarrowed={isNarrowed}
                    order={order}
                    isReady={!isPending}
                  />
                </>
              }
            />
            <ProblemNotice error={list.error ?? cases.error} />
          </>
        }
        list={
          <List
            findings={shown}
            stories={stories}
            detail={detail}
            onOrder={keepOrder}
            empty={<EmptyState title={emptyWords(isPending, isNarrowed)} />}
          />
        }
        detail={<SelectedFinding findings={findings} stories={stories} onGoTo={onGoTo} />}
        detailRef={detail}
        isOpen={selectedId !== null}
        onBack={() => select('findings', null)}
      />
      <Dialogs findings={findings} />
    </>
  );
}

function emptyWords(isPending: boolean, isNarrowed: boolean): string {
  if (isPending) return text('findings:loading');
  return isNarrowed ? text('findings:noneNarrowed') : text('findings:none');
}

/** Cases as they were folded when they were found, or one story for each actor and day. */
function useStories(findings: readonly Finding[], cases: readonly FindingCase[]): readonly FindingCase[] {
  const grouping = useFindingsView((state) => state.grouping);
  const zone = useZone();
  const titleOf = useDetectorTitles();
  const days = useMemo(
    () => (grouping === 'day' ? dayStories(findings, zone, titleOf, cases) : null),
    [grouping, findings, zone, titleOf, cases],
  );
  return days ?? cases;
}

type ListProps = {
  findings: readonly Finding[];
  stories: readonly FindingCase[];
  detail: RefObject<HTMLElement | null>;
  empty: ReactNode;
  onOrder: (tell: () => string[]) => void;
};

function List({ findings, stories, ...grid }: ListProps) {
  const { status, grouping, detector, toggled } = useFindingsView();
  const listed = useMemo(() => findingList(findings, status, detector), [findings, status, detector]);
  const rows = useMemo(
    () => storyRows(stories, findings, { status, detector }, toggled),
    [stories, findings, status, detector, toggled],
  );
  if (grouping === 'finding') return <FindingList findings={listed} {...grid} />;
  return <StoryList rows={rows} detail={grid.detail} empty={grid.empty} />;
}

function Dialogs({ findings }: { findings: readonly Finding[] }) {
  const { draft, exceptionFor, showsExceptions, asking, ...set } = useFindingsView();
  const excepted = findings.find(({ id }) => id === exceptionFor);
  return (
    <>
      {draft !== null && <DispositionDialog {...draft} onClose={() => set.setDraft(null)} />}
      {excepted !== undefined && (
        <ExceptionDialog finding={excepted} findings={findings} onClose={() => set.setExceptionFor(null)} />
      )}
      {showsExceptions && <ExceptionsDialog onClose={() => set.showExceptions(false)} />}
      {asking !== null && <WhyNotDialog asking={asking} onClose={() => set.ask(null)} />}
    </>
  );
}
