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
import { text } from '../../texts/text.ts';
import { DispositionMark, TheirDisposition } from './disposition-mark.tsx';
import { kindWords, standingWords } from './conflict-words.ts';

export const conflictWidths = ['132px', undefined, undefined, '116px', '116px'];
export const conflictLeastWidth = 540;

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
    <Chip icon={icon} tone={tone} title={reopened ? text('conflicts:standing.againMeaning') : meaning}>
      {reopened ? text('conflicts:standing.again') : label}
    </Chip>
  );
}

/** A decision as the database has it; without a machine line only the notes can tell. */
export function TheirMark({ decision }: { decision: DecisionKind | null }) {
  return decision === null ? (
    <Chip title={text('conflicts:theirs.notesMeaning')}>{text('conflicts:theirs.notes')}</Chip>
  ) : (
    <DecisionMark decision={decision} />
  );
}

const column = gridColumns<AnyConflict>();

export const conflictColumns = column.columns([
  column.accessor('standing', {
    header: () => text('conflicts:column.standing'),
    cell: ({ row }) => <StandingMark conflict={row.original} />,
  }),
  column.accessor(whatOf, {
    id: 'action',
    header: () => text('conflicts:column.what'),
    cell: ({ row }) => <What conflict={row.original} />,
  }),
  column.accessor(
    (conflict) => (conflict.kind === 'review' ? conflict.item.actorName : null) ?? whoOf(conflict) ?? '',
    {
      id: 'actor',
      header: () => text('conflicts:column.who'),
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
    {
      id: 'ours',
      header: () => text('conflicts:column.ours'),
      cell: ({ row }) => <Ours conflict={row.original} />,
    },
  ),
  column.accessor(theirWordOf, {
    id: 'theirs',
    header: () => text('conflicts:column.theirs'),
    cell: ({ row }) => <Theirs conflict={row.original} />,
  }),
]);

/** Most are about review items, so only the others say what they are about. */
function What({ conflict }: { conflict: AnyConflict }) {
  return (
    <>
      {conflict.kind !== 'review' && <Chip>{kindWords[conflict.kind]}</Chip>}{' '}
      <Verbatim value={whatOf(conflict)} />
    </>
  );
}

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
    return <Chip title={text('conflicts:theirs.goneMeaning')}>{text('conflicts:theirs.gone')}</Chip>;
  if (conflict.theirs === null) return null;
  return conflict.kind === 'review' ? (
    <TheirMark decision={conflict.theirs.decision} />
  ) : (
    <TheirDisposition theirs={conflict.theirs} />
  );
}
