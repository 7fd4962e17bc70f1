// What the mirror tells of an item's subject in the period of a campaign: days with events, uses of the right, privileged actions.
import type { EvidencePrivileged, EvidenceUse, UnknownPart } from '#shared/model/campaign-evidence.ts';
import { mostEvidenceActions, mostEvidenceDays } from '#shared/model/campaign-evidence.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { slotsPerDay } from '../../analytics/history/activity.ts';
import { iterateEvents } from '../../store/cache/events.ts';
import type { MirroredHistory } from '../../store/cache/resident.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { remembered } from './remembered.ts';

/** Times in microseconds, ranges half-open. */
export type ActivityScene = {
  readonly cache: DatabaseHandle;
  readonly history: MirroredHistory;
  /** What is mirrored; null is nothing. */
  readonly observed: { readonly from: number; readonly to: number } | null;
  /** Nothing from here on counts: the present, or the end of a replay. */
  readonly end: number;
  readonly zone: string;
  readonly period: { readonly from: number; readonly to: number };
  readonly privilegedActions: readonly string[];
};

export type SubjectQuestion = {
  /** Numbers of the actors that are the subject, whatever id they have. */
  readonly actors: readonly number[];
  /** The action the right is for; null where the entitlement is none of the mirror’s. */
  readonly action: string | null;
};

export type SubjectActivity = {
  readonly use: EvidenceUse | UnknownPart;
  readonly privileged: EvidencePrivileged | UnknownPart;
};

const unknownBoth = (because: string): SubjectActivity => {
  const part = { isKnown: false, because } as const;
  return { use: part, privileged: part };
};

/** Goes through the cells of these actors in the period, in no certain order; slots are quarter hours since the epoch. */
export type CellsOf = (
  actors: readonly number[],
  add: (series: number, slot: number, count: number) => void,
) => void;

/**
 * Answers what the mirror tells of one subject after the other. Unknown as a whole where it holds nothing of the subject, or nothing
 * of the period.
 */
export function activityOf(
  scene: ActivityScene,
  cellsOf: CellsOf,
): (question: SubjectQuestion) => SubjectActivity {
  const { observed, period } = scene;
  if (observed === null) return () => unknownBoth('No audit events are mirrored in this workspace.');
  const isPast = observed.from >= period.to || Math.min(observed.to, scene.end) <= period.from;
  const told = isPast ? null : countedActivity(scene, cellsOf);
  return (question) => {
    if (question.actors.length === 0)
      return unknownBoth(
        'The mirrored events name nobody by the id of the subject; the population may call people otherwise.',
      );
    return (
      told?.(question) ??
      unknownBoth(
        `The mirrored events are from ${day(observed.from)} to ${day(observed.to - 1)} (UTC), so none is of the period.`,
      )
    );
  };
}

const day = (microseconds: number): string => formatInstant(microseconds).slice(0, 10);

type Last = { readonly slot: number; readonly series: number };

/** Of one quarter hour the higher number counts, in whatever order they come. */
const isLater = (last: Last | null, slot: number, series: number): boolean =>
  last === null || slot > last.slot || (slot === last.slot && series >= last.series);

type Found = {
  readonly days: Float64Array;
  readonly useDays: Float64Array;
  /** By the number of the action. */
  readonly privileged: Map<number, number>;
  events: number;
  uses: number;
  lastUse: Last | null;
  lastPrivileged: Last | null;
};

function countedActivity(
  scene: ActivityScene,
  cellsOf: CellsOf,
): (question: SubjectQuestion) => SubjectActivity {
  const { history, privilegedActions } = scene;
  const { firstDay, edges } = daysOf(scene);
  const places = edges.length - 1;
  const areSeen = Array.from({ length: places }, (_, at) => isSeen(scene, edges, at));
  const privilegedCodes = new Set(privilegedActions.map((name) => history.actions.find(name)));
  const moment = momentsOf(scene);
  const seen = (counts: Float64Array) => areSeen.map((is, at) => (is ? counts[at]! : null));
  const count = ({ actors, action }: SubjectQuestion): Found => {
    const used = action === null ? undefined : history.actions.find(action);
    const found: Found = {
      days: new Float64Array(places),
      useDays: new Float64Array(places),
      privileged: new Map(),
      events: 0,
      uses: 0,
      lastUse: null,
      lastPrivileged: null,
    };
    cellsOf(actors, (series, slot, events) => {
      const code = history.series[series]!.action;
      const place = placeOf(edges, slot * microsecondsPerSlot);
      found.events += events;
      if (place >= 0) found.days[place]! += events;
      if (code === used) {
        found.uses += events;
        if (place >= 0) found.useDays[place]! += events;
        if (isLater(found.lastUse, slot, series)) found.lastUse = { slot, series };
      }
      if (!privilegedCodes.has(code)) return;
      found.privileged.set(code, (found.privileged.get(code) ?? 0) + events);
      if (isLater(found.lastPrivileged, slot, series)) found.lastPrivileged = { slot, series };
    });
    return found;
  };
  return (question) => {
    const { action, actors } = question;
    const { days, useDays, privileged, events, uses, lastUse, lastPrivileged } = count(question);
    return {
      use: {
        isKnown: true,
        lastEventAt: lastEventOf(scene, actors),
        events,
        uses: action === null ? null : uses,
        lastUseAt: moment(lastUse),
        firstDay,
        days: seen(days),
        useDays: action === null ? null : seen(useDays),
      },
      privileged: {
        isKnown: true,
        total: [...privileged.values()].reduce((sum, one) => sum + one, 0),
        lastAt: moment(lastPrivileged),
        actions: [...privileged]
          .map(([code, one]) => ({ action: history.actions.valueOf(code), count: one }))
          .toSorted((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1))
          .slice(0, mostEvidenceActions),
      },
    };
  };
}

