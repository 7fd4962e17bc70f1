// The columns of the list of stories.
import { gridColumns } from '../../components/grid-table.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { statusOf } from './finding-rules.ts';
import { What, Who } from './row-words.tsx';
import { StatusChip } from './status-chip.tsx';
import type { StoryRow } from './story-tree.ts';

export const storyWidths = ['152px', undefined, '19%', '138px', '104px'];
export const storyLeastWidth = 700;

const column = gridColumns<StoryRow>();
const unsorted = { enableSorting: false };

/** In the order of the stories: another order would take their findings from them. */
export const storyColumns = (titleOf: (detector: string) => string) =>
  column.columns([
    column.accessor('id', {
      header: 'Severity',
      ...unsorted,
      cell: ({ row: { original } }) => (
        <SeverityMark severity={(original.finding ?? original.story)?.severity ?? null} />
      ),
    }),
    column.accessor('story', {
      id: 'what',
      header: 'What',
      ...unsorted,
      cell: ({ row }) => <What row={row.original} titleOf={titleOf} />,
    }),
    column.accessor('story', {
      id: 'who',
      header: 'Actor',
      ...unsorted,
      cell: ({ row }) => <Who row={row.original} />,
    }),
    column.accessor((row) => row.finding?.start ?? row.story?.start ?? null, {
      id: 'start',
      header: 'When',
      ...unsorted,
      cell: ({ getValue }) => <InstantText instant={getValue()} />,
    }),
    column.accessor('size', {
      id: 'state',
      header: 'State',
      ...unsorted,
      cell: ({ row: { original } }) =>
        original.finding === null ? (
          countWords(original.size, 'finding')
        ) : (
          <StatusChip status={statusOf(original.finding)} />
        ),
    }),
  ]);
