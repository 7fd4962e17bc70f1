// The columns of the list of conflicts.
import { CircleCheck, Split, UsersRound } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Conflict, ConflictStanding } from '#shared/model/conflict.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { ChipTone } from '../../components/chip.tsx';
import { Chip } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { standingWords } from './conflict-words.ts';

export const conflictWidths = ['142px', undefined, undefined, '122px', '122px'];
export const conflictLeastWidth = 560;

const looks: Record<ConflictStanding, { icon: LucideIcon; tone: ChipTone }> = {
  open: { icon: Split, tone: 'warning' },
  closed: { icon: CircleCheck, tone: 'neutral' },
  corroboration: { icon: UsersRound, tone: 'good' },
};

export function StandingMark({ conflict: { standing, reopened } }: { conflict: Conflict }) {
  const { label, meaning } = standingWords[standing];
  const { icon, tone } = looks[standing];
  return (
    <Chip
      icon={icon}
      tone={tone}
      title={reopened ? 'It was closed, and what it was about changed since.' : meaning}
    >
      {reopened ? 'Open again' : label}
    </Chip>
  );
}

/** A decision as the database has it; without a machine line only the notes can tell. */
export function TheirMark({ decision }: { decision: DecisionKind | null }) {
  return decision === null ? (
    <Chip title="The row has no decision column; what was decided is said in its notes, if anywhere.">
      In notes only
    </Chip>
  ) : (
    <DecisionMark decision={decision} />
  );
}

const column = gridColumns<Conflict>();

export const conflictColumns = column.columns([
  column.accessor('standing', {
    header: 'Standing',
    cell: ({ row }) => <StandingMark conflict={row.original} />,
  }),
  column.accessor((conflict) => conflict.item.action, {
    id: 'action',
    header: 'Action',
    cell: ({ row }) => <Verbatim value={row.original.item.action} />,
  }),
  column.accessor((conflict) => conflict.item.actorName ?? conflict.item.actor ?? '', {
    id: 'actor',
    header: 'Actor',
    cell: ({ row }) => <ActorText actor={row.original.item.actor} name={row.original.item.actorName} />,
  }),
  column.accessor((conflict) => conflict.ours.decision, {
    id: 'ours',
    header: 'Ours',
    cell: ({ row }) => <DecisionMark decision={row.original.ours.decision} />,
  }),
  column.accessor((conflict) => conflict.theirs?.decision ?? '', {
    id: 'theirs',
    header: 'Theirs',
    cell: ({ row }) => row.original.theirs && <TheirMark decision={row.original.theirs.decision} />,
  }),
]);
