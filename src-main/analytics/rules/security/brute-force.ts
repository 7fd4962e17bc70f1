// Guessing a password: from one address, against one actor, fast or slowly.
import { declareRule, type DeclaredRule } from '../declared-rule.ts';
import { daysCovering } from '../judged-days.ts';
import { byActor } from '../subjects.ts';
import { measureBy, windowedHits } from '../windowed-rule.ts';
import { counted, digits, minutes } from '../wording.ts';
import { actorScore, addressScore, perMinuteOf } from './scores.ts';
import { addressesOf, signInsOf } from './sign-ins.ts';

export const countParameters = (thresholdFailures: number, cooldownMinutes: number) => ({
  thresholdFailures: {
    default: thresholdFailures,
    unit: 'failures',
    meaning: 'This many failed sign-ins are listed; successful ones never count.',
    minimum: 1,
  },
  windowMinutes: { default: 15, unit: 'minutes', meaning: 'How close together they are.' },
  cooldownMinutes: {
    default: cooldownMinutes,
    unit: 'minutes',
    meaning: 'A repeat within it is the same finding.',
  },
});

export interface CountValues {
  readonly thresholdFailures: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

const reachDays = ({ windowMinutes, cooldownMinutes }: CountValues) =>
  daysCovering(windowMinutes + cooldownMinutes);

export const bruteForceByAddress = countingRule({
  id: 'security.brute_force_ip',
  title: 'Password guessing from one address',
  by: 'ip',
  thresholdFailures: 10,
  cooldownMinutes: 15,
  score: addressScore,
});

/** Five failures in a quarter of an hour, however slow: what the published speed limit lets through. */
export const slowBruteForceByAddress = countingRule({
  id: 'security.brute_force_slow_ip',
  title: 'Slow password guessing from one address',
  by: 'ip',
  thresholdFailures: 5,
  cooldownMinutes: 30,
  score: () => 85,
});

export const slowBruteForceByActor = countingRule({
  id: 'security.brute_force_slow_actor',
  title: 'Slow password guessing against one actor',
  by: 'actor',
  thresholdFailures: 5,
  cooldownMinutes: 30,
  score: () => 85,
});

interface Counting {
  readonly id: string;
  readonly title: string;
  readonly by: 'ip' | 'actor';
  readonly thresholdFailures: number;
  readonly cooldownMinutes: number;
  readonly score: (failures: number, threshold: number) => number;
}

function countingRule({ id, title, by, thresholdFailures, cooldownMinutes, score }: Counting): DeclaredRule {
  const whose = by === 'ip' ? 'from one address' : 'of one actor';
  return declareRule<CountValues>({
    id,
    preset: 'security',
    title,
    version: 1,
    parameters: countParameters(thresholdFailures, cooldownMinutes),
    needs: () => (by === 'ip' ? ['ip'] : []),
    text: (values) =>
      `at least ${counted(values.thresholdFailures, 'failed sign-in')} ${whose} within ${minutes(values.windowMinutes)}`,
    reachDays,
    run: (rule, history, scope) => {
      const { thresholdFailures: threshold, windowMinutes } = rule.values;
      return windowedHits(rule, history, scope, {
        ...rule.values,
        grouping: by === 'ip' ? addressesOf(history).grouping : byActor(history),
        include: signInsOf(history).failed,
        measure: () =>
          measureBy((first, last) => {
            const failures = last - first + 1;
            return failures >= threshold ? score(failures, threshold) : Number.NaN;
          }),
        conclude: (_occurrences, { count, peak }, { phrase }) => {
          const failuresInWindow = peak.last - peak.first + 1;
          return {
            threshold: score(threshold, threshold),
            severity: 'high',
            evidence: { failuresInWindow },
            words: {
              what: `${counted(count, 'failed sign-in')} ${phrase}`,
              unusual: `${failuresInWindow} within ${minutes(windowMinutes)}, at least the ${digits(threshold)} of the rule: ${digits(peak.score)} of 100 points.`,
              wouldChange: `It would not be listed with fewer than ${digits(threshold)} within ${minutes(windowMinutes)}.`,
            },
          };
        },
      });
    },
  });
}

export const bruteForceByActor = declareRule<CountValues & { readonly fastPerMinute: number }>({
  id: 'security.brute_force_actor',
  preset: 'security',
  title: 'Fast password guessing against one actor',
  version: 1,
  parameters: {
    ...countParameters(5, 15),
    fastPerMinute: {
      default: 3,
      unit: 'failures a minute',
      meaning: 'Speed over the time the failures span that is listed.',
      minimum: 0.001,
    },
  },
  needs: () => [],
  text: ({ thresholdFailures, windowMinutes, fastPerMinute }) =>
    `at least ${counted(thresholdFailures, 'failed sign-in')} of one actor within ${minutes(windowMinutes)}, at least ${digits(fastPerMinute)} a minute`,
  reachDays,
  run: (rule, history, scope) => {
    const { thresholdFailures, windowMinutes, fastPerMinute } = rule.values;
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: byActor(history),
      include: signInsOf(history).failed,
      measure: ({ microseconds }) =>
        measureBy((first, last) => {
          const failures = last - first + 1;
          const perMinute = perMinuteOf(failures, microseconds[last]! - microseconds[first]!);
          if (failures < thresholdFailures || perMinute < fastPerMinute) return Number.NaN;
          return actorScore(failures, thresholdFailures, perMinute, fastPerMinute);
        }),
      conclude: ({ microseconds }, { count, peak }, { phrase }) => {
        const failuresInWindow = peak.last - peak.first + 1;
        const spanMicroseconds = microseconds[peak.last]! - microseconds[peak.first]!;
        const perMinute = perMinuteOf(failuresInWindow, spanMicroseconds);
        return {
          threshold: actorScore(thresholdFailures, thresholdFailures, fastPerMinute, fastPerMinute),
          severity: 'high',
          evidence: { failuresInWindow, spanSeconds: spanMicroseconds / 1_000_000, perMinute },
          words: {
            what: `${counted(count, 'failed sign-in')} ${phrase}`,
            unusual: `${failuresInWindow} within ${minutes(windowMinutes)}, ${digits(perMinute)} a minute: ${digits(peak.score)} of 100 points.`,
            wouldChange: `It would not be listed with fewer than ${digits(thresholdFailures)}, or slower than ${digits(fastPerMinute)} a minute.`,
          },
        };
      },
    });
  },
});
