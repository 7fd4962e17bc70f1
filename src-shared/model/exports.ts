// Lists, standards and pictures that leave the workspace beside the evidence pack, each with what proves that it is whole.
import { z } from 'zod';
import { eventFilter } from './event-browser.ts';
import { instant } from '../time/instant.ts';

export const exportTables = [
  'findings',
  'stories',
  'reviews',
  'anomalies',
  'conflicts',
  'events',
  'actors',
  'exceptions',
  'ledger',
] as const;
export const exportTable = z.enum(exportTables);
export type ExportTable = z.infer<typeof exportTable>;

/** Tables with a format of their own: a spreadsheet’s, or one JSON value a line. */
export const tableFormats = ['csv', 'ndjson'] as const;
export const tableFormat = z.enum(tableFormats);
export type TableFormat = z.infer<typeof tableFormat>;

/** What narrows a table; which of it a table knows is said where it is refused. */
export const exportFilter = z.strictObject({
  status: z.string().optional(),
  actor: z.string().optional(),
  action: z.string().optional(),
  /** Half-open. */
  from: instant.optional(),
  to: instant.optional(),
  hourOfWeek: z.number().int().min(0).max(167).optional(),
  overdue: z.boolean().optional(),
  /** Kind of ledger entry. */
  type: z.string().optional(),
  text: z.string().max(200).optional(),
  /** Exactly these rows, in this order: what a screen shows after all its own filters. */
  ids: z.array(z.string()).max(200_000).optional(),
  /** Of events: everything that narrows them while somebody leafs through them. */
  events: eventFilter.optional(),
  /** How a screen words what narrowed the rows to those ids, or to those events. */
  words: z.array(z.string().max(400)).max(20).optional(),
});
export type ExportFilter = z.infer<typeof exportFilter>;

export const exportManifest = z.strictObject({
  v: z.literal(1),
  /** What it is: a table, or a standard such as `ocsf`. */
  what: z.string(),
  format: z.string(),
  file: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int(),
  /** Rows in the file, the header of a table not among them. */
  rows: z.number().int(),
  /** The same number, asked for in another way than the rows were read; null where there is no other way. */
  rowsCounted: z.number().int().nullable(),
  /** What narrowed it, for a machine and in words; no words mean that nothing is left out. */
  filter: exportFilter,
  filterWords: z.array(z.string()),
  /** Up to when events were looked at; null while nothing was refreshed. */
  asOf: instant.nullable(),
  zone: z.string(),
  exportedAt: instant,
  /** Id and name of the reviewer; null where none is set. */
  exportedBy: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  toolVersion: z.string(),
  /** Where the rows come from. */
  source: z.strictObject({ database: z.string(), table: z.string() }).nullable(),
});
export type ExportManifest = z.infer<typeof exportManifest>;

export const listExport = z.object({
  /** Under this name the doors hand it over. */
  name: z.string(),
  file: z.string(),
  manifest: exportManifest,
});
export type ListExport = z.infer<typeof listExport>;

/** Rows of more actors than that make pictures nobody can open. */
export const mostHeatmapRows = 2000;

export const heatmapRequest = z.object({
  /** Only events of this action. */
  action: z.string().optional(),
  /** So many actors, the most active ones. */
  top: z.coerce.number().int().min(1).max(mostHeatmapRows).default(500),
  theme: z.enum(['light', 'dark']).default('light'),
});
export type HeatmapRequest = z.infer<typeof heatmapRequest>;

export const heatmapPicture = z.object({
  svg: z.string(),
  /** Actors drawn, and events in their cells. */
  rows: z.number().int(),
  events: z.number().int(),
});
export type HeatmapPicture = z.infer<typeof heatmapPicture>;

export const exportCheck = z.object({
  file: z.string(),
  /** Every way in which the file is not what its manifest says; empty when it is. */
  faults: z.array(z.string()),
  rows: z.number().int(),
  sha256: z.string(),
});
export type ExportCheck = z.infer<typeof exportCheck>;
