// Everything the detectors look at: who, what, when, as numbers, and the events themselves.
import type { ActivityDay } from './activity.ts';
import type { Dictionary } from './dictionary.ts';
import type { Segment, SegmentField } from './segment.ts';

export interface Actor {
  readonly sourceAccount: string;
  /** Empty is unattributed: it counts, and is never anybody's unusual behaviour. */
  readonly actor: string;
  readonly name: string | null;
  readonly firstMicroseconds: number;
  readonly lastMicroseconds: number;
}

/** One action of one actor: places in {@link History.actors} and {@link History.actions}. */
export interface Series {
  readonly actor: number;
  readonly action: number;
}

/**
 * A history is read-only to detectors. Numbers of actors, actions and series are places in these lists; they say nothing
 * about order in time, and no finding may depend on them.
 */
export interface History {
  readonly actors: readonly Actor[];
  readonly actions: Dictionary;
  readonly series: readonly Series[];
  /** In time order, never overlapping: the last event of one lies before the first of the next. */
  readonly segments: readonly Segment[];
  /** Counts of the same events per quarter hour, ascending by day; days without events are absent. */
  readonly activity: readonly ActivityDay[];
  /** Fields that are mirrored. A detector that needs another one is not evaluable. */
  readonly fields: ReadonlySet<SegmentField>;
  /** Set where events were only counted: the segments then stand in for them by quarter hour, and have neither ids nor fields. */
  readonly onlyCounts?: boolean;
}
