// An account that sends nothing for longer than it should.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Hit, Scope } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import type { EventReference, Segment } from '../../history/segment.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import { judgedDays, microsecondsPerMinute, type JudgedDay } from '../judged-days.ts';
import { slicesBetween } from '../reading.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { accountsOf, byAccount, type Subject } from '../subjects.ts';
import { digits, minutes } from '../wording.ts';

interface SilenceValues {
  readonly thresholdMinutes: number;
  readonly lookbackDays: number;
  readonly [name: string]: number;
}

/**
 * The published rule for each source account, whatever its habits. A silence is listed from the moment it has lasted long
 * enough until the next event, midnight UTC or the as-of; one that goes on is listed again for the new day, with when it began.
 */
export const silentService = declareRule<SilenceValues>({
  id: 'service.silent_service',
  preset: 'service',
  title: 'Account went silent',
  version: 1,
  parameters: {
    thresholdMinutes: {
      default: 15,
      unit: 'minutes',
      meaning: 'Silence from this long on is listed.',
      minimum: 1,
    },
    lookbackDays: {
      default: 7,
      unit: 'days',
      meaning: 'An account that has been silent for longer when a day begins is no longer waited for.',
      minimum: 1,
    },
  },
  needs: () => [],
  text: ({ thresholdMinutes }) =>
    `no event of one source account for at least ${minutes(thresholdMinutes)} since its last`,
  reachDays: ({ lookbackDays }) => Math.ceil(lookbackDays),
  run: (rule, history, scope) =>
    inOrder(judgedDays(scope).flatMap((day) => silencesOf(rule, history, scope, day))),
});

function silencesOf(
  rule: BoundRule<SilenceValues>,
  history: History,
  scope: Scope,
  { startMicroseconds, endMicroseconds }: JudgedDay,
): Hit[] {
  const accounts = byAccount(history);
  const threshold = rule.values.thresholdMinutes * microsecondsPerMinute;
  const latest = latestBefore(history, startMicroseconds, rule.values.lookbackDays);
  const hits: Hit[] = [];
  const tell = (key: number, last: EventReference, next: EventReference | null) => {
    const begin = Math.max(timeOf(last) + threshold, startMicroseconds);
    const end = next === null ? endMicroseconds : Math.max(timeOf(next), begin + 1);
    if (begin < end) hits.push(silence(rule, scope, accounts.subjectOf(key), last, next, begin, end));
  };
  for (const { segment, from, to } of slicesBetween(history, startMicroseconds, endMicroseconds)) {
    const keyAt = accounts.keyIn(segment);
    for (let index = from; index < to; index += 1) {
      const key = keyAt(index);
      const last = latest.microseconds[key]!;
      if (segment.microseconds[index]! - last >= threshold && last > -Infinity)
        tell(key, latest.referenceOf(key), { segment, index });
      latest.set(key, segment, index);
    }
  }
  for (const [key, last] of latest.microseconds.entries())
    if (last > -Infinity) tell(key, latest.referenceOf(key), null);
  return hits;
}

/** The last event of each account, by account number; −Infinity where there is none. */
function latestEvents(accounts: number) {
  const microseconds = new Float64Array(accounts).fill(-Infinity);
  const indices = new Uint32Array(accounts);
  const segments: Segment[] = [];
  return {
    microseconds,
    set: (key: number, segment: Segment, index: number) => {
      microseconds[key] = segment.microseconds[index]!;
      indices[key] = index;
      segments[key] = segment;
    },
    referenceOf: (key: number): EventReference => ({ segment: segments[key]!, index: indices[key]! }),
  };
}

/** The last event of each account before a day; stops as soon as every account has been found. */
function latestBefore(history: History, untilMicroseconds: number, lookbackDays: number) {
  const { firstMicroseconds } = accountsOf(history);
  const grouping = byAccount(history);
  const latest = latestEvents(firstMicroseconds.length);
  let missing = firstMicroseconds.filter((first) => first < untilMicroseconds).length;
  const from = untilMicroseconds - lookbackDays * microsecondsPerDay;
  for (const slice of slicesBetween(history, from, untilMicroseconds).toReversed()) {
    const keyAt = grouping.keyIn(slice.segment);
    for (let index = slice.to - 1; index >= slice.from && missing > 0; index -= 1) {
      const key = keyAt(index);
      if (latest.microseconds[key]! > -Infinity) continue;
      latest.set(key, slice.segment, index);
      missing -= 1;
    }
  }
  return latest;
}

function timeOf({ segment, index }: EventReference): number {
  return segment.microseconds[index]!;
}

function silence(
  rule: BoundRule<SilenceValues>,
  scope: Scope,
  subject: Subject,
  last: EventReference,
  next: EventReference | null,
  startMicroseconds: number,
  endMicroseconds: number,
): Hit {
  const { thresholdMinutes } = rule.values;
  const silentMinutes = Math.floor((endMicroseconds - timeOf(last)) / microsecondsPerMinute);
  return ruleHit(rule, scope, {
    subject,
    startMicroseconds,
    endMicroseconds,
    count: 0,
    score: silentMinutes,
    threshold: thresholdMinutes,
    severity: 'medium',
    evidence: { silentMinutes, lastEventId: last.segment.idAt(last.index), hasReturned: next !== null },
    words: {
      what: `Nothing ${subject.phrase} for ${minutes(silentMinutes)}`,
      unusual: `${digits(silentMinutes)} minutes without an event, at least the ${digits(thresholdMinutes)} of the rule.`,
      alsoSeen:
        next === null
          ? 'It had not returned by the end of the stretch.'
          : 'It returned at the end of the stretch.',
      confidence:
        'The rule knows no habits: an account that is usually quiet at this time is listed as well.',
      wouldChange: `It would not be listed with an event at least every ${minutes(thresholdMinutes)}.`,
    },
    events: next === null ? [last] : [last, next],
  });
}
