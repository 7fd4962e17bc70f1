// Failed and successful logins of a stretch of history, by actor and by address.
import type { History } from '../../history/history.ts';
import { actionClass } from './class-bits.ts';
import { eventsOfClasses, numberTexts, type ClassEvents, type NumberedTexts } from './class-events.ts';
import { loginKindOf } from './login-kinds.ts';
import { canonicalAddress } from './network.ts';
import { factsOfSeries } from './series-facts.ts';

export interface LoginAttempts {
  readonly events: ClassEvents;
  /** Canonical addresses; −1 where unknown or not mirrored. */
  readonly addresses: NumberedTexts;
  /** Actor number of each attempt. */
  readonly actors: Uint32Array;
}

/** Times are microseconds, half-open. */
export function loginAttempts(history: History, from: number, until: number): LoginAttempts {
  const events = eventsOfClasses(history, { wanted: actionClass.signIn, from, until }, loginKindOf);
  const { actors: actorOf } = factsOfSeries(history);
  const actors = new Uint32Array(events.length);
  for (let at = 0; at < events.length; at += 1) actors[at] = actorOf[events.series[at]!]!;
  return { events, actors, addresses: numberTexts(history, events, 'ip', canonicalAddress) };
}
