// The insider preset as detectors: the score, and each rule alone.
import { insiderBands, severityInBands } from '#shared/model/severity.ts';
import { citedEventsLimit, type Hit, type Scope } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import { declareRule, type BoundRule, type PresetSettings } from '../declared-rule.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { byActor } from '../subjects.ts';
import { counted, digits } from '../wording.ts';
import {
  contributionNamed,
  contributions,
  type Contribution,
  type ContributionName,
  type ContributionValues,
} from './contributions.ts';
import { alertsOf, gapDaysOf, type Alert, type ScoreParameters } from './score.ts';

interface ScoreValues {
  readonly alertAt: number;
  readonly cooldownMinutes: number;
  readonly baselineDays: number;
  readonly minimumEvents: number;
  readonly usualHourPercent: number;
  readonly usualHoursTogetherPercent: number;
  readonly defaultFirstHour: number;
  readonly defaultLastHour: number;
  readonly defaultBytesPerDay: number;
  readonly defaultResourcesPerDay: number;
  readonly [name: string]: number;
}

/** The rules alone: what each would add to the score, wherever it adds anything. */
export const contributionRules = contributions.map((contribution) => {
  const { id, title, needs, defaults, unit, text } = contribution;
  return declareRule<ContributionValues>({
    id,
    preset: 'insider',
    title,
    version: 1,
    parameters: {
      weight: {
        default: defaults.weight,
        unit: 'points',
        meaning: 'Most it adds to the score; 0 leaves it out.',
      },
      threshold: {
        default: defaults.threshold,
        unit,
        meaning: 'From here on it adds points.',
        minimum: 0.01,
      },
      windowMinutes: {
        default: defaults.windowMinutes,
        unit: 'minutes',
        meaning: 'How far back it looks from each event.',
        minimum: 1,
      },
    },
    needs: () => needs,
    text: (values) => `${text(values)}, worth up to ${counted(values.weight, 'point')}`,
    reachDays: (_values, settings) => reachDays(settings),
    run: (rule, history, scope, settings) => runAlone(contribution, rule, history, scope, settings),
  });
});

/**
 * The sum of the five rules for each actor at each of its events. A rule with weight 0 is left out, and what only it needs
 * need not be there; otherwise a missing field makes the score not evaluable, rather than silently lower.
 */
