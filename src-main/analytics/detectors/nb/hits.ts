// Turns a judged hour into a hit: identity, evidence, words.
import { formatInstant, microsecondsPerHour } from '#shared/time/instant.ts';
import type { Severity } from '#shared/model/severity.ts';
import type { Evidence, Hit } from '../../detector.ts';
import type { ActivityDay } from '../../history/activity.ts';
import type { Standing } from './benjamini-hochberg.ts';
import type { JudgedDay } from './day.ts';
import { numbersOf, reason, type Subject } from './evidence.ts';
import type { JudgedHour } from './hour.ts';
import type { Test } from './judge.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';
import type { Clock } from './window.ts';
import { explainNb, oneIn, unnamedEvents, type ActionCount, type Circumstances } from './sentences.ts';

export const nbMethod = { id: 'nb', version: 'nb/1' } as const;

/** A judged hour, the more surprising of its tests, and how that stands among those of the day. */
export interface ListedHour {
  readonly judged: JudgedHour;
  readonly subject: Subject;
  readonly clock: Clock;
  readonly test: Test;
  readonly standing: Standing;
}

/** A hit whose events are still to be cited. */
export type UncitedHit = Omit<Hit, 'events'>;

/** Actions an hour's evidence lists; the rest is counted together. */
const mostActions = 20;

/** @param done what the actor did in that hour, most frequent first. */
export function hitOf(
  past: Past,
  { wall, steady }: JudgedDay,
  { judged, subject, clock, test, standing }: ListedHour,
  done: readonly ActionCount[],
  zone: string,
  parameters: NbParameters,
): UncitedHit {
  const { sourceAccount, actor, name } = past.history.actors[judged.actor]!;
  const baseline = clock === 'steady' && steady !== null ? steady : wall;
  const numbers = numbersOf(reason(baseline, subject, test.cell, test.count, parameters));
  const action = subject.unit === 'action' ? actionOf(past, subject.series) : '';
  const actions = action === '' ? done : [{ action, count: test.count }];
  const { type, members } = baseline.peersOf(judged.actor);
  const circumstances: Circumstances = {
    who: name ?? actor,
    hour: judged.hour,
    zone,
    actions,
    standing,
    group: type,
    groupMembers: members.length,
    other: otherTest(past, judged, subject, parameters.threshold),
    clocksChanged: steady !== null,
    methodVersion: nbMethod.version,
  };
  return {
    detector: nbMethod.id,
    methodVersion: nbMethod.version,
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action,
    startMicroseconds: judged.hour * microsecondsPerHour,
    endMicroseconds: (judged.hour + 1) * microsecondsPerHour,
    count: test.count,
    score: test.surprise,
    threshold: parameters.threshold,
    severity: severityOfSurprise(test.surprise),
    evidence: { ...numbers, clock, ...evidenceOf(circumstances), oneIn: oneIn(test.surprise) },
    explanation: explainNb(numbers, circumstances),
  };
}

function evidenceOf({ hour, actions, standing, ...known }: Circumstances): Evidence {
  return {
    hour: formatInstant(hour * microsecondsPerHour),
    actions: actions.slice(0, mostActions).map((counted) => ({ ...counted })),
    unnamedEvents: unnamedEvents(actions),
    rank: standing.rank,
    tests: standing.tests,
    survivesMultipleTesting: standing.survives,
    clocksChanged: known.clocksChanged,
    group: known.group,
    groupMembers: known.groupMembers,
    other: known.other && { ...known.other },
    methodVersion: known.methodVersion,
  };
}

/** S 2.87 low, 4 medium, 6 high; from 10 on, once in ten billion hours, critical. */
export function severityOfSurprise(surprise: number): Severity {
  if (surprise >= 10) return 'critical';
  if (surprise >= 6) return 'high';
  return surprise >= 4 ? 'medium' : 'low';
}

function otherTest(
  past: Past,
  { whole, single }: JudgedHour,
  { unit }: Subject,
  threshold: number,
): Circumstances['other'] {
  const test = unit === 'actor' ? single?.test : whole?.test;
  if (!test || test.surprise < threshold) return null;
  const action = unit === 'actor' && single ? actionOf(past, single.series) : '';
  return { action, count: test.count, lambda: test.lambda, surprise: test.surprise };
}

export function actionOf({ history }: Past, series: number): string {
  return history.actions.valueOf(history.series[series]!.action);
}

/** What each of some actors did in some hours of a day, most frequent first; the key is {@link hourKey}. */
export function actionsIn(
  past: Past,
  { day, series, slots, counts }: ActivityDay,
  wanted: ReadonlySet<number>,
): Map<number, ActionCount[]> {
  const sums = new Map<number, Map<string, number>>();
  const actors = new Uint8Array(past.history.actors.length);
  for (const key of wanted) actors[Math.floor(key / 24)] = 1;
  for (let cell = 0; cell < series.length; cell += 1) {
    const actor = past.actorOf[series[cell]!]!;
    if (actor < 0 || actors[actor] === 0) continue;
    const key = hourKey(actor, day * 24 + (slots[cell]! >> 2));
    if (!wanted.has(key)) continue;
    const own = sums.get(key) ?? new Map<string, number>();
    const action = actionOf(past, series[cell]!);
    own.set(action, (own.get(action) ?? 0) + counts[cell]!);
    sums.set(key, own);
  }
  const sorted = (own: Map<string, number>) =>
    [...own]
      .map(([action, count]) => ({ action, count }))
      .toSorted((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1));
  return new Map([...sums].map(([key, own]) => [key, sorted(own)]));
}

/** One number for an actor and an hour of the day it is in. */
export function hourKey(actor: number, hour: number): number {
  return actor * 24 + hour - Math.floor(hour / 24) * 24;
}
