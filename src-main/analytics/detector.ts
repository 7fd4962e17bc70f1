// What every detector is: a pure judgement over a history, with its inputs declared and its answer explained.
import type { Severity } from '#shared/model/severity.ts';
import type { EventReference, SegmentField } from './history/segment.ts';
import type { History } from './history/history.ts';

/** What is to be judged, and what was known then. */
export interface Scope {
  /** UTC days (since the epoch, ascending) in which something is to be judged. */
  readonly days: readonly number[];
  /** The as-of, exclusive: nothing at or after it may be looked at, and an hour is judged only when it ended by then. */
  readonly untilMicroseconds: number;
  /** Series and hours that received events since they were judged last; null is all of the days. */
  readonly touched: TouchedHours | null;
  /** IANA zone of local hours. */
  readonly zone: string;
  readonly privilegedActions: ReadonlySet<string>;
  /** Local dates (YYYY-MM-DD) that count as weekend. */
  readonly holidays: ReadonlySet<string>;
}

/** Hours since the epoch by series number, ascending. */
export type TouchedHours = ReadonlyMap<number, readonly number[]>;

/** What a hit is about when that is not (only) an actor. */
export interface Entity {
  readonly kind: 'actor' | 'ip' | 'account' | 'route' | 'resource' | 'session';
  readonly value: string;
}

export type EvidenceValue =
  string | number | boolean | null | readonly EvidenceValue[] | { readonly [key: string]: EvidenceValue };

/** Every number the judgement was made of, by name, with units in the names: enough to recompute it by hand. */
export type Evidence = Readonly<Record<string, EvidenceValue>>;

/** The reviewer's questions, each answered in a sentence or two; null where a detector has nothing to say. */
export interface Explanation {
  /** “14 role changes by dana, on Mon 2 Nov 2026, 02:00–03:00 (Europe/Berlin; 01:00–02:00 UTC).” */
  readonly what: string;
  /** What would have been usual, in counts. */
  readonly expected: string | null;
  /** How unusual that is: score, rank, in words. */
  readonly unusual: string;
  readonly comparedWith: string | null;
  readonly alsoSeen: string | null;
  /** What the judgement rests on: hours of baseline, floors used, gaps left out. */
  readonly confidence: string | null;
  /** Detector, version and parameters. */
  readonly method: string;
  /** What would have to be different for this not to be listed. */
  readonly wouldChange: string | null;
}

/** Something that stands out. Two runs over the same history give equal hits, whatever the order events arrived in. */
export interface Hit {
  readonly detector: string;
  /** “nb/1”: changes whenever the same history could give another answer. */
  readonly methodVersion: string;
  readonly sourceAccount: string;
  /** Who acted; empty when it is nobody's in particular. */
  readonly actor: string;
  readonly entity: Entity;
  /** Empty when several actions are meant. */
  readonly action: string;
  /** Half-open. Together with detector, account, entity and action the start names the hit: it must not move as events are added later. */
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  readonly count: number;
  /** On the detector's own scale, raw; listed when it reaches `threshold`. */
  readonly score: number;
  readonly threshold: number;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly explanation: Explanation;
  /** Oldest first; at most {@link citedEventsLimit}, the newest left out first. `count` is never cut. */
  readonly events: readonly EventReference[];
}

export const citedEventsLimit = 500;

export interface Detector {
  readonly id: string;
  readonly version: string;
  /** A few words for lists: “Unusual count for this hour”. */
  readonly title: string;
  /** Fields without which nothing can be said. Who, what and when are always there. */
  readonly needs: readonly SegmentField[];
  /** Whether counts per quarter hour are not enough for it; unless told, it is so when it needs a field. */
  readonly needsEvents?: boolean;
  /** How far back before a judged day it looks, in days. */
  readonly reachDays: number;
  /** Pure: no clock, no randomness, no state between two runs. */
  run(history: History, scope: Scope): Hit[];
}
