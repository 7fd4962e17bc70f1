// The columns of the list of findings.
import type { Finding } from '#shared/model/finding.ts';
import { gridColumns } from '../../components/grid-table.ts';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { text } from '../../texts/text.ts';
import { statusOf } from './finding-rules.ts';
import type { Columns } from './findings-grid.tsx';
import { What, Who } from './row-words.tsx';
import { StatusChip } from './status-chip.tsx';

const widths = ['106px', '58px', undefined, '19%', '130px', '70px', '118px'];
const leastWidth = 720;

const column = gridColumns<Finding>();

/** @param titleOf words of a detector */
export function findingColumns(titleOf: (detector: string) => string): Columns<Finding> {
  const columns = column.columns([
    column.accessor((finding) => severityRank(finding.severity), {
      id: 'severity',
      header: text('findings:column.severity'),
      cell: ({ row }) => <SeverityMark severity={row.original.severity} />,
    }),
    column.accessor('score', {
      header: text('findings:column.score'),
      cell: ({ row }) => <span title={String(row.original.score)}>{formatMeasure(row.original.score)}</span>,
    }),
    column.accessor((finding) => `${titleOf(finding.detector)} ${finding.action}`, {
      id: 'what',
      header: text('findings:column.what'),
      cell: ({ row }) => <What row={{ finding: row.original, story: null }} titleOf={titleOf} />,
    }),
    column.accessor((finding) => finding.actorName ?? finding.actor, {
      id: 'actor',
      header: text('findings:column.actor'),
      cell: ({ row }) => <Who row={{ finding: row.original, story: null }} />,
    }),
    column.accessor('start', {
      header: text('findings:column.when'),
      cell: ({ row }) => <InstantText instant={row.original.start} />,
    }),
    column.accessor('count', {
      header: text('findings:column.events'),
      cell: ({ row }) => formatCount(row.original.count),
    }),
    column.accessor((finding) => statusOf(finding), {
      id: 'status',
      header: text('findings:column.disposition'),
      cell: ({ row }) => <StatusChip status={statusOf(row.original)} />,
    }),
  ]);
  return { columns, widths, leastWidth };
}
