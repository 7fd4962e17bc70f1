// The published table of anomalies: where it is, and whether rows can be read, judged or added.
import { findTables, type CatalogColumn, type CatalogTable } from './catalog.ts';
import type { SourceClient } from './client.ts';
import { titleOf } from './mapping.ts';
import { ask } from './query.ts';

export const anomalyTableName = 'np_audit_anomalies';

const identities = ['uuid', 'text', 'varchar', 'bpchar', 'citext', 'int2', 'int4', 'int8'];
const texts = ['text', 'varchar', 'bpchar', 'citext'];
const words = [...texts, 'enum'];
const timestamps = ['timestamptz', 'timestamp'];

const acceptedTypes = {
  id: identities,
  tenant_id: identities,
  user_id: identities,
  anomaly_type: words,
  severity: words,
  z_score: ['numeric', 'float4', 'float8', 'int2', 'int4', 'int8'],
  detected_at: timestamps,
  context: ['jsonb', 'json', ...texts],
  reviewed_by: identities,
  reviewed_at: timestamps,
  disposition: words,
} as const;

export type AnomalyColumn = keyof typeof acceptedTypes;
const isAnomalyColumn = (name: string): name is AnomalyColumn => name in acceptedTypes;
export const anomalyColumns: readonly AnomalyColumn[] = Object.keys(acceptedTypes).filter(isAnomalyColumn);

/** What a disposition fills. */
export const dispositionColumns: readonly AnomalyColumn[] = ['reviewed_by', 'reviewed_at', 'disposition'];
/** What a published finding fills. */
export const publicationColumns: readonly AnomalyColumn[] = [
  'id',
  'user_id',
  'anomaly_type',
  'severity',
  'z_score',
  'detected_at',
  'context',
];

export interface AnomalyTable {
  table: CatalogTable;
  columns: Readonly<Record<AnomalyColumn, CatalogColumn>>;
  /** Why dispositions cannot be written, in a sentence; null when they can. */
  cannotDispose: string | null;
  /** Why findings cannot be added, in a sentence; null when they can. */
  cannotPublish: string | null;
}

export type AnomalyTableState =
  | { state: 'present'; anomalyTable: AnomalyTable }
  /** `cause` tells apart no such table, a missing right, and columns that are not as published. */
  | { state: 'unavailable'; cause: 'absent' | 'denied' | 'changed'; sentence: string };

/** Finds the table by the catalog alone, so that a missing right cannot spoil a transaction. */
export async function findAnomalyTable(client: SourceClient): Promise<AnomalyTableState> {
  const [table] = await findTables(client, [anomalyTableName], null);
  if (!table) return unavailable('absent', `This database has no table ${anomalyTableName}.`);
  if (!table.canUseSchema)
    return unavailable(
      'denied',
      `This user may not look into the schema ${table.schema}, which holds the table of anomalies.`,
    );
  const title = titleOf(table);
  for (const [name, types] of Object.entries(acceptedTypes)) {
    const column = table.columns.get(name);
    if (!column) return unavailable('changed', `The table of anomalies ${title} has no column ${name}.`);
    if (!types.some((type) => type === column.baseType))
      return unavailable('changed', `The column ${name} of ${title} has the unexpected type ${column.type}.`);
    if (!column.canSelect)
      return unavailable('denied', `This user may not read the column ${name} of ${title}.`);
  }
  const columns = perAnomalyColumn((name) => table.columns.get(name)!);
  const rights = await readWriteRights(client, table.oid);
  return {
    state: 'present',
    anomalyTable: {
      table,
      columns,
      cannotDispose: disposingObstacle(title, columns, rights),
      cannotPublish: publishingObstacle(title, columns, rights),
    },
  };
}

interface WriteRights {
  insertable: string[];
  hasUniqueId: boolean;
}

/** Columns a row may be added with, and whether an index guarantees that an id is used once. */
async function readWriteRights(client: SourceClient, oid: string): Promise<WriteRights> {
  const [rights] = await ask<WriteRights & Record<string, unknown>>(client, {
    text: `SELECT ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = $1::oid AND a.attnum > 0
                        AND NOT a.attisdropped AND has_column_privilege(a.attrelid, a.attnum, 'INSERT')) AS insertable,
                  EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'id'
                          WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1
                            AND i.indkey[0] = a.attnum AND i.indpred IS NULL) AS "hasUniqueId"`,
    values: [oid],
  });
  return { insertable: rights?.insertable ?? [], hasUniqueId: rights?.hasUniqueId ?? false };
}

type Columns = AnomalyTable['columns'];

function disposingObstacle(title: string, columns: Columns, { hasUniqueId }: WriteRights): string | null {
  if (!dispositionColumns.every((name) => columns[name].canUpdate))
    return `This user may not write dispositions to ${title}: that needs UPDATE on ${dispositionColumns.join(', ')}.`;
  if (!hasUniqueId) return withoutUniqueId(title);
  const precision = /\((\d)\)/.exec(columns.reviewed_at.type)?.[1] ?? '6';
  return precision === '6'
    ? null
    : `The column reviewed_at of ${title} does not keep microseconds, by which a disposition sent from here is recognised.`;
}

function publishingObstacle(title: string, columns: Columns, rights: WriteRights): string | null {
  if (!publicationColumns.every((name) => rights.insertable.includes(name)))
    return `This user may not add findings to ${title}: that needs INSERT on ${publicationColumns.join(', ')}.`;
  if (!rights.hasUniqueId) return withoutUniqueId(title);
  if (columns.id.baseType !== 'uuid' || columns.context.baseType !== 'jsonb')
    return `The columns id and context of ${title} are not of the published types uuid and jsonb, so findings cannot be added.`;
  return null;
}

function withoutUniqueId(title: string): string {
  return `No unique index on the id of ${title} guarantees that it is used once, so nothing can be written to it.`;
}

function perAnomalyColumn<T>(value: (name: AnomalyColumn) => T): Record<AnomalyColumn, T> {
  return {
    id: value('id'),
    tenant_id: value('tenant_id'),
    user_id: value('user_id'),
    anomaly_type: value('anomaly_type'),
    severity: value('severity'),
    z_score: value('z_score'),
    detected_at: value('detected_at'),
    context: value('context'),
    reviewed_by: value('reviewed_by'),
    reviewed_at: value('reviewed_at'),
    disposition: value('disposition'),
  };
}

function unavailable(cause: 'absent' | 'denied' | 'changed', sentence: string): AnomalyTableState {
  return { state: 'unavailable', cause, sentence };
}
