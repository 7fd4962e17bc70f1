// Every note with which a conflict about an anomaly was closed, oldest first, with what the database said then.
import type { ReactNode } from 'react';
import type { AnomalyClosing } from '#shared/model/anomaly-conflict.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { ClosingList } from './closing-list.tsx';

export function AnomalyClosings({
  closings,
  inForce,
}: {
  closings: readonly AnomalyClosing[];
  /** Id of the entry of the closing that holds; null when none does. */
  inForce: string | null;
}) {
  return (
    <ClosingList
      closings={closings}
      inForce={inForce}
      since={text('conflicts:closings.sinceAnomaly')}
      then={thenOf}
    />
  );
}

function thenOf({ server }: AnomalyClosing): ReactNode {
  if (server === null) return text('conflicts:noDisposition');
  return (
    <>
      <Verbatim value={server.disposition} missing={text('conflicts:noWord')} />,{' '}
      <Verbatim value={server.reviewedBy} missing={text('conflicts:nobody')} />,{' '}
      <InstantText instant={server.reviewedAt} precision="second" />
    </>
  );
}
