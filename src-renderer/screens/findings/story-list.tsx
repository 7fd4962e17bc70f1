// Findings folded into stories: one row a story, which opens to its findings.
import { useMemo } from 'react';
import type { ReactNode, RefObject } from 'react';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import { FindingsGrid } from './findings-grid.tsx';
import { storyColumns } from './story-columns.tsx';
import type { StoryRow } from './story-tree.ts';

type StoryListProps = {
  rows: readonly StoryRow[];
  detail: RefObject<HTMLElement | null>;
  empty: ReactNode;
};

export function StoryList({ rows, detail, empty }: StoryListProps) {
  const titleOf = useDetectorTitles();
  const columns = useMemo(() => storyColumns(titleOf), [titleOf]);
  const toggle = useFindingsView((state) => state.toggle);
  const byId = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  return (
    <FindingsGrid
      label={text('findings:title')}
      rows={rows}
      columns={columns}
      detail={detail}
      empty={empty}
      tree={{
        placeOf: (id) => {
          const row = byId.get(id);
          return {
            level: row?.level ?? 1,
            isExpanded: row?.isExpanded ?? null,
            parent: row?.parent ?? null,
            heading: row?.kind === 'tier' ? tierHeading(row.size) : undefined,
          };
        },
        onExpand: (id, isExpanded) => {
          if (byId.get(id)?.isExpanded === !isExpanded) toggle(id);
        },
      }}
    />
  );
}

const tierHeading = (size: number) =>
  text('findings:tier.heading', {
    title: text('findings:tier.title'),
    stories: countWords(size, 'story', 'stories'),
  });
