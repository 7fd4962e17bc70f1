// What the heatmap shows and which of its cells is open.
import { create } from 'zustand';

export type OpenCell = { actor: string; hourOfWeek: number };

type HeatmapView = {
  /** Empty means all actions together. */
  action: string;
  form: 'chart' | 'table';
  open: OpenCell | null;
  setAction: (action: string) => void;
  setForm: (form: 'chart' | 'table') => void;
  setOpen: (open: OpenCell | null) => void;
};

export const useHeatmapView = create<HeatmapView>()((set) => ({
  action: '',
  form: 'chart',
  open: null,
  setAction: (action) => set({ action, open: null }),
  setForm: (form) => set({ form }),
  setOpen: (open) => set({ open }),
}));