export const insiderScore = declareRule<ScoreValues>({
  id: 'insider.score',
  preset: 'insider',
  title: 'Insider risk score',
  version: 1,
  parameters: {
    alertAt: { default: 60, unit: 'points of 100', meaning: 'Lowest score that is listed.', minimum: 1 },
    cooldownMinutes: { default: 60, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
    baselineDays: { default: 14, unit: 'days', meaning: 'Whole days that are compared with.', minimum: 1 },
    minimumEvents: { default: 5, unit: 'events', meaning: 'With fewer in these days the defaults stand in.' },
    usualHourPercent: { default: 10, unit: '%', meaning: 'An hour with this share of the events is usual.' },
    usualHoursTogetherPercent: {
      default: 90,
      unit: '%',
      meaning: 'Usual hours hold at least this share together; the next busiest are added until they do.',
    },
    defaultFirstHour: {
      default: 9,
      unit: 'hour of day',
      meaning: 'First usual local hour where little is known.',
    },
    defaultLastHour: { default: 17, unit: 'hour of day', meaning: 'Last one, included.' },
    defaultBytesPerDay: {
      default: 10_000_000,
      unit: 'bytes',
      meaning: 'Usual volume where none is known.',
      minimum: 1,
    },
    defaultResourcesPerDay: {
      default: 10,
      unit: 'resources',
      meaning: 'Usual number of different resources where none is known.',
      minimum: 1,
    },
  },
  needs: (_values, settings) => [
    ...new Set(inForce(settings).flatMap(({ contribution }) => contribution.needs)),
  ],
  text: ({ alertAt }, settings) =>
    `at least ${digits(alertAt)} of 100 points, the sum of: ` +
    inForce(settings)
      .map(({ contribution, values }) => `${contribution.text(values)} (up to ${digits(values.weight)})`)
      .join('; '),
  reachDays: (_values, settings) => reachDays(settings),
  run: (rule, history, scope, settings) => {
    const parameters = parametersOf(settings);
    return inOrder(
      alertsOf(history, scope, parameters).map((alert) =>
        alertHit(rule, history, scope, alert, parameters, {
          what: `Insider risk score ${alert.score} of 100`,
          threshold: parameters.alertAt,
        }),
      ),
    );
  },
});

/** The rules that count, with their values. */
function inForce(settings: PresetSettings): { contribution: Contribution; values: ContributionValues }[] {
  return contributions
    .map((contribution, place) => ({ contribution, values: contributionRules[place]!.values(settings) }))
    .filter(({ values }) => values.weight > 0);
}

function reachDays(settings: PresetSettings): number {
  const { limits, rules } = parametersOf(settings);
  return limits.baselineDays + gapDaysOf(rules);
}

function parametersOf(settings: PresetSettings): ScoreParameters {
  const own = insiderScore.values(settings);
  const [off_hours, new_ip, volume_spike, scope_expansion, failure_burst] = contributionRules.map((rule) =>
    rule.values(settings),
  );
  return {
    rules: {
      off_hours: off_hours!,
      new_ip: new_ip!,
      volume_spike: volume_spike!,
      scope_expansion: scope_expansion!,
      failure_burst: failure_burst!,
    },
    alertAt: own.alertAt,
    cooldownMinutes: own.cooldownMinutes,
    limits: { ...own, baselineDays: Math.ceil(own.baselineDays) },
    defaults: {
      firstHour: own.defaultFirstHour,
      lastHour: own.defaultLastHour,
      bytesPerDay: own.defaultBytesPerDay,
      resourcesPerDay: own.defaultResourcesPerDay,
    },
  };
}

function runAlone(
  { name, title, points }: Contribution,
  rule: BoundRule<ContributionValues>,
  history: History,
  scope: Scope,
  settings: PresetSettings,
): Hit[] {
  const all = parametersOf(settings);
  const without = (other: ContributionName) => ({ ...all.rules[other], weight: 0 });
  const rules = {
    off_hours: without('off_hours'),
    new_ip: without('new_ip'),
    volume_spike: without('volume_spike'),
    scope_expansion: without('scope_expansion'),
    failure_burst: without('failure_burst'),
    [name]: all.rules[name],
  };
  const threshold = points(rule.values.threshold, rule.values);
  if (threshold <= 0) return [];
  const parameters = { ...all, rules, alertAt: threshold };
  return inOrder(
    alertsOf(history, scope, parameters).map((alert) =>
      alertHit(rule, history, scope, alert, parameters, { what: title, threshold }),
    ),
  );
}

function alertHit(
  rule: BoundRule,
  history: History,
  scope: Scope,
  alert: Alert,
  { rules, limits }: ScoreParameters,
  { what, threshold }: { readonly what: string; readonly threshold: number },
): Hit {
  const { habits, score, scored, occurrences, from, to, moments, knownAddresses } = alert;
  const subject = byActor(history).subjectOf(alert.actor);
  const usualHours = [...habits.isUsualHour.keys()].filter((hour) => habits.isUsualHour[hour] === 1);
  const parts = scored.map(({ name, points, value, usual }) => {
    const { id, title, reason } = contributionNamed[name];
    const because = reason(value, usual ?? 0, rules[name]);
    return {
      ruleId: id,
      ruleName: title,
      points,
      reason: because,
      currentValue: value,
      baselineValue: usual,
    };
  });
  const sum = parts.map(({ points, reason }) => `${points} for ${reason}`).join('; ');
  const places = Array.from({ length: Math.min(to - from, citedEventsLimit) }, (_, at) => from + at);
  return ruleHit(rule, scope, {
    subject,
    startMicroseconds: alert.startMicroseconds,
    endMicroseconds: alert.endMicroseconds,
    count: to - from,
    score,
    threshold,
    severity: severityInBands(score, insiderBands) ?? 'low',
    evidence: {
      contributions: parts,
      ruleParameters: Object.fromEntries(
        parts.map(({ ruleId }, at) => [ruleId, { ...rules[scored[at]!.name] }]),
      ),
      momentsAtOrAboveThreshold: moments,
      usualHours,
      usualBytesPerDay: habits.bytesPerDay,
      usualResourcesPerDay: habits.resourcesPerDay,
      knownAddresses,
      baselineEvents: habits.events,
      observedDays: habits.observedDays,
      areDefaultsUsed: habits.isDefault,
      baselineDays: limits.baselineDays,
    },
    words: {
      what: `${what} ${subject.phrase}`,
      expected: habits.isDefault
        ? `Little is known of the actor (${counted(habits.events, 'event')} in the ${counted(limits.baselineDays, 'day')} compared with), so published defaults stand in for its habits.`
        : `Its habits are of ${counted(habits.events, 'event')} on ${counted(habits.observedDays, 'day')}.`,
      unusual: `${counted(score, 'point')}: ${sum}.`,
      comparedWith: 'The actor’s own days, without the judged day and the days its windows reach into.',
      confidence:
        habits.observedDays < 7
          ? `Still learning: only ${counted(habits.observedDays, 'day')} observed.`
          : null,
      wouldChange: `It would not be listed below ${counted(threshold, 'point')}.`,
    },
    events: places.map((place) => occurrences.referenceAt(place)),
  });
}
