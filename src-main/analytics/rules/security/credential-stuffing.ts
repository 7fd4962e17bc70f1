// Trying stolen credentials: one address tries many actors, or sign-ins fail everywhere at once.
import { severityInBands, securityBands } from '#shared/model/severity.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import type { Measure } from '../episodes.ts';
import { daysCovering } from '../judged-days.ts';
import type { ColumnReader, Occurrences } from '../occurrences.ts';
import { byAccount } from '../subjects.ts';
import { Tally } from '../tally.ts';
import { windowedHits } from '../windowed-rule.ts';
import { counted, digits, minutes } from '../wording.ts';
import { perMinuteOf, stuffingScore, successDropScore, type StuffingMeasures } from './scores.ts';
import { actorIn, addressesOf, signInsOf } from './sign-ins.ts';

interface StuffingValues {
  readonly minimumAttempts: number;
  readonly minimumActors: number;
  readonly highestSuccessPercent: number;
  readonly fastPerMinute: number;
  readonly minimumScore: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

export const credentialStuffing = declareRule<StuffingValues>({
  id: 'security.credential_stuffing_ip',
  preset: 'security',
  title: 'One address tries many actors',
  version: 1,
  parameters: {
    minimumAttempts: { default: 20, unit: 'sign-ins', meaning: 'With fewer nothing is said.', minimum: 1 },
    minimumActors: { default: 10, unit: 'actors', meaning: 'Different named actors tried.', minimum: 1 },
    highestSuccessPercent: { default: 10, unit: '%', meaning: 'Up to this share of successes is listed.' },
    fastPerMinute: { default: 2, unit: 'sign-ins a minute', meaning: 'Faster than this is listed too.' },
    minimumScore: { default: 70, unit: 'points of 100', meaning: 'Lowest score that is listed.' },
    windowMinutes: { default: 30, unit: 'minutes', meaning: 'How close together they are.' },
    cooldownMinutes: { default: 30, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => ['ip'],
  text: (values) =>
    `at least ${counted(values.minimumAttempts, 'sign-in')} of at least ${counted(values.minimumActors, 'actor')} from one address ` +
    `within ${minutes(values.windowMinutes)}, at most ${digits(values.highestSuccessPercent)} % of them successful or more than ` +
    `${digits(values.fastPerMinute)} a minute, and at least ${digits(values.minimumScore)} of 100 points`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { all, failure } = signInsOf(history);
    const readers = { actors: actorIn(history), failure };
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: addressesOf(history).grouping,
      include: all,
      measure: (occurrences) => stuffingMeasure(columnsOf(readers, occurrences), rule.values),
      conclude: (occurrences, { peak }, { phrase }) =>
        concludeStuffing(rule, columnsOf(readers, occurrences), peak, phrase),
    });
  },
});

interface Readers {
  readonly actors: ColumnReader;
  readonly failure: ColumnReader;
}

interface Columns {
  readonly microseconds: Float64Array;
  readonly actors: Float64Array;
  readonly failures: Float64Array;
}

function columnsOf({ actors, failure }: Readers, occurrences: Occurrences): Columns {
  return {
    microseconds: occurrences.microseconds,
    actors: occurrences.column(actors),
    failures: occurrences.column(failure),
  };
}

function stuffingMeasure({ microseconds, actors, failures }: Columns, values: StuffingValues): Measure {
  const inside = new Tally();
  let failed = 0;
  return {
    clear: () => {
      inside.clear();
      failed = 0;
    },
    add: (place) => {
      inside.add(actors[place]!);
      failed += failures[place]!;
    },
    remove: (place) => {
      inside.remove(actors[place]!);
      failed -= failures[place]!;
    },
    score: (first, last) => {
      const attempts = last - first + 1;
      const perMinute = perMinuteOf(attempts, microseconds[last]! - microseconds[first]!);
      return judge({ attempts, successes: attempts - failed, actors: inside.size, perMinute }, values);
    },
  };
}

function judge(measures: StuffingMeasures, values: StuffingValues): number {
  const { attempts, successes, actors, perMinute } = measures;
  if (attempts < values.minimumAttempts || actors < values.minimumActors) return Number.NaN;
  const isFailing = 100 * successes <= values.highestSuccessPercent * attempts;
  if (!isFailing && perMinute <= values.fastPerMinute) return Number.NaN;
  const score = stuffingScore(measures, values.minimumActors);
  return score >= values.minimumScore ? score : Number.NaN;
}

