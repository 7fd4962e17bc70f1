// Whether a hit is about an incident.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Incident } from './incidents.ts';
import type { Listed } from './listed.ts';
import { comparable } from './spelling.ts';

/** A hit may begin this long after an incident ended, or end this long before it began. */
export const toleranceMicroseconds = microsecondsPerHour;

/**
 * During weeks that an incident lasts its actor does other things too: nothing but citing one of its events says that a hit is
 * about it.
 */
const longestByTimeMicroseconds = microsecondsPerDay;

export const matchRule =
  'A hit is about an incident when it cites one of its events, or when the time from its first to its last cited event overlaps that of the incident (±1 h) and its actor or address is one of the incident’s (case, width and spaces aside); only citing counts for an incident to be reviewed, and for one that lasts longer than a day, when it names its events. Where an incident names nobody, no address and no event, a hit about the account at that time is about it.';

export interface Match {
  /** How many events of the incident the hit cites. */
  readonly cited: number;
}

/** Returns a function from a hit to how it is about this incident; null when it is not. */
export function matcherOf(incident: Incident): (hit: Listed) => Match | null {
  const ids = new Set(incident.eventIds);
  const actors = new Set(incident.actors.map(comparable));
  const addresses = new Set(incident.addresses.map(comparable));
  const isNobodys = ids.size + actors.size + addresses.size === 0;
  const duration = incident.toMicroseconds - incident.fromMicroseconds;
  const needsCitation =
    ids.size > 0 && (incident.expect === 'review' || duration > longestByTimeMicroseconds);
  const from = incident.fromMicroseconds - toleranceMicroseconds;
  const to = incident.toMicroseconds + toleranceMicroseconds;
  return (hit) => {
    const cited = hit.eventIds.reduce((sum, id) => sum + (ids.has(id) ? 1 : 0), 0);
    if (cited > 0) return { cited };
    if (needsCitation || hit.fromMicroseconds > to || hit.toMicroseconds < from) return null;
    const { entity } = hit;
    const isSameActor = hit.actor !== '' && actors.has(comparable(hit.actor));
    const isSameAddress = entity.kind === 'ip' && addresses.has(comparable(entity.value));
    const isAccount = isNobodys && entity.kind === 'account';
    return isSameActor || isSameAddress || isAccount ? { cited } : null;
  };
}
