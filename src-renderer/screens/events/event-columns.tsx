// The columns of the list of events.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { LongColumn } from '../../components/long-grid.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { text } from '../../texts/text.ts';

const mostInCell = 80;

export const eventsLeastWidth = 780;

export const eventColumns = (): LongColumn<AuditEvent>[] => [
  {
    name: text('events:column.when'),
    width: '178px',
    cell: ({ createdAt }) => <InstantText instant={createdAt} precision="second" />,
  },
  { name: text('events:column.actor'), width: '20%', cell: (event) => <Who event={event} /> },
  {
    name: text('events:column.action'),
    cell: ({ action }) => <Verbatim value={action} most={mostInCell} />,
  },
  {
    name: text('events:column.target'),
    cell: ({ resourceType, resourceId }) => (
      <Verbatim
        value={[resourceType, resourceId].filter(Boolean).join(' · ')}
        missing={text('events:none')}
        most={mostInCell}
      />
    ),
  },
  {
    name: text('events:column.address'),
    width: '112px',
    cell: ({ ip }) => <Verbatim value={ip} missing={text('events:none')} most={40} />,
  },
  {
    name: text('events:column.severity'),
    width: '112px',
    cell: ({ severity }) => <SeverityMark severity={severity} />,
  },
];

/** The name alone where there is one: the identity stands in the detail and on hover. */
function Who({ event: { actor, actorName } }: { event: AuditEvent }) {
  if (actorName === null || actorName === '')
    return <Verbatim value={actor} missing={text('events:unattributed')} most={mostInCell} />;
  return (
    <span title={actor}>
      <Verbatim value={actorName} most={mostInCell} />
    </span>
  );
}
