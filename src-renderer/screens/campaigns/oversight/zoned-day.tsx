// A day in a campaign's zone, by the moment at which it begins or ends; the moment in UTC stands on hover.
import { inUtc } from '../../../domain/zoned-time.ts';
import { dayOf } from './local-date.ts';

type ZonedDayProps = { instant: string; zone: string; edge: 'first' | 'last' };

export function ZonedDay({ instant, zone, edge }: ZonedDayProps) {
  return (
    <time dateTime={instant} title={inUtc(instant)}>
      {dayOf(instant, zone, edge)}
    </time>
  );
}
