// Exports findings as they are listed: by case or one by one, in the order on screen.
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { useFindingsView } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import { findingList, statusLabels } from './finding-rules.ts';
import type { ShownOrder } from './findings-grid.tsx';
import { storyRows } from './story-tree.ts';

const asAtFirst: ReadonlySet<string> = new Set();

type ExportFindingsProps = {
  stories: readonly FindingCase[];
  findings: readonly Finding[];
  isNarrowed: boolean;
  /** Ids of findings in the order they are on screen. */
  order: ShownOrder;
  isReady: boolean;
};

export function ExportFindings({ stories, findings, isNarrowed, order, isReady }: ExportFindingsProps) {
  const { status, detector, grouping } = useFindingsView();
  const titleOf = useDetectorTitles();
  const words = [
    ...(status === 'all' ? [] : [text('findings:export.status', { status: statusLabels[status] })]),
    ...(detector === '' ? [] : [text('findings:export.detector', { title: titleOf(detector) })]),
    ...(isNarrowed ? [text('findings:export.cells')] : []),
  ];
  if (grouping !== 'story') {
    // Days open and close; what is exported of them are their findings.
    const listed = () =>
      grouping === 'day' ? findingList(findings, status, detector).map(({ id }) => id) : order.current();
    return (
      <ExportListButton
        table="findings"
        isReady={isReady}
        what={text('findings:export.findings')}
        filter={() => ({ ids: listed(), words })}
      />
    );
  }
  // A case is exported whether its row is open or closed.
  const shownStories = () =>
    storyRows(stories, findings, { status, detector }, asAtFirst).flatMap(({ story }) => story?.id ?? []);
  return (
    <ExportListButton
      table="stories"
      isReady={isReady}
      what={text('findings:export.stories')}
      filter={() => ({ ids: [...new Set(shownStories())], words })}
    />
  );
}
