// Audit events on their way into the mirror: one by one, or in columns.
import type { SegmentField } from '../../analytics/history/segment.ts';
import { pickIds, pickTexts, type IdColumn, type TextColumn } from './columns.ts';

export type MirroredEvent = {
  readonly id: string;
  readonly createdAtMicroseconds: number;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly actorType: string | null;
  readonly action: string;
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly severity: string | null;
  readonly metadata: string | null;
};

export type BatchField = 'sourceAccount' | 'actor' | 'actorName' | 'action' | SegmentField;

/** Events in columns, in any order. A field that is absent is unknown for all of them. */
export type EventBatch = {
  readonly length: number;
  readonly microseconds: Float64Array;
  readonly ids: IdColumn;
  readonly columns: ReadonlyMap<BatchField, TextColumn>;
};

const codedFields = [
  'sourceAccount',
  'actor',
  'actorName',
  'action',
  'actorType',
  'resourceType',
  'resourceId',
  'ip',
  'userAgent',
  'severity',
] as const;

export function batchOf(events: readonly MirroredEvent[]): EventBatch {
  const columns = new Map<BatchField, TextColumn>();
  for (const field of codedFields) columns.set(field, codedColumn(events.map((event) => event[field])));
  columns.set('metadata', plainColumn(events.map((event) => event.metadata)));
  return {
    length: events.length,
    microseconds: Float64Array.from(events, (event) => event.createdAtMicroseconds),
    ids: textIds(events.map((event) => event.id)),
    columns,
  };
}

const identity = (length: number) => Uint32Array.from({ length }, (_, place) => place);

export function codedColumn(texts: readonly (string | null)[]): TextColumn {
  const rows = identity(texts.length);
  return pickTexts([{ column: { kind: 'coded', codes: rows, values: texts }, rows }]);
}

/** The texts, one after another, in UTF-8. */
export function plainColumn(texts: readonly (string | null)[]): TextColumn {
  const empty: TextColumn = {
    kind: 'plain',
    offsets: new Uint32Array(1),
    bytes: new Uint8Array(0),
    isNull: null,
  };
  const rows = identity(texts.length);
  return pickTexts([
    { column: { kind: 'coded', codes: rows, values: texts }, rows },
    { column: empty, rows: new Uint32Array(0) },
  ]);
}

function textIds(ids: readonly string[]): IdColumn {
  const column = plainColumn(ids);
  if (column.kind !== 'plain') throw new TypeError('Ids are not coded.');
  const { offsets, bytes } = column;
  return pickIds([{ column: { kind: 'text', offsets, bytes }, rows: identity(ids.length) }]);
}
