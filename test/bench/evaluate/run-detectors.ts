// Runs detectors over a whole history, and says which could not be run.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import {
  citedEventsLimit,
  type Detector,
  type Hit,
  type Scope,
} from '../../../src-main/analytics/detector.ts';
import { hitIdentity } from '../../../src-main/analytics/hit-identity.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import { listedOf, type Listed } from './listed.ts';

export interface DetectorRun {
  readonly detector: string;
  readonly version: string;
  readonly state: 'ran' | 'not evaluable' | 'failed';
  /** Why it did not run, or what is wrong with its answer. */
  readonly detail: string;
  readonly listed: readonly Listed[];
  readonly ms: number;
}

/** A scope of every day of the history, up to the end of the hour of its last event. */
export function wholeScope(
  history: History,
  settings: Pick<Scope, 'zone' | 'privilegedActions' | 'holidays'>,
): Scope {
  const last = history.segments.at(-1);
  const lastMicroseconds = last ? last.microseconds[last.length - 1]! : 0;
  return {
    ...settings,
    days: history.activity.map(({ day }) => day),
    untilMicroseconds: (Math.floor(lastMicroseconds / microsecondsPerHour) + 1) * microsecondsPerHour,
    touched: null,
  };
}

export function runDetectors(
  detectors: readonly Detector[],
  history: History,
  scope: Scope,
  nowMs: () => number,
): DetectorRun[] {
  return detectors.map((detector) => {
    const { id, version, needs } = detector;
    const missing = needs.filter((field) => !history.fields.has(field));
    const nothing = { detector: id, version, listed: [], ms: 0 };
    if (missing.length > 0)
      return { ...nothing, state: 'not evaluable', detail: `needs ${missing.join(', ')}` };
    const startMs = nowMs();
    try {
      const hits = detector.run(history, scope);
      const listed = hits.map((hit) => listedOf(hit, detector.title));
      const detail = defectsOf(hits, scope).join('; ');
      return { ...nothing, state: 'ran', detail, listed, ms: nowMs() - startMs };
    } catch (error) {
      return { ...nothing, state: 'failed', detail: String(error), ms: nowMs() - startMs };
    }
  });
}

/** What no hit may be, whatever it is about. */
function defectsOf(hits: readonly Hit[], scope: Scope): string[] {
  const days = new Set(scope.days);
  const names = new Set(hits.map(hitIdentity));
  const count = (text: string, isWrong: (hit: Hit) => boolean) => {
    const wrong = hits.filter(isWrong).length;
    return wrong === 0 ? [] : [`${wrong} ${text}`];
  };
  return [
    ...(names.size === hits.length ? [] : [`${hits.length - names.size} share their name with another`]),
    ...count('end before they start', (hit) => !(hit.endMicroseconds > hit.startMicroseconds)),
    ...count('are below their threshold', (hit) => !(hit.score >= hit.threshold)),
    ...count('begin at or after the as-of', (hit) => hit.startMicroseconds >= scope.untilMicroseconds),
    ...count('begin on a day without events', ({ entity, startMicroseconds }) => {
      return entity.kind !== 'account' && !days.has(Math.floor(startMicroseconds / microsecondsPerDay));
    }),
    ...count('cite more events than allowed', (hit) => hit.events.length > citedEventsLimit),
    ...count('cite events out of order', ({ events }) =>
      events.some(({ segment, index }, at) => {
        const before = events[at - 1];
        return (
          before !== undefined && before.segment.microseconds[before.index]! > segment.microseconds[index]!
        );
      }),
    ),
  ];
}
