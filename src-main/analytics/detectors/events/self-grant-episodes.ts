// Privilege changes of one day that are for the one who makes them, folded into stretches.
import type { History } from '../../history/history.ts';
import { classesOfSeries } from './action-classes.ts';
import { foldChanges, type FoldedChange } from './change-episodes.ts';
import { actionClass } from './class-bits.ts';
import { eventsOfClasses, referenceTo, unlessRefused } from './class-events.ts';
import type { JudgedDay } from './judged-days.ts';
import { selfGrantOf, type SelfGrant } from './self-grants.ts';

export interface SelfGrantFinding extends FoldedChange {
  /** The first of them. */
  readonly grant: SelfGrant;
}

export function selfGrants(history: History, day: JudgedDay, quietMicroseconds: number): SelfGrantFinding[] {
  const { start: from, until } = day;
  const classes = classesOfSeries(history);
  const isAsked = (series: number) =>
    (classes[series]! & actionClass.credentialChange) === 0 &&
    history.actors[history.series[series]!.actor]!.actor !== '';
  const events = eventsOfClasses(history, { wanted: actionClass.grant, from, until, isAsked }, unlessRefused);
  const grants = new Map<number, SelfGrant>();
  for (let place = 0; place < events.length; place += 1) {
    const grant = selfGrantOf(history, referenceTo(history, events, place));
    if (grant !== null) grants.set(place, grant);
  }
  return foldChanges(history, events, Int32Array.from(grants.keys()), day, quietMicroseconds).map(
    (found) => ({
      ...found,
      grant: grants.get(found.place)!,
    }),
  );
}
