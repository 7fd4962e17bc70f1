// Segments as they are searched: their times, series and short columns stay in memory while the mirror stays as it is.
import type { DatabaseHandle } from '../../database.ts';
import type { TextColumn } from '../columns.ts';
import type { MirroredHistory } from '../resident.ts';
import { readIds, readSeries, readTexts, readTimes, type SegmentInfo } from '../segments.ts';
import { readKeptSegment } from './kept-segment.ts';
import type { SearchedSegment } from './searched-segment.ts';

/** So much of them is kept; whole texts, such as metadata, are read again each time. */
const keptBytes = 128 * 1024 * 1024;

type Kept = { readonly value: unknown; readonly bytes: number };

const byMirror = new WeakMap<MirroredHistory['infos'], ReturnType<typeof columnStore>>();

/** In time order. Where events are only counted: one segment of those kept whole. */
export function searchedSegments(
  database: DatabaseHandle,
  history: MirroredHistory,
): readonly SearchedSegment[] {
  if (history.onlyCounts) {
    const kept = readKeptSegment(database);
    return kept.length === 0 ? [] : [kept];
  }
  let store = byMirror.get(history.infos);
  if (!store) byMirror.set(history.infos, (store = columnStore()));
  const { segmentOf } = store;
  return history.infos.map((info) => segmentOf(database, info));
}

function columnStore() {
  const kept = new Map<string, Kept>();
  let total = 0;
  const keep = <Value>(key: string, read: () => Value, bytesOf: (value: Value) => number): Value => {
    const known = kept.get(key);
    if (known) {
      // Last in the order of insertion is used last.
      kept.delete(key);
      kept.set(key, known);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a key is only ever read in one way
      return known.value as Value;
    }
    const value = read();
    const bytes = bytesOf(value);
    if (bytes < 0) return value;
    kept.set(key, { value, bytes });
    total += bytes;
    for (const [oldest, { bytes: freed }] of kept) {
      if (total <= keptBytes) break;
      kept.delete(oldest);
      total -= freed;
    }
    return value;
  };
  const segmentOf = (database: DatabaseHandle, info: SegmentInfo): SearchedSegment => ({
    length: info.events,
    firstMicroseconds: info.firstMicroseconds,
    lastMicroseconds: info.lastMicroseconds,
    times: () => keep(`${info.id} time`, () => readTimes(database, info), byteLength),
    series: () => keep(`${info.id} series`, () => readSeries(database, info), byteLength),
    ids: () => readIds(database, info),
    texts: (field) => keep(`${info.id} ${field}`, () => readTexts(database, info, field), bytesOfTexts),
  });
  return { segmentOf };
}

const byteLength = (values: ArrayBufferView): number => values.byteLength;

/** Negative is not worth keeping: mostly different texts are as large as all that was mirrored. */
function bytesOfTexts(column: TextColumn | null): number {
  if (column === null) return 0;
  if (column.kind === 'plain') return -1;
  return column.codes.byteLength + column.values.reduce((sum, text) => sum + 2 * (text?.length ?? 0) + 16, 0);
}
