// An hour with far more failed sign-ins, or denied accesses, in an account than its hours before.
import { severityInBands, securityBands } from '#shared/model/severity.ts';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import { citedEventsLimit, type Hit, type Scope } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import type { EventReference } from '../../history/segment.ts';
import { stretchesOf, type Bucket, type Stretch } from '../bucket-stretches.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import { deviationOf, type Deviation } from '../deviation.ts';
import { judgedDays, microsecondsPerMinute } from '../judged-days.ts';
import type { Inclusion } from '../occurrences.ts';
import { outcomesOf } from '../outcome.ts';
import { slicesBetween } from '../reading.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { accountsOf, byAccount, type Subject } from '../subjects.ts';
import { counted, digits } from '../wording.ts';
import { deviationScore } from './scores.ts';
import { signInsOf } from './sign-ins.ts';

interface StatisticalValues {
  readonly thresholdZ: number;
  readonly minimumScore: number;
  readonly baselineDays: number;
  readonly minimumDays: number;
  readonly minimumHours: number;
  readonly minimumEvents: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

interface Series {
  readonly id: string;
  readonly title: string;
  readonly noun: string;
  readonly needs: readonly 'outcome'[];
  /** Which events are counted. */
  readonly include: (history: History) => Inclusion;
}

/**
 * The baseline is whole days before the judged one, hour by hour, empty hours included, from the account's first event on. The
 * published detector compares the newest point with points among which it is itself, and never sees a quiet series.
 */
function statisticalRule({ id, title, noun, needs, include }: Series) {
  return declareRule<StatisticalValues>({
    id,
    preset: 'security',
    title,
    version: 1,
    parameters: {
      thresholdZ: {
        default: 3,
        unit: 'standard deviations',
        meaning: 'Twice this is a score of 100.',
        minimum: 0.1,
      },
      minimumScore: { default: 70, unit: 'points of 100', meaning: 'More than this is listed.' },
      baselineDays: {
        default: 14,
        unit: 'days',
        meaning: 'Days before the judged one that are compared with.',
        minimum: 1,
      },
      minimumDays: {
        default: 7,
        unit: 'days',
        meaning: 'With fewer days since the first event nothing is judged.',
      },
      minimumHours: {
        default: 20,
        unit: 'hours',
        meaning: 'With fewer hours nothing is judged.',
        minimum: 2,
      },
      minimumEvents: { default: 3, unit: 'events', meaning: 'An hour with fewer is never listed.' },
      cooldownMinutes: { default: 15, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
    },
    needs: () => needs,
    text: (values) =>
      `more than ${digits(values.minimumScore)} of 100 points, that is more than ${digits(listedZ(values))} standard deviations above the mean of the ${counted(values.baselineDays, 'day')} before, ` +
      `for the ${noun} of one source account in a full hour, at least ${digits(values.minimumEvents)} of them`,
    reachDays: ({ baselineDays }) => Math.ceil(baselineDays),
    run: (rule, history, scope) => judgeHours(rule, history, scope, include(history), noun),
  });
}

const listedZ = ({ thresholdZ, minimumScore }: StatisticalValues) => (minimumScore / 100) * 2 * thresholdZ;

export const statisticalFailedSignIns = statisticalRule({
  id: 'security.statistical_failed_sign_ins',
  title: 'Unusually many failed sign-ins in an hour',
  noun: 'failed sign-ins',
  needs: [],
  include: (history) => signInsOf(history).failed,
});

export const statisticalDenied = statisticalRule({
  id: 'security.statistical_denied',
  title: 'Unusually many denied accesses in an hour',
  noun: 'denied accesses',
  needs: ['outcome'],
  include: (history) => {
    const outcomes = outcomesOf(history);
    return (segment) => {
      const isDenied = outcomes.deniedIn(segment);
      const isSignIn = outcomes.signInIn(segment);
      return (index) => isDenied(index) && !isSignIn(index);
    };
  },
});

interface DayCounts {
  /** Counts of the day's hours by account number. */
  readonly hours: Map<number, Uint32Array>;
}

interface UnusualHour extends Bucket, Deviation {
  readonly hour: number;
}

function judgeHours(
  rule: BoundRule<StatisticalValues>,
  history: History,
  scope: Scope,
  include: Inclusion,
  noun: string,
): Hit[] {
  const grouping = byAccount(history);
  const { firstMicroseconds } = accountsOf(history);
  const known = new Map<number, DayCounts>();
  const countsOf = (day: number) => {
    const counts = known.get(day) ?? countDay(history, include, day);
    known.set(day, counts);
    return counts;
  };
  const hits: Hit[] = [];
  for (const { day, endMicroseconds } of judgedDays(scope)) {
    const lastHour = Math.floor(endMicroseconds / microsecondsPerHour);
    for (const [account, counts] of countsOf(day).hours) {
      const firstHour = Math.floor(firstMicroseconds[account]! / microsecondsPerHour);
      const baseline = sumBefore(countsOf, account, day, firstHour, rule.values);
      const hours = [...counts.entries()]
        .filter(([hourOfDay]) => day * 24 + hourOfDay < lastHour)
        .flatMap(([hourOfDay, count]) => judge(day * 24 + hourOfDay, count, baseline, rule.values));
      for (const stretch of stretchesOf(hours, rule.values.cooldownMinutes * microsecondsPerMinute)) {
        const events = eventsOf(history, include, account, stretch);
        hits.push(conclude(rule, scope, grouping.subjectOf(account), stretch, events, noun));
      }
    }
    for (const old of known.keys()) if (old < day - Math.ceil(rule.values.baselineDays)) known.delete(old);
  }
  return inOrder(hits);
}

function countDay(history: History, include: Inclusion, day: number): DayCounts {
  const hours = new Map<number, Uint32Array>();
  const grouping = byAccount(history);
  const start = day * microsecondsPerDay;
  for (const { segment, from, to } of slicesBetween(history, start, start + microsecondsPerDay)) {
    const counted = include(segment);
    if (counted === null) continue;
    const keyAt = grouping.keyIn(segment);
    for (let index = from; index < to; index += 1) {
      if (!counted(index)) continue;
      const key = keyAt(index);
      const counts = hours.get(key) ?? new Uint32Array(24);
      hours.set(key, counts);
      counts[Math.floor((segment.microseconds[index]! - start) / microsecondsPerHour)]! += 1;
    }
  }
  return { hours };
}

interface Baseline {
  readonly hours: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

function sumBefore(
  countsOf: (day: number) => DayCounts,
  account: number,
  day: number,
  firstHour: number,
  { baselineDays }: StatisticalValues,
): Baseline {
  const from = Math.max(firstHour, (day - Math.ceil(baselineDays)) * 24);
  let sum = 0;
  let sumOfSquares = 0;
  for (let before = Math.floor(from / 24); before < day; before += 1) {
    const counts = countsOf(before).hours.get(account);
    for (const count of counts ?? []) {
      sum += count;
      sumOfSquares += count * count;
    }
  }
  return { hours: Math.max(0, day * 24 - from), sum, sumOfSquares };
}

function judge(
  hour: number,
  count: number,
  { hours, sum, sumOfSquares }: Baseline,
  values: StatisticalValues,
): UnusualHour[] {
  const { minimumDays, minimumHours, minimumEvents, thresholdZ, minimumScore } = values;
  if (hours < Math.max(minimumDays * 24, minimumHours) || count < minimumEvents) return [];
  const deviation = deviationOf(count, hours, sum, sumOfSquares);
  const score = deviationScore(Math.max(0, deviation.z), thresholdZ);
  if (score <= minimumScore) return [];
  const startMicroseconds = hour * microsecondsPerHour;
  const endMicroseconds = startMicroseconds + microsecondsPerHour;
  return [{ ...deviation, hour, startMicroseconds, endMicroseconds, score, count }];
}

function eventsOf(
  history: History,
  include: Inclusion,
  account: number,
  { startMicroseconds, endMicroseconds }: Stretch<UnusualHour>,
): EventReference[] {
  const grouping = byAccount(history);
  const events: EventReference[] = [];
  for (const { segment, from, to } of slicesBetween(history, startMicroseconds, endMicroseconds)) {
    const counted = include(segment);
    const keyAt = grouping.keyIn(segment);
    if (counted === null) continue;
    for (let index = from; index < to && events.length < citedEventsLimit; index += 1)
      if (counted(index) && keyAt(index) === account) events.push({ segment, index });
  }
  return events;
}

function conclude(
  rule: BoundRule<StatisticalValues>,
  scope: Scope,
  subject: Subject,
  { peak, count, startMicroseconds, endMicroseconds }: Stretch<UnusualHour>,
  events: readonly EventReference[],
  noun: string,
): Hit {
  const { mean, sd, deviationUsed, isFloorUsed, n, z } = peak;
  const { minimumScore } = rule.values;
  return ruleHit(rule, scope, {
    subject,
    startMicroseconds,
    endMicroseconds,
    count,
    score: peak.score,
    threshold: minimumScore,
    severity: severityInBands(peak.score, securityBands) ?? 'low',
    evidence: { highestHour: peak.count, mean, sd, deviationUsed, sdFloorUsed: isFloorUsed, n, z },
    words: {
      what: `${digits(peak.count)} ${noun} in one hour ${subject.phrase}`,
      expected: `The ${counted(n, 'hour')} before the day had ${digits(mean)} on average.`,
      unusual: `z = (${peak.count} − ${digits(mean)}) / ${digits(deviationUsed)} = ${digits(z)}: ${digits(peak.score)} of 100 points, above the ${digits(minimumScore)} of the rule.`,
      confidence: `${counted(n, 'hour')} of the same account, empty ones included${isFloorUsed ? `; the deviation itself is ${digits(sd)}, so its floor was used` : ''}.`,
      wouldChange: `It would not be listed with at most ${Math.floor(mean + listedZ(rule.values) * deviationUsed)} in that hour.`,
    },
    events,
  });
}
