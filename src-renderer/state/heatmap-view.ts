// What the heatmap shows, how it is drawn, and which of its cells are in hand.
import { create } from 'zustand';
import type { HeatScale } from '../charts/heat-colour.ts';
import { clampZoom, usualZoom } from '../charts/heat-geometry.ts';
import type { HeatOrder } from '../charts/heat-order.ts';

export const heatmapViews = ['week', 'days', 'actions'] as const;
export type HeatmapViewName = (typeof heatmapViews)[number];

export type OpenCell = { actor: string; hourOfWeek: number };

/** Local dates, the first included and the last too; empty is from the beginning, or to the end. */
export type Period = { from: string; to: string };
export const allTime: Period = { from: '', to: '' };

type HeatmapView = {
  view: HeatmapViewName;
  /** Empty means all actions together. */
  action: string;
  /** Of the days: null is everybody, empty the unattributed. */
  actor: string | null;
  period: Period;
  /** What the period is compared with; null compares with nothing. */
  before: Period | null;
  form: 'chart' | 'table';
  scale: HeatScale;
  order: HeatOrder;
  zoom: number;
  open: OpenCell | null;
  show: (view: HeatmapViewName, what?: { action?: string; actor?: string | null }) => void;
  setAction: (action: string) => void;
  setOpen: (open: OpenCell | null) => void;
  zoomBy: (step: 1 | -1) => void;
  choose: (
    choice: Partial<Pick<HeatmapView, 'actor' | 'period' | 'before' | 'form' | 'scale' | 'order'>>,
  ) => void;
};

export const useHeatmapView = create<HeatmapView>()((set) => ({
  view: 'week',
  action: '',
  actor: null,
  period: allTime,
  before: null,
  form: 'chart',
  scale: 'log',
  order: 'busiest',
  zoom: usualZoom,
  open: null,
  show: (view, what = {}) => set({ view, open: null, ...what }),
  setAction: (action) => set({ action, open: null }),
  setOpen: (open) => set({ open }),
  zoomBy: (step) => set(({ zoom }) => ({ zoom: clampZoom(zoom + step) })),
  choose: (choice) => set({ ...choice, open: null }),
}));
