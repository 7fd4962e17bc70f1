// Detector z3 over a history: every series (actor × action) against its own last four weeks.
import { severityOfScore } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Detector, Evidence, Explanation, Hit, Scope } from '../detector.ts';
import { sentencesOfZ3 } from '../explain.ts';
import type { HourlyCounts } from '../history/activity.ts';
import type { History } from '../history/history.ts';
import type { EventReference } from '../history/segment.ts';
import { citeHours } from './hours/cited-hours.ts';
import { countHours } from './hours/count-hours.ts';
import { byTimeAndName } from './hours/hit-order.ts';
import { firstPlaceFrom, flagJudged, hourSpan } from './hours/judged-hours.ts';
import {
  highestInBaseline,
  judgeHours,
  reachHours,
  scanHours,
  z3Method,
  type Judgement,
  type Tally,
} from './z3.ts';

export interface Judged extends Tally {
  readonly hits: Hit[];
}

/**
 * Hours of series whose count lies more than three standard deviations above the same series' own mean; definition and
 * arithmetic are those of {@link judgeHours}. It knows no time of day: it is the second tier behind `nb`, and the mode
 * to compare with systems that judge by a plain z-score.
 */
export const z3Detector: Detector = {
  id: z3Method.id,
  version: z3Method.version,
  title: 'Unusual count against the last four weeks',
  needs: [],
  reachDays: Math.ceil(reachHours / 24),
  run: (history, scope) => judgeAll(history, scope).hits,
};

/** Judges all hours with events in the scope, or the touched ones, and says how many were still learning. */
export function judgeAll(history: History, scope: Scope): Judged {
  const span = hourSpan(scope);
  if (span === null) return { hits: [], evaluated: 0, learning: 0 };
  const { groupOf, members } = judgedSeries(history, scope);
  const { activity, actors, series } = history;
  const counts = countHours(activity, groupOf, members.length, span.fromHour - reachHours, span.toHour);
  const firstHours = Int32Array.from(members, (number) =>
    Math.floor(actors[series[number]!.actor]!.firstMicroseconds / microsecondsPerHour),
  );
  const flagged: { group: number; place: number; hour: number }[] = [];
  const isJudged = flagJudged(counts, scope, touchedGroups(scope, groupOf));
  const tally = scanHours(counts, firstHours, isJudged, (group, place) =>
    flagged.push({ group, place, hour: counts.hours[place]! }),
  );
  const events = citeHours(history, groupOf, members.length, flagged);
  const hits = flagged.map(({ group, place }, index) => {
    const hourly = seriesUpTo(counts, group, place, firstHours[group]!);
    return describe(history, scope, members[group]!, hourly, events[index]!);
  });
  return { hits: hits.toSorted(byTimeAndName), ...tally };
}

/** Series with a named actor that can have an hour to judge, numbered afresh: `members[group]` is the series. */
function judgedSeries(
  history: History,
  { touched }: Scope,
): { groupOf: Int32Array; members: readonly number[] } {
  const groupOf = new Int32Array(history.series.length).fill(-1);
  const members: number[] = [];
  for (const number of touched?.keys() ?? history.series.keys()) {
    if (history.actors[history.series[number]!.actor]!.actor === '') continue;
    groupOf[number] = members.push(number) - 1;
  }
  return { groupOf, members };
}

function touchedGroups({ touched }: Scope, groupOf: Int32Array): Map<number, readonly number[]> | null {
  if (touched === null) return null;
  const named = [...touched].filter(([number]) => groupOf[number]! >= 0);
  return new Map(named.map(([number, hours]) => [groupOf[number]!, hours]));
}

interface SeriesUpTo {
  readonly hours: Int32Array;
  readonly counts: Uint32Array;
  readonly firstHour: number;
}

/** What {@link judgeHours} needs to judge the hour at `place`. */
function seriesUpTo(counts: HourlyCounts, group: number, place: number, firstHour: number): SeriesUpTo {
  const from = firstPlaceFrom(counts, group, counts.hours[place]! - reachHours);
  return {
    hours: counts.hours.subarray(from, place + 1),
    counts: counts.counts.subarray(from, place + 1),
    firstHour,
  };
}

function describe(
  history: History,
  scope: Scope,
  number: number,
  hourly: SeriesUpTo,
  events: readonly EventReference[],
): Hit {
  const series = history.series[number]!;
  const { sourceAccount, actor, name } = history.actors[series.actor]!;
  const action = history.actions.valueOf(series.action);
  const judgement = judgeHours(hourly, [hourly.hours.at(-1)!])[0]!;
  const highest = highestInBaseline(hourly, judgement);
  return {
    detector: z3Method.id,
    methodVersion: z3Method.version,
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action,
    startMicroseconds: judgement.hour * microsecondsPerHour,
    endMicroseconds: (judgement.hour + 1) * microsecondsPerHour,
    count: judgement.count,
    score: judgement.z,
    threshold: z3Method.threshold,
    severity: severityOfScore(judgement.z),
    evidence: evidenceOf(judgement, highest),
    explanation: {
      ...sentencesOfZ3(name ?? actor, action, judgement, highest, scope.zone),
      ...restOfExplanation(judgement),
    },
    events,
  };
}

function evidenceOf(judgement: Judgement, highest: number): Evidence {
  const { mean, sd, deviationUsed, n, activeHours, baselineStart, baselineEnd } = judgement;
  return {
    mean,
    sd,
    deviationUsed,
    sdFloorUsed: deviationUsed > sd,
    n,
    activeHours,
    highest,
    baselineStart: formatInstant(baselineStart * microsecondsPerHour),
    baselineEnd: formatInstant(baselineEnd * microsecondsPerHour),
    methodVersion: z3Method.version,
  };
}

function restOfExplanation(judgement: Judgement): Omit<Explanation, 'what' | 'expected' | 'unusual'> {
  const { n, activeHours, deviationUsed, sd } = judgement;
  const { threshold, windowHours, gapHours, minimumCount, version } = z3Method;
  const floor =
    deviationUsed > sd ? ' The deviation is a floor, so z is lower than it would otherwise be.' : '';
  return {
    comparedWith: 'The same action of the same actor, in all hours of day and week alike.',
    alsoSeen: null,
    confidence: `The baseline has ${n} hours, ${activeHours} of them with events.${floor}`,
    method: `${version}: the baseline is the ${windowHours} hours that end ${gapHours} hours before this hour, cut at the actor’s first event; hours without events count as zeros; listed when z is above ${threshold} and there are at least ${minimumCount} events.`,
    wouldChange: `Fewer events in this hour, or a baseline busier or more uneven than this one, would bring z to ${threshold} or below.`,
  };
}
