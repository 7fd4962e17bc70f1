// A stretch of events in time order, column by column.
import { minimisableFields } from '#shared/model/connection.ts';

/** What else may be known about an event; everything is text, as the source printed it. */
export const segmentFields = minimisableFields;
export type SegmentField = (typeof segmentFields)[number];

/** One code an event; a code is a place in `values`, which is the segment's own list. Null is unknown. */
export interface CodedColumn {
  readonly codes: Uint8Array | Uint16Array | Uint32Array;
  readonly values: readonly (string | null)[];
}

export interface Segment {
  readonly length: number;
  /** Microseconds since the epoch. Events ascend by (time, id). */
  readonly microseconds: Float64Array;
  /** Series number of each event, as the history numbers them. */
  readonly series: Uint32Array;
  idAt(index: number): string;
  /** Null when the source has no such field, or it is not mirrored: not evaluable, which is not the same as empty. */
  column(field: SegmentField): CodedColumn | null;
  /** Where a column holds mostly different texts, one of them without making all: undefined means ask `column`. */
  readonly plainText?: (field: SegmentField, index: number) => string | null | undefined;
}

/** One event of a segment. */
export interface EventReference {
  readonly segment: Segment;
  readonly index: number;
}

/** The text of a field of one event; null when unknown or not mirrored. */
export function textAt(segment: Segment, field: SegmentField, index: number): string | null {
  const plain = segment.plainText?.(field, index);
  if (plain !== undefined) return plain;
  const column = segment.column(field);
  return column === null ? null : column.values[column.codes[index]!]!;
}

/** Index of the first event at or after an instant; `length` when there is none. */
export function firstIndexAt(segment: Segment, microseconds: number): number {
  let low = 0;
  let high = segment.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segment.microseconds[middle]! < microseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
