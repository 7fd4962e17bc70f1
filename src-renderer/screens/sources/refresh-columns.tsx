// The columns of the list of refreshes.
import type { RefreshRecord } from '#shared/model/source-health.ts';
import { Chip } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { formatCount } from '../../domain/count-words.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { briefWords } from './brief-words.ts';

export const refreshWidths = ['244px', '96px', '136px', '122px', '112px', undefined];
export const refreshLeastWidth = 840;

const column = gridColumns<RefreshRecord>();

export const refreshColumns = column.columns([
  column.accessor('finishedAt', {
    header: () => text('sources:refreshes.finished'),
    cell: ({ row: { original } }) => (
      <>
        <InstantText instant={original.finishedAt} precision="second" />
        {original.replay && (
          <>
            {' '}
            <Chip tone="warning">{text('sources:refreshes.replay')}</Chip>
          </>
        )}
      </>
    ),
  }),
  column.accessor('ms', {
    header: () => text('sources:refreshes.took'),
    cell: ({ row }) => briefWords(row.original.ms),
  }),
  column.accessor(({ pulled, duplicates }) => pulled - duplicates, {
    id: 'events',
    header: () => text('sources:refreshes.events'),
    cell: ({ row: { original } }) => formatCount(original.pulled - original.duplicates),
  }),
  column.accessor('newFindings', {
    header: () => text('sources:refreshes.findings'),
    cell: ({ row }) => formatCount(row.original.newFindings),
  }),
  column.accessor('readBy', {
    header: () => text('sources:refreshes.readBy'),
    cell: ({ row }) => text(`sources:refreshes.${row.original.readBy}`),
  }),
  column.accessor('clockOffsetMs', {
    header: () => text('sources:refreshes.clock'),
    cell: ({ row }) => offsetWords(row.original.clockOffsetMs),
  }),
]);

/** `12 ms`, `−1.4 s`; ahead is positive. */
function offsetWords(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  return `${milliseconds < 0 && span >= 1 ? '−' : ''}${span < 60_000 ? briefWords(span) : durationWords(span)}`;
}
