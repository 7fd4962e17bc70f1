// What every detector promises beside its rule, held against one history; each broken promise is told in a sentence.
import { isDeepStrictEqual } from 'node:util';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import {
  citedEventsLimit,
  type Detector,
  type Hit,
  type Scope,
} from '../../../src-main/analytics/detector.ts';
import { hitIdentity } from '../../../src-main/analytics/hit-identity.ts';
import { buildHistory, type HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import { segmentFields, type SegmentField } from '../../../src-main/analytics/history/segment.ts';
import type { Random } from './random.ts';
import { unprovenNumbers } from './said-numbers.ts';
import { recut, renumbered } from './told-otherwise.ts';

export interface Violation {
  readonly law: string;
  readonly detector: string;
  readonly detail: string;
}

export const allFields: ReadonlySet<SegmentField> = new Set(segmentFields);
/** How long before its start a finding may cite what led to it: one approves what was created a month ago. */
const longestLead = 31 * microsecondsPerDay;
const privilegedActions = new Set(['role_grant', 'privilege.change']);

/** All days of a history, as of the end of the last. */
export function wholeScope(history: History, zone: string, changes: Partial<Scope> = {}): Scope {
  const days = history.activity.map(({ day }) => day);
  return {
    days,
    untilMicroseconds: ((days.at(-1) ?? 0) + 1) * microsecondsPerDay,
    touched: null,
    zone,
    privilegedActions,
    holidays: new Set(),
    ...changes,
  };
}

/** A hit as a value, with ids instead of places. */
export function plainHit(hit: Hit): object {
  return { ...hit, events: hit.events.map(({ segment, index }) => segment.idAt(index)) };
}

export const plainHits = (hits: readonly Hit[]): object[] =>
  hits
    .map((hit) => ({ identity: hitIdentity(hit), hit: plainHit(hit) }))
    .toSorted((a, b) => (a.identity < b.identity ? -1 : 1));

/** Violations, the number of hits, and the ids of the detectors that found something. */
export function brokenDetectorLaws(
  detectors: readonly Detector[],
  events: readonly HistoryEvent[],
  zone: string,
  random: Random,
): { violations: Violation[]; hits: number; found: ReadonlySet<string> } {
  const history = buildHistory(events, allFields);
  const told = toldOtherwise(events, history, random);
  const violations: Violation[] = [];
  const found = new Set<string>();
  let count = 0;
  for (const detector of detectors) {
    const report = (law: string, detail: string) =>
      void violations.push({ law, detector: detector.id, detail: detail.slice(0, 1500) });
    try {
      const hits = holdAgainst(detector, history, told, zone, random, report);
      count += hits.length;
      if (hits.length > 0) found.add(detector.id);
    } catch (error) {
      report('runs', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  return { violations, hits: count, found };
}

type Report = (law: string, detail: string) => void;
type Told = Readonly<Record<string, History>>;

function toldOtherwise(events: readonly HistoryEvent[], history: History, random: Random): Told {
  return {
    'permuting events changes nothing': buildHistory(random.shuffled(withoutRepeats(events)), allFields),
    'segments cut elsewhere change nothing': recut(history, random),
    'other numbers change nothing': renumbered(history, random),
    'events after the as-of change nothing': buildHistory(
      [...events, ...laterEvents(events, history, random)],
      allFields,
    ),
  };
}

/** Of events equal in id and time the first counts, so their order matters; one of each keeps the law about order. */
export function withoutRepeats(events: readonly HistoryEvent[]): HistoryEvent[] {
  const seen = new Set<string>();
  return events.filter(({ id, createdAtMicroseconds }) => {
    const key = `${createdAtMicroseconds} ${id}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** At the as-of itself, shortly after it, and for some days. */
function laterEvents(events: readonly HistoryEvent[], history: History, random: Random): HistoryEvent[] {
  const end = ((history.activity.at(-1)?.day ?? 0) + 1) * microsecondsPerDay;
  return Array.from({ length: 60 }, (_, at) => ({
    ...random.pick(events),
    // An actor goes by the newest name there is, whatever the as-of.
    actorName: null,
    id: `later-${at}`,
    createdAtMicroseconds: end + random.pick([0, 1, 60_000_000, at * microsecondsPerHour]),
    ...(random.chance(0.3)
      ? { actor: `newcomer-${at % 3}`, action: random.pick(['role_grant', 'document.delete']) }
      : {}),
  }));
}

function holdAgainst(
  detector: Detector,
  history: History,
  told: Told,
  zone: string,
  random: Random,
  report: Report,
): readonly Hit[] {
  const scope = wholeScope(history, zone);
  const hits = detector.run(history, scope);
  const expected = plainHits(hits);
  const same = (law: string, other: readonly Hit[], wanted = expected) => {
    const found = plainHits(other);
    if (!isDeepStrictEqual(found, wanted)) report(law, firstDifference(wanted, found));
  };
  for (const [law, other] of Object.entries(told)) same(law, detector.run(other, scope));
  const byDay = scope.days.map((day) => detector.run(history, { ...scope, days: [day] }));
  same('judging day by day is judging all at once', byDay.flat());
  for (const [place, day] of scope.days.entries()) {
    if (!random.chance(0.4)) continue;
    const untilMicroseconds = (day + 1) * microsecondsPerDay;
    const atItsEnd = detector.run(history, { ...scope, days: [day], untilMicroseconds });
    const lasting = (found: readonly Hit[], until: number) =>
      found.filter((hit) => !isOpenSilence(hit, until));
    same(
      'a day is judged alike at its end and later',
      lasting(atItsEnd, untilMicroseconds),
      plainHits(lasting(byDay[place]!, scope.untilMicroseconds)),
    );
  }
  const names = hits.map(hitIdentity);
  if (new Set(names).size < names.length) report('two hits never share a name', names.join(' '));
  for (const hit of hits)
    for (const fault of faultsOf(hit, scope)) report(fault, JSON.stringify(plainHit(hit)));
  return hits;
}

/** Silence up to the as-of is known only then; what ends it tells more. */
function isOpenSilence({ detector, endMicroseconds }: Hit, untilMicroseconds: number): boolean {
  return detector === 'gap' && endMicroseconds === untilMicroseconds;
}

/** The first place at which two lists differ, as text. */
export function firstDifference(expected: readonly object[], found: readonly object[]): string {
  const at = expected.findIndex((one, index) => !isDeepStrictEqual(one, found[index]));
  const place = at < 0 ? expected.length : at;
  const [wanted, got] = [expected[place], found[place]].map((one) => JSON.stringify(one) ?? 'nothing');
  let same = 0;
  while (same < wanted!.length && wanted![same] === got![same]) same += 1;
  const from = Math.max(0, same - 200);
  return `${expected.length} against ${found.length}; of ${wanted!.slice(0, 260)}: expected …${wanted!.slice(from, same + 300)}\nfound …${got!.slice(from, same + 300)}`;
}

function faultsOf(hit: Hit, scope: Scope): string[] {
  const {
    startMicroseconds: start,
    endMicroseconds: end,
    count,
    score,
    threshold,
    explanation,
    events,
  } = hit;
  const checks: readonly (readonly [string, boolean])[] = [
    ['numbers of a hit are finite', [start, end, count, score, threshold].every(Number.isFinite)],
    ['a hit is JSON', isJson(hit.evidence) && isJson(hit.explanation)],
    ['start and end are whole microseconds', Number.isSafeInteger(start) && Number.isSafeInteger(end)],
    ['a hit ends after it starts', end > start],
    ['a hit starts before the as-of', start < scope.untilMicroseconds],
    ['a score reaches its threshold', score >= threshold],
    ['a count is whole and not negative', Number.isSafeInteger(count) && count >= 0],
    [
      'parts of an explanation are not empty',
      Object.values(explanation).every((part) => part === null || String(part).trim() !== ''),
    ],
    [
      'an explanation names no number that is none',
      !/\b(NaN|undefined|Infinity)\b|\[object/.test(ownWords(hit)),
    ],
    ['every number that is said is in the evidence', unprovenNumbers(hit).length === 0],
    ['no more than the limit is cited', events.length <= citedEventsLimit],
    [
      'no more events are cited from within than there are',
      events.filter((cited) => isWithin(cited, start + 1, end)).length <= count,
    ],
    [
      'cited events lie before the as-of',
      events.every((cited) => isWithin(cited, -Infinity, scope.untilMicroseconds)),
    ],
    [
      'cited events lie inside, or lead to what is inside',
      events.every((cited) => isWithin(cited, start - longestLead, end + 1)),
    ],
    ['cited events ascend', isAscending(events)],
    [
      'no event is cited twice',
      new Set(events.map(({ segment, index }) => `${segment.microseconds[index]} ${segment.idAt(index)}`))
        .size === events.length,
    ],
    ['an unattributed event is nobody’s', hit.entity.kind !== 'actor' || hit.entity.value !== ''],
  ];
  return checks.filter(([, holds]) => !holds).map(([law]) => law);
}

const isJson = (value: unknown): boolean => isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);

/** The sentences without the names that a source chose. */
function ownWords({ explanation, actor, entity, action }: Hit): string {
  const names = [actor, entity.value, action].filter((name) => name.length > 2);
  return names.reduce((text, name) => text.replaceAll(name, '…'), Object.values(explanation).join(' '));
}

function isWithin({ segment, index }: Hit['events'][number], from: number, to: number): boolean {
  const at = segment.microseconds[index];
  return at !== undefined && at >= from && at < to;
}

function isAscending(events: Hit['events']): boolean {
  return events.every(({ segment, index }, place) => {
    const before = events[place - 1];
    return before === undefined || before.segment.microseconds[before.index]! <= segment.microseconds[index]!;
  });
}
