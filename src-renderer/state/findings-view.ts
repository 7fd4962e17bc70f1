// How the list of findings is narrowed and grouped, and what is being written or asked about one.
import { create } from 'zustand';
import type { AnomalyStatus } from '#shared/model/anomaly.ts';
import type { Disposition, FindingStatus } from '#shared/model/finding.ts';

export type ShownStatus = FindingStatus | 'suppressed' | 'all';
/** The last is not ours: what the source’s own scorer found. */
export const groupings = ['story', 'day', 'finding', 'source'] as const;
export type Grouping = (typeof groupings)[number];

/** An hour of somebody, about which it can be asked why it is not listed. */
export type AskedHour = { readonly sourceAccount: string; readonly actor: string; readonly at: string };

type FindingsView = {
  status: ShownStatus;
  grouping: Grouping;
  /** Of the source’s own anomalies. */
  anomalyStatus: AnomalyStatus | 'all';
  /** Empty means every detector. */
  detector: string;
  /** Rows of the tree that are not as they are at first. */
  toggled: ReadonlySet<string>;
  draft: { findings: readonly string[]; disposition: Disposition; shown?: string } | null;
  /** The finding for which an exception is being written. */
  exceptionFor: string | null;
  /** Whether the exceptions in force are listed. */
  showsExceptions: boolean;
  /** What the question about any hour begins with; null while it is not asked. */
  asking: AskedHour | null;
  setStatus: (status: ShownStatus) => void;
  setGrouping: (grouping: Grouping) => void;
  setAnomalyStatus: (anomalyStatus: AnomalyStatus | 'all') => void;
  setDetector: (detector: string) => void;
  toggle: (row: string) => void;
  setDraft: (draft: FindingsView['draft']) => void;
  setExceptionFor: (finding: string | null) => void;
  showExceptions: (shows: boolean) => void;
  ask: (asking: AskedHour | null) => void;
};

export const useFindingsView = create<FindingsView>()((set) => ({
  status: 'open',
  grouping: 'story',
  anomalyStatus: 'open',
  detector: '',
  toggled: new Set<string>(),
  draft: null,
  exceptionFor: null,
  showsExceptions: false,
  asking: null,
  setStatus: (status) => set({ status }),
  setGrouping: (grouping) => set({ grouping }),
  setAnomalyStatus: (anomalyStatus) => set({ anomalyStatus }),
  setDetector: (detector) => set({ detector }),
  toggle: (row) =>
    set(({ toggled }) => {
      const next = new Set(toggled);
      if (!next.delete(row)) next.add(row);
      return { toggled: next };
    }),
  setDraft: (draft) => set({ draft }),
  setExceptionFor: (exceptionFor) => set({ exceptionFor }),
  showExceptions: (showsExceptions) => set({ showsExceptions }),
  ask: (asking) => set({ asking }),
}));
