// Puts a quiet stretch, or a source that has fallen silent, into words and numbers.
import type { Severity } from '#shared/model/severity.ts';
import { formatInstant, microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Evidence, Explanation, Hit, Scope } from '../../detector.ts';
import type { EventReference } from '../../history/segment.ts';
import type { GapParameters } from './gap-parameters.ts';
import { instantLocal, isoDay, spanLocal } from './local-span.ts';
import type { QuietStretch } from './quiet-stretches.ts';
import { counted, digits, oneIn, rarity } from './say.ts';
import type { Silence } from './silence.ts';

const severeHours = 3;
/** With more than this part of the usual events, a holiday is likelier than a loss. */
const everydayShare = 0.1;

export function gapHit(
  sourceAccount: string,
  stretch: QuietStretch,
  events: readonly EventReference[],
  scope: Scope,
  parameters: GapParameters,
): Hit {
  const surprise = Math.max(stretch.emptySurprise, stretch.lowSurprise);
  return {
    ...common(sourceAccount, parameters),
    startMicroseconds: stretch.fromHour * microsecondsPerHour,
    endMicroseconds: stretch.toHour * microsecondsPerHour,
    count: stretch.count,
    score: surprise,
    severity: severityOf(stretch.count, stretch.expected, stretch.toHour - stretch.fromHour),
    evidence: evidenceOf(stretch, surprise, scope, parameters),
    explanation: explainGap(sourceAccount, stretch, surprise, scope.zone, parameters),
    events,
  };
}

function evidenceOf(
  stretch: QuietStretch,
  surprise: number,
  { zone }: Scope,
  parameters: GapParameters,
): Evidence {
  const firstDay = Math.floor(stretch.fromHour / 24);
  return {
    kind: 'too few',
    count: stretch.count,
    hours: stretch.toHour - stretch.fromHour,
    expected: stretch.expected,
    emptyHours: stretch.emptyHours,
    expectedInEmptyHours: stretch.expectedInEmpty,
    alphaInEmptyHours: stretch.alphaInEmpty,
    dispersion: stretch.dispersion,
    emptySurprise: stretch.emptySurprise,
    lowHours: stretch.lowHours.map((hour) => formatInstant(hour * microsecondsPerHour)),
    lowHoursCount: stretch.lowHours.length,
    lowSurprise: stretch.lowSurprise,
    oneIn: oneIn(surprise),
    isOpen: stretch.isOpen,
    baselineFrom: isoDay(firstDay - parameters.windowDays),
    baselineUntil: isoDay(firstDay),
    zone,
    parameters: { ...parameters },
  };
}

export function silentHit(
  sourceAccount: string,
  silence: Silence,
  scope: Scope,
  parameters: GapParameters,
): Hit {
  const spacingMinutes = silence.minutes / silence.expected;
  const evidence: Evidence = {
    kind: 'silent',
    lastEventAt: formatInstant(silence.lastMicroseconds),
    asOf: formatInstant(scope.untilMicroseconds),
    silentMinutes: silence.minutes,
    expected: silence.expected,
    usualSpacingMinutes: spacingMinutes,
    alpha: silence.alpha,
    dispersion: silence.dispersion,
    surprise: silence.surprise,
    oneIn: oneIn(silence.surprise),
    baselineFrom: isoDay(Math.floor(silence.lastMicroseconds / microsecondsPerDay) - parameters.windowDays),
    zone: scope.zone,
    parameters: { ...parameters },
  };
  return {
    ...common(sourceAccount, parameters),
    // One microsecond after the last event: a silence never shares its name with a stretch, which begins on the hour.
    startMicroseconds: silence.lastMicroseconds + 1,
    endMicroseconds: scope.untilMicroseconds,
    count: 0,
    score: silence.surprise,
    severity: severityOf(0, silence.expected, silence.minutes / 60),
    evidence,
    explanation: explainSilence(sourceAccount, silence, spacingMinutes, scope, parameters),
    events: [],
  };
}

function common(sourceAccount: string, { threshold }: GapParameters) {
  return {
    detector: 'gap',
    methodVersion: 'gap/1',
    sourceAccount,
    actor: '',
    entity: { kind: 'account', value: sourceAccount },
    action: '',
    threshold,
  } as const;
}

function severityOf(count: number, expected: number, hours: number): Severity {
  if (count > expected * everydayShare) return 'low';
  return count === 0 && hours >= severeHours ? 'high' : 'medium';
}

function nameOf(sourceAccount: string): string {
  return sourceAccount === '' ? 'the source' : `account ${sourceAccount}`;
}

function explainGap(
  sourceAccount: string,
  stretch: QuietStretch,
  surprise: number,
  zone: string,
  parameters: GapParameters,
): Explanation {
  const { count, expected, emptyHours, expectedInEmpty, lowHours } = stretch;
  const events = count === 0 ? 'No events' : `Only ${counted(count, 'event')}`;
  const parts = [
    emptyHours > 0
      ? `${counted(emptyHours, 'hour')} without any event (usually ${digits(expectedInEmpty)} in all)`
      : '',
    lowHours.length > 0 ? `${counted(lowHours.length, 'hour')} with too few` : '',
  ].filter((part) => part !== '');
  return {
    what: `${events} of ${nameOf(sourceAccount)} ${spanLocal(stretch.fromHour, stretch.toHour, zone)}.`,
    expected: `Usually ${digits(expected)} in these hours.`,
    unusual: `Surprise ${digits(surprise)} (−log10 of the chance of so few), ${rarity(surprise, 'such stretches')}; listed from ${digits(parameters.threshold)}.`,
    comparedWith: `The same local hours of the week in the ${parameters.windowDays} days before each day: ${parts.join(', ')}.`,
    alsoSeen: stretch.isOpen ? 'No later hour has had the usual number of events yet.' : null,
    confidence: `Dispersion ${digits(stretch.dispersion)}; every hour that counts was known in at least ${parameters.minimumWeeks} weeks. A public holiday that is not in the list of holidays looks the same.`,
    method: `gap/1: negative binomial tail of hourly totals of the account, ${parameters.windowDays} days, from ${parameters.minimumEvents} events.`,
    wouldChange: `It would not be listed if the missing events arrived, or these days were in the list of holidays.`,
  };
}

function explainSilence(
  sourceAccount: string,
  silence: Silence,
  spacingMinutes: number,
  scope: Scope,
  parameters: GapParameters,
): Explanation {
  const { minutes, expected, surprise, dispersion } = silence;
  return {
    what: `No event of ${nameOf(sourceAccount)} since ${instantLocal(silence.lastMicroseconds, scope.zone)}: ${digits(minutes)} minutes of silence up to ${instantLocal(scope.untilMicroseconds, scope.zone)}.`,
    expected: `Usually ${digits(expected)} events in that time, one every ${digits(spacingMinutes)} minutes.`,
    unusual: `Surprise ${digits(surprise)} (−log10 of the chance of none), ${rarity(surprise, 'such silences')}; listed from ${digits(parameters.threshold)}.`,
    comparedWith: `The same local hours of the week in the ${parameters.windowDays} days before each day.`,
    alsoSeen: null,
    confidence: `Dispersion ${digits(dispersion)}; at least ${parameters.minimumWeeks} weeks known of every hour that counts.`,
    method: `gap/1, silence: from ${digits(parameters.silentMinutes)} minutes and ${digits(parameters.silentSpacings)} usual spacings between two events.`,
    wouldChange: `It would not be listed if an event of that time arrived.`,
  };
}