function concludeStuffing(
  { values }: BoundRule<StuffingValues>,
  { microseconds, actors, failures }: Columns,
  { first, last, score }: { first: number; last: number; score: number },
  phrase: string,
) {
  const attempts = last - first + 1;
  const failed = failures.subarray(first, last + 1).reduce((sum, value) => sum + value, 0);
  const tried = new Set([...actors.subarray(first, last + 1)].filter((actor) => actor >= 0)).size;
  const successes = attempts - failed;
  const perMinute = perMinuteOf(attempts, microseconds[last]! - microseconds[first]!);
  return {
    threshold: values.minimumScore,
    severity: severityInBands(score, securityBands) ?? 'low',
    evidence: { attempts, successes, actorsTried: tried, perMinute },
    words: {
      what: `${counted(attempts, 'sign-in')} of ${counted(tried, 'actor')} ${phrase}`,
      unusual: `${digits(successes)} of them successful, ${digits(perMinute)} a minute: ${digits(score)} of 100 points, at least the ${digits(values.minimumScore)} of the rule.`,
      wouldChange: `It would not be listed with fewer than ${digits(values.minimumActors)} actors or ${digits(values.minimumAttempts)} sign-ins within ${minutes(values.windowMinutes)}.`,
    },
  };
}

interface DropValues {
  readonly minimumAttempts: number;
  readonly usualSuccessPercent: number;
  readonly marginPercentPoints: number;
  readonly minimumScore: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

/** Per source account: the published rule mixes all of them, so that a busy account hides a small one. */
export const signInsFailing = declareRule<DropValues>({
  id: 'security.credential_stuffing_account',
  preset: 'security',
  title: 'Sign-ins fail across an account',
  version: 1,
  parameters: {
    minimumAttempts: { default: 100, unit: 'sign-ins', meaning: 'With fewer nothing is said.', minimum: 1 },
    usualSuccessPercent: {
      default: 70,
      unit: '%',
      meaning: 'Share of successes taken as usual.',
      minimum: 1,
    },
    marginPercentPoints: {
      default: 20,
      unit: 'percentage points',
      meaning: 'So far below usual is nothing yet.',
    },
    minimumScore: { default: 70, unit: 'points of 100', meaning: 'Lowest score that is listed.' },
    windowMinutes: { default: 30, unit: 'minutes', meaning: 'How long a stretch is looked at.' },
    cooldownMinutes: { default: 60, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => [],
  text: (values) =>
    `less than ${digits(values.usualSuccessPercent - values.marginPercentPoints)} % of at least ${counted(values.minimumAttempts, 'sign-in')} ` +
    `in one source account successful within ${minutes(values.windowMinutes)}, and at least ${digits(values.minimumScore)} of 100 points ` +
    `against a usual ${digits(values.usualSuccessPercent)} %`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { values } = rule;
    const { all, failure } = signInsOf(history);
    return windowedHits(rule, history, scope, {
      ...values,
      grouping: byAccount(history),
      include: all,
      measure: (occurrences) => dropMeasure(occurrences.column(failure), values),
      conclude: (occurrences, { peak }, { phrase }) => {
        const failures = occurrences.column(failure).subarray(peak.first, peak.last + 1);
        const attempts = failures.length;
        const successes = attempts - failures.reduce((sum, value) => sum + value, 0);
        const successPercent = (100 * successes) / attempts;
        return {
          threshold: values.minimumScore,
          severity: severityInBands(peak.score, securityBands) ?? 'low',
          evidence: { attempts, successes, successPercent },
          words: {
            what: `${digits(successes)} of ${counted(attempts, 'sign-in')} ${phrase} were successful`,
            expected: `The rule takes ${digits(values.usualSuccessPercent)} % as usual.`,
            unusual: `${digits(successPercent)} % within ${minutes(values.windowMinutes)}: ${digits(peak.score)} of 100 points, at least the ${digits(values.minimumScore)} of the rule.`,
            wouldChange: `It would not be listed with fewer than ${digits(values.minimumAttempts)} sign-ins.`,
          },
        };
      },
    });
  },
});

function dropMeasure(failures: Float64Array, values: DropValues): Measure {
  let failed = 0;
  return {
    clear: () => {
      failed = 0;
    },
    add: (place) => {
      failed += failures[place]!;
    },
    remove: (place) => {
      failed -= failures[place]!;
    },
    score: (first, last) => {
      const attempts = last - first + 1;
      const share = (attempts - failed) / attempts;
      const { usualSuccessPercent: usual, marginPercentPoints: margin } = values;
      if (attempts < values.minimumAttempts || 100 * share >= usual - margin) return Number.NaN;
      const score = successDropScore(share, usual / 100);
      return score >= values.minimumScore ? score : Number.NaN;
    },
  };
}
