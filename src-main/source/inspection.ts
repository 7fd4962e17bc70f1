// Everything an inspection found out, before it becomes sentences.
import type { InspectionReport } from '#shared/model/connection.ts';
import type { ReviewTableState } from './review-table.ts';
import type { TableRights } from './rights.ts';

export interface Inspection {
  report: Omit<InspectionReport, 'sentences' | 'warnings'>;
  rights: TableRights;
  reviewTable: ReviewTableState;
  /** Events whose time is infinite, absent or beyond exact numbers, or that have no id. */
  unplaced: number;
  isLocal: boolean;
  mappingWarnings: string[];
}
