// What all hits about a whole day of an actor have in common.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Hit } from '../../detector.ts';
import type { Actor } from '../../history/history.ts';

type Named = Pick<
  Hit,
  'sourceAccount' | 'actor' | 'entity' | 'action' | 'startMicroseconds' | 'endMicroseconds'
>;

/** Named by the start of the UTC day: it stays the same when an earlier event of the day arrives late. */
export function actorDay({ sourceAccount, actor }: Actor, day: number): Named {
  return {
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action: '',
    startMicroseconds: day * microsecondsPerDay,
    endMicroseconds: (day + 1) * microsecondsPerDay,
  };
}
