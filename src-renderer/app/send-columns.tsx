// The columns of what would be sent.
import { CircleAlert, RotateCw } from 'lucide-react';
import type { SyncPreview } from '#shared/model/sync.ts';
import { Chip } from '../components/chip.tsx';
import { gridColumns } from '../components/grid-table.ts';
import { Verbatim } from '../components/verbatim.tsx';
import { ActorText } from '../domain/actor-text.tsx';
import { DecisionMark } from '../domain/decision-mark.tsx';

export type LeavingDecision = SyncPreview['wouldSend'][number] & {
  /** What people call the actor; null where the queue does not say. */
  actorName: string | null;
};

export const leavingWidths = ['128px', undefined, undefined, '132px'];
export const signedWidths = ['128px', undefined, undefined, undefined, '132px'];
export const leavingLeastWidth = 520;
export const signedLeastWidth = 660;

/** What people call the reviewer whose decision it is. */
export const reviewerOf = ({ reviewer, reviewerName }: LeavingDecision): string => reviewerName ?? reviewer;

const column = gridColumns<LeavingDecision>();

export const leavingColumns = column.columns([
  column.accessor('decision', {
    header: 'Decision',
    cell: ({ row }) => <DecisionMark decision={row.original.decision} />,
  }),
  column.accessor('action', {
    header: 'Action',
    cell: ({ row }) => <Verbatim value={row.original.action} />,
  }),
  column.accessor((leaving) => leaving.actorName ?? leaving.actor ?? '', {
    id: 'actor',
    header: 'Actor',
    cell: ({ row }) => <ActorText actor={row.original.actor} name={row.original.actorName} />,
  }),
  column.accessor((leaving) => (leaving.expected === null ? 0 : 1), {
    id: 'expected',
    header: 'To expect',
    cell: ({ row }) => <Expectation leaving={row.original} />,
  }),
]);

/** The same, with whose decision each is. */
export const signedColumns = column.columns([
  ...leavingColumns.slice(0, 3),
  column.accessor(reviewerOf, {
    id: 'reviewer',
    header: 'In the name of',
    cell: ({ row }) => <Verbatim value={reviewerOf(row.original)} />,
  }),
  ...leavingColumns.slice(3),
]);

function Expectation({ leaving: { expected, again } }: { leaving: LeavingDecision }) {
  if (expected !== null)
    return (
      <Chip tone="warning" icon={CircleAlert} title={expected}>
        Look again
      </Chip>
    );
  return again ? (
    <Chip
      tone="info"
      icon={RotateCw}
      title="It left before and the answer was lost; it is never applied twice."
    >
      Once more
    </Chip>
  ) : (
    'Nothing against it'
  );
}
