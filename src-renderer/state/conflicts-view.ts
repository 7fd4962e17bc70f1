// How the list of conflicts is narrowed, and whether one is being closed.
import { create } from 'zustand';
import type { ConflictKind } from '#shared/model/conflict-list.ts';
import type { ConflictStanding } from '#shared/model/conflict-standing.ts';

export type ShownStanding = ConflictStanding | 'all';

type ConflictsView = {
  standing: ShownStanding;
  /** The review item or anomaly whose conflict is being closed, and what of it was on screen. */
  closing: { id: string; kind: ConflictKind; shown: { decision: string; row: string | null } } | null;
  setStanding: (standing: ShownStanding) => void;
  setClosing: (closing: ConflictsView['closing']) => void;
};

export const useConflictsView = create<ConflictsView>()((set) => ({
  standing: 'all',
  closing: null,
  setStanding: (standing) => set({ standing }),
  setClosing: (closing) => set({ closing }),
}));
