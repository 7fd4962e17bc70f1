// An instant in the workspace's zone, with UTC on hover.
import { text } from '../texts/text.ts';
import type { TimePrecision } from './zoned-time.ts';
import { inUtc, inZone, offsetAt } from './zoned-time.ts';
import { useZone } from './workspace-status.ts';

export function InstantText({
  instant,
  precision = 'minute',
  withOffset = false,
}: {
  instant: string | null;
  precision?: TimePrecision;
  withOffset?: boolean;
}) {
  const zone = useZone();
  if (instant === null) return <span>{text('domain:unknown')}</span>;
  return (
    <time dateTime={instant} title={inUtc(instant)}>
      {inZone(instant, zone, precision)}
      {withOffset && ` ${offsetAt(instant, zone)}`}
    </time>
  );
}
