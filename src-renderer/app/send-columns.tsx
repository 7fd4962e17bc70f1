// The columns of what would be sent.
import { CircleAlert, RotateCw } from 'lucide-react';
import type { SyncPreview } from '#shared/model/sync.ts';
import { Chip } from '../components/chip.tsx';
import { gridColumns } from '../components/grid-table.ts';
import { Verbatim } from '../components/verbatim.tsx';
import { ActorText } from '../domain/actor-text.tsx';
import { DecisionMark } from '../domain/decision-mark.tsx';
import { text } from '../texts/text.ts';

export type LeavingDecision = SyncPreview['wouldSend'][number] & {
  /** What people call the actor; null where the queue does not say. */
  actorName: string | null;
};

export const leavingWidths = ['128px', undefined, undefined, '172px'];
export const signedWidths = ['128px', undefined, undefined, undefined, '172px'];
export const leavingLeastWidth = 560;
export const signedLeastWidth = 700;

/** What people call the reviewer whose decision it is. */
export const reviewerOf = ({ reviewer, reviewerName }: LeavingDecision): string => reviewerName ?? reviewer;

const column = gridColumns<LeavingDecision>();

export const leavingColumns = column.columns([
  column.accessor('decision', {
    header: () => text('app:column.decision'),
    cell: ({ row }) => <DecisionMark decision={row.original.decision} />,
  }),
  column.accessor('action', {
    header: () => text('app:column.action'),
    cell: ({ row }) => <Verbatim value={row.original.action} />,
  }),
  column.accessor((leaving) => leaving.actorName ?? leaving.actor ?? '', {
    id: 'actor',
    header: () => text('app:column.actor'),
    cell: ({ row }) => <ActorText actor={row.original.actor} name={row.original.actorName} />,
  }),
  column.accessor((leaving) => (leaving.expected === null ? 0 : 1), {
    id: 'expected',
    header: () => text('app:column.expected'),
    cell: ({ row }) => <Expectation leaving={row.original} />,
  }),
]);

/** The same, with whose decision each is. */
export const signedColumns = column.columns([
  ...leavingColumns.slice(0, 3),
  column.accessor(reviewerOf, {
    id: 'reviewer',
    header: () => text('app:column.reviewer'),
    cell: ({ row }) => <Verbatim value={reviewerOf(row.original)} />,
  }),
  ...leavingColumns.slice(3),
]);

function Expectation({ leaving: { expected, again } }: { leaving: LeavingDecision }) {
  if (expected !== null)
    return (
      <Chip tone="warning" icon={CircleAlert} title={expected}>
        {text('app:expected.lookAgain')}
      </Chip>
    );
  return again ? (
    <Chip tone="warning" icon={RotateCw} title={text('app:expected.againMeaning')}>
      {text('app:expected.again')}
    </Chip>
  ) : (
    text('app:expected.nothing')
  );
}
