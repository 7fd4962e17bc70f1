// Puts a rare-time episode into words and numbers.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Explanation, Hit, Scope } from '../../detector.ts';
import type { Actor } from '../../history/history.ts';
import type { RareTimeParameters } from './rare-time-parameters.ts';
import { countOf, type Citation } from './cite-spans.ts';
import { isoDay, spanLocal } from './local-span.ts';
import type { RareEpisode } from './rare-hours.ts';
import { counted, digits, listed } from './say.ts';

/** Null when the episode is of too few events, none of them privileged. */
export function rareTimeHit(
  { sourceAccount, actor }: Actor,
  episode: RareEpisode,
  citation: Citation,
  scope: Scope,
  parameters: RareTimeParameters,
): Hit | null {
  const evidence = evidenceOf(episode, citation, scope, parameters);
  const { count, privilegedCount } = evidence;
  if (count < parameters.minimumCount && privilegedCount === 0) return null;
  return {
    detector: 'rare_time',
    methodVersion: 'rare_time/1',
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action: '',
    startMicroseconds: episode.fromHour * microsecondsPerHour,
    endMicroseconds: episode.toHour * microsecondsPerHour,
    count,
    score: -Math.log10(episode.share),
    threshold: -Math.log10(parameters.share),
    severity: privilegedCount > 0 ? 'medium' : 'low',
    evidence,
    explanation: explain(actor, episode, citation, evidence),
    events: citation.events,
  };
}

function evidenceOf(
  episode: RareEpisode,
  { count, actions }: Citation,
  { zone, privilegedActions }: Scope,
  parameters: RareTimeParameters,
) {
  const baselineDays = episode.baselineToDay - episode.baselineFromDay;
  const { baselineActiveHours, hoursNear } = episode;
  return {
    count,
    privilegedCount: countOf(actions, privilegedActions),
    actions: actions.slice(0, 20),
    rarestHour: episode.rarestLocalHour,
    isWeekendOrHoliday: episode.isWeekend,
    eventsNear: episode.eventsNear,
    baselineEvents: episode.baselineEvents,
    sharePercent: episode.share * 100,
    activeHoursNear: episode.activeHoursNear,
    baselineActiveHours,
    baselineHoursNear: hoursNear,
    baselineHours: baselineDays * 24,
    expectedActiveHoursAroundTheClock: (baselineActiveHours * hoursNear) / (baselineDays * 24),
    activeDays: episode.activeDays,
    rareDays: episode.rareDays,
    baselineFrom: isoDay(episode.baselineFromDay),
    baselineUntil: isoDay(episode.baselineToDay),
    baselineDays,
    continuesAtMidnightUtc: episode.toHour % 24 === 0,
    followsMidnightUtc: episode.fromHour % 24 === 0,
    zone,
    ...parameterEvidence(parameters),
  };
}

function parameterEvidence(parameters: RareTimeParameters) {
  return {
    windowDays: parameters.windowDays,
    knownDays: parameters.knownDays,
    minimumEvents: parameters.minimumEvents,
    shareLimitPercent: parameters.share * 100,
    chancePercent: parameters.chance * 100,
    rareDaysPercent: parameters.rareDayShare * 100,
    minimumCount: parameters.minimumCount,
  };
}

type RareTimeEvidence = ReturnType<typeof evidenceOf>;

function explain(
  who: string,
  episode: RareEpisode,
  cited: Citation,
  evidence: RareTimeEvidence,
): Explanation {
  const { eventsNear, baselineEvents, activeHoursNear, rareDays, activeDays } = episode;
  const dayClass = episode.isWeekend ? 'weekends and holidays' : 'weekdays';
  const when = spanLocal(episode.fromHour, episode.toHour, evidence.zone);
  const clock = `${String(evidence.rarestHour).padStart(2, '0')}:00`;
  const atMidnight =
    episode.fromHour % 24 === 0 ? ' What happened before midnight UTC is judged with the day before.' : '';
  return {
    what: `${counted(cited.count, 'event')} by ${who}, ${when}: ${listed(cited.actions)}.${atMidnight}`,
    expected: `Around ${clock} on ${dayClass}, within an hour either way, ${who} had ${eventsNear} of ${counted(baselineEvents, 'event')} in the ${evidence.baselineDays} days before.`,
    unusual: `That is ${digits(evidence.sharePercent)} % of what this actor does (half an event and one event added), at or below the limit of ${digits(evidence.shareLimitPercent)} %.`,
    comparedWith: `The actor's own hours: active around the clock, about ${digits(evidence.expectedActiveHoursAroundTheClock)} of ${counted(episode.baselineActiveHours, 'active hour')} would have been there; there ${activeHoursNear === 1 ? 'was' : 'were'} ${activeHoursNear}.`,
    alsoSeen:
      evidence.privilegedCount > 0 ? `Privileged actions among them: ${evidence.privilegedCount}.` : null,
    confidence: `${counted(rareDays, 'day')} of ${activeDays} active ones had anything in hours as rare; at most ${digits(evidence.rareDaysPercent)} % of them may.`,
    method: `rare_time/1: ${evidence.windowDays} days of local hours (${evidence.zone}), weekdays apart from weekends and holidays; at least ${evidence.minimumEvents} events and ${evidence.knownDays} days known.`,
    wouldChange: `It would not be listed if more than ${digits(evidence.shareLimitPercent)} % of the actor's events lay around this hour, or with fewer than ${evidence.minimumCount} events and none of them privileged.`,
  };
}
