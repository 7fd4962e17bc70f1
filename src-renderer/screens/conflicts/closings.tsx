// Every note with which a conflict about a review item was closed, oldest first, with what the database said then.
import type { ReactNode } from 'react';
import type { ConflictClosing } from '#shared/model/conflict.ts';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { ClosingList } from './closing-list.tsx';

export function Closings({
  closings,
  inForce,
}: {
  closings: readonly ConflictClosing[];
  /** Id of the entry of the closing that holds; null when none does. */
  inForce: string | null;
}) {
  return <ClosingList closings={closings} inForce={inForce} ours="decision" then={thenOf} />;
}

function thenOf({ server }: ConflictClosing): ReactNode {
  if (server === null) return 'no decision';
  return (
    <>
      <Verbatim value={server.reviewer} missing="nobody named" />,{' '}
      <InstantText instant={server.reviewedAt} precision="second" />,{' '}
      <FullValue name="Notes then" value={server.notes} missing="no notes" />
    </>
  );
}
