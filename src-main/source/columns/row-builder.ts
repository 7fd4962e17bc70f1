// What collects rows in PostgreSQL's binary form until there are enough of them for a batch.

export interface BatchLimits {
  rows: number;
  /** A batch ends early when its rows took this many bytes on the wire; the last of them may go beyond. */
  bytes: number;
}

export interface RowBuilder<Batch> {
  readonly length: number;
  readonly isFull: boolean;
  /**
   * Adds the row at `position`: a count of fields (int16), then a length (int32, −1 for null) and the bytes of each.
   * Answers where the next row begins, or {@link incomplete} when this one does not end before `limit`; then nothing is added.
   */
  add(bytes: Uint8Array, view: DataView, position: number, limit: number): number;
  /** All rows added since the last batch. */
  take(): Batch;
}

/** Returned instead of a position when the end of a row has not arrived yet. */
export const incomplete = -1;

const two32 = 4_294_967_296;
/** 2000-01-01, from where PostgreSQL counts. Added to each half of a time apart: added to the whole, it would round. */
const epochMicroseconds = 946_684_800_000_000;
const epochHigh = Math.floor(epochMicroseconds / two32);
const epochLow = epochMicroseconds % two32;

/** A placeable timestamp, with or without time zone, as microseconds since 1970. */
export function microsecondsAt(view: DataView, position: number): number {
  return (view.getInt32(position) + epochHigh) * two32 + (view.getUint32(position + 4) + epochLow);
}

/** A bigint; beyond 2^53 it would round. */
export function bigintAt(view: DataView, position: number): number {
  return view.getInt32(position) * two32 + view.getUint32(position + 4);
}
