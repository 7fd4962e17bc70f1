// The columns of the list of stories.
import { gridColumns } from '../../components/grid-table.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { text } from '../../texts/text.ts';
import { statusOf } from './finding-rules.ts';
import type { Columns } from './findings-grid.tsx';
import { What, Who } from './row-words.tsx';
import { StatusChip } from './status-chip.tsx';
import type { StoryRow } from './story-tree.ts';

const widths = ['152px', undefined, '19%', '138px', '112px'];
const leastWidth = 700;

const column = gridColumns<StoryRow>();
const unsorted = { enableSorting: false };

/** In the order of the stories: another order would take their findings from them. */
export function storyColumns(titleOf: (detector: string) => string): Columns<StoryRow> {
  const columns = column.columns([
    column.accessor('id', {
      header: text('findings:column.severity'),
      ...unsorted,
      cell: ({ row: { original } }) => (
        <SeverityMark severity={(original.finding ?? original.story)?.severity ?? null} />
      ),
    }),
    column.accessor('story', {
      id: 'what',
      header: text('findings:column.what'),
      ...unsorted,
      cell: ({ row }) => <What row={row.original} titleOf={titleOf} />,
    }),
    column.accessor('story', {
      id: 'who',
      header: text('findings:column.actor'),
      ...unsorted,
      cell: ({ row }) => <Who row={row.original} />,
    }),
    column.accessor((row) => row.finding?.start ?? row.story?.start ?? null, {
      id: 'start',
      header: text('findings:column.when'),
      ...unsorted,
      cell: ({ getValue }) => <InstantText instant={getValue()} />,
    }),
    column.accessor('size', {
      id: 'state',
      header: text('findings:column.state'),
      ...unsorted,
      cell: ({ row: { original } }) =>
        original.finding === null ? (
          countWords(original.size, 'finding')
        ) : (
          <StatusChip status={statusOf(original.finding)} />
        ),
    }),
  ]);
  return { columns, widths, leastWidth };
}
