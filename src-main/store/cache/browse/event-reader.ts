// Makes events of rows of segments; what one segment holds is read once for all of its rows that are asked for in a run.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { SegmentField } from '../../../analytics/history/segment.ts';
import { idAt, textOf, type IdColumn, type TextColumn } from '../columns.ts';
import type { MirroredHistory } from '../resident.ts';
import type { SearchedSegment } from './searched-segment.ts';

export type EventReader = (segment: SearchedSegment, row: number) => AuditEvent;

/** For one page: it holds on to the segment it read last. */
export function eventReader(history: Pick<MirroredHistory, 'actors' | 'actions' | 'series'>): EventReader {
  let opened: SearchedSegment | null = null;
  let ids: IdColumn | null = null;
  const columns = new Map<SegmentField, TextColumn | null>();
  return (segment, row) => {
    if (segment !== opened) {
      opened = segment;
      ids = segment.ids();
      columns.clear();
    }
    const text = (field: SegmentField): string | null => {
      let column = columns.get(field);
      if (column === undefined) columns.set(field, (column = segment.texts(field)));
      return column === null ? null : textOf(column, row);
    };
    const series = history.series[segment.series()[row]!]!;
    const { sourceAccount, actor, name } = history.actors[series.actor]!;
    return {
      id: idAt(ids!, row),
      createdAt: formatInstant(segment.times()[row]!),
      sourceAccount,
      actor,
      actorName: name,
      actorType: text('actorType'),
      action: history.actions.valueOf(series.action),
      resourceType: text('resourceType'),
      resourceId: text('resourceId'),
      ip: text('ip'),
      userAgent: text('userAgent'),
      severity: text('severity'),
      metadata: text('metadata'),
    };
  };
}
