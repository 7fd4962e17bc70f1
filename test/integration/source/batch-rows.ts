// Batches as plain rows again, the slow and simple way, to hold them against other readers.
import type { MappedField } from '#shared/model/connection.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { TimeSlice } from '../../../src-main/source/columns/slice-query.ts';
import type { BatchColumn, EventBatch } from '../../../src-main/source/columns/event-batch.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Every text of a column. */
export function textsIn(column: BatchColumn, length: number): (string | null)[] {
  return Array.from({ length }, (_, row) => {
    if (column.kind === 'coded') return column.values[column.codes[row]!]!;
    if (column.isNull?.[row] === 1) return null;
    return decoder.decode(column.bytes.subarray(column.offsets[row], column.offsets[row + 1]));
  });
}

export function idsIn({ ids, length }: EventBatch): string[] {
  return Array.from({ length }, (_, row) => {
    if (ids.kind === 'text')
      return decoder.decode(ids.bytes.subarray(ids.offsets[row], ids.offsets[row + 1]));
    const digits = Buffer.from(ids.bytes.subarray(row * 16, row * 16 + 16)).toString('hex');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  });
}

export type Row = { id: string; createdAtMicroseconds: number } & Partial<Record<MappedField, string | null>>;

/** Fields the batch has no column for stay absent. */
export function rowsIn(batch: EventBatch): Row[] {
  const ids = idsIn(batch);
  const columns = [...batch.columns].map(
    ([field, column]) => [field, textsIn(column, batch.length)] as const,
  );
  return ids.map((id, row) => ({
    id,
    createdAtMicroseconds: batch.microseconds[row]!,
    ...Object.fromEntries(columns.map(([field, texts]) => [field, texts[row]])),
  }));
}

/** Slices without a gap, from the beginning to the end of time, cut at these instants. */
export const slicesOf = (...edges: string[]): TimeSlice[] =>
  [...edges, null].map((edge, index) => ({
    fromMicroseconds: index === 0 ? null : parseInstant(edges[index - 1]!),
    untilMicroseconds: edge === null ? null : parseInstant(edge) - 1,
  }));
