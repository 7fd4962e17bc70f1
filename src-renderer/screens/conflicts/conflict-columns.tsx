// The columns of the list of conflicts.
import { CircleCheck, Split, UsersRound } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { AnyConflict } from '#shared/model/conflict-list.ts';
import type { ConflictStanding } from '#shared/model/conflict-standing.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { ChipTone } from '../../components/chip.tsx';
import { Chip } from '../../components/chip.tsx';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { DispositionMark, TheirDisposition } from './disposition-mark.tsx';
import { kindWords, standingWords } from './conflict-words.ts';

export const conflictWidths = ['142px', '76px', undefined, undefined, '130px', '122px'];
export const conflictLeastWidth = 610;

const looks: Record<ConflictStanding, { icon: LucideIcon; tone: ChipTone }> = {
  open: { icon: Split, tone: 'warning' },
  closed: { icon: CircleCheck, tone: 'neutral' },
  corroboration: { icon: UsersRound, tone: 'good' },
};

type Standing = Pick<AnyConflict, 'standing' | 'reopened'>;

export function StandingMark({ conflict: { standing, reopened } }: { conflict: Standing }) {
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

const column = gridColumns<AnyConflict>();

export const conflictColumns = column.columns([
  column.accessor('standing', {
    header: 'Standing',
    cell: ({ row }) => <StandingMark conflict={row.original} />,
  }),
  column.accessor('kind', { header: 'About', cell: ({ row }) => kindWords[row.original.kind] }),
  column.accessor(whatOf, {
    id: 'action',
    header: 'What',
    cell: ({ row }) => <Verbatim value={whatOf(row.original)} />,
  }),
  column.accessor(
    (conflict) => (conflict.kind === 'review' ? conflict.item.actorName : null) ?? whoOf(conflict) ?? '',
    {
      id: 'actor',
      header: 'Who',
      cell: ({ row: { original } }) => (
        <ActorText
          actor={whoOf(original)}
          name={original.kind === 'review' ? original.item.actorName : null}
        />
      ),
    },
  ),
  column.accessor(
    (conflict) => (conflict.kind === 'review' ? conflict.ours.decision : conflict.ours.disposition),
    { id: 'ours', header: 'Ours', cell: ({ row }) => <Ours conflict={row.original} /> },
  ),
  column.accessor(theirWordOf, {
    id: 'theirs',
    header: 'Theirs',
    cell: ({ row }) => <Theirs conflict={row.original} />,
  }),
]);

function whatOf(conflict: AnyConflict): string | null {
  return conflict.kind === 'review' ? conflict.item.action : conflict.item.anomalyType;
}

function whoOf(conflict: AnyConflict): string | null {
  return conflict.kind === 'review' ? conflict.item.actor : conflict.item.user;
}

function theirWordOf(conflict: AnyConflict): string {
  return (conflict.kind === 'review' ? conflict.theirs?.decision : conflict.theirs?.disposition) ?? '';
}

function Ours({ conflict }: { conflict: AnyConflict }) {
  return conflict.kind === 'review' ? (
    <DecisionMark decision={conflict.ours.decision} />
  ) : (
    <DispositionMark disposition={conflict.ours.disposition} />
  );
}

function Theirs({ conflict }: { conflict: AnyConflict }) {
  if (conflict.kind === 'review' && conflict.item.reopened === true)
    return <Chip title="The row is open again: what was written is gone.">Gone</Chip>;
  if (conflict.theirs === null) return null;
  return conflict.kind === 'review' ? (
    <TheirMark decision={conflict.theirs.decision} />
  ) : (
    <TheirDisposition theirs={conflict.theirs} />
  );
}
