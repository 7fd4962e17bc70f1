// Which part of an auditor's work is in view, and what its lists are narrowed to.
import { create } from 'zustand';
import type { PackSection } from '#shared/model/work-papers.ts';

export const auditParts = ['pack', 'browse', 'papers', 'samples', 'sign'] as const;
export type AuditPart = (typeof auditParts)[number];

type AuditView = {
  part: AuditPart;
  section: PackSection;
  text: string;
  facet: string | null;
  offset: number;
  /** Key of the row in view. */
  row: string | null;
  /** Reference of the sample in view. */
  sample: string | null;
  show: (part: AuditPart) => void;
  narrow: (to: Partial<Pick<AuditView, 'section' | 'text' | 'facet' | 'offset'>>) => void;
  /** Shows one row of a list, whatever the list was narrowed to before. */
  showRow: (section: PackSection, row: string) => void;
  choose: (to: Partial<Pick<AuditView, 'row' | 'sample'>>) => void;
};

export const useAuditView = create<AuditView>()((set) => ({
  part: 'pack',
  section: 'population',
  text: '',
  facet: null,
  offset: 0,
  row: null,
  sample: null,
  show: (part) => set({ part }),
  narrow: (to) => set({ offset: 0, ...(to.section === undefined ? {} : { row: null, facet: null }), ...to }),
  showRow: (section, row) => set({ part: 'browse', section, row, text: row, facet: null, offset: 0 }),
  choose: (to) => set(to),
}));
