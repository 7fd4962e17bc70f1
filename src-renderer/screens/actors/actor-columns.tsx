// The columns of the list of actors.
import { SparkLineChart } from '../../charts/spark-line-chart.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Spoken } from '../../components/spoken.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { formatCount, formatMeasure } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import type { ActorRow } from './actor-rows.ts';

export const actorWidths = [undefined, '62px', '134px', '84px', '84px', '84px', '138px'];
export const actorsLeastWidth = 770;

const mostInCell = 48;
const column = gridColumns<ActorRow>();

export const actorColumns = () =>
  column.columns([
    column.accessor((row) => (row.actorName || row.actor).toLowerCase(), {
      id: 'actor',
      header: text('actors:column.actor'),
      cell: ({ row: { original } }) => (
        <ActorText
          actor={original.actor}
          name={original.actorName}
          missing={text('actors:unattributed')}
          most={mostInCell}
        />
      ),
    }),
    column.accessor((row) => row.score ?? -1, {
      id: 'risk',
      header: text('actors:column.risk'),
      cell: ({ row: { original } }) => <Score row={original} />,
    }),
    column.accessor('course', {
      header: text('actors:column.course'),
      enableSorting: false,
      cell: ({ row: { original } }) =>
        original.course.length > 0 && (
          <>
            <SparkLineChart values={original.course} top={100} />
            <Spoken>
              {text('actors:courseWords', {
                from: formatMeasure(original.course[0] ?? 0),
                most: formatMeasure(Math.max(...original.course)),
              })}
            </Spoken>
          </>
        ),
    }),
    column.accessor('openFindings', {
      header: text('actors:column.findings'),
      cell: ({ getValue }) => formatCount(getValue()),
    }),
    column.accessor('pendingReviews', {
      header: text('actors:column.reviews'),
      cell: ({ getValue }) => formatCount(getValue()),
    }),
    column.accessor('events', {
      header: text('actors:column.events'),
      cell: ({ getValue }) => formatCount(getValue()),
    }),
    column.accessor('lastSeen', {
      header: text('actors:column.lastSeen'),
      cell: ({ getValue }) => <InstantText instant={getValue()} />,
    }),
  ]);

function Score({ row: { score } }: { row: ActorRow }) {
  if (score === null) return text('actors:unknown');
  return <span title={String(score)}>{formatMeasure(score)}</span>;
}
