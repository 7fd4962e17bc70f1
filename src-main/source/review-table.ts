// The published table of privileged actions awaiting review: where it is, and whether it can be read and decided on.
import { findTables, type CatalogColumn, type CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { titleOf } from './mapping.ts';

export const reviewTableName = 'np_audit_privileged_reviews';

const identities = ['uuid', 'text', 'varchar', 'bpchar', 'citext', 'int2', 'int4', 'int8'];
const texts = ['text', 'varchar', 'bpchar', 'citext'];
const timestamps = ['timestamptz', 'timestamp'];

const acceptedTypes = {
  id: identities,
  tenant_id: identities,
  audit_log_id: identities,
  action: [...texts, 'enum'],
  actor_id: identities,
  due_at: timestamps,
  reviewer_id: identities,
  reviewed_at: timestamps,
  notes: texts,
} as const;

export type ReviewColumn = keyof typeof acceptedTypes;
/** Every column of the published table, by name. */
export const reviewColumns: readonly string[] = Object.keys(acceptedTypes);
export const decisionColumns: readonly ReviewColumn[] = ['reviewer_id', 'reviewed_at', 'notes'];

export interface ReviewTable {
  table: CatalogTable;
  columns: Readonly<Record<ReviewColumn, CatalogColumn>>;
  /** The role may update the three columns a decision fills. */
  canDecide: boolean;
}

export type ReviewTableState =
  | { state: 'present'; reviewTable: ReviewTable }
  /** `cause` tells apart no such table, a missing right, and columns that are not as published. */
  | { state: 'unavailable'; cause: 'absent' | 'denied' | 'changed'; sentence: string };

/** Finds the review table by the catalog alone, so that a missing right cannot spoil a transaction. */
export async function findReviewTable(client: SourceClient): Promise<ReviewTableState> {
  const [table] = await findTables(client, [reviewTableName], null);
  if (!table) return unavailable('absent', `This database has no table ${reviewTableName}.`);
  if (!table.canUseSchema)
    return unavailable(
      'denied',
      `This user may not look into the schema ${table.schema}, which holds the review table.`,
    );
  return examine(table);
}

function examine(table: CatalogTable): ReviewTableState {
  const title = titleOf(table);
  for (const [name, types] of Object.entries(acceptedTypes)) {
    const column = table.columns.get(name);
    if (!column) return unavailable('changed', `The review table ${title} has no column ${name}.`);
    if (!types.some((type) => type === column.baseType))
      return unavailable('changed', `The column ${name} of ${title} has the unexpected type ${column.type}.`);
    if (!column.canSelect)
      return unavailable('denied', `This user may not read the column ${name} of ${title}.`);
  }
  const columns = perReviewColumn((name) => table.columns.get(name)!);
  const canDecide = decisionColumns.every((name) => columns[name].canUpdate);
  return { state: 'present', reviewTable: { table, columns, canDecide } };
}

/** One value for each column of the review table. */
export function perReviewColumn<T>(value: (name: ReviewColumn) => T): Record<ReviewColumn, T> {
  return {
    id: value('id'),
    tenant_id: value('tenant_id'),
    audit_log_id: value('audit_log_id'),
    action: value('action'),
    actor_id: value('actor_id'),
    due_at: value('due_at'),
    reviewer_id: value('reviewer_id'),
    reviewed_at: value('reviewed_at'),
    notes: value('notes'),
  };
}

function unavailable(cause: 'absent' | 'denied' | 'changed', sentence: string): ReviewTableState {
  return { state: 'unavailable', cause, sentence };
}
