// One past day judged again, and the question why an hour of it is not listed.
import type { DayReplay, WhyNotAnswer } from '#shared/contract/detection.ts';
import { Problem } from '#shared/model/problem.ts';
import {
  formatInstant,
  microsecondsPerDay,
  microsecondsPerHour,
  parseInstant,
} from '#shared/time/instant.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { readLastRun } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { confirmedHourTest } from './confirmed-hours.ts';
import { nbParameters } from './detectors/nb/parameters.ts';
import { whyNot, type Asked } from './detectors/nb/why-not.ts';
import { bySeverity, replayDays, scopeOf, summarise, type JudgeRequest, type ReplayPorts } from './replay.ts';

/** Up to when hours were judged: the as-of of the last refresh, cut to the hour; null when there was none. */
export function judgedUntil(database: DatabaseHandle): number | null {
  const run = readLastRun(database);
  if (!run) return null;
  return Math.floor(parseInstant(run.report.asOf) / microsecondsPerHour) * microsecondsPerHour;
}

export type DayRequest = JudgeRequest & {
  /** UTC day since the epoch. */
  readonly day: number;
};

/**
 * Judges a UTC day with what is mirrored now, as a refresh that has it pending would. The same mirror, day and settings give
 * the same answer.
 * @throws Problem `invalid-input` for a day that no refresh has reached
 */
export async function replayDay(
  database: DatabaseHandle,
  request: DayRequest,
  ports: ReplayPorts,
): Promise<DayReplay> {
  const untilMicroseconds = requireJudged(database, request.day * microsecondsPerDay);
  const history = mirroredHistory(database, true);
  const scope = { days: [request.day], untilMicroseconds };
  const { hits, notEvaluable } = await replayDays(history, request, scope, ports);
  return {
    day: formatInstant(request.day * microsecondsPerDay).slice(0, 10),
    hits: [...hits].map(([id, hit]) => summarise(id, hit)).toSorted(bySeverity),
    notEvaluable: [...notEvaluable],
  };
}

export type WhyNotRequest = JudgeRequest & { readonly asked: Asked };

/** Why detector nb lists an hour of an actor, or does not, with the numbers of these settings. */
export function explainHour(database: DatabaseHandle, request: WhyNotRequest): WhyNotAnswer {
  const untilMicroseconds = judgedUntil(database) ?? 0;
  const { asked, detection } = request;
  const parameters = { ...nbParameters, ...detection.settings.parameters['nb'] };
  const { state, count, numbers, single, sentence } = whyNot(
    mirroredHistory(database),
    scopeOf(request, [Math.floor(asked.hour / 24)], untilMicroseconds),
    asked,
    parameters,
    confirmedHourTest(detection.confirmed ?? []),
  );
  return { state, count, numbers: numbers && jsonOf(numbers), single: single && jsonOf(single), sentence };
}

/** JSON has no infinity: null is “no limit”. */
function jsonOf(numbers: object): NonNullable<WhyNotAnswer['numbers']> {
  const kept: NonNullable<WhyNotAnswer['numbers']> = JSON.parse(JSON.stringify(numbers));
  return kept;
}

function requireJudged(database: DatabaseHandle, fromMicroseconds: number): number {
  const until = judgedUntil(database);
  if (until !== null && fromMicroseconds < until) return until;
  throw new Problem('invalid-input', 'No refresh has reached that day yet, so there is nothing to replay.', {
    next: 'Refresh first, or choose an earlier day.',
  });
}
