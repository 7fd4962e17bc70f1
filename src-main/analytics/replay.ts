// Judges past days with any settings: the mirror is read, and nothing is recorded.
import type { HitSummary } from '#shared/contract/detection.ts';
import { severityRank } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { paragraphOf } from '../store/cache/findings.ts';
import type { MirroredHistory } from '../store/cache/resident.ts';
import { buildDetectors, type DetectorRequest } from './build-detectors.ts';
import type { Hit, Scope } from './detector.ts';
import { isEvaluable, theEvents } from './evaluate.ts';
import { hitIdentity } from './hit-identity.ts';
import type { History } from './history/history.ts';

/** With what days are judged. */
export type JudgeRequest = {
  readonly detection: DetectorRequest;
  readonly zone: string;
  readonly privilegedActions: readonly string[];
};

export type ReplayPorts = {
  readonly onProgress: (done: number, total: number) => void;
  /** Awaited between detectors; throws to cancel. */
  readonly breathe: () => Promise<void>;
};

export type Replayed = {
  /** By identity, each once, in the order of detectors. */
  readonly hits: ReadonlyMap<string, Hit>;
  readonly notEvaluable: readonly { readonly id: string; readonly needs: string }[];
};

/** A refresh looks at, and a change of settings is tried out on, so many days. */
export const replayedDays = 180;

/**
 * Runs every detector of the settings over whole days. The same history, days and settings give the same hits.
 * @throws Problem `invalid-input` when the settings cannot be used
 */
export async function replayDays(
  history: History,
  request: JudgeRequest,
  { days, untilMicroseconds }: Pick<Scope, 'days' | 'untilMicroseconds'>,
  { onProgress, breathe }: ReplayPorts,
): Promise<Replayed> {
  const { detectors, gaps } = buildDetectors(request.detection);
  const scope = scopeOf(request, days, untilMicroseconds);
  const hits = new Map<string, Hit>();
  const notEvaluable = gaps.map(({ id, needs }) => ({ id, needs }));
  for (const [place, detector] of detectors.entries()) {
    onProgress(place, detectors.length);
    await breathe();
    if (!isEvaluable(detector, history)) {
      const missing = detector.needs.filter((field) => !history.fields.has(field));
      notEvaluable.push({ id: detector.id, needs: history.onlyCounts ? theEvents : missing.join(', ') });
    } else if (days.length > 0)
      for (const hit of detector.run(history, scope))
        hits.set(hitIdentity(hit), withKnownEvents(hit, history));
  }
  onProgress(detectors.length, detectors.length);
  return { hits, notEvaluable };
}

/** Where events are only counted, a refresh asks the database for those of a hit; a replay does without. */
function withKnownEvents(hit: Hit, { onlyCounts }: History): Hit {
  return onlyCounts ? { ...hit, events: [] } : hit;
}

export function scopeOf(
  { zone, privilegedActions, detection }: JudgeRequest,
  days: readonly number[],
  untilMicroseconds: number,
): Scope {
  return {
    days,
    untilMicroseconds,
    touched: null,
    zone,
    privilegedActions: new Set(privilegedActions),
    holidays: new Set(detection.settings.holidays),
  };
}

/**
 * The last {@link replayedDays} days that can be judged again: those with events whose rows are all still mirrored, where
 * rows are mirrored at all. What was cut off no longer shows what was once found in it.
 */
export function judgeableDays({ activity, infos }: MirroredHistory, untilMicroseconds: number): number[] {
  const lastDay = Math.ceil(untilMicroseconds / microsecondsPerDay) - 1;
  const firstRows = infos.reduce((first, { day }) => Math.min(first, day), Infinity);
  const firstActivity = activity[0]?.day ?? 0;
  const isCut = firstRows > firstActivity && firstRows < Infinity;
  const firstDay = Math.max(isCut ? firstRows + 1 : firstActivity, lastDay - replayedDays + 1);
  return activity.map(({ day }) => day).filter((day) => day >= firstDay && day <= lastDay);
}

/** A hit as people and scripts read it; must be called while the mirror is open. */
export function summarise(id: string, hit: Hit): HitSummary {
  const { explanation, events, evidence, entity, startMicroseconds, endMicroseconds, ...rest } = hit;
  const kept: HitSummary['evidence'] = JSON.parse(JSON.stringify(evidence));
  return {
    id,
    ...rest,
    entity: { ...entity },
    start: formatInstant(startMicroseconds),
    end: formatInstant(endMicroseconds),
    explanation: paragraphOf(explanation),
    explanationParts: { ...explanation },
    // Events that were only counted have none.
    eventIds: events.map(({ segment, index }) => segment.idAt(index)).filter((id) => id !== ''),
    evidence: kept,
  };
}

/** The most severe first, then the higher score, then by id. */
export function bySeverity(
  one: Pick<HitSummary, 'severity' | 'score' | 'id'>,
  other: Pick<HitSummary, 'severity' | 'score' | 'id'>,
): number {
  return (
    severityRank(other.severity) - severityRank(one.severity) ||
    other.score - one.score ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}
