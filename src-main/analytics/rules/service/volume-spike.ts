// A minute with far more events in an account than the hour before it.
import type { Hit, Scope } from '../../detector.ts';
import { citedEventsLimit } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import { stretchesOf, type Bucket, type Stretch } from '../bucket-stretches.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import { deviationOf, type Deviation } from '../deviation.ts';
import { daysCovering, judgedDays, microsecondsPerMinute, type JudgedDay } from '../judged-days.ts';
import { collectOccurrences, everyEvent, type Occurrences } from '../occurrences.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { accountsOf, byAccount, type Subject } from '../subjects.ts';
import { counted, digits, minutes } from '../wording.ts';

interface SpikeValues {
  readonly thresholdZ: number;
  readonly historyMinutes: number;
  readonly minimumHistoryMinutes: number;
  readonly minimumEvents: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

/**
 * Counts of full UTC minutes; empty minutes count from the account's first event on. The published rule is silent below one
 * event a minute and fires on two events after a steady one; the floor of the deviation and a minimum count replace that.
 */
export const volumeSpike = declareRule<SpikeValues>({
  id: 'service.volume_spike',
  preset: 'service',
  title: 'Sudden volume in an account',
  version: 1,
  parameters: {
    thresholdZ: { default: 3, unit: 'standard deviations', meaning: 'More than this is listed.' },
    historyMinutes: {
      default: 59,
      unit: 'minutes',
      meaning: 'Minutes before that are compared with.',
      minimum: 2,
    },
    minimumHistoryMinutes: {
      default: 20,
      unit: 'minutes',
      meaning: 'With fewer minutes since the first event nothing is judged.',
      minimum: 2,
    },
    minimumEvents: { default: 10, unit: 'events', meaning: 'A minute with fewer is never a spike.' },
    cooldownMinutes: { default: 5, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => [],
  text: ({ thresholdZ, historyMinutes, minimumEvents }) =>
    `more than ${digits(thresholdZ)} standard deviations above the mean of the ${minutes(historyMinutes)} before, ` +
    `in a full minute with at least ${counted(minimumEvents, 'event')} in one source account`,
  reachDays: ({ historyMinutes, cooldownMinutes }) => daysCovering(historyMinutes + cooldownMinutes),
  run: runSpikes,
});

interface Spike extends Bucket, Deviation {}

function runSpikes(rule: BoundRule<SpikeValues>, history: History, scope: Scope): Hit[] {
  const { historyMinutes, cooldownMinutes } = rule.values;
  const grouping = byAccount(history);
  const { firstMicroseconds } = accountsOf(history);
  const hits: Hit[] = [];
  for (const judged of judgedDays(scope)) {
    const from = judged.startMicroseconds - historyMinutes * microsecondsPerMinute;
    const occurrences = collectOccurrences(history, grouping, everyEvent, from, judged.endMicroseconds);
    for (const group of occurrences.groups) {
      const subject = grouping.subjectOf(group.key);
      const spikes = spikesOf(occurrences, group, judged, firstMicroseconds[group.key]!, rule.values);
      for (const stretch of stretchesOf(spikes, cooldownMinutes * microsecondsPerMinute))
        hits.push(conclude(rule, scope, subject, stretch, occurrences, group));
    }
  }
  return inOrder(hits);
}

type Group = Occurrences['groups'][number];

function spikesOf(
  { microseconds }: Occurrences,
  { from, to }: Group,
  { startMicroseconds, endMicroseconds }: JudgedDay,
  firstMicroseconds: number,
  { thresholdZ, historyMinutes, minimumHistoryMinutes, minimumEvents }: SpikeValues,
): Spike[] {
  const firstMinute = startMicroseconds / microsecondsPerMinute - historyMinutes;
  // A minute is judged when it is over.
  const minutesSeen = Math.floor(endMicroseconds / microsecondsPerMinute) - firstMinute;
  const counts = new Uint32Array(Math.max(0, minutesSeen));
  for (let place = from; place < to; place += 1) {
    const minute = Math.floor(microseconds[place]! / microsecondsPerMinute) - firstMinute;
    if (minute < counts.length) counts[minute]! += 1;
  }
  const known = Math.max(0, Math.floor(firstMicroseconds / microsecondsPerMinute) - firstMinute);
  const spikes: Spike[] = [];
  let sum = 0;
  let sumOfSquares = 0;
  for (let minute = known; minute < counts.length; minute += 1) {
    const oldest = Math.max(known, minute - historyMinutes);
    if (oldest === minute - historyMinutes && oldest > known) {
      const gone = counts[oldest - 1]!;
      sum -= gone;
      sumOfSquares -= gone * gone;
    }
    const count = counts[minute]!;
    if (minute >= historyMinutes && minute - oldest >= minimumHistoryMinutes && count >= minimumEvents) {
      const deviation = deviationOf(count, minute - oldest, sum, sumOfSquares);
      const start = (firstMinute + minute) * microsecondsPerMinute;
      const times = { startMicroseconds: start, endMicroseconds: start + microsecondsPerMinute };
      if (deviation.z > thresholdZ) spikes.push({ ...times, ...deviation, score: deviation.z, count });
    }
    sum += count;
    sumOfSquares += count * count;
  }
  return spikes;
}

function conclude(
  rule: BoundRule<SpikeValues>,
  scope: Scope,
  subject: Subject,
  { peak, buckets, count, startMicroseconds, endMicroseconds }: Stretch<Spike>,
  occurrences: Occurrences,
  { from, to }: Group,
): Hit {
  const { mean, sd, deviationUsed, isFloorUsed, n, z } = peak;
  const { thresholdZ } = rule.values;
  const isInside = (time: number) =>
    buckets.some((bucket) => time >= bucket.startMicroseconds && time < bucket.endMicroseconds);
  const events = [];
  for (let place = from; place < to && events.length < citedEventsLimit; place += 1)
    if (isInside(occurrences.microseconds[place]!)) events.push(occurrences.referenceAt(place));
  return ruleHit(rule, scope, {
    subject,
    startMicroseconds,
    endMicroseconds,
    count,
    score: z,
    threshold: thresholdZ,
    severity: z >= 8 ? 'high' : 'medium',
    evidence: { highestMinute: peak.count, mean, sd, deviationUsed, sdFloorUsed: isFloorUsed, n, z },
    words: {
      what: `${counted(peak.count, 'event')} in one minute ${subject.phrase}`,
      expected: `The ${minutes(n)} before had ${digits(mean)} on average.`,
      unusual: `z = (${peak.count} − ${digits(mean)}) / ${digits(deviationUsed)} = ${digits(z)}, above the threshold ${digits(thresholdZ)}.`,
      confidence: `${minutes(n)} of the same account, empty ones included${isFloorUsed ? `; the deviation itself is ${digits(sd)}, so its floor was used` : ''}.`,
      wouldChange: `It would not be listed with at most ${Math.floor(mean + thresholdZ * deviationUsed)} in that minute.`,
    },
    events,
  });
}
