// The insider score of each actor at each of its events, and the stretches in which it alerts.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Scope } from '../../detector.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import { sweepDays } from '../day-sweep.ts';
import { daysCovering, judgedDays, microsecondsPerMinute, type JudgedDay } from '../judged-days.ts';
import { localHourIn, type LocalHour } from '../local-hour.ts';
import { collectOccurrences, everyEvent, type Occurrences } from '../occurrences.ts';
import { outcomesOf } from '../outcome.ts';
import { readName, readNumber } from '../reading.ts';
import { byActor } from '../subjects.ts';
import { contributionNames, type ContributionName } from './contributions.ts';
import {
  habitsOf,
  readDay,
  type DayHabits,
  type DefaultHabits,
  type HabitLimits,
  type Habits,
} from './habits.ts';
import { eachMoment, type ScoredColumns, type WindowLengths } from './moments.ts';
import { mostPossible, scoredOf, totalOf, type RuleValues, type Scored } from './scoring.ts';

export interface ScoreParameters {
  readonly rules: RuleValues;
  readonly alertAt: number;
  readonly cooldownMinutes: number;
  readonly limits: HabitLimits;
  readonly defaults: DefaultHabits;
}

/** A stretch of one day in which the score of an actor was at least the alert's. */
export interface Alert {
  readonly actor: number;
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  /** Events of the actor in the stretch at which the score alerted. */
  readonly moments: number;
  /** The highest score, at its earliest. */
  readonly score: number;
  readonly scored: readonly Scored[];
  readonly habits: Habits;
  readonly knownAddresses: number;
  /** Places of the events in the longest window among the rules that spoke, at the highest score. */
  readonly from: number;
  readonly to: number;
  readonly occurrences: Occurrences;
}

export function longestWindowMinutes(rules: RuleValues): number {
  return Math.max(...contributionNames.map((name) => rules[name].windowMinutes));
}

/** Whole days between the baseline and the judged day: no window may reach into what it is compared with. */
export function gapDaysOf(rules: RuleValues): number {
  return daysCovering(longestWindowMinutes(rules));
}

export function alertsOf(history: History, scope: Scope, parameters: ScoreParameters): Alert[] {
  const names = { addresses: new Dictionary(), resources: new Dictionary() };
  const lastUsed = new Map<number, Map<number, number>>();
  const baseline: DayHabits[] = [];
  const alerts: Alert[] = [];
  const gapDays = gapDaysOf(parameters.rules);
  const hourAt = localHourIn(scope.zone);
  sweepDays(judgedDays(scope), {
    reachDays: parameters.limits.baselineDays,
    gapDays,
    learn: (day) => {
      const learned = readDay(history, names, hourAt, day, (actor, address) => {
        const used = lastUsed.get(actor) ?? new Map<number, number>();
        lastUsed.set(actor, used.set(address, day));
      });
      baseline.push(learned);
    },
    forget: () => baseline.shift(),
    judge: (judged) => {
      const endDay = judged.day - gapDays;
      const knownOf = (actor: number) => {
        const used = [...(lastUsed.get(actor) ?? [])];
        const firstDay = endDay - parameters.limits.baselineDays;
        return new Set(used.filter(([, day]) => day >= firstDay).map(([address]) => address));
      };
      const habitsOfActor = (actor: number) => {
        const firstDay = Math.floor(history.actors[actor]!.firstMicroseconds / microsecondsPerDay);
        return habitsOf(actor, firstDay, endDay, baseline, parameters.limits, parameters.defaults);
      };
      alerts.push(...alertsOfDay(history, hourAt, judged, parameters, names, knownOf, habitsOfActor));
    },
  });
  return alerts;
}

