// Which column types can carry which field of an audit event, and what each field is called in a sentence.
import type { ColumnReference, MappedField } from '#shared/model/connection.ts';
import type { CatalogColumn } from './catalog.ts';

export const fieldNames: Readonly<Record<MappedField, string>> = {
  id: 'id',
  createdAt: 'time of the event',
  sourceAccount: 'source account',
  actor: 'actor',
  actorName: 'actor name',
  actorType: 'actor type',
  action: 'action',
  resourceType: 'resource type',
  resourceId: 'resource id',
  ip: 'IP address',
  userAgent: 'user agent',
  severity: 'severity',
  metadata: 'metadata',
  outcome: 'outcome',
  sessionId: 'session id',
  bytes: 'number of bytes',
  recordCount: 'number of records',
  status: 'status',
  method: 'method',
  path: 'path',
};

const integers = ['int2', 'int4', 'int8'];
const texts = ['text', 'varchar', 'bpchar', 'citext', 'name'];
const json = ['json', 'jsonb'];
const identities = [...texts, ...integers, 'uuid'];
/** Types whose text form is one plain value a person can read. */
const plain = [...identities, 'enum', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bool', 'numeric', 'oid'];

/** Base types accepted for a field read from a column of its own. */
export function acceptedTypes(field: MappedField): readonly string[] {
  if (field === 'id') return identities;
  if (field === 'createdAt') return ['timestamptz', 'timestamp'];
  return field === 'metadata' ? [...json, ...texts] : plain;
}

/** Whether the column can serve the field; a JSON key needs a JSON column, and id and time a column of their own. */
export function isUsable(field: MappedField, reference: ColumnReference, column: CatalogColumn): boolean {
  if (reference.jsonKey === undefined) return acceptedTypes(field).includes(column.baseType);
  return field !== 'id' && field !== 'createdAt' && json.includes(column.baseType);
}
