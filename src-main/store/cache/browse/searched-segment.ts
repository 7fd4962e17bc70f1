// Events of a stretch of time, column by column, as they are searched.
import type { SegmentField } from '../../../analytics/history/segment.ts';
import type { IdColumn, TextColumn } from '../columns.ts';

export type SearchedSegment = {
  readonly length: number;
  readonly firstMicroseconds: number;
  readonly lastMicroseconds: number;
  /** Ascending by (time, id). */
  readonly times: () => Float64Array;
  readonly series: () => Uint32Array;
  readonly ids: () => IdColumn;
  /** Null where the field is not mirrored. */
  readonly texts: (field: SegmentField) => TextColumn | null;
};