function alertsOfDay(
  history: History,
  hourAt: LocalHour,
  { startMicroseconds, endMicroseconds }: JudgedDay,
  parameters: ScoreParameters,
  names: { readonly addresses: Dictionary; readonly resources: Dictionary },
  knownOf: (actor: number) => ReadonlySet<number>,
  habitsOfActor: (actor: number) => Habits,
): Alert[] {
  const windows = windowsOf(parameters.rules);
  const from = startMicroseconds - Math.max(...Object.values(windows));
  const occurrences = collectOccurrences(history, byActor(history), everyEvent, from, endMicroseconds);
  const columns = columnsOf(history, occurrences, hourAt, names);
  const alerts: Alert[] = [];
  for (const group of occurrences.groups) {
    if (columns.microseconds[group.to - 1]! < startMicroseconds) continue;
    if (mostPossible(group.to - group.from, parameters.rules) < parameters.alertAt) continue;
    const habits = habitsOfActor(group.key);
    const known = knownOf(group.key);
    let draft: Draft | null = null;
    const close = () => {
      if (draft) alerts.push(finish(draft, group, occurrences, windows, habits, known.size));
      draft = null;
    };
    const isKnown = (address: number) => known.has(address);
    eachMoment(columns, group, windows, startMicroseconds, habits, isKnown, (place, measured) => {
      const score = totalOf(measured, habits, parameters.rules);
      if (score < parameters.alertAt) return;
      const time = columns.microseconds[place]!;
      if (draft && time - draft.lastMicroseconds > parameters.cooldownMinutes * microsecondsPerMinute)
        close();
      draft ??= { startMicroseconds: time, lastMicroseconds: time, moments: 0, score: -1, place, scored: [] };
      draft.lastMicroseconds = time;
      draft.moments += 1;
      if (score <= draft.score) return;
      draft = { ...draft, score, place, scored: scoredOf(measured, habits, known.size, parameters.rules) };
    });
    close();
  }
  return alerts;
}

interface Draft {
  readonly startMicroseconds: number;
  lastMicroseconds: number;
  moments: number;
  readonly score: number;
  readonly place: number;
  readonly scored: readonly Scored[];
}

/** A rule without weight has no window. */
function windowsOf(rules: RuleValues): WindowLengths {
  const length = (name: ContributionName) =>
    rules[name].weight === 0 ? 0 : rules[name].windowMinutes * microsecondsPerMinute;
  return {
    off_hours: length('off_hours'),
    new_ip: length('new_ip'),
    volume_spike: length('volume_spike'),
    scope_expansion: length('scope_expansion'),
    failure_burst: length('failure_burst'),
  };
}

function columnsOf(
  history: History,
  occurrences: Occurrences,
  hourAt: LocalHour,
  names: { readonly addresses: Dictionary; readonly resources: Dictionary },
): ScoredColumns {
  const outcomes = outcomesOf(history);
  return {
    microseconds: occurrences.microseconds,
    bytes: occurrences.column((segment) => readNumber(segment, 'bytes')),
    addresses: occurrences.column((segment) => readName(segment, 'ip', names.addresses)),
    resources: occurrences.column((segment) => readName(segment, 'resourceId', names.resources)),
    failures: occurrences.column((segment) => {
      const isFailed = outcomes.failedIn(segment);
      return (index) => Number(isFailed(index));
    }),
    hours: occurrences.microseconds.map((time) => hourAt(time)),
  };
}

function finish(
  { startMicroseconds, lastMicroseconds, moments, score, place, scored }: Draft,
  { key, from }: Occurrences['groups'][number],
  occurrences: Occurrences,
  windows: WindowLengths,
  habits: Habits,
  knownAddresses: number,
): Alert {
  const { microseconds } = occurrences;
  const longest = Math.max(...scored.map(({ name }) => windows[name]));
  let first = place;
  while (first > from && microseconds[first - 1]! >= microseconds[place]! - longest) first -= 1;
  return {
    actor: key,
    startMicroseconds,
    endMicroseconds: lastMicroseconds + 1,
    moments,
    score,
    scored,
    habits,
    knownAddresses,
    from: first,
    to: place + 1,
    occurrences,
  };
}
