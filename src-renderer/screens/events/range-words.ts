// Says a stretch of time in the zone of the workspace.
import { inZone } from '../../domain/zoned-time.ts';
import type { EventRange } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';

export function rangeWords({ from, to }: EventRange, zone: string): string {
  return text('events:range', {
    from: from === undefined ? text('events:open') : inZone(from, zone),
    to: to === undefined ? text('events:open') : inZone(to, zone),
  });
}
