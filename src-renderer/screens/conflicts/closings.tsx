// Every note with which a conflict about a review item was closed, oldest first, with what the database said then.
import type { ReactNode } from 'react';
import type { ConflictClosing } from '#shared/model/conflict.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { ClosingList } from './closing-list.tsx';

export function Closings({
  closings,
  inForce,
}: {
  closings: readonly ConflictClosing[];
  /** Id of the entry of the closing that holds; null when none does. */
  inForce: string | null;
}) {
  return (
    <ClosingList
      closings={closings}
      inForce={inForce}
      since={text('conflicts:closings.sinceReview')}
      then={thenOf}
    />
  );
}

function thenOf({ server }: ConflictClosing): ReactNode {
  if (server === null) return text('conflicts:noDecision');
  return (
    <>
      <Verbatim value={server.reviewer} missing={text('conflicts:nobody')} />,{' '}
      <InstantText instant={server.reviewedAt} precision="second" />,{' '}
      <FullValue
        name={text('conflicts:value.notesThen')}
        value={server.notes}
        missing={text('conflicts:noNotes')}
      />
    </>
  );
}
