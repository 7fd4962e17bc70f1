// How the list of findings is narrowed, and the disposition being written.
import { create } from 'zustand';
import type { Disposition, FindingStatus } from '#shared/model/finding.ts';

type FindingsView = {
  status: FindingStatus | 'all';
  draft: { finding: string; disposition: Disposition } | null;
  setStatus: (status: FindingStatus | 'all') => void;
  setDraft: (draft: FindingsView['draft']) => void;
};

export const useFindingsView = create<FindingsView>()((set) => ({
  status: 'open',
  draft: null,
  setStatus: (status) => set({ status }),
  setDraft: (draft) => set({ draft }),
}));
