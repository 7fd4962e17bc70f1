// Events as a pull hands them on: in columns of one kind or the other, in any order, cut anywhere, some of them twice.
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { segmentFields } from '../../../src-main/analytics/history/segment.ts';
import {
  batchOf,
  codedColumn,
  plainColumn,
  type BatchField,
  type EventBatch,
} from '../../../src-main/store/cache/mirrored-event.ts';
import type { TextColumn } from '../../../src-main/store/cache/columns.ts';
import type { Random } from './random.ts';

const unknown = {
  actorName: null,
  actorType: null,
  resourceType: null,
  resourceId: null,
  ip: null,
  userAgent: null,
  severity: null,
  metadata: null,
};

/** Every field there is, each in a column of either kind. */
export function batchFrom(events: readonly HistoryEvent[], random: Random): EventBatch {
  const { length, microseconds, ids } = batchOf(
    events.map((event) => ({ ...unknown, ...event, actorName: null })),
  );
  const columns = new Map<BatchField, TextColumn>();
  const put = (field: BatchField, texts: (string | null)[]) =>
    void columns.set(field, random.chance(0.5) ? codedColumn(texts) : plainColumn(texts));
  put(
    'sourceAccount',
    events.map(({ sourceAccount }) => sourceAccount),
  );
  put(
    'actor',
    events.map(({ actor }) => actor),
  );
  put(
    'actorName',
    events.map(({ actorName }) => actorName ?? null),
  );
  put(
    'action',
    events.map(({ action }) => action),
  );
  for (const field of segmentFields)
    put(
      field,
      events.map(({ fields }) => fields?.[field] ?? null),
    );
  return { length, microseconds, ids, columns };
}

/** Deliveries of one or more batches each; an event may come several times, first as it is given. */
export function deliveriesOf(events: readonly HistoryEvent[], random: Random): HistoryEvent[][][] {
  return random.pieces(random.shuffled(events), 1 + random.below(6)).map((piece) => {
    const again = random.chance(0.4) ? random.shuffled(events).slice(0, random.below(50)) : [];
    return random.pieces([...piece, ...again], 1 + random.below(3));
  });
}
