// Many audit events at once, column by column, as they come from the wire.
import type { MappedField } from '#shared/model/connection.ts';

/** What a batch has a column for; id and time have their own. */
export type BatchField = Exclude<MappedField, 'id' | 'createdAt'>;

/** One code an event; a code is a place in `values`, which holds nothing but what occurs in this batch. Null is unknown. */
export interface CodedTexts {
  readonly kind: 'coded';
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  readonly values: readonly (string | null)[];
}

/** Text i is bytes[offsets[i]] to bytes[offsets[i + 1]] in UTF-8, unless isNull[i] is 1. */
export interface PlainTexts {
  readonly kind: 'plain';
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  /** Absent when no text is null. */
  readonly isNull: Uint8Array | null;
}

export type BatchColumn = CodedTexts | PlainTexts;

/** Sixteen bytes each where the source has UUIDs; else UTF-8 as for {@link PlainTexts}. */
export type BatchIds =
  | { readonly kind: 'uuid'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly offsets: Uint32Array; readonly bytes: Uint8Array };

/** Events in no particular order. Every array is the receiver's own: it may be kept, changed or transferred. */
export interface EventBatch {
  readonly length: number;
  /** Microseconds since 1970-01-01T00:00Z, always safe integers. */
  readonly microseconds: Float64Array;
  readonly ids: BatchIds;
  /** A field is absent when it was not asked for, or when the source has no such column. */
  readonly columns: ReadonlyMap<BatchField, BatchColumn>;
}
