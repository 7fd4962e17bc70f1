// The columns of the list of what the source's own scorer found: its words and its score, not ours.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { Chip, type ChipTone } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { syncWords } from '../../domain/decision-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { severityRank } from '../../domain/severity-rank.ts';
import { anomalyStatusLabels } from './anomaly-words.ts';

export const anomalyWidths = ['112px', '76px', undefined, '22%', '134px', '140px'];
export const anomalyLeastWidth = 760;

const mostInCell = 60;
const column = gridColumns<ServerAnomaly>();

export const anomalyColumns = column.columns([
  column.accessor((anomaly) => severityRank(anomaly.severity), {
    id: 'severity',
    header: 'Severity',
    cell: ({ row }) => <SeverityMark severity={row.original.severity} />,
  }),
  column.accessor((anomaly) => Number(anomaly.score), {
    id: 'score',
    header: 'z-score',
    cell: ({ row }) => <Verbatim value={row.original.score} missing="none" most={12} />,
  }),
  column.accessor((anomaly) => anomaly.anomalyType ?? '', {
    id: 'type',
    header: 'What',
    cell: ({ row }) => <Verbatim value={row.original.anomalyType} most={mostInCell} />,
  }),
  column.accessor((anomaly) => anomaly.user ?? '', {
    id: 'user',
    header: 'User',
    cell: ({ row }) => <Verbatim value={row.original.user} missing="nobody named" most={mostInCell} />,
  }),
  column.accessor((anomaly) => anomaly.detectedAt ?? '', {
    id: 'detected',
    header: 'Detected',
    cell: ({ row: { original } }) =>
      original.detectedAt === null ? (
        <Verbatim value={original.detectedText} most={20} />
      ) : (
        <InstantText instant={original.detectedAt} />
      ),
  }),
  column.accessor('status', {
    header: 'Disposition',
    cell: ({ row: { original } }) => (
      <Chip tone={toneOf(original)} {...(original.conflict ? { title: differing } : {})}>
        {wordOf(original)}
      </Chip>
    ),
  }),
]);

const differing = 'What the database holds and our disposition differ; see the conflicts.';

/** What is not final yet is said to be so. */
function wordOf({ sync, status, server }: ServerAnomaly): string {
  const waits = (sync === 'awaiting-second' || sync === 'disagreed') && status === 'open' && server === null;
  return waits ? syncWords[sync].label : anomalyStatusLabels[status];
}

function toneOf({ conflict, status }: ServerAnomaly): ChipTone {
  if (conflict) return 'warning';
  return status === 'escalated' ? 'high' : 'neutral';
}
