// Everything an inspection found out, before it becomes sentences.
import type { InspectionReport, MirrorLimits } from '#shared/model/connection.ts';
import type { AnomalyInspection } from './anomaly-inspection.ts';
import type { ReviewTableState } from './review-table.ts';
import type { TableRights } from './rights.ts';

export interface Inspection {
  report: Omit<InspectionReport, 'sentences' | 'warnings'>;
  rights: TableRights;
  reviewTable: ReviewTableState;
  anomalies: AnomalyInspection;
  /** Events whose time is infinite, absent or beyond exact numbers, or that have no id. */
  unplaced: number;
  isLocal: boolean;
  /** Whether events were too many to be counted: their number, first and last are then those the planner expects. */
  isEstimated: boolean;
  mirror: MirrorLimits;
  /** How long the text of an event's metadata is on average; null when nobody measured it, or this user may not know. */
  metadataBytes: number | null;
  mappingWarnings: string[];
}
