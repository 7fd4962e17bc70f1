// Exports findings as they are listed: by case or one by one, in the order on screen.
import type { RefObject } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { useFindingsView } from '../../state/findings-view.ts';
import { statusLabels } from './finding-rules.ts';
import { storyRows } from './story-tree.ts';

const asAtFirst: ReadonlySet<string> = new Set();

type ExportFindingsProps = {
  stories: readonly FindingCase[];
  findings: readonly Finding[];
  /** Ids of findings in the order they are on screen. */
  order: RefObject<() => string[]>;
  isReady: boolean;
};

export function ExportFindings({ stories, findings, order, isReady }: ExportFindingsProps) {
  const { status, detector, grouping } = useFindingsView();
  const titleOf = useDetectorTitles();
  const words = [
    ...(status === 'all' ? [] : [`Only findings of the status “${statusLabels[status]}”.`]),
    ...(detector === '' ? [] : [`Only findings of the detector “${titleOf(detector)}”.`]),
  ];
  if (grouping !== 'story')
    return (
      <ExportListButton
        table="findings"
        isReady={isReady}
        what="The findings as listed here"
        filter={() => ({ ids: order.current(), words })}
      />
    );
  // A case is exported whether its row is open or closed.
  const shownStories = () =>
    storyRows(stories, findings, { status, detector }, asAtFirst).flatMap(({ story }) => story?.id ?? []);
  return (
    <ExportListButton
      table="stories"
      isReady={isReady}
      what="The cases as listed here, each with the ids of all its findings"
      filter={() => ({ ids: [...new Set(shownStories())], words })}
    />
  );
}
