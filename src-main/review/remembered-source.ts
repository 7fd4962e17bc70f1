// The source as the workspace remembers it from connecting: columns, mapping, rights and row security, as data and in words.
import { eventFields, mappedFields, type Mapping } from '#shared/model/connection.ts';
import type { RememberedSource, RememberedTable } from '#shared/model/source-health.ts';
import { fieldNames } from '../source/field-types.ts';
import { listed } from '../source/inspection-sentences.ts';
import type { TableShape } from '../source/schema-shape.ts';
import type { ConnectionInForce } from './connection-state.ts';

/** Null while the connection names no mapping: nothing was ever read. */
export function rememberedSourceOf({ mapping, fingerprint }: ConnectionInForce): RememberedSource | null {
  if (mapping === null) return null;
  const tables = fingerprint?.tables;
  const events = tables?.events ?? null;
  const missingFields = eventFields.filter((field) => mapping.columns[field] === undefined);
  return {
    preset: mapping.preset,
    schema: mapping.schema,
    table: mapping.table,
    mapping: mappedFields.flatMap((field) => {
      const reference = mapping.columns[field];
      return reference ? [{ field, reference, type: events?.columns[reference.column]?.type ?? null }] : [];
    }),
    missingFields,
    fingerprint: fingerprint?.sha256 ?? null,
    events: events && tableOf(events, mapping),
    reviews: tables?.reviews ? tableOf(tables.reviews, null) : null,
    anomalies: tables?.anomalies ? tableOf(tables.anomalies, null) : null,
    sentences: [
      `Events are read from ${mapping.schema}.${mapping.table}${mapping.preset === 'custom' ? ', as a mapping file says' : ` (preset ${mapping.preset})`}.`,
      missingFields.length === 0
        ? 'Every field of an event is mapped.'
        : `Not mapped: ${listed(missingFields.map((field) => fieldNames[field]))}.`,
      ...(fingerprint
        ? tablesInWords(fingerprint.tables)
        : ['The workspace was connected before tables were remembered; connect again to remember them.']),
    ],
  };
}

function tablesInWords({ reviews, anomalies }: { reviews: unknown; anomalies: unknown }): string[] {
  return [
    reviews === null
      ? 'There was no review table; the queue is derived from the events.'
      : 'There was a review table.',
    anomalies === null ? 'There was no table of anomalies.' : 'There was a table of anomalies.',
  ];
}

function tableOf(shape: TableShape, mapping: Mapping | null): RememberedTable {
  const { schema, name, columns, privileges, rowSecurity, policies } = shape;
  return {
    table: `${schema}.${name}`,
    columns: Object.entries(columns).map(([column, { type, nullable, select, update }]) => ({
      name: column,
      type,
      nullable,
      canSelect: select,
      canUpdate: update,
      fields: mappedFields.filter((field) => mapping?.columns[field]?.column === column),
    })),
    privileges,
    rowSecurity,
    policies: Object.entries(policies).map(([policy, { command, permissive, roles, using, check }]) => ({
      name: policy,
      command,
      permissive,
      roles,
      using,
      check,
    })),
    sentences: [rightsInWords(shape), securityInWords(shape)],
  };
}

function rightsInWords({ privileges, columns }: TableShape): string {
  const updatable = Object.entries(columns).filter(([, { update }]) => update);
  if (privileges.length > 0) return `This login holds ${listed(privileges)} on it.`;
  const readable = Object.values(columns).filter(({ select }) => select).length;
  const changes =
    updatable.length === 0 ? '' : `, and may change ${listed(updatable.map(([column]) => column))}`;
  return `This login holds no right on the table as a whole; it may read ${readable} of its columns${changes}.`;
}

function securityInWords({ rowSecurity, policies }: TableShape): string {
  const names = Object.keys(policies);
  if (!rowSecurity.enabled) return 'Row-level security is not enabled on it.';
  if (!rowSecurity.applies) return 'Row-level security is enabled on it, but does not bind this login.';
  return names.length === 0
    ? 'Row-level security is in force, without a policy for this login: it sees nothing.'
    : `Row-level security is in force (policies ${listed(names)}).`;
}
