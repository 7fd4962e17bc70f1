// What an actor never did in the weeks before: a sensitive route, an hour of the day, a type of resource.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { citedEventsLimit, type Hit, type Scope } from '../../detector.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { EventReference, Segment, SegmentField } from '../../history/segment.ts';
import { sweepDays } from '../day-sweep.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import { judgedDays, type JudgedDay } from '../judged-days.ts';
import { localHourIn, type LocalHour } from '../local-hour.ts';
import { readCoded, readName, slicesBetween, type Reader } from '../reading.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { byActor, type Grouping } from '../subjects.ts';
import { counted, digits, listed } from '../wording.ts';
import { defaultSensitivePaths, sensitiveRouteOf } from './sensitive-paths.ts';

interface FirstValues {
  readonly lookbackDays: number;
  readonly minimumSamples: number;
  readonly score: number;
  readonly sensitivePaths: readonly string[];
  readonly [name: string]: number | readonly string[];
}

interface FirstKind {
  readonly id: string;
  readonly title: string;
  readonly noun: string;
  readonly score: number;
  readonly severity: 'low' | 'medium';
  readonly needs: readonly SegmentField[];
  /** Whether actors with enough known events are judged, or those without. */
  readonly isExperienced: boolean;
  /** Number in `names` of what an event shows; −1 for nothing. */
  readonly valueIn: (
    segment: Segment,
    names: Dictionary,
    values: FirstValues,
    hourAt: LocalHour,
  ) => Reader | null;
}

const sensitiveRouteIn: FirstKind['valueIn'] = (segment, names, { sensitivePaths }) => {
  const routeOf = sensitiveRouteOf(sensitivePaths);
  return readCoded(segment, 'path', (text) => {
    const route = text === null ? null : routeOf(text);
    return route === null ? -1 : names.codeOf(route);
  });
};

/** An actor of whom little is known: the first sensitive route of a day it had not used before. */
export const firstSensitiveAccess = firstRule({
  id: 'security.access_first_sensitive',
  title: 'First access to something sensitive',
  noun: 'a sensitive route',
  score: 60,
  severity: 'low',
  needs: ['path'],
  isExperienced: false,
  valueIn: sensitiveRouteIn,
});

export const unusualEndpoint = firstRule({
  id: 'security.access_unusual_endpoint',
  title: 'Sensitive route never used before',
  noun: 'a sensitive route',
  score: 65,
  severity: 'medium',
  needs: ['path'],
  isExperienced: true,
  valueIn: sensitiveRouteIn,
});

export const unusualHour = firstRule({
  id: 'security.access_unusual_hour',
  title: 'Hour of the day never worked before',
  noun: 'an hour of the day',
  score: 55,
  severity: 'low',
  needs: [],
  isExperienced: true,
  valueIn:
    ({ microseconds }, names, _values, hourAt) =>
    (index) =>
      names.codeOf(`${String(hourAt(microseconds[index]!)).padStart(2, '0')}:00`),
});

export const newResourceType = firstRule({
  id: 'security.access_new_resource_type',
  title: 'Type of resource never touched before',
  noun: 'a type of resource',
  score: 60,
  severity: 'low',
  needs: ['resourceType'],
  isExperienced: true,
  valueIn: (segment, names) => readName(segment, 'resourceType', names),
});

function firstRule(kind: FirstKind) {
  return declareRule<FirstValues>({
    id: kind.id,
    preset: 'security',
    title: kind.title,
    version: 1,
    parameters: {
      lookbackDays: {
        default: 30,
        unit: 'days',
        meaning: 'Days before in which it was not seen.',
        minimum: 1,
      },
      minimumSamples: {
        default: 50,
        unit: 'events',
        meaning: 'Events of the actor in these days from which on its habits are known.',
      },
      score: { default: kind.score, unit: 'points of 100', meaning: 'Score of the finding.' },
      sensitivePaths: {
        default: defaultSensitivePaths,
        unit: '',
        meaning: 'Paths that are sensitive; * is anything.',
      },
    },
    needs: () => kind.needs,
    text: ({ lookbackDays, minimumSamples }) =>
      `${kind.noun} the actor did not have in the ${counted(lookbackDays, 'day')} before, in which it had ${kind.isExperienced ? 'at least' : 'fewer than'} ${counted(minimumSamples, 'event')}`,
    reachDays: ({ lookbackDays }) => Math.ceil(lookbackDays),
    run: (rule, history, scope) => runFirst(kind, rule, history, scope),
  });
}

/** Actor and value as one number. */
const valuesPerActor = 2 ** 32;

