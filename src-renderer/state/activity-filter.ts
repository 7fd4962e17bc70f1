// Cells chosen in the heatmap, by which other screens can be narrowed.
import { create } from 'zustand';

export type ActivityFilter = {
  /** Empty is everybody. */
  actors: readonly string[];
  /** Hours of the week 0–167, both included; null is all of them. */
  hours: readonly [first: number, last: number] | null;
  /** Null is all actions. */
  action: string | null;
  zone: string;
};

type ActivityFilterState = { filter: ActivityFilter | null; set: (filter: ActivityFilter | null) => void };

export const useActivityFilter = create<ActivityFilterState>()((set) => ({
  filter: null,
  set: (filter) => set({ filter }),
}));
