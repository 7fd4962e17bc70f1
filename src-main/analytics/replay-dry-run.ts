// What other settings would make of the recent past, compared with the findings on record.
import type { DryRun, FindingSummary } from '#shared/contract/detection.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { readFindings, type ListedFinding } from '../store/cache/findings.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { Hit } from './detector.ts';
import { judgedUntil } from './replay-day.ts';
import { bySeverity, judgeableDays, replayDays, type JudgeRequest, type ReplayPorts } from './replay.ts';

export type DryRunRequest = JudgeRequest & {
  /** Ids of findings that must not vanish, because somebody confirmed them. */
  readonly confirmed: readonly string[];
};

const shownAtMost = 50;

/**
 * Judges the last days again with the given settings. A finding that late events explained away is not on record as
 * standing out.
 * @param database must not change meanwhile: a read transaction
 */
export async function dryRun(
  database: DatabaseHandle,
  request: DryRunRequest,
  ports: ReplayPorts,
): Promise<DryRun> {
  const until = judgedUntil(database);
  const history = mirroredHistory(database, true);
  const days = until === null ? [] : judgeableDays(history, until);
  const scope = { days, untilMicroseconds: until ?? 0 };
  const { hits, notEvaluable } = await replayDays(history, request, scope, ports);
  const recorded = readFindings(database).filter(({ explainedAway }) => explainedAway === null);
  const known = new Set(recorded.map(({ id }) => id));
  const judged = new Set(days);
  // What cannot be judged with this mirror was not looked for, which is not the same as not found.
  const unlooked = new Set(notEvaluable.map(({ id }) => id));
  const dayOf = ({ startMicroseconds }: Hit | ListedFinding) =>
    Math.floor(startMicroseconds / microsecondsPerDay);
  const appear = [...hits].filter(([id, hit]) => !known.has(id) && judged.has(dayOf(hit)));
  const vanish = recorded.filter(
    (finding) =>
      judged.has(dayOf(finding)) &&
      !unlooked.has(finding.detector) &&
      finding.startMicroseconds < scope.untilMicroseconds &&
      !hits.has(finding.id),
  );
  const confirmed = new Set(request.confirmed);
  const gone = vanish.map((finding) => shorten(finding.id, finding));
  return {
    from: days.length === 0 ? null : formatInstant(days[0]! * microsecondsPerDay),
    to: days.length === 0 ? null : formatInstant(Math.min((days.at(-1)! + 1) * microsecondsPerDay, until!)),
    days: days.length,
    appear: count(appear.map(([id, hit]) => shorten(id, hit))),
    vanish: count(gone),
    confirmed: gone.filter(({ id }) => confirmed.has(id)).toSorted(bySeverity),
    notEvaluable: [...notEvaluable],
  };
}

function count(found: readonly FindingSummary[]): DryRun['appear'] {
  return { total: found.length, first: found.toSorted(bySeverity).slice(0, shownAtMost) };
}

function shorten(id: string, found: Hit | ListedFinding): FindingSummary {
  const { detector, sourceAccount, actor, entity, action, count: events, score, severity } = found;
  return {
    id,
    detector,
    sourceAccount,
    actor,
    entity: { ...entity },
    action,
    start: formatInstant(found.startMicroseconds),
    count: events,
    score,
    severity,
  };
}
