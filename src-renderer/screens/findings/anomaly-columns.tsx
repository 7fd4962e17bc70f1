// The columns of the list of what the source's own scorer found: its words and its score, not ours.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { Chip, type ChipTone } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { syncWords } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { text } from '../../texts/text.ts';
import { anomalyStatusLabels } from './anomaly-words.ts';
import type { Columns } from './findings-grid.tsx';

const widths = ['112px', '76px', undefined, '22%', '134px', '140px'];
const leastWidth = 760;

const mostInCell = 60;
const column = gridColumns<ServerAnomaly>();

export function anomalyColumns(): Columns<ServerAnomaly> {
  const columns = column.columns([
    column.accessor((anomaly) => severityRank(anomaly.severity), {
      id: 'severity',
      header: text('findings:column.severity'),
      cell: ({ row }) => <SeverityMark severity={row.original.severity} />,
    }),
    column.accessor((anomaly) => Number(anomaly.score), {
      id: 'score',
      header: text('findings:anomaly.score'),
      cell: ({ row }) => (
        <Verbatim value={row.original.score} missing={text('findings:number.none')} most={12} />
      ),
    }),
    column.accessor((anomaly) => anomaly.anomalyType ?? '', {
      id: 'type',
      header: text('findings:column.what'),
      cell: ({ row }) => <Verbatim value={row.original.anomalyType} most={mostInCell} />,
    }),
    column.accessor((anomaly) => anomaly.user ?? '', {
      id: 'user',
      header: text('findings:anomaly.user'),
      cell: ({ row }) => (
        <Verbatim value={row.original.user} missing={text('findings:anomaly.nobody')} most={mostInCell} />
      ),
    }),
    column.accessor((anomaly) => anomaly.detectedAt ?? '', {
      id: 'detected',
      header: text('findings:anomaly.detected'),
      cell: ({ row: { original } }) =>
        original.detectedAt === null ? (
          <Verbatim value={original.detectedText} most={20} />
        ) : (
          <InstantText instant={original.detectedAt} />
        ),
    }),
    column.accessor('status', {
      header: text('findings:column.disposition'),
      cell: ({ row: { original } }) => (
        <Chip
          tone={toneOf(original)}
          {...(original.conflict ? { title: text('findings:anomaly.differing') } : {})}
        >
          {wordOf(original)}
        </Chip>
      ),
    }),
  ]);
  return { columns, widths, leastWidth };
}

/** What is not final yet is said to be so. */
function wordOf({ sync, status, server }: ServerAnomaly): string {
  const waits = (sync === 'awaiting-second' || sync === 'disagreed') && status === 'open' && server === null;
  return waits ? syncWords[sync].label : anomalyStatusLabels[status];
}

function toneOf({ conflict, status }: ServerAnomaly): ChipTone {
  if (conflict) return 'warning';
  return status === 'escalated' ? 'high' : 'neutral';
}
