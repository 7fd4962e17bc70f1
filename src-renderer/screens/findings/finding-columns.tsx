// The columns of the list of findings.
import type { Finding } from '#shared/model/finding.ts';
import { Chip } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { statusLabels, statusOf } from './finding-rules.ts';

export const findingWidths = ['112px', '64px', undefined, undefined, '130px', '84px', '124px'];
export const findingLeastWidth = 700;

const column = gridColumns<Finding>();

export const findingColumns = column.columns([
  column.accessor((finding) => severityRank(finding.severity), {
    id: 'severity',
    header: 'Severity',
    cell: ({ row }) => <SeverityMark severity={row.original.severity} />,
  }),
  column.accessor('score', {
    header: 'Score',
    cell: ({ row }) => <span title={String(row.original.score)}>{formatMeasure(row.original.score)}</span>,
  }),
  column.accessor((finding) => finding.actorName ?? finding.actor, {
    id: 'actor',
    header: 'Actor',
    cell: ({ row }) => <ActorText actor={row.original.actor} name={row.original.actorName} />,
  }),
  column.accessor('action', {
    header: 'Action',
    cell: ({ row }) => <Verbatim value={row.original.action} />,
  }),
  column.accessor('start', {
    header: 'Hour',
    cell: ({ row }) => <InstantText instant={row.original.start} />,
  }),
  column.accessor('count', { header: 'Events', cell: ({ row }) => formatCount(row.original.count) }),
  column.accessor((finding) => statusOf(finding), {
    id: 'status',
    header: 'Disposition',
    cell: ({ row }) => {
      const status = statusOf(row.original);
      return <Chip tone={status === 'escalated' ? 'high' : 'neutral'}>{statusLabels[status]}</Chip>;
    },
  }),
]);
