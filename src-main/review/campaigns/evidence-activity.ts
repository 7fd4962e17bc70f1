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

/** Unknown as a whole where the mirror holds nothing of the subject, or nothing of the period. */
export function subjectActivity(scene: ActivityScene, question: SubjectQuestion): SubjectActivity {
  const { observed, period } = scene;
  if (observed === null) return unknownBoth('No audit events are mirrored in this workspace.');
  if (question.actors.length === 0)
    return unknownBoth(
      'The mirrored events name nobody by the id of the subject; the population may call people otherwise.',
    );
  if (observed.from >= period.to || Math.min(observed.to, scene.end) <= period.from)
    return unknownBoth(
      `The mirrored events are from ${day(observed.from)} to ${day(observed.to - 1)} (UTC), so none is of the period.`,
    );
  return countedActivity(scene, question);
}

const day = (microseconds: number): string => formatInstant(microseconds).slice(0, 10);

type Last = { readonly slot: number; readonly series: number };

function countedActivity(scene: ActivityScene, { actors, action }: SubjectQuestion): SubjectActivity {
  const { history, privilegedActions } = scene;
  const { firstDay, edges } = daysOf(scene);
  const isTheirs = new Set(actors);
  const series = new Map<number, { name: string; isUse: boolean; isPrivileged: boolean }>();
  for (const [number, { actor, action: of }] of history.series.entries()) {
    if (!isTheirs.has(actor)) continue;
    const name = history.actions.valueOf(of);
    series.set(number, { name, isUse: name === action, isPrivileged: privilegedActions.includes(name) });
  }
  const [days, useDays] = [new Float64Array(edges.length - 1), new Float64Array(edges.length - 1)];
  const privileged = new Map<string, number>();
  let [events, uses] = [0, 0];
  const last: { use: Last | null; privileged: Last | null } = { use: null, privileged: null };
  forEachCell(scene, (number, slot, count) => {
    const known = series.get(number);
    if (known === undefined) return;
    const place = placeOf(edges, slot * microsecondsPerSlot);
    events += count;
    if (place >= 0) days[place]! += count;
    const here = { slot, series: number };
    if (known.isUse) {
      uses += count;
      if (place >= 0) useDays[place]! += count;
      if (last.use === null || slot >= last.use.slot) last.use = here;
    }
    if (!known.isPrivileged) return;
    privileged.set(known.name, (privileged.get(known.name) ?? 0) + count);
    if (last.privileged === null || slot >= last.privileged.slot) last.privileged = here;
  });
  const seen = (counts: Float64Array) =>
    [...counts].map((count, at) => (isSeen(scene, edges, at) ? count : null));
  return {
    use: {
      isKnown: true,
      lastEventAt: lastEventOf(scene, actors),
      events,
      uses: action === null ? null : uses,
      lastUseAt: momentOf(scene, last.use),
      firstDay,
      days: seen(days),
      useDays: action === null ? null : seen(useDays),
    },
    privileged: {
      isKnown: true,
      total: [...privileged.values()].reduce((sum, count) => sum + count, 0),
      lastAt: momentOf(scene, last.privileged),
      actions: [...privileged]
        .map(([name, count]) => ({ action: name, count }))
        .toSorted((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1))
        .slice(0, mostEvidenceActions),
    },
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

/** Quarter hours that begin in the period; local days begin with one. */
function forEachCell(
  { history, period, end }: ActivityScene,
  add: (series: number, slot: number, count: number) => void,
): void {
  const first = Math.ceil(period.from / microsecondsPerSlot);
  const until = Math.ceil(Math.min(period.to, end) / microsecondsPerSlot);
  for (const { day: number, series, slots, counts } of history.activity) {
    const base = number * slotsPerDay;
    if (base + slotsPerDay <= first || base >= until) continue;
    for (let cell = 0; cell < series.length; cell += 1) {
      const slot = base + slots[cell]!;
      if (slot >= first && slot < until) add(series[cell]!, slot, counts[cell]!);
    }
  }
}

/** The event itself where it is kept, else the quarter hour it lies in. */
function momentOf({ cache, history, end }: ActivityScene, last: Last | null): string | null {
  if (last === null) return null;
  const { actor, action } = history.series[last.series]!;
  const from = last.slot * microsecondsPerSlot;
  const filter = { actor: history.actors[actor]!.actor, action: history.actions.valueOf(action) };
  const to = Math.min(from + microsecondsPerSlot, end);
  const [found] = iterateEvents(cache, { ...filter, from, to }, null);
  return found?.event.createdAt ?? formatInstant(from);
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
