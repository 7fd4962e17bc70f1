// The columns of the list of findings.
import type { Finding } from '#shared/model/finding.ts';
import { gridColumns } from '../../components/grid-table.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { statusOf } from './finding-rules.ts';
import { What, Who } from './row-words.tsx';
import { StatusChip } from './status-chip.tsx';

export const findingWidths = ['112px', '60px', undefined, '19%', '134px', '66px', '116px'];
export const findingLeastWidth = 720;

const column = gridColumns<Finding>();

/** @param titleOf words of a detector */
export const findingColumns = (titleOf: (detector: string) => string) =>
  column.columns([
    column.accessor((finding) => severityRank(finding.severity), {
      id: 'severity',
      header: 'Severity',
      cell: ({ row }) => <SeverityMark severity={row.original.severity} />,
    }),
    column.accessor('score', {
      header: 'Score',
      cell: ({ row }) => <span title={String(row.original.score)}>{formatMeasure(row.original.score)}</span>,
    }),
    column.accessor((finding) => `${titleOf(finding.detector)} ${finding.action}`, {
      id: 'what',
      header: 'What',
      cell: ({ row }) => <What row={{ finding: row.original, story: null }} titleOf={titleOf} />,
    }),
    column.accessor((finding) => finding.actorName ?? finding.actor, {
      id: 'actor',
      header: 'Actor',
      cell: ({ row }) => <Who row={{ finding: row.original, story: null }} />,
    }),
    column.accessor('start', {
      header: 'When',
      cell: ({ row }) => <InstantText instant={row.original.start} />,
    }),
    column.accessor('count', { header: 'Events', cell: ({ row }) => formatCount(row.original.count) }),
    column.accessor((finding) => statusOf(finding), {
      id: 'status',
      header: 'Disposition',
      cell: ({ row }) => <StatusChip status={statusOf(row.original)} />,
    }),
  ]);