function runFirst(kind: FirstKind, rule: BoundRule<FirstValues>, history: History, scope: Scope): Hit[] {
  const names = new Dictionary();
  const grouping = byActor(history);
  const samples = new Uint32Array(history.actors.length);
  const lastSeen = new Map<number, number>();
  const { lookbackDays, minimumSamples } = rule.values;
  const hits: Hit[] = [];
  const hourAt = localHourIn(scope.zone);
  const readerOf = (segment: Segment) => kind.valueIn(segment, names, rule.values, hourAt);
  sweepDays(judgedDays(scope), {
    reachDays: Math.ceil(lookbackDays),
    gapDays: 0,
    learn: (day) => {
      const start = day * microsecondsPerDay;
      const counts = new Map<number, number>();
      forEachValue(history, grouping, readerOf, start, start + microsecondsPerDay, (actor, value) => {
        counts.set(actor, (counts.get(actor) ?? 0) + 1);
        if (value >= 0) lastSeen.set(actor * valuesPerActor + value, day);
      });
      for (const [actor, count] of counts) samples[actor]! += count;
      return counts;
    },
    forget: (counts) => {
      for (const [actor, count] of counts) samples[actor]! -= count;
    },
    judge: (judged) => {
      const isKnown = (actor: number, value: number) =>
        (lastSeen.get(actor * valuesPerActor + value) ?? -Infinity) >= judged.day - Math.ceil(lookbackDays);
      const isJudged = (actor: number) => samples[actor]! >= minimumSamples === kind.isExperienced;
      for (const [actor, found] of firstsOf(history, grouping, readerOf, judged, isJudged, isKnown))
        hits.push(conclude(kind, rule, scope, grouping, actor, found, names, samples[actor]!));
    },
  });
  return inOrder(hits);
}

function forEachValue(
  history: History,
  grouping: Grouping,
  readerOf: (segment: Segment) => Reader | null,
  from: number,
  until: number,
  visit: (actor: number, value: number, segment: Segment, index: number) => void,
): void {
  for (const slice of slicesBetween(history, from, until)) {
    const valueAt = readerOf(slice.segment);
    const actorAt = grouping.keyIn(slice.segment);
    if (valueAt === null) continue;
    for (let index = slice.from; index < slice.to; index += 1) {
      const actor = actorAt(index);
      if (actor >= 0) visit(actor, valueAt(index), slice.segment, index);
    }
  }
}

interface Firsts {
  readonly values: Set<number>;
  readonly events: EventReference[];
  count: number;
  lastMicroseconds: number;
}

function firstsOf(
  history: History,
  grouping: Grouping,
  readerOf: (segment: Segment) => Reader | null,
  { startMicroseconds, endMicroseconds }: JudgedDay,
  isJudged: (actor: number) => boolean,
  isKnown: (actor: number, value: number) => boolean,
): Map<number, Firsts> {
  const found = new Map<number, Firsts>();
  forEachValue(
    history,
    grouping,
    readerOf,
    startMicroseconds,
    endMicroseconds,
    (actor, value, segment, index) => {
      if (value < 0 || !isJudged(actor) || isKnown(actor, value)) return;
      const firsts = found.get(actor) ?? { values: new Set(), events: [], count: 0, lastMicroseconds: 0 };
      found.set(actor, firsts);
      firsts.values.add(value);
      firsts.count += 1;
      firsts.lastMicroseconds = segment.microseconds[index]!;
      if (firsts.events.length < citedEventsLimit) firsts.events.push({ segment, index });
    },
  );
  return found;
}

function conclude(
  { noun, severity }: FirstKind,
  rule: BoundRule<FirstValues>,
  scope: Scope,
  grouping: Grouping,
  actor: number,
  { values, events, count, lastMicroseconds }: Firsts,
  names: Dictionary,
  knownEvents: number,
): Hit {
  const subject = grouping.subjectOf(actor);
  const texts = [...values].map((value) => names.valueOf(value)).toSorted();
  const { score, lookbackDays, minimumSamples } = rule.values;
  const first = events[0]!;
  return ruleHit(rule, scope, {
    subject,
    startMicroseconds: first.segment.microseconds[first.index]!,
    endMicroseconds: lastMicroseconds + 1,
    count,
    score,
    threshold: score,
    severity,
    evidence: { newValues: texts.slice(0, 100), newValuesCount: texts.length, knownEvents },
    words: {
      what: `${counted(count, 'event')} ${subject.phrase} with ${noun} that is new: ${listed(texts)}`,
      expected: `None of the ${counted(knownEvents, 'event')} known of the ${counted(lookbackDays, 'day')} before had it.`,
      unusual: `New within ${counted(lookbackDays, 'day')}: ${digits(score)} of 100 points.`,
      confidence:
        knownEvents < minimumSamples
          ? `Little is known: fewer than ${counted(minimumSamples, 'event')}.`
          : `${counted(knownEvents, 'event')} of the same actor.`,
      wouldChange: `It would not be listed if the actor had it at least once in the ${counted(lookbackDays, 'day')} before.`,
    },
    events,
  });
}
