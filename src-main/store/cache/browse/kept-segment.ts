// Where events are only counted: those kept whole, one row each in the file, as if they were a segment.
import { segmentFields, type SegmentField } from '../../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../../database.ts';
import { row, rows } from '../../query.ts';
import type { TextColumn } from '../columns.ts';
import { agentText } from '../event-agents.ts';
import type { SearchedSegment } from './searched-segment.ts';

type KeptEvent = { created_us: number; id: string; series_id: number } & Readonly<
  Partial<Record<SegmentField, string | null>>
>;

type Read = { readonly revision: string; readonly segment: SearchedSegment };
const lastRead = new WeakMap<DatabaseHandle, Read>();

const keptFields: Readonly<Partial<Record<SegmentField, string>>> = {
  actorType: 'e.actor_type',
  resourceType: 'e.resource_type',
  resourceId: 'e.resource_id',
  ip: 'e.ip',
  userAgent: agentText('e'),
  severity: 'e.severity',
  metadata: 'e.metadata',
};

/** All of them, by (time, id); read again when there are others. */
export function readKeptSegment(database: DatabaseHandle): SearchedSegment {
  return database.transaction(() => {
    const { revision } = row<{ revision: string }>(
      database,
      `SELECT count(*) || ' ' || coalesce(max(rowid), 0) || ' ' || coalesce(sum(is_whole), 0) || ' ' ||
              (SELECT epoch || ' ' || names || ' ' || days FROM mirror_revision) AS revision FROM event`,
    )!;
    const known = lastRead.get(database);
    if (known?.revision === revision) return known.segment;
    const columns = Object.entries(keptFields).map(([field, sql]) => `${sql} AS "${field}"`);
    const found = rows<KeptEvent>(
      database,
      `SELECT e.created_us, e.id, e.series_id, ${columns.join(', ')} FROM event e ORDER BY e.created_us, e.id`,
    );
    const segment = segmentOfRows(found);
    lastRead.set(database, { revision, segment });
    return segment;
  })();
}

function segmentOfRows(found: readonly KeptEvent[]): SearchedSegment {
  const times = Float64Array.from(found, ({ created_us: at }) => at);
  const series = Uint32Array.from(found, ({ series_id: number }) => number);
  const ids = found.map(({ id }) => Buffer.from(id));
  const offsets = new Uint32Array(found.length + 1);
  for (const [at, { length }] of ids.entries()) offsets[at + 1] = offsets[at]! + length;
  const bytes = Buffer.concat(ids);
  const texts = new Map(
    segmentFields.filter((field) => field in keptFields).map((field) => [field, codedColumn(found, field)]),
  );
  return {
    length: found.length,
    firstMicroseconds: times[0] ?? 0,
    lastMicroseconds: times.at(-1) ?? 0,
    times: () => times,
    series: () => series,
    ids: () => ({ kind: 'text', offsets, bytes }),
    texts: (field) => texts.get(field) ?? null,
  };
}

function codedColumn(found: readonly KeptEvent[], field: SegmentField): TextColumn {
  const numbers = new Map<string | null, number>();
  const codes = Uint32Array.from(found, (event) => {
    const text = event[field] ?? null;
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  });
  return { kind: 'coded', codes, values: [...numbers.keys()] };
}
