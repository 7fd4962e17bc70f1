// Puts a return after a long silence into words and numbers.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Severity } from '#shared/model/severity.ts';
import type { Explanation, Hit, Scope } from '../../detector.ts';
import type { Actor } from '../../history/history.ts';
import { hoursLocal } from '../../local-time.ts';
import type { Absence, Past } from './absences.ts';
import { actorDay } from './actor-day-hit.ts';
import { countOf, type Citation } from './cite-spans.ts';
import type { DormantParameters } from './dormant-parameters.ts';
import { dayText, isoDay } from './local-span.ts';
import { counted, digits, listed } from './say.ts';

export type Return = Absence & Past;

export function dormantHit(
  who: Actor,
  absence: Return,
  citation: Citation,
  scope: Scope,
  parameters: DormantParameters,
): Hit {
  const evidence = evidenceOf(who, absence, citation, scope, parameters);
  return {
    detector: 'dormant',
    methodVersion: 'dormant/1',
    ...actorDay(who, absence.day),
    count: citation.count,
    score: evidence.silentDays,
    threshold: evidence.silenceDaysRequired,
    severity: severityOf(evidence.isLong, evidence.privilegedCount > 0),
    evidence,
    explanation: explain(who.actor, absence, citation, evidence, scope.zone),
    events: citation.events,
  };
}

function evidenceOf(
  { firstMicroseconds }: Actor,
  { silentHours, lastHour, activeDays, longestPauseDays }: Return,
  { count, actions }: Citation,
  { privilegedActions }: Scope,
  parameters: DormantParameters,
) {
  const { silenceDays, unlikeThem } = parameters;
  const isLong = silentHours >= silenceDays * 24;
  return {
    count,
    privilegedCount: countOf(actions, privilegedActions),
    actions: actions.slice(0, 20),
    silentDays: silentHours / 24,
    silentHours,
    lastActiveDay: isoDay(Math.floor(lastHour / 24)),
    firstKnownDay: isoDay(Math.floor(firstMicroseconds / microsecondsPerDay)),
    activeDaysBefore: activeDays,
    longestPauseDays,
    isLong,
    silenceDaysRequired: isLong || unlikeThem === null ? silenceDays : unlikeThem.silenceDays,
    parameters: { ...parameters },
  };
}

function severityOf(isLong: boolean, isPrivileged: boolean): Severity {
  if (isLong) return isPrivileged ? 'high' : 'medium';
  return isPrivileged ? 'medium' : 'low';
}

type DormantEvidence = ReturnType<typeof evidenceOf>;

function explain(
  who: string,
  absence: Return,
  { count, actions }: Citation,
  { privilegedCount, silentDays, isLong, silenceDaysRequired, parameters }: DormantEvidence,
  zone: string,
): Explanation {
  const { day, lastHour, firstHour, activeDays, longestPauseDays } = absence;
  const { silenceDays, unlikeThem } = parameters;
  const relative =
    unlikeThem === null
      ? ''
      : ` From ${unlikeThem.silenceDays} days on a silence is listed when it is ${digits(unlikeThem.timesLongestPause)} times the longest pause before it, after ${unlikeThem.activeDays} active days.`;
  return {
    what: `${who} was used again on ${dayText(day)}: ${counted(count, 'event')} on that day (${listed(actions)}), the first ${hoursLocal(firstHour, zone)}.`,
    expected: `The event before that was ${hoursLocal(lastHour, zone)}.`,
    unusual: `${digits(silentDays)} days of silence; ${isLong ? 'a silence is listed' : 'one that is unlike the actor is listed'} from ${digits(silenceDaysRequired)} days.`,
    comparedWith: `The actor's own past: ${counted(activeDays, 'active day')} in the ${parameters.pastDays} days that ended with it, the longest pause among them ${counted(longestPauseDays, 'day')}.`,
    alsoSeen: privilegedCount > 0 ? `Privileged actions among them: ${privilegedCount}.` : null,
    confidence: 'Only mirrored events are known; the event before the silence is one of them.',
    method: `dormant/1: whole hours without an event, from ${digits(silenceDays)} days.${relative}`,
    wouldChange: `It would not be listed if any event of the actor had fallen into the silence.`,
  };
}
