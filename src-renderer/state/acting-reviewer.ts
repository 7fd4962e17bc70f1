// Whom this window shows as the reviewer: acts are made as that person, until somebody here accepts another one.
import { create } from 'zustand';
import type { Reviewer } from '#shared/model/reviewer.ts';

export type ShownReviewer = Pick<Reviewer, 'id' | 'name'>;

type ActingReviewer = { shown: ShownReviewer | null };

export const useActingReviewer = create<ActingReviewer>()(() => ({ shown: null }));

/** From now on this window acts as that person: they were set here, or somebody here saw that they are it. */
export function actAs({ id, name }: ShownReviewer): void {
  useActingReviewer.setState({ shown: { id, name } });
}

/**
 * Takes note of whom the workspace has. The first one, and another name of the same one, are taken over; another person is
 * not, because what is on screen was begun by the one before.
 */
export function noteReviewer(present: ShownReviewer | null): void {
  const { shown } = useActingReviewer.getState();
  if (present === null) return;
  if (shown === null || (shown.id === present.id && shown.name !== present.name)) actAs(present);
}
