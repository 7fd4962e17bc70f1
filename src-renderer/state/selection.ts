// Which row each list has in view, by id, so that it survives refetching and leaving the screen.
import { create } from 'zustand';

export type ListName = 'queue' | 'findings' | 'heatmap' | 'conflicts' | 'ledger';

type Selection = {
  selected: Record<ListName, string | null>;
  select: (list: ListName, id: string | null) => void;
};

export const useSelection = create<Selection>()((set) => ({
  selected: { queue: null, findings: null, heatmap: null, conflicts: null, ledger: null },
  select: (list, id) => set((state) => ({ selected: { ...state.selected, [list]: id } })),
}));
