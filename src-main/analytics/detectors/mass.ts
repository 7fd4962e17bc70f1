// Detector mass: one actor deletes or takes away much within minutes.
import type { Severity } from '#shared/model/severity.ts';
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import { citedEventsLimit, type Detector, type Hit, type Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { localCalendar, type LocalHour } from '../local-calendar.ts';
import { actionClass } from './events/class-bits.ts';
import { eventsOfClasses, numberTexts, referenceTo, type ClassEvents } from './events/class-events.ts';
import { busiestWindow, episodesOf, lookBackOf, type Episode } from './events/episodes.ts';
import { groupPlaces } from './events/groups.ts';
import { compareTexts, inOrder, judgedDays, type JudgedDay } from './events/judged-days.ts';
import { massParameters, type MassParameters } from './events/mass-parameters.ts';
import { describeMass, type MassSummary } from './events/mass-story.ts';
import { factsOfSeries } from './events/series-facts.ts';
import { hourlyPeaks, routineOf } from './events/routine.ts';

/**
 * Listed, once per actor and episode: at least 50 deletions and exports (by the name of the action, without those that were refused)
 * within 5 minutes. Medium; high from 100 on. When at least 3 of the 28 days before had as much at the same local hour
 * ±1, it is routine: still listed, of low severity, saying so. Where the same few things were taken again and again
 * (a tenth of the events or fewer), it is never high.
 *
 * Episodes belong to days as in {@link episodesOf}. An unattributed event is nobody's bulk work.
 */
export function mass(parameters: MassParameters = massParameters): Detector {
  return {
    id: 'mass',
    version: 'mass/1',
    title: 'Mass deletion or export',
    needs: [],
    reachDays: Math.ceil(parameters.routineDays) + 2,
    run: (history, scope) => {
      const found = judgedDays(scope).flatMap((day) => findDay(history, day, parameters));
      const peaks = peaksOf(history, found, parameters);
      const localHour = localCalendar(scope.zone, scope.holidays);
      return inOrder(found.map((one) => hitOf(history, scope, one, peaks, localHour, parameters)));
    },
  };
}

export const massDetector: Detector = mass();

const microsecondsPerMinute = 60_000_000;
const kinds = { deletion: 1, export: 2 } as const;

/** Deletions and exports of the given actors (all that have a name, when none are given). */
function bulkEvents(
  history: History,
  from: number,
  until: number,
  actors: ReadonlySet<number> | null,
): ClassEvents {
  const { actors: actorOf, isNamed } = factsOfSeries(history);
  const isAsked = (series: number) =>
    actors === null ? isNamed[series] === 1 : actors.has(actorOf[series]!);
  const wanted = actionClass.deletion | actionClass.export;
  return eventsOfClasses(history, { wanted, from, until, isAsked }, (classes, outcome) => {
    if (outcome === 'failure') return 0;
    return (classes & actionClass.deletion) === 0 ? kinds.export : kinds.deletion;
  });
}

interface Found {
  readonly actor: number;
  readonly events: ClassEvents;
  /** Places of the actor's events among them. */
  readonly members: Int32Array;
  readonly times: Float64Array;
  readonly episode: Episode;
  readonly dayStart: number;
  /** Number of distinct resources; null when no event names one. */
  readonly resources: number | null;
}

function findDay(history: History, { start, until }: JudgedDay, parameters: MassParameters): Found[] {
  const rule = {
    count: parameters.count,
    windowMicroseconds: parameters.windowMinutes * microsecondsPerMinute,
    quietMicroseconds: parameters.quietMinutes * microsecondsPerMinute,
  };
  const from = start - lookBackOf(rule.windowMicroseconds, rule.quietMicroseconds);
  const events = bulkEvents(history, from, until, null);
  const { actors } = factsOfSeries(history);
  const actorOf = (place: number) => actors[events.series[place]!]!;
  const found = groupPlaces(events.length, actorOf, parameters.count);
  let resources: Int32Array | null = null;
  return found.members.flatMap((members, group) => {
    const times = Float64Array.from(members, (place) => events.microseconds[place]!);
    return episodesOf(times, rule, start).map((episode) => {
      resources ??= numberTexts(history, events, 'resourceId', (text) => (text === '' ? null : text)).numbers;
      const named = new Set(
        members.subarray(episode.first, episode.last + 1).map((place) => resources![place]!),
      );
      named.delete(-1);
      const distinct = named.size === 0 ? null : named.size;
      return {
        actor: found.keys[group]!,
        events,
        members,
        times,
        episode,
        dayStart: start,
        resources: distinct,
      };
    });
  });
}

type Peaks = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** The hourly peaks of everybody found, over the days that are compared with: read once, however many days are judged. */
function peaksOf(history: History, found: readonly Found[], parameters: MassParameters): Peaks {
  const actors = new Set(found.map(({ actor }) => actor));
  if (actors.size === 0) return new Map();
  const starts = found.map(({ dayStart }) => dayStart);
  const first = starts.reduce((least, start) => Math.min(least, start), Infinity);
  const last = starts.reduce((most, start) => Math.max(most, start), -Infinity);
  const from = first - (Math.ceil(parameters.routineDays) + 2) * microsecondsPerDay;
  const events = bulkEvents(history, from, last + microsecondsPerDay, actors);
  const groups = groupPlaces(events.length, (place) => history.series[events.series[place]!]!.actor);
  const window = parameters.windowMinutes * microsecondsPerMinute;
  return new Map(
    groups.keys.map((actor, group) => {
      const times = Float64Array.from(groups.members[group]!, (place) => events.microseconds[place]!);
      return [actor, hourlyPeaks(times, window)];
    }),
  );
}

function hitOf(
  history: History,
  { zone }: Scope,
  found: Found,
  peaks: Peaks,
  localHour: (hour: number) => LocalHour,
  parameters: MassParameters,
): Hit {
  const { episode, times, events, dayStart } = found;
  const places = found.members.subarray(episode.first, episode.last + 1);
  const { actor, sourceAccount } = history.actors[found.actor]!;
  const summary = summarise(history, found, places, peaks, localHour, parameters);
  return {
    detector: 'mass',
    methodVersion: 'mass/1',
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action: '',
    startMicroseconds: times.find((time, at) => at >= episode.first && time >= dayStart)!,
    endMicroseconds: times[episode.last]! + 1,
    count: places.length,
    score: summary.busiest,
    threshold: parameters.count,
    severity: severityOf(summary, parameters),
    ...describeMass(summary, parameters, zone),
    events: Array.from(places.subarray(0, citedEventsLimit), (place) => referenceTo(history, events, place)),
  };
}

function summarise(
  history: History,
  { actor, episode, times, events, resources }: Found,
  places: Int32Array,
  peaks: Peaks,
  localHour: (hour: number) => LocalHour,
  parameters: MassParameters,
): MassSummary {
  const window = parameters.windowMinutes * microsecondsPerMinute;
  const busiest = busiestWindow(times, episode.first, episode.last, window);
  const judged = { hour: Math.floor(times[busiest.first]! / microsecondsPerHour), peak: busiest.count };
  const earlier = peaks.get(actor) ?? new Map<number, number>();
  const routine = routineOf(earlier, judged, parameters.routineDays, parameters.routineHours, localHour);
  return {
    actor: history.actors[actor]!.actor,
    deletions: places.filter((place) => events.kinds[place] === kinds.deletion).length,
    exports: places.filter((place) => events.kinds[place] === kinds.export).length,
    actions: actionsOf(history, events, places),
    resources,
    busiest: busiest.count,
    busiestMicroseconds: times[busiest.first]!,
    firstMicroseconds: times[episode.first]!,
    lastMicroseconds: times[episode.last]!,
    routine,
    isRoutine: routine.reached >= parameters.routineNights,
  };
}

/** Names of the actions, most frequent first. */
function actionsOf(
  history: History,
  { series }: ClassEvents,
  places: Int32Array,
): { name: string; count: number }[] {
  const counts = new Map<number, number>();
  for (const place of places) {
    const { action } = history.series[series[place]!]!;
    counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  return [...counts]
    .map(([code, count]) => ({ name: history.actions.valueOf(code), count }))
    .toSorted((a, b) => b.count - a.count || compareTexts(a.name, b.name));
}

function severityOf(summary: MassSummary, parameters: MassParameters): Severity {
  if (summary.isRoutine) return 'low';
  const isRepetition =
    summary.resources !== null && summary.resources * 10 <= summary.deletions + summary.exports;
  return summary.busiest >= parameters.highCount && !isRepetition ? 'high' : 'medium';
}
