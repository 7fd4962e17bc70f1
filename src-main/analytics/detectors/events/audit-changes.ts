// Changes of one day to what is logged and how long it is kept.
import type { History } from '../../history/history.ts';
import { classesOfSeries } from './action-classes.ts';
import type { AuditChange } from './audit-actions.ts';
import { foldChanges, type FoldedChange } from './change-episodes.ts';
import { actionClass } from './class-bits.ts';
import { eventsOfClasses, unlessRefused } from './class-events.ts';
import type { JudgedDay } from './judged-days.ts';

export interface AuditFinding extends FoldedChange {
  readonly change: AuditChange;
}

/** An unattributed change counts too: it is the log that matters, not who touched it. */
export function auditChanges(history: History, day: JudgedDay, quietMicroseconds: number): AuditFinding[] {
  const { start: from, until } = day;
  const events = eventsOfClasses(history, { wanted: actionClass.auditChange, from, until }, unlessRefused);
  const places = Int32Array.from({ length: events.length }, (_, place) => place);
  return foldChanges(history, events, places, day, quietMicroseconds).map((found) => {
    const bits = classesOfSeries(history)[events.series[found.place]!]!;
    const change =
      (bits & actionClass.auditDisabling) !== 0
        ? 'disabling'
        : (bits & actionClass.auditEnabling) !== 0
          ? 'enabling'
          : 'changing';
    return { ...found, change };
  });
}