/** The days of the period, the latest where there are too many; `edges` has one more than there are days. */
function daysOf({ zone, period }: ActivityScene): { firstDay: string; edges: number[] } {
  const { dateAt, startOf } = localDaysOf(zone);
  const dates: string[] = [];
  for (let date = dateAt(period.to - 1); dates.length < mostEvidenceDays; date = dateAfter(date, -1)) {
    dates.unshift(date);
    if (startOf(date) <= period.from) break;
  }
  return { firstDay: dates[0]!, edges: [...dates.map(startOf), period.to] };
}

function isSeen({ observed, end }: ActivityScene, edges: readonly number[], at: number): boolean {
  if (observed === null) return false;
  return edges[at + 1]! > observed.from && edges[at]! < Math.min(observed.to, end);
}

function placeOf(edges: readonly number[], microseconds: number): number {
  if (microseconds < edges[0]!) return -1;
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= microseconds) low = middle;
    else high = middle;
  }
  return low;
}

/** The quarter hours that begin in the period; local days begin with one. */
function bounds({ period, end }: ActivityScene): { first: number; until: number } {
  return {
    first: Math.ceil(period.from / microsecondsPerSlot),
    until: Math.ceil(Math.min(period.to, end) / microsecondsPerSlot),
  };
}

/** Goes through all cells of the period for each question: for one item. */
export function walkedCells(scene: ActivityScene): CellsOf {
  const { history } = scene;
  const { first, until } = bounds(scene);
  return (actors, add) => {
    const areTheirs = new Set(actors);
    for (const { day: number, series, slots, counts } of history.activity) {
      const base = number * slotsPerDay;
      if (base + slotsPerDay <= first || base >= until) continue;
      for (let cell = 0; cell < series.length; cell += 1) {
        const slot = base + slots[cell]!;
        if (slot < first || slot >= until || !areTheirs.has(history.series[series[cell]!]!.actor)) continue;
        add(series[cell]!, slot, counts[cell]!);
      }
    }
  };
}

/** Puts the cells of the period in order by actor, for many items; in steps. Takes 12 bytes a cell. */
export function* indexedCells(scene: ActivityScene): Generator<undefined, CellsOf> {
  const { history } = scene;
  const { first, until } = bounds(scene);
  const days = history.activity.filter(({ day: number }) => {
    const base = number * slotsPerDay;
    return base + slotsPerDay > first && base < until;
  });
  const actorOf = Uint32Array.from(history.series, ({ actor }) => actor);
  const offsets = new Uint32Array(history.actors.length + 1);
  for (const { series } of days) {
    for (const number of series) offsets[actorOf[number]! + 1]! += 1;
    yield undefined;
  }
  for (let actor = 0; actor < history.actors.length; actor += 1) offsets[actor + 1]! += offsets[actor]!;
  const cells = offsets.at(-1) ?? 0;
  const all = {
    series: new Uint32Array(cells),
    slots: new Uint32Array(cells),
    counts: new Uint32Array(cells),
  };
  const next = offsets.slice();
  for (const { day: number, series, slots, counts } of days) {
    for (let cell = 0; cell < series.length; cell += 1) {
      const actor = actorOf[series[cell]!]!;
      const place = next[actor]!;
      next[actor] = place + 1;
      all.series[place] = series[cell]!;
      all.slots[place] = number * slotsPerDay + slots[cell]!;
      all.counts[place] = counts[cell]!;
    }
    yield undefined;
  }
  return (actors, add) => {
    for (const actor of actors)
      for (let place = offsets[actor] ?? 0; place < (offsets[actor + 1] ?? 0); place += 1) {
        const slot = all.slots[place]!;
        if (slot >= first && slot < until) add(all.series[place]!, slot, all.counts[place]!);
      }
  };
}

/** Some hundred bytes each. */
const mostRemembered = 100_000;

/** Answers with the event itself where it is kept, else with the quarter hour it lies in; the same is often asked again. */
function momentsOf({ cache, history, end }: ActivityScene): (last: Last | null) => string | null {
  const at = remembered(mostRemembered, (name) => {
    const [series = 0, slot = 0] = name.split(' ').map(Number);
    const { actor, action } = history.series[series]!;
    const from = slot * microsecondsPerSlot;
    const filter = { actor: history.actors[actor]!.actor, action: history.actions.valueOf(action) };
    const to = Math.min(from + microsecondsPerSlot, end);
    const [found] = iterateEvents(cache, { ...filter, from, to }, null);
    return found?.event.createdAt ?? formatInstant(from);
  });
  return (last) => (last === null ? null : at(`${last.series} ${last.slot}`));
}

function lastEventOf({ cache, history, end }: ActivityScene, actors: readonly number[]): string | null {
  let last = -Infinity;
  for (const number of actors) {
    const { actor, lastMicroseconds } = history.actors[number]!;
    if (lastMicroseconds < end) last = Math.max(last, lastMicroseconds);
    else {
      const [found] = iterateEvents(cache, { actor, from: null, to: end }, null);
      if (found) last = Math.max(last, found.cursor.createdAtMicroseconds);
    }
  }
  return last === -Infinity ? null : formatInstant(last);
}
